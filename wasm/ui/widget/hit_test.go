package widget

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/wasm/ui/paint"
)

// TestAt hits each leaf of the sample in its middle, also after everything has moved.
func TestAt(t *testing.T) {
	for _, w := range []float64{320, 1280} {
		l := Lay(sample(), paint.Rect{W: w}, 1)
		for range 2 {
			hits := 0
			for _, p := range l.Panels {
				for _, f := range p.Leaves {
					if len(f.Children) > 0 {
						for _, c := range f.Children {
							if got := l.At(c.Rect.Center()); got == nil || got.ID != c.ID {
								t.Errorf("width %g: %s is not hit", w, c.ID)
							}
						}
						continue
					}
					if got := l.At(f.Rect.Center()); got == nil || got.Rect != f.Rect {
						t.Errorf("width %g: %s %q is not hit", w, f.ID, f.Name)
					}
					hits++
				}
			}
			if hits < 35 {
				t.Errorf("%d leaves", hits)
			}
			l.Move(30, -400)
		}
		if l.At(paint.Point{X: -1e6}) != nil {
			t.Error("something is far away")
		}
	}
}

func TestStackAt(t *testing.T) {
	l := Lay(Card{Name: "x", Bare: true, Body: Stack{Items: []Node{Custom{ID: "below", H: 50}, Custom{ID: "above", H: 50}}}}, paint.Rect{W: 50}, 1)
	if got := l.At(paint.Point{X: 9, Y: 9}); got.ID != "above" {
		t.Errorf("%q is hit", got.ID)
	}
}

func TestScroll(t *testing.T) {
	var offset float64
	tree := func() *Layout {
		var items []Node
		for i := range 20 {
			items = append(items, Button{ID: fmt.Sprint(i), Label: fmt.Sprint(i), Do: func() {}})
		}
		return Lay(Card{Name: "x", Bare: true, Body: Scroll{H: 100, Offset: offset, OnScroll: func(o float64) { offset = o }, Node: Column{Items: items}}}, paint.Rect{W: 100}, 1)
	}
	at := paint.Point{X: 50, Y: 90}
	l := tree()
	if l.Height != 100 {
		t.Errorf("height %g", l.Height)
	}
	for _, c := range []struct{ d, want float64 }{{-10, 0}, {44, 44}, {1e6, 20*touch - 100}, {5, 20*touch - 100}, {-1e6, 0}} {
		was := offset
		if moved := l.Scroll(at, c.d); offset != c.want || moved != (was != offset) {
			t.Errorf("by %g: %g, want %g", c.d, offset, c.want)
		}
		l = tree()
	}
	l.Scroll(at, 44)
	if got := tree().At(at); got.ID != "3" {
		t.Errorf("%q is hit", got.ID)
	}
	if tree().At(paint.Point{X: 50, Y: 110}) != nil || tree().Find("19") == nil {
		t.Error("what is hidden is hit, or is not there")
	}
	offset = 0
	if tree().Reveal("1") || !tree().Reveal("4") || offset != 5*touch-100 || !tree().Reveal("0") || offset != 0 {
		t.Errorf("revealed at %g", offset)
	}
	if l.Scroll(paint.Point{X: 50, Y: 300}, 10) {
		t.Error("scrolled from elsewhere")
	}
}

