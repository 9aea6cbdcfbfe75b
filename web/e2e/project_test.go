package e2e

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image/png"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tenfold/nn/doodles"
	"tenfold/nn/picture"
	"tenfold/nn/task"
)

// drawings is a .zip with a folder of n drawings each of three clearly different kinds, and one more
// of each that is not in it.
func drawings(t *testing.T, n int) (archive []byte, others map[string][]byte) {
	t.Helper()
	data, _ := doodles.Load()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	others = map[string][]byte{}
	for _, k := range []struct {
		name  string
		kind  int
		other int // one that a person would not take for another kind
	}{{"Miezi", 3, 3}, {"Boot", 8, 1}, {"Auto", 1, 1}} {
		name := k.name
		for i, found := 0, 0; found < n+k.other; i++ {
			if data.Label(i) != k.kind {
				continue
			}
			pixels, _ := data.Picture(i)
			var file bytes.Buffer
			if err := png.Encode(&file, picture.Enlarge(pixels, task.Shape{32, 32, 3})); err != nil {
				t.Fatal(err)
			}
			if found++; found > n {
				others[name] = file.Bytes()
				continue
			}
			w, err := z.Create(fmt.Sprintf("drawings/%s/%d.png", name, i))
			if err != nil {
				t.Fatal(err)
			}
			w.Write(file.Bytes())
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), others
}

// pictures chooses files with #project-files.
func (p *tab) pictures(name string, content []byte) {
	p.Helper()
	path := filepath.Join(p.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles("#project-files", []string{path}))
}

// given is the file that a press gives the person.
func (p *tab) given(id string) []byte {
	p.Helper()
	return p.gets(func() { p.press(id) })
}

// gets is the file that something gives the person.
func (p *tab) gets(do func()) []byte {
	p.Helper()
	eval[any](p, `(() => {
		const was = URL.createObjectURL;
		URL.createObjectURL = (blob) => { window.given = blob; URL.createObjectURL = was; return was.call(URL, blob); };
		window.given = undefined;
	})()`)
	do()
	p.wait("window.given !== undefined")
	text := eval[string](p, `new Promise((done) => { const r = new FileReader(); r.onload = () => done(r.result.split(",")[1]); r.readAsDataURL(window.given); })`)
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		p.Fatal(err)
	}
	return b
}

// learns trains a new head, and returns how many held-out pictures of how many it gets right.
func (p *tab) learns() (right, of int) {
	p.Helper()
	began := time.Now()
	p.press("project-learn")
	p.waitLong(`document.getElementById("project-result") !== null`)
	p.Logf("learned after %.1f s: %s", time.Since(began).Seconds(), p.text("project-result"))
	if _, err := fmt.Sscanf(strings.ReplaceAll(p.text("project-result"), ",", ""), "%d of %d right", &right, &of); err != nil {
		p.Fatal(p.text("project-result"), err)
	}
	return right, of
}

