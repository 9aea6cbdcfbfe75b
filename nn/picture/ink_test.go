package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"tenfold/nn/task"
)

// sheet is w x h pixels of a colour, with strokes on it.
func sheet(w, h int, ground color.Color, strokes ...image.Rectangle) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	for _, r := range strokes {
		draw.Draw(img, r, image.Black, image.Point{}, draw.Src)
	}
	return img
}

// TestOpen looks which square of a picture the network sees when it is opened.
func TestOpen(t *testing.T) {
	noise := sheet(200, 200, color.White)
	for i := range noise.Pix {
		noise.Pix[i] |= 255
		if i%4 < 3 {
			noise.Pix[i] = byte(i * 2654435761 >> 7)
		}
	}
	sand := color.RGBA{220, 200, 150, 255}
	for name, c := range map[string]struct {
		img        *image.RGBA
		x, y, side float64
		around     color.RGBA
	}{
		"small, in a corner":    {sheet(400, 400, color.White, image.Rect(20, 20, 192, 60), image.Rect(20, 20, 60, 192)), 106, 106, 200, color.RGBA{255, 255, 255, 255}},
		"a dot":                 {sheet(400, 400, color.White, image.Rect(198, 198, 202, 202)), 200, 200, 140, color.RGBA{255, 255, 255, 255}},
		"large":                 {sheet(400, 400, sand, image.Rect(20, 20, 380, 380)), 200, 200, 400, sand},
		"wide":                  {sheet(400, 100, sand, image.Rect(20, 45, 380, 55)), 200, 50, 400, sand},
		"transparent":           {sheet(400, 400, color.Transparent, image.Rect(100, 100, 272, 110)), 186, 105, 200, color.RGBA{255, 255, 255, 255}},
		"blank":                 {sheet(400, 200, sand), 200, 100, 200, middleGrey},
		"a photograph":          {noise, 100, 100, 200, middleGrey},
		"as the network has it": {sheet(32, 32, color.White, image.Rect(2, 2, 6, 6)), 16, 16, 32, middleGrey},
	} {
		p := Open(c.img, "")
		if math.Abs(p.X-c.x) > 1 || math.Abs(p.Y-c.y) > 1 || math.Abs(p.Side-c.side) > 1 || p.Around() != c.around {
			t.Errorf("%s: the square of %.0f around %.0f, %.0f, and %v around it; want %.0f, %.0f, %.0f, %v", name, p.Side, p.X, p.Y, p.Around(), c.side, c.x, c.y, c.around)
		}
	}
}

// TestThinLines checks that lines that would be faint are not, and that others stay as they are.
func TestThinLines(t *testing.T) {
	in := task.Shape{32, 32, 3}
	darkest := func(width int) byte {
		var strokes []image.Rectangle
		for _, y := range []int{100, 300, 500, 700, 900} {
			strokes = append(strokes, image.Rect(60, y, 960, y+width))
		}
		least := byte(255)
		for _, v := range Open(sheet(1024, 1024, color.White, strokes...), "").Pixels(in) {
			least = min(least, v)
		}
		return least
	}
	if v := darkest(4); v > 190 { // an eighth of a cell: 223 without
		t.Errorf("a line of 4 pixels leaves %d", v)
	}
	if thin, thick := darkest(12), darkest(40); thin > 160 || thick != 0 {
		t.Errorf("12 pixels leave %d, 40 pixels %d", thin, thick)
	}
	grey := Open(sheet(200, 200, color.RGBA{200, 200, 200, 255}, image.Rect(40, 40, 160, 160)), "").Pixels(in)
	if grey[0] != 200 || grey[16*32*3+48] != 0 {
		t.Errorf("a filled square of 0 on 200 is %d on %d", grey[16*32*3+48], grey[0])
	}
}

// BenchmarkOpen prepares a drawing of the pad's size.
func BenchmarkOpen(b *testing.B) {
	img := sheet(640, 640, color.White, image.Rect(100, 100, 500, 130), image.Rect(100, 100, 130, 500))
	for b.Loop() {
		Open(img, "").Pixels(task.Shape{32, 32, 3})
	}
}

// BenchmarkNew is the same without preparation.
func BenchmarkNew(b *testing.B) {
	img := sheet(640, 640, color.White, image.Rect(100, 100, 500, 130), image.Rect(100, 100, 130, 500))
	for b.Loop() {
		New(img, "").Pixels(task.Shape{32, 32, 3})
	}
}
