package theme

import (
	"image/color"
	"math"
	"testing"
)

// TestContrast asks for 4.5:1 of text and 3:1 of the bars:
// https://www.w3.org/TR/WCAG22/#contrast-minimum and #non-text-contrast.
func TestContrast(t *testing.T) {
	for name, th := range map[string]*Theme{"light": Light, "dark": Dark} {
		grounds := map[string]color.RGBA{"paper": th.Paper, "panel": th.Panel, "soft": th.Soft}
		for ground, g := range grounds {
			for ink, c := range map[string]color.RGBA{"ink": th.Ink, "quiet": th.Quiet, "accent": th.Accent, "warning": th.Warning} {
				if r := Contrast(c, g); r < 4.5 {
					t.Errorf("%s: %s on %s has %.2f:1", name, ink, ground, r)
				}
			}
		}
		if r := Contrast(th.OnAccent, th.Accent); r < 4.5 {
			t.Errorf("%s: on accent %.2f:1", name, r)
		}
		if r := Contrast(th.Paper, th.Ink); r < 4.5 {
			t.Errorf("%s: the toast has %.2f:1", name, r)
		}
		for i := range 100 {
			c := th.Class(i)
			if r := Contrast(c, th.Panel); r < 3 {
				t.Errorf("%s: class %d has %.2f:1", name, i, r)
			}
		}
	}
}

func TestContrastOfKnownColours(t *testing.T) {
	black, white := color.RGBA{0, 0, 0, 255}, color.RGBA{255, 255, 255, 255}
	if r := Contrast(black, white); math.Abs(r-21) > 1e-9 {
		t.Errorf("black on white: %g", r)
	}
	if r := Contrast(white, color.RGBA{119, 119, 119, 255}); math.Abs(r-4.48) > 0.01 {
		t.Errorf("grey on white: %g", r)
	}
}
