// Package theme holds the page's colours, sizes and type scale.
package theme

import (
	"image/color"
	"math"
)

// Sizes in units, which are CSS pixels.
const (
	Grid   = 8
	Gap    = 16 // between panels
	Pad    = 16 // inside a panel
	Radius = 12
	TopBar = 56
	Touch  = 44 // the smallest thing to hit
)

// The type scale, in units.
const (
	Small   = 12
	Note    = 14
	Body    = 16
	Heading = 20
	Title   = 28
	Display = 44
)

// Theme is one set of colours.
type Theme struct {
	Dark                                 bool
	Outlined                             bool // what can be pressed has an outline, not only its own ground
	forced                               bool // the colours are the system's
	Paper, Panel, Ink, Quiet, Line, Soft color.RGBA
	Accent, OnAccent, Warning            color.RGBA
	Faint                                color.RGBA   // what cannot be pressed
	classes                              []color.RGBA // of the first ten classes
}

func hex(v uint32) color.RGBA { return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255} }

// Light and Dark are the two themes.
var (
	Light = &Theme{
		Paper: hex(0xF7F7F5), Panel: hex(0xFFFFFF), Ink: hex(0x1B1D21), Quiet: hex(0x5C6270), Faint: hex(0x5C6270), Line: hex(0xE3E4E8),
		Soft: hex(0xEFF0F2), Accent: hex(0x2457D6), OnAccent: hex(0xFFFFFF), Warning: hex(0x8A4B00),
		classes: []color.RGBA{
			hex(0x2F6FB5), hex(0xC0392B), hex(0x8E6BBF), hex(0xC77700), hex(0x7A5B3A),
			hex(0xB5478A), hex(0x2E8B57), hex(0x6B7A00), hex(0x008B9A), hex(0x5A6478),
		},
	}
	Dark = &Theme{
		Dark:  true,
		Paper: hex(0x131417), Panel: hex(0x1C1E23), Ink: hex(0xECEDEF), Quiet: hex(0xA3A8B3), Faint: hex(0xA3A8B3), Line: hex(0x2C2F36),
		Soft: hex(0x26292F), Accent: hex(0x7EA2FF), OnAccent: hex(0x10131A), Warning: hex(0xFFC266),
		classes: []color.RGBA{
			hex(0x6FA8E8), hex(0xF0796C), hex(0xB79AE6), hex(0xF0A840), hex(0xC2A07A),
			hex(0xE38ABF), hex(0x5CC48A), hex(0xB5C442), hex(0x43C3D2), hex(0x9AA5BC),
		},
	}
)

// Class returns the colour of a class, the same everywhere. From the eleventh on the hue goes
// around by the golden angle, so that neighbours differ.
func (t *Theme) Class(i int) color.RGBA {
	if i < len(t.classes) {
		return t.classes[i]
	}
	const golden = 0.38196601125
	_, hue := math.Modf(float64(i) * golden)
	most, least := 0.58, 0.18
	if t.Dark {
		most, least = 0.9, 0.45
	}
	channel := func(k float64) uint8 {
		_, x := math.Modf(hue + k/3)
		v := min(max(math.Abs(6*x-3)-1, 0), 1)
		return uint8(math.Round(255 * (least + (most-least)*v)))
	}
	return color.RGBA{channel(0), channel(2), channel(1), 255}
}

// Inverse returns what stands out from the theme, for what lies above the page.
func (t *Theme) Inverse() *Theme {
	if t.forced {
		s := *t
		s.Paper, s.Panel, s.Soft, s.Ink, s.Quiet, s.Warning = t.Ink, t.Ink, t.Ink, t.Paper, t.Paper, t.Paper
		return &s
	}
	if t.Dark {
		return Light
	}
	return Dark
}

// Mix returns a colour between a (t 0) and b (t 1).
func Mix(a, b color.RGBA, t float64) color.RGBA {
	m := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + (float64(y)-float64(x))*t)) }
	return color.RGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), m(a.A, b.A)}
}

// Contrast returns the ratio of two colours' brightness, 1 to 21:
// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
func Contrast(a, b color.RGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.RGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
