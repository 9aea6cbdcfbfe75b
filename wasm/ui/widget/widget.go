// Package widget describes what is on the screen once: a view returns a tree of nodes,
// and what is painted, where things lie, what a pointer hits, what a tooltip says and
// what stands in the document are all derived from that tree.
//
// Lay arranges a tree in an area of the window. The Layout that it returns has panels,
// one for each Card, that are painted apart and only when their key has changed, and in
// each panel leaves: all that can be read or pressed, in reading order.
//
// All lengths are in units, which are CSS pixels before the page is enlarged. Nothing
// here is safe for use by several goroutines at once.
package widget

import (
	"fmt"
	"math"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Node is a part of a view's tree: a plain value, made again whenever the view has
// changed. Views draw their own pictures with Custom. A nil Node in a list of items is
// skipped.
type Node interface {
	// widths are the least width at which the node can be used, and the one at which
	// nothing in it is wrapped or shortened.
	widths(m *Ruler) (least, liked float64)
	// height is what the node needs at a width.
	height(m *Ruler, w float64) float64
	// place puts the node's leaves into r, which may be higher than asked for.
	place(l *Layout, r paint.Rect)
}

// Layout is a tree that has been arranged.
type Layout struct {
	Height float64 // that all of it needs, in units; may be more than the area has
	Panels []Panel // from the lowest to the topmost
	Err    error   // the first ID that was given twice: a programmer's mistake; nil for none

	ruler   *Ruler
	open    int        // index of the panel that is being filled; -1 between cards
	clip    paint.Rect // what can be seen of what is placed; of no width for all
	scrolls []scroller
	ids     map[string]bool
	names   map[string]bool
}

// Lay arranges a tree in an area of the window. scale is how many pixels a unit has;
// the widths of texts depend on it.
func Lay(root Node, area paint.Rect, scale float64) *Layout {
	l := &Layout{ruler: rulerOf(scale), open: -1, ids: map[string]bool{}, names: map[string]bool{}}
	if root == nil {
		return l
	}
	area.W = max(area.W, 0)
	l.Height = root.height(l.ruler, area.W)
	area.H = max(area.H, l.Height)
	root.place(l, area)
	for i := range l.Panels {
		l.Panels[i].summarise()
	}
	return l
}

// At returns the topmost leaf at a place of the window, nil if there is none. In a matrix
// or a table it is the cell or the row.
func (l *Layout) At(p paint.Point) *Leaf {
	for i := len(l.Panels) - 1; i >= 0; i-- {
		g := &l.Panels[i]
		if !g.Rect.Contains(p) {
			continue
		}
		for k := len(g.Leaves) - 1; k >= 0; k-- {
			f := &g.Leaves[k]
			if !f.Rect.Contains(p) || !f.seen(p) {
				continue
			}
			for c := range f.Children {
				if f.Children[c].Rect.Contains(p) {
					return &f.Children[c]
				}
			}
			return f
		}
		return nil
	}
	return nil
}

// Find returns the leaf of an ID, also a row of a table or a cell of a matrix; nil for none.
func (l *Layout) Find(id string) *Leaf {
	if id == "" {
		return nil
	}
	for i := range l.Panels {
		for k := range l.Panels[i].Leaves {
			f := &l.Panels[i].Leaves[k]
			if f.ID == id {
				return f
			}
			for c := range f.Children {
				if f.Children[c].ID == id {
					return &f.Children[c]
				}
			}
		}
	}
	return nil
}

// Panel returns the panel of a name, nil for none.
func (l *Layout) Panel(name string) *Panel {
	for i := range l.Panels {
		if l.Panels[i].Name == name {
			return &l.Panels[i]
		}
	}
	return nil
}

// Move shifts all of it by dx, dy units. No key changes, so that scrolling paints nothing.
func (l *Layout) Move(dx, dy float64) {
	shift := func(r *paint.Rect) { r.X, r.Y = r.X+dx, r.Y+dy }
	for i := range l.Panels {
		g := &l.Panels[i]
		shift(&g.Rect)
		for k := range g.Leaves {
			f := &g.Leaves[k]
			shift(&f.Rect)
			shift(&f.Clip)
			for c := range f.Children {
				shift(&f.Children[c].Rect)
				shift(&f.Children[c].Clip)
			}
		}
	}
	for i := range l.scrolls {
		shift(&l.scrolls[i].rect)
	}
}

// begin opens a panel, and end closes it.
func (l *Layout) begin(name string, r paint.Rect, g Ground) {
	for base, n := name, 2; l.names[name]; n++ {
		name = fmt.Sprintf("%s~%d", base, n)
	}
	l.names[name] = true
	const room = 16
	l.Panels = append(l.Panels, Panel{Name: name, Rect: r, Ground: g, Leaves: make([]Leaf, 0, room), marks: make([]mark, 0, room)})
	l.open = len(l.Panels) - 1
}

func (l *Layout) end() { l.open = -1 }

// leaf adds a leaf that looks like k.
func (l *Layout) leaf(f Leaf, k looks) *Leaf {
	f.Rect = tidy(f.Rect)
	f.Clip = l.clip
	f.ID = l.unique(f.ID)
	for i := range f.Children {
		f.Children[i].ID = l.unique(f.Children[i].ID)
		f.Children[i].Clip = l.clip
	}
	loose := l.open < 0
	if loose {
		l.begin("loose "+f.ID, f.Rect, Flat)
	}
	p := &l.Panels[l.open]
	p.Leaves = append(p.Leaves, f)
	at := len(p.Leaves) - 1
	p.marks = append(p.marks, mark{p.inside(f.Rect), p.inside(l.clip), k, at})
	if loose {
		l.end()
	}
	return &p.Leaves[at]
}

// adorn adds something that is only seen, a field's label for example.
func (l *Layout) adorn(r paint.Rect, k looks) {
	r = tidy(r)
	loose := l.open < 0
	if loose {
		l.begin("loose", r, Flat)
	}
	p := &l.Panels[l.open]
	p.marks = append(p.marks, mark{p.inside(r), p.inside(l.clip), k, -1})
	if loose {
		l.end()
	}
}

// unique reports an ID that was there before, and changes it, so that ids can be keys.
func (l *Layout) unique(id string) string {
	if id == "" {
		return ""
	}
	for base, n := id, 2; l.ids[id]; n++ {
		if l.Err == nil {
			l.Err = fmt.Errorf("widget: two leaves have the ID %q", base)
		}
		id = fmt.Sprintf("%s~%d", base, n)
	}
	l.ids[id] = true
	return id
}

// tidy makes a rectangle that there was no room for one of no size.
func tidy(r paint.Rect) paint.Rect {
	r.W, r.H = max(r.W, 0), max(r.H, 0)
	return r
}

// whole rounds to whole units, so that edges are crisp.
func whole(v float64) float64 { return math.Floor(v + 0.5) }

// leading returns a line's height in units.
func leading(size float64) float64 { return whole(size * 1.4) }

// fills reports whether a node uses height beyond what it asks for.
func fills(n Node) bool {
	f, ok := n.(interface{ fills() bool })
	return ok && f.fills()
}

func anyFills(nodes []Node) bool {
	for _, n := range nodes {
		if n != nil && fills(n) {
			return true
		}
	}
	return false
}

const touch = float64(theme.Touch)
