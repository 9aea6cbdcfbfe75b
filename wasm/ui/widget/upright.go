package widget

import (
	"image"
	"math"

	"golang.org/x/image/draw"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// upright draws a line of text that runs upwards, in the middle of r's width. It begins
// at r's lower edge, ends at the upper one (paint.Right) or stands in the middle.
func (s *sheet) upright(text string, r paint.Rect, style paint.Style) {
	if text = s.m.Fit(text, r.H, style); text == "" {
		return
	}
	w, h := s.m.Width(text, style)+2, leading(style.Size)
	flat := paint.NewCanvas(w, h, s.Scale)
	align := style.Align
	style.Align = paint.Left
	flat.Text(text, paint.Point{Y: h/2 + style.Size*0.36}, style)
	b := flat.Image.Rect
	turned := image.NewRGBA(image.Rect(0, 0, b.Dy(), b.Dx()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			turned.SetRGBA(y, b.Dx()-1-x, flat.Image.RGBAAt(x, y))
		}
	}
	y := r.Y + r.H - w
	switch align {
	case paint.Right:
		y = r.Y
	case paint.Middle:
		y = r.Y + (r.H-w)/2
	}
	at := image.Pt(int(math.Round((r.X+(r.W-h)/2)*s.Scale)), int(math.Round(y*s.Scale)))
	draw.Draw(s.Image, turned.Rect.Add(at), turned, image.Point{}, draw.Over)
}

// smallStyle is for the texts beside the axes of matrices and charts.
var smallStyle = paint.Style{Size: theme.Small}
