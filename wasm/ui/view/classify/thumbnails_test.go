package classify_test

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"testing"

	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/paint"
)

var update = flag.Bool("update", false, "draw the small pictures of the samples anew")

// TestThumbnails draws the samples as the pad does and compares them with the small pictures that
// are kept.
func TestThumbnails(t *testing.T) {
	const side = 128
	strip := image.NewRGBA(image.Rect(0, 0, side*len(pad.Samples), side))
	for i, s := range pad.Samples {
		d := pad.New()
		d.Add(pad.Group(s.Marks()))
		c := paint.NewCanvas(side, side, 1)
		c.Picture(paint.Rect{W: side, H: side}, d.Image, d.Image.Rect, true)
		draw.Draw(strip, image.Rect(i*side, 0, (i+1)*side, side), c.Image, image.Point{}, draw.Src)
	}
	if *update {
		var b bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, strip); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("samples.png", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile("samples.png")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if kept.Bounds() != strip.Rect {
		t.Fatalf("samples.png is %v, not %v; -update draws it anew", kept.Bounds(), strip.Rect)
	}
	for y := range side {
		for x := range strip.Rect.Dx() {
			r, g, b, _ := kept.At(x, y).RGBA()
			want := strip.RGBAAt(x, y)
			for _, of := range [][2]int{{int(r >> 8), int(want.R)}, {int(g >> 8), int(want.G)}, {int(b >> 8), int(want.B)}} {
				if d := of[0] - of[1]; d < -2 || d > 2 { // processors round differently
					t.Fatalf("at %d, %d samples.png is %v, not %v; -update draws it anew", x, y, kept.At(x, y), want)
				}
			}
		}
	}
}
