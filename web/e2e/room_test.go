package e2e

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/security"
)

// TestRoom starts the server as a teacher does, opens the page from the machine's own
// network over https, with a certificate that the browser is told to go on with, and the
// page for the projector.
func TestRoom(t *testing.T) {
	if missing != "" {
		t.Skip(missing)
	}
	at, stop, err := launch("-room", "-addr", ":0", "-http", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	to, err := url.Parse(at)
	if err != nil || to.Scheme != "https" {
		t.Fatalf("%q: %v", at, err)
	}
	if ip := net.ParseIP(to.Hostname()); ip == nil || ip.IsLoopback() {
		t.Skipf("the best address is %s: connect this machine to a network to test a room", at)
	}
	p := blank(t, laptop)
	p.do(call(security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true}))
	p.navigate(at)
	p.wait(`window.tenfold && document.getElementById("loading").hidden && tenfold.answers > 0`)
	if !eval[bool](p, "isSecureContext && crossOriginIsolated") {
		t.Error("over https the page is no secure context, or is not isolated")
	}
	if s := p.text("prediction"); !strings.HasPrefix(s, "ship") {
		t.Errorf("the prediction is %q", s)
	}
	// What the README says of https with the certificate made here.
	p.changes(func() { p.click("clear") })
	p.changes(func() { p.stroke(120, 300, 300, 420, 420, 200) })
	p.changes(func() { p.upload("sky.png", pngOf(testPicture(64, 64))) })
	p.click("camera")
	p.wait(`!!document.getElementById("do-snap")`)
	p.click("draw")
	if got := p.compression(); got != "br" {
		t.Errorf("over https programs come as %q", got)
	}
	if os.Getenv("TENFOLD_DATA") != "" {
		p.bring("test_batch.bin", testSet(t, 400))
		p.wait(`document.getElementById("train-start")?.disabled === false`)
		p.short()
		p.set("train-workers", "2")
		p.press("train-start")
		p.waitLong(trainStatus("done"))
		p.reload()
		p.click("view-train")
		p.wait(`document.getElementById("train-start")?.disabled === false`) // the pictures were kept
		p.click("view-model")
		p.wait(`(document.getElementById("model-reasons")?.textContent ?? "").includes("strongest")`)
		p.forget()
	}
	p.navigate(at + "/join")
	p.wait(`document.getElementById("connected").textContent === "1"`)
	if got := eval[string](p, `document.querySelector(".address").textContent`); got != at {
		t.Errorf("the projector shows %q, want %q", got, at)
	}
	p.shot("room-join")
}

