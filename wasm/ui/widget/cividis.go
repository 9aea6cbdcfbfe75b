package widget

import (
	"image/color"

	"tenfold/wasm/ui/theme"
)

// Cividis returns the colour map of that name, 0 to 1, which looks alike to colour-blind
// people: Nuñez, Anderton, Renslow 2018, https://doi.org/10.1371/journal.pone.0199239.
func Cividis(v float64) color.RGBA {
	stops := [...]color.RGBA{{0, 32, 76, 255}, {0, 66, 109, 255}, {87, 93, 109, 255}, {124, 123, 120, 255}, {165, 156, 116, 255}, {210, 192, 96, 255}, {255, 233, 69, 255}}
	x := clean(v) * float64(len(stops)-1)
	i := min(int(x), len(stops)-2)
	return theme.Mix(stops[i], stops[i+1], x-float64(i))
}

// onto is black or white, whichever is read better on a colour.
func onto(back color.RGBA) color.RGBA {
	white, black := color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}
	if theme.Contrast(back, white) >= theme.Contrast(back, black) {
		return white
	}
	return black
}
