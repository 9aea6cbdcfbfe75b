package doodles

import (
	"math"
	"math/rand/v2"
)

// fill is how areas are filled.
type fill uint8

const (
	hollow    fill = iota // not at all: what lies behind shines through
	papered               // with the paper's colour, so that they hide what lies behind
	flat                  // with one colour
	shaded                // with a colour that darkens towards the bottom, or the top
	scribbled             // with lines of a crayon
	solid                 // with the colour of lines: a silhouette
)

// style is how a drawing is made, whatever is drawn: it is drawn from the same numbers for
// all classes, so that no colour, width or background tells one from another.
type style struct {
	filling fill
	outline bool
	tinted  bool // an outline is a dark shade of what it surrounds
	fused   bool // parts of one thing flow into one another
	inked   bool // dark parts are filled even where others are not
	carved  bool // a silhouette's details are left out of it

	paper, ink rgb
	colours    [roles]rgb
	shade      float64 // how much shaded areas change, below 0 towards the top

	width    float64 // of lines, as a share of the picture's shorter side
	pressure float64 // how much that changes along a line
	twice    bool    // lines are drawn twice, as in a sketch
	tremble  float64 // how far points are from where they belong, in units
	bow      float64 // how far straight lines are bent, as a share of their length
	gap      float64 // how far a closed line's end is from its start, in line widths
	slip     point   // how far fillings are off, in line widths
	hatch    float64 // angle of a crayon's lines, in radians
	spacing  float64 // of them, in line widths
	grain    float64
}

// media are the ways to draw, with how often they are chosen.
var media = []struct {
	weight int
	choose func(s *style, rng *rand.Rand)
}{
	{24, (*style).pen},
	{12, (*style).pencil},
	{20, (*style).cartoon},
	{12, (*style).emoji},
	{9, (*style).poster},
	{9, (*style).silhouette},
	{7, (*style).crayon},
	{7, (*style).chalk},
}

func newStyle(rng *rand.Rand) *style {
	s := &style{outline: true}
	s.width = 0.022 * math.Pow(2.9, rng.Float64())
	s.fused, s.inked, s.carved = chance(rng, 0.65), chance(rng, 0.6), chance(rng, 0.85)
	s.hand(rng)
	total := 0
	for _, m := range media {
		total += m.weight
	}
	n := rng.IntN(total)
	for _, m := range media {
		if n -= m.weight; n < 0 {
			m.choose(s, rng)
			break
		}
	}
	return s
}

func chance(rng *rand.Rand, p float64) bool { return rng.Float64() < p }

func between(rng *rand.Rand, a, b float64) float64 { return a + (b-a)*rng.Float64() }

// hand draws how sure the hand is: that of a program, of a grown-up or of a child.
func (s *style) hand(rng *rand.Rand) {
	switch n := rng.IntN(10); {
	case n < 2:
		return
	case n < 8:
		s.tremble = between(rng, 0.002, 0.01)
	default:
		s.tremble = between(rng, 0.01, 0.018)
	}
	s.bow = s.tremble * between(rng, 2, 5)
	s.gap = between(rng, 0, 1.6)
	s.pressure = between(rng, 0, 0.35)
}

// steady takes the tremble out of what programs draw.
func (s *style) steady() { s.tremble, s.bow, s.gap, s.pressure = s.tremble*0.3, 0, 0, 0 }

// pen is one line on paper, as with a mouse or a felt-tip pen.
func (s *style) pen(rng *rand.Rand) {
	s.onPaper(rng, 0.65)
	s.filling = papered
	if chance(rng, 0.3) {
		s.filling = hollow
	}
	s.ink = s.writing(rng)
	s.lines()
}

// pencil is a sketch of thin lines.
func (s *style) pencil(rng *rand.Rand) {
	s.onPaper(rng, 0.8)
	s.filling = papered
	if chance(rng, 0.2) {
		s.filling = hollow
	}
	s.width *= 0.75
	s.twice = chance(rng, 0.7)
	s.grain = between(rng, 0, 0.5)
	v := between(rng, 10, 90)
	if luma(s.paper) < v+100 {
		s.paper = mix(s.paper, rgb{255, 255, 255}, 0.75)
	}
	s.ink = rgb{v, v, v}
	s.lines()
}

// cartoon is flat colours with dark outlines.
func (s *style) cartoon(rng *rand.Rand) {
	s.onPaper(rng, 0.45)
	s.filling = flat
	if chance(rng, 0.3) {
		s.filling, s.shade = shaded, between(rng, -0.3, 0.4)
	}
	s.ink = hsv(rng.Float64(), between(rng, 0, 0.6), between(rng, 0, 0.22))
	s.coloured(rng, 70)
	if chance(rng, 0.2) {
		s.slip = point{between(rng, -1, 1), between(rng, -1, 1)}
	}
}

// emoji is shaded colours with an outline of their own colour, or none.
func (s *style) emoji(rng *rand.Rand) {
	s.onPaper(rng, 0.6)
	s.steady()
	s.filling, s.shade = shaded, between(rng, -0.2, 0.45)
	s.coloured(rng, 80)
	s.outline, s.tinted = chance(rng, 0.6), true
	s.width = max(s.width*0.8, 0.02)
	s.ink = mix(s.colours[body], rgb{}, between(rng, 0.65, 0.9))
}

