package app

import (
	"image"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// sign is the page's: four bars.
func sign(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
	c.Box(r, 6, th.Accent)
	for i, h := range []float64{0.24, 0.4, 0.66, 0.34} {
		w := r.W * 0.12
		x := r.X + r.W*(0.18+0.175*float64(i))
		c.Box(paint.Rect{X: x, Y: r.Y + r.H*(0.82-h), W: w, H: r.H * h}, 1, th.OnAccent)
	}
}

// Icon returns the page's sign as a picture, side pixels wide and high. A maskable one fills the
// whole square, because the system cuts it to its own shape.
func Icon(side int, maskable bool) *image.RGBA {
	c := paint.NewCanvas(24, 24, float64(side)/24)
	if !maskable {
		sign(c, paint.Rect{W: 24, H: 24}, theme.Light)
		return c.Image
	}
	c.Clear(theme.Light.Accent)
	sign(c, paint.Rect{X: 4, Y: 4, W: 16, H: 16}, theme.Light)
	return c.Image
}