// exports saves the page of the network, and looks that it says of pictures what this page says, from
// a server of files and from no server at all.
func (p *tab) exports(pictures map[string][]byte) {
	p.Helper()
	said := map[string][]float64{}
	for name, file := range pictures {
		p.click("view-classify")
		p.upload(name+".png", file)
		p.wait(fmt.Sprintf(`document.getElementById("prediction").textContent.startsWith(%q)`, name))
		p.settled()
		if err := json.Unmarshal([]byte(p.answer()), new([]float64)); err != nil {
			p.Fatal(err)
		}
		var probs []float64
		json.Unmarshal([]byte(p.answer()), &probs)
		said[name] = probs
		p.Logf("%s: %.3f", name, probs)
	}
	saved := p.given("project-export")
	p.Logf("the exported page has %.2f MB", float64(len(saved))/1e6)
	if len(saved) > 5<<20 {
		p.Errorf("the exported page has %d bytes", len(saved))
	}
	dir := p.TempDir()
	z, err := zip.NewReader(bytes.NewReader(saved), int64(len(saved)))
	if err != nil {
		p.Fatal(err)
	}
	if err := os.CopyFS(dir, z); err != nil {
		p.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	for _, at := range []string{server.URL + "/index.html", "file://" + filepath.ToSlash(dir) + "/index.html"} {
		q := blank(p.T, look{width: 1000, height: 700, scale: 1})
		q.navigate(at)
		q.wait(`document.getElementById("status")?.textContent.startsWith("Ready") === true`)
		for name, file := range pictures {
			path := filepath.Join(p.TempDir(), name+".png")
			if err := os.WriteFile(path, file, 0o644); err != nil {
				p.Fatal(err)
			}
			q.do(chromedp.SetUploadFiles("#file", []string{path}))
			q.wait(fmt.Sprintf(`document.getElementById("answer").textContent.startsWith(%q)`, name))
			got := eval[[]float64](q, "exported.probs")
			for i, want := range said[name] {
				if math.Abs(got[i]-want) > 1e-3 {
					p.Errorf("%s says %v of %s, the page %v", at, got, name, said[name])
					break
				}
			}
		}
		q.shot("project-exported")
	}
}

// TestProject makes a project of a .zip of 60 pictures, learns its classes, comes back, saves it,
// opens it where nothing of it is known, and goes on there; all by the document.
func TestProject(t *testing.T) {
	archive, others := drawings(t, 20)
	p := fresh(t, flat)
	p.click("view-classes")
	p.wait(`document.getElementById("project-new") !== null`)
	p.pictures("drawings.zip", archive)
	p.waitLong(`document.getElementById("project-came")?.textContent === "60 pictures added."`)
	p.wait(`!!document.getElementById("project-status")?.textContent.startsWith("60 pictures in 3 classes")`)
	p.shot("project-pictures")
	if right, of := p.learns(); of != 12 || float64(right) < 0.9*float64(of) {
		t.Errorf("%d of %d are right", right, of)
	}
	p.shot("project-learned")

	recognised := func(p *tab) {
		p.Helper()
		p.click("view-classify")
		for name, file := range others {
			p.upload(name+".png", file)
			p.wait(fmt.Sprintf(`document.getElementById("prediction").textContent.startsWith(%q)`, name))
		}
	}
	recognised(p)
	p.exports(others)

	// A class by hand, from the pad.
	p.press("class-add")
	p.wait(`document.getElementById("class-name")?.value === "Class 4"`)
	p.set("class-name", "草 / leaf")
	p.press("class-keep")
	p.wait(`document.getElementById("project-status").textContent.startsWith("61 pictures in 4 classes")`)
	if why := eval[string](p, `document.getElementById("project-learn").title`); !strings.Contains(why, "needs at least 5 pictures; it has 1") {
		t.Errorf("the button says %q", why)
	}
	p.press("class-delete")
	p.wait(`document.getElementById("project-status").textContent.startsWith("60 pictures in 3 classes")`)
	p.press("project-undo")
	p.wait(`document.getElementById("project-status").textContent.startsWith("61 pictures in 4 classes")`)
	p.press("project-undo") // the picture
	p.press("project-undo") // the name
	p.press("project-undo") // the class
	p.wait(`document.getElementById("project-status").textContent.startsWith("60 pictures in 3 classes")`)

	p.reload()
	p.click("view-classes")
	p.wait(`!!document.getElementById("project-status")?.textContent.startsWith("60 pictures in 3 classes")`)
	if right, of := p.learns(); float64(right) < 0.9*float64(of) {
		t.Errorf("after a reload %d of %d are right", right, of)
	}
	saved := p.given("project-save")
	z, err := zip.NewReader(bytes.NewReader(saved), int64(len(saved)))
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "classes/") && strings.HasSuffix(f.Name, ".png") {
			count++
		}
	}
	if count != 60 || z.File[0].Name != "project.json" {
		t.Errorf("the .zip has %d pictures, and begins with %s", count, z.File[0].Name)
	}

	q := fresh(t, flat)
	q.drop("", []string{"drawings.zip"}, saved) // in Classify
	q.waitLong(`!!document.getElementById("project-status")?.textContent.startsWith("60 pictures in 3 classes")`)
	recognised(q) // with the network that came along
	if right, of := q.learns(); float64(right) < 0.9*float64(of) {
		t.Errorf("elsewhere %d of %d are right", right, of)
	}
	q.press("project-train")
	q.wait(`document.getElementById("train-epochs") !== null`)
	q.set("train-epochs", "1")
	q.press("train-start")
	q.waitLong(trainStatus("done"))
	if _, after := q.accuracies(); after < 0.8 {
		t.Errorf("all layers: held-out accuracy %.3f", after)
	}
	q.click("view-evaluate")
	q.press("evaluate-project")
	q.press("evaluate-start")
	q.waitLong(`!!document.getElementById("evaluate-status")?.textContent.startsWith("done")`)
	q.shot("project-evaluated")
}