// TestLeaves sees what the document is told of each kind of widget.
func TestLeaves(t *testing.T) {
	said := ""
	say := func(v string) { said = v }
	options := []Option{{"a", "A"}, {"b", "B"}}
	for _, c := range []struct {
		node             Node
		id               string
		role             Role
		name, value, tip string
		set, want        string // Set(set) says want
	}{
		{Button{ID: "x", Long: "Undo", Icon: "undo", Key: "Z", Do: func() {}}, "x", RoleButton, "Undo", "", "Undo (Z)", "", ""},
		{Button{ID: "x", Label: "Stop", Long: "Stop the run", Disabled: "Nothing runs"}, "x", RoleButton, "Stop", "", "Stop the run. Nothing runs", "", ""},
		{Button{ID: "x", Label: "Counts", Toggle: true}, "x", RoleToggle, "Counts", "", "Counts", "", ""},
		{Select{ID: "x", Label: "Data", Value: "b", Options: options, Set: say}, "x", RoleSelect, "Data", "b", "Data", "a", "a"},
		{Number{ID: "x", Label: "Rate", Value: "1", Set: say}, "x", RoleNumber, "Rate", "1", "Rate", "3", "3"},
		{Checkbox{ID: "x", Label: "Flip", On: true, Set: func(on bool) { say(fmt.Sprint(on)) }}, "x", RoleCheckbox, "Flip", "true", "Flip", "false", "false"},
		{Slider{ID: "x", Label: "Blend", Value: 0.5, Max: 1, Set: func(v float64) { say(fmt.Sprint(v)) }}, "x", RoleSlider, "Blend", "0.5", "Blend", "7", "1"},
		{Link{ID: "x", Label: "Source", URL: "https://a"}, "x", RoleLink, "Source", "https://a", "https://a", "", ""},
		{Progress{ID: "x", Label: "Reading", Share: 0.999}, "x", RoleProgress, "Reading", "99%", "", "", ""},
		{Image{ID: "x", Name: "a cat"}, "x", RoleImage, "a cat", "", "a cat", "", ""},
		{Image{ID: "x", Name: "a cat", Do: func() {}}, "x", RoleButton, "a cat", "", "a cat", "", ""},
		{Bars{ID: "x", Rows: []Bar{{Name: "cat", Share: 0.5}}}, "x-0", RoleStatic, "cat", "50.0%", "cat", "", ""},
		{Chart{ID: "x", Title: "Loss", Series: []Series{{Name: "training", Points: []paint.Point{{X: 1, Y: 0.25}}}}}, "x", RoleImage, "Loss", "training 0.25", "", "", ""},
		{Text{ID: "x", Text: "Donaudampfschifffahrtsgesellschaftskapitän", Lines: 1, Size: 20}, "x", RoleStatic, "Donaudampfschifffahrtsgesellschaftskapitän", "", "Donaudampfschifffahrtsgesellschaftskapitän", "", ""},
		{Text{ID: "x", Text: "Ready.", Live: true}, "x", RoleLive, "Ready.", "", "", "", ""},
		{Custom{ID: "x", Name: "the pad", Role: RoleImage}, "x", RoleImage, "the pad", "", "the pad", "", ""},
	} {
		f := Lay(c.node, paint.Rect{W: 300}, 1).Find(c.id)
		if f == nil || f.Role != c.role || f.Name != c.name || f.Value != c.value || f.Title != c.tip {
			t.Errorf("%T: %+v", c.node, f)
			continue
		}
		if c.set != "" {
			if f.Set(c.set); said != c.want {
				t.Errorf("%T: said %q, want %q", c.node, said, c.want)
			}
		}
	}
}

func TestSliderPointer(t *testing.T) {
	got := math.NaN()
	s := Slider{ID: "x", Min: 10, Max: 20, Step: 2, Set: func(v float64) { got = v }}
	f := Lay(s, paint.Rect{W: 220}, 1).Find("x")
	for _, c := range []struct{ x, want float64 }{{0, 10}, {0.5, 16}, {1, 20}, {-3, 10}, {9, 20}, {75.0 / 220, 14}} {
		if f.Pointer(Down, c.x, 0.5); got != c.want {
			t.Errorf("at %g: %g, want %g", c.x, got, c.want)
		}
	}
	s.Disabled = "No"
	if Lay(s, paint.Rect{W: 220}, 1).Find("x").Usable() {
		t.Error("it can be used although it is disabled")
	}
}

func TestMatrixPress(t *testing.T) {
	for _, n := range []int{2, 10, 100} {
		names := make([]string, n)
		for i := range names {
			names[i] = fmt.Sprint("class ", i)
		}
		var got Cell
		l := Lay(Matrix{ID: "m", Classes: names, Press: func(row, col int) { got = Cell{row, col} }}, paint.Rect{W: 900}, 1)
		f := l.Find("m")
		if apart := n <= pressedApart; (len(f.Children) == n*n) != apart || len(f.Cells()) != n+1 {
			t.Fatalf("%d classes: %d cells", n, len(f.Children))
		}
		last := Cell{n - 1, n - 1}
		square := Matrix{Classes: names}.frame(l.ruler, f.Rect).square
		x, y := f.Inside(paint.Point{X: square.X + square.W - 1, Y: square.Y + square.H - 1})
		if !f.Pointer(Down, x, y) || !f.Pointer(Up, x, y) || got != last {
			t.Errorf("%d classes: pressed %v", n, got)
		}
		if f.Pointer(Down, 0, 0) {
			t.Error("the names can be pressed")
		}
		if n == 2 {
			l.Find("m-0-1").Do()
			if got != (Cell{0, 1}) || !strings.Contains(l.Find("m-0-1").Name, "True class 0, predicted class 1") {
				t.Errorf("pressed %v, %q", got, l.Find("m-0-1").Name)
			}
		}
	}
}

