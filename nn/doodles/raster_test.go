package doodles

import (
	"math"
	"testing"
)

// canvas returns a white raster.
func canvas(w, h int) *raster {
	a := &raster{}
	pix := make([]byte, w*h*3)
	for i := range pix {
		pix[i] = 255
	}
	a.start(pix, w, h)
	return a
}

// covered returns how many pixels are black, of all, in parts.
func (a *raster) covered() float64 {
	sum := 0.0
	for i := 0; i < len(a.pix); i += 3 {
		sum += 1 - float64(a.pix[i])/255
	}
	return sum
}

// TestCoverage compares what is painted with the areas of the shapes, wherever they are between
// pixels: that is what anti-aliasing is for.
func TestCoverage(t *testing.T) {
	for _, off := range []float64{0, 0.25, 0.5, 0.9} {
		a := canvas(40, 30)
		a.fill([]point{{5 + off, 4 + off}, {25 + off, 4 + off}, {25 + off, 20 + off}}, rgb{}, rgb{})
		if got, want := a.covered(), 20.0*16/2; math.Abs(got-want) > 0.02*want {
			t.Errorf("a triangle at %v covers %.1f pixels, want %.1f", off, got, want)
		}
		for _, r := range []float64{0.3, 0.5, 1, 3} {
			a = canvas(40, 30)
			a.stroke([]nib{{10 + off, 10 + off, r}, {30 + off, 18 + off, r}}, rgb{})
			want := 2*r*math.Hypot(20, 8) + math.Pi*r*r
			if got := a.covered(); math.Abs(got-want) > 0.12*want {
				t.Errorf("a line of half-width %v at %v covers %.1f pixels, want %.1f", r, off, got, want)
			}
		}
	}
}

// TestEdgesAreSmooth checks that a slanted edge has pixels of many shades.
func TestEdgesAreSmooth(t *testing.T) {
	a := canvas(32, 32)
	a.stroke([]nib{{3, 4, 1}, {28, 17, 1}}, rgb{})
	a.fill([]point{{2, 30}, {29, 21}, {30, 30}}, rgb{}, rgb{})
	shades := map[byte]bool{}
	for i := 0; i < len(a.pix); i += 3 {
		shades[a.pix[i]] = true
	}
	if len(shades) < 20 {
		t.Errorf("%d shades of grey along slanted edges", len(shades))
	}
}

// TestOutside paints beyond all edges.
func TestOutside(t *testing.T) {
	a := canvas(16, 20)
	guard := a.pix
	a.pix = a.pix[: 16*20*3 : 16*20*3]
	for _, at := range []point{{-50, 5}, {50, 5}, {5, -50}, {5, 50}, {-1, -1}, {16, 20}} {
		a.stroke([]nib{{at.x, at.y, 2}}, rgb{})
		a.fill([]point{{at.x, at.y}, {at.x + 3, at.y}, {at.x, at.y + 3}}, rgb{}, rgb{})
	}
	a.stroke(nil, rgb{})
	a.fill(nil, rgb{}, rgb{})
	a.stroke([]nib{{-100, -100, 3}, {200, 200, 3}}, rgb{})
	a.fill([]point{{-100, -100}, {200, -100}, {200, 200}, {-100, 200}}, rgb{9, 9, 9}, rgb{9, 9, 9})
	for i, v := range guard {
		if v != 9 {
			t.Fatalf("byte %d is %d under a polygon over everything", i, v)
		}
	}
}
