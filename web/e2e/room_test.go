package e2e

import (
	"net"
	"net/url"
	"os"
	"strings"
	"testing"

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

// compression is how the program of the page comes.
func (p *tab) compression() string {
	p.Helper()
	return eval[string](p, `fetch(`+asset("ui.wasm")+`, { method: "HEAD", cache: "no-store" }).then((r) => r.headers.get("Content-Encoding"))`)
}
