package paint

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Weight is one of the Go fonts.
type Weight int

const (
	Regular Weight = iota
	Medium
	Bold
	Mono // figures that change: all of one width
)

var fonts = [...]*opentype.Font{parse(goregular.TTF), parse(gomedium.TTF), parse(gobold.TTF), parse(gomono.TTF)}

func parse(ttf []byte) *opentype.Font {
	f, err := opentype.Parse(ttf)
	if err != nil {
		panic(err) // the fonts are part of the program
	}
	return f
}

// Foreign draws a character that the fonts lack, px high: its mask, where that lies from the dot, and
// how far from it the next character is. It is nil where nobody can, and its mask where it cannot.
var Foreign func(r rune, px float64, weight Weight) (mask *image.Alpha, offset image.Point, advance float64)

// Lacks reports whether the fonts lack a character.
func Lacks(r rune) bool {
	index, err := fonts[Regular].GlyphIndex(nil, r)
	return err != nil || index == 0
}

// Align is where a text lies to its point.
type Align int

const (
	Left Align = iota
	Middle
	Right
)

// Style is how a text looks.
type Style struct {
	Size   float64 // in units
	Weight Weight
	Color  color.RGBA
	Align  Align
}

// face is a font at a size in pixels, with its glyphs as they were drawn first.
type face struct {
	font.Face
	glyphs map[rune]glyph
	faceKey
}

type glyph struct {
	mask    *image.Alpha
	offset  image.Point // of the mask from the dot
	advance fixed.Int26_6
}

type faceKey struct {
	weight Weight
	size   float64
}

var faces = map[faceKey]*face{}

func faceOf(w Weight, px float64) *face {
	key := faceKey{w, px}
	if f := faces[key]; f != nil {
		return f
	}
	of, err := opentype.NewFace(fonts[w], &opentype.FaceOptions{Size: px, DPI: 72})
	if err != nil {
		panic(err) // only a size of 0 is refused
	}
	f := &face{of, map[rune]glyph{}, key}
	faces[key] = f
	return f
}

func (f *face) glyph(r rune) glyph {
	g, ok := f.glyphs[r]
	if ok {
		return g
	}
	if Foreign != nil && Lacks(r) {
		mask, offset, advance := Foreign(r, f.size, f.weight)
		if mask != nil {
			f.glyphs[r] = glyph{mask, offset, fixed.Int26_6(math.Round(advance * 64))}
			return f.glyphs[r]
		}
	}
	box, mask, at, advance, _ := f.Glyph(fixed.Point26_6{}, r)
	g = glyph{image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy())), box.Min, advance}
	if mask != nil {
		draw.Draw(g.mask, g.mask.Bounds(), mask, at, draw.Src)
	}
	f.glyphs[r] = g
	return g
}

// Text draws s with its baseline at p.Y.
func (c *Canvas) Text(s string, p Point, style Style) {
	f := faceOf(style.Weight, style.Size*c.Scale)
	x := p.X * c.Scale
	switch style.Align {
	case Middle:
		x -= f.width(s) / 2
	case Right:
		x -= f.width(s)
	}
	ink := image.NewUniform(style.Color)
	dot := fixed.Int26_6(math.Round(x * 64))
	y := c.px(p.Y)
	prev := rune(-1)
	for _, r := range s {
		if prev >= 0 {
			dot += f.Kern(prev, r)
		}
		g := f.glyph(r)
		at := image.Pt(dot.Round(), y).Add(g.offset)
		draw.DrawMask(c.Image, g.mask.Bounds().Add(at), ink, image.Point{}, g.mask, image.Point{}, draw.Over)
		dot += g.advance
		prev = r
	}
}

func (f *face) width(s string) float64 {
	var w fixed.Int26_6
	prev := rune(-1)
	for _, r := range s {
		if prev >= 0 {
			w += f.Kern(prev, r)
		}
		w += f.glyph(r).advance
		prev = r
	}
	return float64(w) / 64
}

// TextWidth returns how many units wide s is.
func (c *Canvas) TextWidth(s string, style Style) float64 {
	return faceOf(style.Weight, style.Size*c.Scale).width(s) / c.Scale
}

// Fit shortens s with an ellipsis so that it is at most width units wide.
func (c *Canvas) Fit(s string, width float64, style Style) string {
	if c.TextWidth(s, style) <= width {
		return s
	}
	runes := []rune(s)
	for n := len(runes) - 1; n > 0; n-- {
		if t := string(runes[:n]) + "…"; c.TextWidth(t, style) <= width {
			return t
		}
	}
	return ""
}

// Wrap breaks s into lines of at most width units.
func (c *Canvas) Wrap(s string, width float64, style Style) []string {
	var lines []string
	line, word := "", ""
	flush := func() {
		switch t := line + " " + word; {
		case word == "":
		case line == "":
			line = word
		case c.TextWidth(t, style) <= width:
			line = t
		default:
			lines, line = append(lines, line), word
		}
		word = ""
	}
	for _, r := range s {
		if r == ' ' {
			flush()
			continue
		}
		word += string(r)
	}
	flush()
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
