package e2e

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image/png"
	"os"
	"testing"
	"time"

	"tenfold/nn/doodles"
	"tenfold/nn/picture"
	"tenfold/nn/task"
)

// TestManyPictures brings ten thousand pictures in, and says what that took; TENFOLD_MANY asks for it,
// since it takes minutes.
func TestManyPictures(t *testing.T) {
	if os.Getenv("TENFOLD_MANY") == "" {
		t.Skip("TENFOLD_MANY=1 brings 10,000 pictures in, which takes minutes")
	}
	const n = 10000
	data, _ := doodles.Load()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range n {
		pixels, label := data.Picture(i)
		w, err := z.Create(fmt.Sprintf("many/class %d/%d.png", label, i))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(w, picture.Enlarge(pixels, task.Shape{32, 32, 3})); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	p := fresh(t, flat)
	p.click("view-classes")
	p.wait(`document.getElementById("project-new") !== null`)
	began := time.Now()
	eval[any](p, `(() => { let last = performance.now(); window.slowest = 0; const tick = () => { const now = performance.now(); window.slowest = Math.max(window.slowest, now - last); last = now; setTimeout(tick, 10); }; tick(); })()`)
	p.pictures("many.zip", b.Bytes())
	for deadline := time.Now().Add(15 * time.Minute); !eval[bool](p, `(document.getElementById("project-came")?.textContent ?? "").includes("added")`); time.Sleep(time.Second) {
		if time.Now().After(deadline) {
			t.Fatal(p.text("status"))
		}
	}
	t.Logf("%s after %.0f s; the page's longest pause %.0f ms", p.text("project-came"), time.Since(began).Seconds(), eval[float64](p, "window.slowest"))
	t.Log(p.text("project-status"))
	eval[any](p, "window.slowest = 0")
	for range 5 {
		p.press("class-on")
		time.Sleep(500 * time.Millisecond)
	}
	t.Logf("turning a page: the longest pause %.0f ms", eval[float64](p, "window.slowest"))
	p.shot("project-many")
	p.reload()
	p.click("view-classes")
	p.wait(`!!document.getElementById("project-status")?.textContent.startsWith("10,000 pictures in 10 classes")`)
	right, of := p.learns()
	t.Logf("%d of %d", right, of)
}
