package theme

import (
	"image/color"
	"math"
	"testing"
)

// TestContrast asks for 4.5:1 of text and 3:1 of the bars:
// https://www.w3.org/TR/WCAG22/#contrast-minimum and #non-text-contrast.
func TestContrast(t *testing.T) {
	for name, th := range map[string]*Theme{"light": Light, "dark": Dark, "sharp light": Light.Sharp(), "sharp dark": Dark.Sharp()} {
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

// TestSharp: with more contrast each text has at least the 7:1 of WCAG's enhanced contrast,
// and what outlines a thing 3:1.
func TestSharp(t *testing.T) {
	for name, th := range map[string]*Theme{"light": Light.Sharp(), "dark": Dark.Sharp()} {
		for what, c := range map[string]color.RGBA{"ink": th.Ink, "quiet": th.Quiet, "accent": th.Accent, "warning": th.Warning} {
			if r := Contrast(c, th.Soft); r < 7 {
				t.Errorf("%s: %s has %.2f:1", name, what, r)
			}
		}
		if r := Contrast(th.Line, th.Panel); r < 3 {
			t.Errorf("%s: lines have %.2f:1", name, r)
		}
	}
}

// TestForced: no colour but the system's, and it is dark where the system's paper is.
func TestForced(t *testing.T) {
	black, white, yellow, blue := color.RGBA{0, 0, 0, 255}, color.RGBA{255, 255, 255, 255}, color.RGBA{255, 255, 0, 255}, color.RGBA{0, 0, 255, 255}
	th := Forced{Canvas: black, CanvasText: white, ButtonBorder: yellow, Highlight: blue, HighlightText: white}.Theme()
	if !th.Dark || th.Ink != white || th.Panel != black || th.Line != yellow || th.Accent != blue || th.Class(3) != white || th.Class(99) != white {
		t.Errorf("%+v", th)
	}
	if (Forced{Canvas: white, CanvasText: black}).Theme().Dark {
		t.Error("dark on white paper")
	}
}
