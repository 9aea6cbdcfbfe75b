package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"tenfold/nn/task"
)

func TestPixelsAreTheMeanOfTheirCells(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for i := range img.Pix {
		img.Pix[i] = byte(rand.IntN(256))
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	got := Shrink(img, in)
	for y := range side {
		for x := range side {
			for c := range 3 {
				at := func(dx, dy int) int { return int(img.Pix[(2*y+dy)*img.Stride+4*(2*x+dx)+c]) }
				want := float64(at(0, 0)+at(1, 0)+at(0, 1)+at(1, 1)) / 4
				if v := got[(y*side+x)*3+c]; math.Abs(float64(v)-want) > 0.51 {
					t.Fatalf("pixel %d,%d is %d, want %g", x, y, v, want)
				}
			}
		}
	}
}

func TestA32x32PictureStaysAsItIs(t *testing.T) {
	pixels := make([]byte, in.Size())
	for i := range pixels {
		pixels[i] = byte(i * 7)
	}
	back := Shrink(Enlarge(pixels, in), in)
	for i := range pixels {
		if back[i] != pixels[i] {
			t.Fatalf("byte %d is %d, was %d", i, back[i], pixels[i])
		}
	}
}

func TestOnePixel(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 1, 1))
	img.SetRGBA(0, 0, color.RGBA{9, 8, 7, 255})
	p := New(img, "")
	p.Zoom(100, 0.3, 0.3)
	for i, v := range p.Pixels(in) {
		if v != byte(9-i%3) {
			t.Fatalf("byte %d is %d", i, v)
		}
	}
}

func TestTransparentIsWhiteAndOutsideIsGrey(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 40, 20))
	p := New(img, "")
	if v := p.Pixels(in)[0]; v != 255 {
		t.Errorf("transparent is %d", v)
	}
	p.Fit()
	if v := p.Pixels(in); v[0] != middleGrey.R || v[16*32*3] != 255 {
		t.Errorf("above %d, middle %d", v[0], v[16*32*3])
	}
}

const side = 32

var in = task.Shape{side, side, 3}

// TestTheSquareStaysOnThePicture moves and zooms wildly.
func TestTheSquareStaysOnThePicture(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		w, h := 1+rng.IntN(300), 1+rng.IntN(300)
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
		p := New(img, "")
		for range 100 {
			p.Zoom(math.Exp(rng.NormFloat64()), rng.Float64(), rng.Float64())
			p.Move(rng.NormFloat64(), rng.NormFloat64())
			small := p.Side <= float64(min(w, h))+1e-6
			inside := p.X-p.Side/2 > -1e-6 && p.X+p.Side/2 < float64(w)+1e-6 && p.Y-p.Side/2 > -1e-6 && p.Y+p.Side/2 < float64(h)+1e-6
			if small && !inside || p.Side > float64(max(w, h))+1e-6 || p.Side < 0.99*float64(min(8, w, h)) {
				t.Fatalf("%dx%d: square of %g around %g,%g", w, h, p.Side, p.X, p.Y)
			}
		}
	}
}
