package widget

import (
	"image/color"

	"tenfold/wasm/ui/theme"
)

// Tone is a colour by what it means, so that a tree does not depend on the theme.
type Tone int

const (
	Ink Tone = iota
	Quiet
	Accent
	Warning
	firstClass
)

// Class returns the colour of class i, from 0, the same everywhere.
func Class(i int) Tone { return firstClass + Tone(max(i, 0)) }

func (t Tone) of(th *theme.Theme) color.RGBA {
	switch {
	case t == Quiet:
		return th.Quiet
	case t == Accent:
		return th.Accent
	case t == Warning:
		return th.Warning
	case t >= firstClass:
		return th.Class(int(t - firstClass))
	}
	return th.Ink
}