// TestMatrixPan shows a part of many classes, which is dragged and steered, and pressed where it is.
func TestMatrixPan(t *testing.T) {
	names := make([]string, 100)
	for i := range names {
		names[i] = fmt.Sprint("class ", i)
	}
	var at, got Cell
	var m Matrix
	lay := func() (*Leaf, paint.Rect) {
		m = Matrix{ID: "m", Classes: names, At: at, Pan: func(to Cell) { at = to }, Press: func(row, col int) { got = Cell{row, col} }}
		l := Lay(m, paint.Rect{W: 600}, 1)
		return l.Find("m"), m.frame(l.ruler, l.Find("m").Rect).square
	}
	f, square := lay()
	cell := square.W / MostShown
	if cell < 12 || len(f.Cells()) != 101 {
		t.Fatalf("a cell is %g units wide; the document has %d rows", cell, len(f.Cells()))
	}
	x, y := f.Inside(paint.Point{X: square.X + 20.5*cell, Y: square.Y + 25.5*cell})
	u, v := f.Inside(paint.Point{X: square.X + 10.5*cell, Y: square.Y + 5.5*cell})
	f.Pointer(Down, x, y)
	f.Pointer(Drag, u, v)
	f.Pointer(Up, u, v)
	if at != (Cell{20, 10}) || got != (Cell{}) {
		t.Errorf("dragged to %v, pressed %v", at, got)
	}
	f, _ = lay()
	f.Pointer(Down, u, v)
	f.Pointer(Up, u, v)
	if got != (Cell{25, 20}) {
		t.Errorf("pressed %v", got)
	}
	f.Steer(-3, 2)
	if at != (Cell{22, 7}) {
		t.Errorf("steered to %v", at)
	}
	at = Cell{95, -4}
	if lay(); m.from() != (Cell{70, 0}) {
		t.Errorf("it begins at %v", m.from())
	}
	if names = names[:30]; m.Pan != nil {
		if f, _ = lay(); f.Steer != nil {
			t.Error("one that is seen whole is steered")
		}
	}
}

func TestTable(t *testing.T) {
	got := -1
	n := Table{ID: "t", Columns: []TableColumn{{Title: "A"}, {Title: "B", Width: 50}}, Rows: [][]string{{"a", "1"}, {"b"}}, Press: func(row int) { got = row }}
	l := Lay(n, paint.Rect{W: 200}, 1)
	f := l.Find("t-1")
	if f.Do(); got != 1 || f.Name != "b" || f.Rect.H != touch {
		t.Errorf("row %d, %+v", got, f)
	}
	if words := l.Find("t").Cells(); len(words) != 3 || !slices.Equal(words[0], []string{"A", "B"}) {
		t.Errorf("%q", words)
	}
	for _, w := range []float64{0, 60, 200, 900} {
		sum := tableGap * 1.0
		for _, c := range n.columns(l.ruler, w) {
			sum += c
		}
		if sum > max(w, tableGap)+0.01 {
			t.Errorf("columns of %g in %g", sum, w)
		}
	}
}

func TestAxis(t *testing.T) {
	for _, c := range []struct {
		span Span
		want string
	}{
		{Span{0.701, 0.83}, "0.7 0.75 0.8 0.85"},
		{Span{0, 1}, "0 0.5 1"},
		{Span{-3, 12}, "-5 0 5 10 15"},
		{Span{}.or(Span{5, 5}), "4.5 5 5.5"},
		{Span{}.or(Span{math.Inf(1), math.Inf(-1)}), "0 0.5 1"},
	} {
		if got := strings.Join(newAxis(c.span, 4, short).labels, " "); got != c.want {
			t.Errorf("%v: %s, want %s", c.span, got, c.want)
		}
	}
}