// poster is flat colours without outlines.
func (s *style) poster(rng *rand.Rand) {
	s.onPaper(rng, 0.4)
	if chance(rng, 0.6) {
		s.steady()
	}
	s.filling, s.outline, s.fused = flat, false, true
	s.coloured(rng, 110)
	s.ink = hsv(rng.Float64(), between(rng, 0, 0.5), between(rng, 0, 0.25))
	if apart(s.ink, s.paper) < 110 {
		s.ink = mix(s.ink, rgb{255, 255, 255}, 0.8)
	}
}

// silhouette is one colour.
func (s *style) silhouette(rng *rand.Rand) {
	s.onPaper(rng, 0.6)
	s.steady()
	s.filling, s.fused = solid, true
	s.ink = s.writing(rng)
	if chance(rng, 0.25) {
		s.ink, s.paper = s.paper, s.ink
	}
	s.lines()
}

// crayon is coloured outlines, filled with strokes.
func (s *style) crayon(rng *rand.Rand) {
	s.onPaper(rng, 0.75)
	s.filling, s.tinted = scribbled, chance(rng, 0.35)
	s.coloured(rng, 70)
	s.ink = s.writing(rng)
	s.hatch, s.spacing = between(rng, 0, math.Pi), between(rng, 1.3, 2.6)
	s.width = max(s.width, 0.025)
	s.grain = between(rng, 0, 0.5)
	s.gap *= 1.5
}

// chalk is light lines on something dark.
func (s *style) chalk(rng *rand.Rand) {
	s.paper = hsv(rng.Float64(), between(rng, 0, 0.8), between(rng, 0, 0.4))
	s.ink = hsv(rng.Float64(), between(rng, 0, 0.35), between(rng, 0.85, 1))
	s.filling = papered
	if chance(rng, 0.25) {
		s.filling = hollow
	}
	s.grain = between(rng, 0, 0.5)
	s.lines()
}

// lines gives all parts the two colours that there are.
func (s *style) lines() {
	for r := range s.colours {
		s.colours[r] = s.paper
	}
	s.colours[dark] = s.ink
}

// onPaper draws the paper, white with a probability.
func (s *style) onPaper(rng *rand.Rand, white float64) {
	switch v := rng.Float64(); {
	case v < white:
		s.paper = rgb{255, 255, 255}
	case v < white+(1-white)*0.4:
		s.paper = hsv(rng.Float64(), between(rng, 0, 0.12), between(rng, 0.88, 1))
	default:
		s.paper = tint(rng)
	}
}

// writing returns a colour to draw lines on the paper with.
func (s *style) writing(rng *rand.Rand) rgb {
	for range 12 {
		c := hsv(rng.Float64(), between(rng, 0, 0.5), between(rng, 0, 0.25))
		if chance(rng, 0.3) {
			c = tint(rng)
		}
		if math.Abs(luma(c)-luma(s.paper)) > 95 {
			return c
		}
	}
	if luma(s.paper) > 128 {
		return rgb{}
	}
	return rgb{255, 255, 255}
}

// coloured draws the colours of parts, each at least away levels from the paper and from one
// another.
func (s *style) coloured(rng *rand.Rand, away float64) {
	for r := range s.colours {
		for range 12 {
			c := tint(rng)
			switch role(r) {
			case dark:
				c = hsv(rng.Float64(), between(rng, 0, 0.4), between(rng, 0.05, 0.3))
			case light:
				c = hsv(rng.Float64(), between(rng, 0, 0.25), between(rng, 0.88, 1))
			case second:
				if chance(rng, 0.5) { // a lighter shade of the body's
					c = mix(s.colours[body], rgb{255, 255, 255}, between(rng, 0.3, 0.7))
				}
			}
			s.colours[r] = c
			far := apart(c, s.paper) > away || role(r) != body
			for _, other := range s.colours[:r] {
				far = far && apart(c, other) > away*0.6
			}
			if far && (role(r) == dark || !s.outline || luma(c) > 75) {
				break
			}
		}
	}
}

// tint is any colour, as paints have them.
func tint(rng *rand.Rand) rgb {
	h := rng.Float64()
	switch n := rng.IntN(20); {
	case n < 8: // vivid
		return hsv(h, between(rng, 0.55, 1), between(rng, 0.65, 1))
	case n < 11: // pastel
		return hsv(h, between(rng, 0.2, 0.5), between(rng, 0.85, 1))
	case n < 14: // brown
		return hsv(between(rng, 0.04, 0.12), between(rng, 0.3, 0.8), between(rng, 0.3, 0.85))
	case n < 17: // muted
		return hsv(h, between(rng, 0.2, 0.6), between(rng, 0.35, 0.75))
	}
	return hsv(h, between(rng, 0, 0.1), between(rng, 0.15, 1))
}

// hsv returns a colour by hue, saturation and value, each 0 to 1.
func hsv(h, s, v float64) rgb {
	var c rgb
	for i, at := range [3]float64{5, 3, 1} {
		k := math.Mod(at+6*h, 6)
		c[i] = 255 * (v - v*s*max(0, min(k, 4-k, 1)))
	}
	return c
}

// luma is how light a colour looks, 0 to 255, after ITU-R BT.601.
func luma(c rgb) float64 { return 0.299*c[0] + 0.587*c[1] + 0.114*c[2] }

// apart is how far two colours are from one another, 0 to 441.
func apart(a, b rgb) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}