// TestRoomShares puts a project of a few drawings up in a teacher's page; other browsers, which share
// nothing with it, fetch it by its code beside what they have, and then the network alone.
func TestRoomShares(t *testing.T) {
	if missing != "" {
		t.Skip(missing)
	}
	keys := make(chan string, 1)
	at, stop, err := launchAndHear(func(line string) {
		if _, key, ok := strings.Cut(line, "by who has the key: "); ok {
			keys <- key
		}
	}, "-room", "-addr", ":0", "-http", ":0", "-share", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	key := <-keys
	visitor := func() *tab {
		l := flat
		l.apart = true
		p := blank(t, l)
		p.do(call(security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true}))
		p.navigate(at)
		p.wait(loaded)
		p.click("view-classes")
		p.wait(`document.getElementById("room-fetch") !== null`)
		return p
	}
	archive, others := drawings(t, 8)
	teacher := visitor()
	teacher.pictures("drawings.zip", archive)
	teacher.waitLong(statusOf("24 pictures in 3 classes"))
	teacher.learns()
	want := pictureFiles(t, teacher.given("project-save"))
	teacher.press("project-share")
	teacher.set("room-key", "CCCC-CCCC")
	teacher.press("project-share")
	teacher.wait(`document.getElementById("room-why")?.textContent.includes("not the key") === true`)
	teacher.set("room-key", strings.ToLower(key))
	putUp := func() string {
		teacher.Helper()
		before := teacher.text("room-shown")
		teacher.press("project-share")
		teacher.waitLong(fmt.Sprintf(`(document.getElementById("room-shown")?.textContent ?? "") !== %q`, before))
		return teacher.text("room-shown")
	}
	code := putUp()
	teacher.shots("room-shared")

	pupil := visitor()
	pupil.press("project-new")
	pupil.wait(statusOf("0 pictures in 2 classes"))
	pupil.set("room-code", "CCC CCC")
	pupil.press("room-fetch")
	pupil.wait(`document.getElementById("room-why")?.textContent.includes("Nothing is put up under CCC CCC") === true`)
	pupil.set("room-code", strings.ToLower(code))
	pupil.press("room-fetch")
	pupil.waitLong(statusOf("24 pictures in 3 classes"))
	pupil.wait(`!document.getElementById("project-save").disabled`)
	if got := pictureFiles(t, pupil.given("project-save")); !maps.Equal(got, want) {
		t.Errorf("the pupil has %d other pictures than the %d of the teacher", len(got), len(want))
	}
	if n := eval[int](pupil, `document.getElementById("project").options.length`); n != 3 {
		t.Errorf("the pupil has %d projects, want the own one, the fetched one and the drawings", n)
	}
	recognised := func() {
		t.Helper()
		for name, file := range others {
			pupil.click("view-classify")
			pupil.upload(name+".png", file)
			pupil.wait(fmt.Sprintf(`document.getElementById("prediction").textContent.startsWith(%q)`, name))
		}
	}
	recognised()
	pupil.click("view-classes")
	pupil.resize(look{width: 390, height: 844, scale: 2, phone: true})
	pupil.shots("room-fetched-phone")

	// The network alone.
	eval[any](teacher, `document.getElementById("room-pictures").click()`)
	bare := putUp()
	pupil = visitor()
	pupil.set("room-code", bare)
	pupil.press("room-fetch")
	pupil.waitLong(statusOf("0 pictures in 3 classes"))
	recognised()

	// What the teacher deletes is gone; who leaves while something is asked for gets no fault.
	teacher.press("room-delete")
	teacher.wait(`document.getElementById("room-shown") === null`)
	pupil.click("view-classes")
	pupil.set("room-code", bare)
	pupil.press("room-fetch")
	pupil.wait(`document.getElementById("room-why")?.textContent.includes("Nothing is put up") === true`)
	pupil.do(call(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{Latency: 1e6, DownloadThroughput: -1, UploadThroughput: -1}}}))
	pupil.set("room-code", code)
	pupil.press("room-fetch")
	pupil.wait(`document.getElementById("room-cancel") !== null`)
	pupil.press("room-cancel")
	pupil.wait(`document.getElementById("room-cancel") === null && document.getElementById("room-why") === null`)
	eval[any](pupil, `{ XMLHttpRequest.prototype.send = () => { throw new Error("no network"); }; }`)
	pupil.press("room-fetch")
	pupil.wait(`document.getElementById("room-why")?.textContent.includes("did not answer") === true`)
}

// statusOf says that the project in use has so much.
func statusOf(text string) string {
	return fmt.Sprintf(`document.getElementById("project-status")?.textContent.startsWith(%q) === true`, text)
}

// pictureFiles are the pictures of a project's .zip: how often there is one in a folder.
func pictureFiles(t *testing.T, b []byte) map[string]int {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]int{}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".png") {
			continue
		}
		content, err := fs.ReadFile(z, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		all[path.Dir(f.Name)+string(content)]++
	}
	return all
}

// compression is how the program of the page comes.
func (p *tab) compression() string {
	p.Helper()
	return eval[string](p, `fetch(`+asset("ui.wasm")+`, { method: "HEAD", cache: "no-store" }).then((r) => r.headers.get("Content-Encoding"))`)
}
