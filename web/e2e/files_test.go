package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
)

// drop drops files, by their names, as a person would, as far as a script may; without files
// markup, as from another page.
func (p *tab) drop(markup string, names []string, contents ...[]byte) {
	p.Helper()
	var all []string
	for i, name := range names {
		all = append(all, fmt.Sprintf("[%q, %q]", name, base64.StdEncoding.EncodeToString(contents[i])))
	}
	eval[any](p, fmt.Sprintf(`(() => {
		const dataTransfer = new DataTransfer();
		for (const [name, text] of [%s]) dataTransfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
		if (%q) dataTransfer.setData("text/html", %q);
		document.querySelector("body > canvas").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
	})()`, strings.Join(all, ", "), markup, markup))
}

// disc is a red disc on white in the middle of a picture three times as high as wide.
func disc() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 100, 300))
	for y := range 300 {
		for x := range 100 {
			c := color.RGBA{255, 255, 255, 255}
			if dx, dy := 2*x+1-100, 2*y+1-300; dx*dx+dy*dy < 80*80 {
				c = color.RGBA{0xdc, 0x1e, 0x1e, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// TestDrops drops what people have, in a view that shows none of it.
func TestDrops(t *testing.T) {
	p := open(t, laptop)
	// A tall SVG has the shape that it says: the answer is that to the same picture as PNG.
	want := p.changes(func() { p.drop("", []string{"tall.png"}, pngOf(disc())) })
	p.changes(func() { p.click("draw") })
	got := p.changes(func() {
		p.drop("", []string{"tall.svg"}, []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="100" height="300"><rect width="100" height="300" fill="#fff"/><circle cx="50" cy="150" r="40" fill="#dc1e1e"/></svg>`))
	})
	if name, _, _ := strings.Cut(want, "%"); !strings.HasPrefix(got, name[:len(name)-3]) {
		t.Errorf("as SVG it is %q, as PNG %q", got, want)
	}
	p.click("view-train")
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, testPicture(64, 48), nil); err != nil {
		t.Fatal(err)
	}
	p.drop("", []string{"damaged.jpg", "猫.jpg", "readme.txt", "b.png"}, jpg.Bytes()[:300], jpg.Bytes(), []byte("hello"), pngOf(disc()))
	p.wait(statusHas("cut short"))
	p.click("view-classify")
	p.wait(`document.getElementById("do-next-file")?.textContent.includes("1 of 2")`)
	p.changes(func() { p.click("next-file") })
	p.shot("one-of-several")
	p.click("view-evaluate")
	p.drop(`<a><img alt="x" src="data:image/jpeg;base64,`+base64.StdEncoding.EncodeToString(jpg.Bytes())+`"></a>`, nil)
	p.wait(statusHas("is now the picture in Classify"))
	p.drop(`<img src="https://example.org/a.png">`, nil)
	p.wait(statusHas("on another site"))
	// Data in any view, whatever they are called.
	p.drop("", []string{"Kopie von bildern"}, bytes.Repeat(make([]byte, 3073), 2))
	p.wait(statusHas("1 new, 1 there already"))
}

// dropPaths drops files or folders of the disk, as a person does from a file manager.
func (p *tab) dropPaths(paths ...string) {
	p.Helper()
	data := &input.DragData{Items: []*input.DragDataItem{}, Files: paths, DragOperationsMask: 1}
	for _, event := range []input.DispatchDragEventType{input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop} {
		p.do(call(input.DispatchDragEvent, input.DispatchDragEventParams{Type: event, X: 300, Y: 300, Data: data}))
	}
}

// TestDropsFolders drops folders from the disk: one of pictures with labels, in folders, in a view
// that has nothing to do with data, and one of a person's own classes.
func TestDropsFolders(t *testing.T) {
	l := flat
	l.script += `globalThis.drawn = ""; { const fill = CanvasRenderingContext2D.prototype.fillText; CanvasRenderingContext2D.prototype.fillText = function (text, ...at) { drawn += text; return fill.call(this, text, ...at); }; }`
	p := fresh(t, l)
	dir := t.TempDir()
	write := func(content []byte, path ...string) {
		t.Helper()
		file := filepath.Join(append([]string{dir}, path...)...)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var records []byte
	for i := range 3 {
		records = append(records, bytes.Repeat([]byte{byte(i)}, 3073)...)
	}
	write([]byte("airplane\nautomobile\n"), "data", "batches", "batches.meta.txt")
	write([]byte("<html>"), "data", "batches", "readme.html")
	write(records, "data", "batches", "mine.bin")
	p.click("view-model")
	p.dropPaths(filepath.Join(dir, "data"))
	p.waitLong(statusHas("3 new")) // the program that trains is loaded first
	for i, c := range []color.Color{color.White, color.Black} {
		for j := range 2 {
			img := testPicture(40+j, 30)
			img.Set(i, j, c)
			write(pngOf(img), "mine", []string{"猫 ☃א", "Löwe"}[i], fmt.Sprintf("%d.png", j))
		}
	}
	p.click("view-classes")
	p.dropPaths(filepath.Join(dir, "mine"))
	p.wait(`/猫/.test(document.getElementById("twin").innerHTML) && /Löwe/.test(document.getElementById("twin").innerHTML)`)
	p.settled()
	p.shot("dropped-folder")
	if s := eval[string](p, "drawn"); !strings.Contains(s, "猫") || strings.Contains(s, "ö") { // the fonts have one of them
		t.Errorf("the browser has drawn %q", s)
	}
}
