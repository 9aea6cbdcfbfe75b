package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
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
