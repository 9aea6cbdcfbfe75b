package widget

import (
	"hash/maphash"
	"reflect"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Custom is a view's own picture. Paint gets the rectangle on the panel's canvas, which
// it should not leave.
type Custom struct {
	ID      string
	Name    string
	Long    string // its tooltip
	Value   string // what it shows, in words
	Role    Role
	H       float64 // height in units, or
	Aspect  float64 // height in widths; both 0 for what a Stretch gives
	MinW    float64 // the least width in units
	Key     any     // comparable; all that Paint depends on other than the theme
	Paint   func(c *paint.Canvas, r paint.Rect, th *theme.Theme)
	Pointer func(phase Phase, x, y float64) bool // x and y from 0 to 1; reports whether it takes the gesture
	Wheel   func(x, y, d float64) bool
	Hover   bool             // Pointer wants Hover and Leave too
	Steer   func(dx, dy int) // the arrow keys, while it has the focus: it can be reached by Tab then
	Do      func()
	Set     func(value string)
}

func (n Custom) widths(*Ruler) (least, liked float64) {
	return n.MinW, max(n.MinW, touch)
}

func (n Custom) height(_ *Ruler, w float64) float64 {
	if n.H > 0 {
		return n.H
	}
	return whole(w * max(n.Aspect, 0))
}

func (n Custom) place(l *Layout, r paint.Rect) {
	l.leaf(Leaf{
		Rect: r, ID: n.ID, Name: n.Name, Title: named(n.Long, n.Name), Value: n.Value, Role: n.Role,
		Do: n.Do, Set: n.Set, Pointer: n.Pointer, Wheel: n.Wheel, Hovers: n.Hover, Steer: n.Steer,
	}, versioned{customLooks(n.Paint), n.Key})
}

type customLooks func(c *paint.Canvas, r paint.Rect, th *theme.Theme)

func (k customLooks) paint(s *sheet, r paint.Rect) {
	if k != nil {
		k(s.Canvas, r, s.th)
	}
}

// versioned are looks that depend on pixels or code, which cannot be compared: the
// version stands for them.
type versioned struct {
	looks
	version any
}

func (k versioned) sum(h *maphash.Hash) {
	i, picture := k.looks.(imageLooks)
	if k.version == nil && picture && i.picture != nil && reflect.TypeOf(i.picture).Comparable() {
		k.version = i.picture // another picture, if not other pixels of it
	}
	if k.version != nil {
		maphash.WriteComparable(h, k.version)
	}
	if picture {
		b := paint.Rect{}
		if i.picture != nil {
			r := i.picture.Bounds()
			b = paint.Rect{X: float64(r.Min.X), Y: float64(r.Min.Y), W: float64(r.Dx()), H: float64(r.Dy())}
		}
		i.picture = nil
		writeFloats(h, b.X, b.Y, b.W, b.H)
		maphash.WriteComparable(h, i)
	}
}
