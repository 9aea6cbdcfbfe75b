package page

import (
	"image"
	"math"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/picture"
	"tenfold/wasm/ui/theme"
)

// whyPanel blends the reasons for a class over the picture.
func (p *Page) whyPanel(r paint.Rect) Panel {
	in := &p.inside
	side := min(r.H-44-theme.Pad-20, r.W-2*theme.Pad-14-120)
	right := paint.Rect{X: r.X + theme.Pad + side + 14, Y: r.Y + 44, W: r.W - 2*theme.Pad - side - 14, H: side}
	states, press := p.row([]string{"model-class", "model-cam", "model-occlusion"}, grid(paint.Point{X: right.X, Y: right.Y}, right.W, theme.Touch, 6, 6, 1, 3))
	p.blendAt = paint.Rect{X: right.X, Y: right.Y + 3*50, W: right.W, H: theme.Touch}
	press = append(press, part{p.blendAt, actionByID("model-blend")})
	th, why := p.theme, in.why
	square := paint.Rect{X: theme.Pad, Y: 44, W: side, H: side}
	area := paint.Rect{X: r.X + square.X, Y: r.Y + square.Y, W: side, H: side} // one can draw on it
	return Panel{Name: "model-why", Rect: r, area: area, Key: p.viewKey(r, states, p.modelWhy(), in.blend, in.method, in.whyID, p.changes), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "Why this class?", th)
		if p.pixels != nil {
			img := picture.Enlarge(p.pixels, p.task().Input)
			c.Picture(square, img, img.Rect, false)
		}
		for i, line := range c.Wrap(sentence(in.whyNot), side-16, paint.Style{Size: theme.Small}) {
			at := paint.Rect{X: square.X + 8, Y: square.Y + 8 + 20*float64(i), W: side - 16, H: 20}
			c.Box(at, 0, th.Panel)
			c.Text(line, paint.Point{X: at.X + 4, Y: at.Y + 14}, paint.Style{Size: theme.Small, Color: th.Ink})
		}
		if why != nil {
			c.Picture(square, blended(picture.Enlarge(p.pixels, p.task().Input), why, float64(in.blend)/100), image.Rect(0, 0, 128, 128), true)
		}
		p.look(c, states, r, th)
		at := paint.Rect{X: p.blendAt.X - r.X, Y: p.blendAt.Y - r.Y, W: p.blendAt.W, H: p.blendAt.H}
		track := paint.Rect{X: at.X, Y: at.Y + 19, W: at.W, H: 6}
		c.Box(track, 3, th.Soft)
		c.Box(paint.Rect{X: track.X, Y: track.Y, W: track.W * float64(in.blend) / 100, H: 6}, 3, th.Accent)
		c.Disc(paint.Point{X: track.X + track.W*float64(in.blend)/100, Y: track.Y + 3}, 9, th.Accent)
		small := paint.Style{Size: theme.Small, Color: th.Quiet, Align: paint.Right}
		text := "yellow speaks for it"
		if in.method == protocol.Occlusion {
			text = "yellow: a patch there harms it"
		}
		c.Text(text, paint.Point{X: r.W - theme.Pad, Y: 32}, small)
		if y := square.Y + side + 20; p.mode == Drawing && y < r.H-8 {
			small.Align = paint.Left
			c.Text("Draw on the picture: all of this moves.", paint.Point{X: square.X, Y: y}, small)
		}
	}}
}

// blended is the map over the picture, 128 x 128 pixels.
func blended(seen *image.RGBA, w *protocol.Explained, share float64) *image.RGBA {
	const n = 128
	most := float32(1e-9)
	for _, v := range w.Values {
		most = max(most, v)
	}
	img := image.NewRGBA(image.Rect(0, 0, n, n))
	for y := range n {
		for x := range n {
			v := bilinear(w, (float64(y)+0.5)/n, (float64(x)+0.5)/n) / float64(most)
			col := ramp[uint8(min(max(v, 0), 1)*255)]
			px := seen.RGBAAt(x*seen.Rect.Dx()/n, y*seen.Rect.Dy()/n)
			for k, m := range [3]uint8{col.R, col.G, col.B} {
				img.Pix[4*(y*n+x)+k] = uint8(float64([3]uint8{px.R, px.G, px.B}[k])*(1-share) + float64(m)*share + 0.5)
			}
			img.Pix[4*(y*n+x)+3] = 255
		}
	}
	return img
}

// bilinear is a map's value at a place, 0 to 1 in both directions.
func bilinear(w *protocol.Explained, y, x float64) float64 {
	fy, fx := min(max(y*float64(w.H)-0.5, 0), float64(w.H-1)), min(max(x*float64(w.W)-0.5, 0), float64(w.W-1))
	y0, x0 := int(fy), int(fx)
	y1, x1 := min(y0+1, w.H-1), min(x0+1, w.W-1)
	at := func(y, x int) float64 { return float64(w.Values[y*w.W+x]) }
	ty, tx := fy-float64(y0), fx-float64(x0)
	return (at(y0, x0)*(1-tx)+at(y0, x1)*tx)*(1-ty) + (at(y1, x0)*(1-tx)+at(y1, x1)*tx)*ty
}

// pressBlend takes the slider's place under the pointer, or goes on by a quarter.
func (p *Page) pressBlend() {
	in, at := &p.inside, p.blendAt
	if at.Contains(p.pointer) {
		in.blend = int(math.Round((p.pointer.X - at.X) / at.W * 100))
		return
	}
	in.blend = (in.blend + 25) % 125
}
