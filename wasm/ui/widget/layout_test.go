package widget

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// TestLayout looks at random trees: nothing lies on anything else or outside of its panel,
// and all of it can be painted.
func TestLayout(t *testing.T) {
	for seed := range uint64(400) {
		g := &grower{Rand: rand.New(rand.NewPCG(seed, 1))}
		root := Node(Card{Name: "all", Title: g.word(), Body: g.node(3)})
		if seed%2 == 0 {
			root = g.node(4)
		}
		for _, w := range []float64{0, 1, 320, 480, 768, 1280, 1920} {
			l := Lay(root, paint.Rect{X: 8, Y: 8, W: w}, 1)
			if l.Err != nil {
				t.Fatal(seed, l.Err)
			}
			if math.IsNaN(l.Height) || l.Height < 0 {
				t.Fatalf("seed %d, width %g: height %g", seed, w, l.Height)
			}
			if w >= 320 {
				apart(t, fmt.Sprintf("seed %d, width %g", seed, w), l, w)
			}
			if seed < 60 && l.Height < 4000 {
				render(l, w+16, l.Height+16, 1, theme.Light, "", paint.Point{})
			}
		}
	}
}

// apart checks that leaves lie in their panel and not on each other.
func apart(t *testing.T, what string, l *Layout, w float64) {
	t.Helper()
	const slack = 0.6 // of rounding to whole units
	type at struct {
		paint.Rect
		name string
	}
	var all []at
	for _, p := range l.Panels {
		if p.Rect.X < 8-slack || p.Rect.X+p.Rect.W > 8+w+slack || p.Rect.Y+p.Rect.H > 8+l.Height+slack {
			t.Fatalf("%s: panel %q %v is outside", what, p.Name, p.Rect)
		}
		for _, f := range p.Leaves {
			r, q := f.Rect, p.Rect
			if r.W == 0 || r.H == 0 {
				continue
			}
			if r.X < q.X-slack || r.Y < q.Y-slack || r.X+r.W > q.X+q.W+slack || r.Y+r.H > q.Y+q.H+slack {
				t.Fatalf("%s: %q %v is not in panel %q %v", what, f.Name, r, p.Name, q)
			}
			for _, o := range all {
				if min(r.X+r.W, o.X+o.W)-max(r.X, o.X) > slack && min(r.Y+r.H, o.Y+o.H)-max(r.Y, o.Y) > slack {
					t.Fatalf("%s: %q %v lies on %q %v", what, f.Name, r, o.name, o.Rect)
				}
			}
			all = append(all, at{r, f.Name})
		}
	}
}

// TestTouch sees that all that is pressed in the sample is large enough for a finger.
func TestTouch(t *testing.T) {
	for _, w := range []float64{320, 360, 768, 1280, 1920} {
		l := Lay(sample(), paint.Rect{W: w}, 1)
		for _, p := range l.Panels {
			for _, f := range p.Leaves {
				if f.Usable() && (f.Rect.H < touch || f.Rect.W < touch-0.5) {
					t.Errorf("width %g: %q is %g x %g", w, f.ID, f.Rect.W, f.Rect.H)
				}
			}
		}
	}
}

func TestRow(t *testing.T) {
	b := func(label string) Node { return Button{ID: label, Label: label, Icon: "start"} }
	for _, c := range []struct {
		name string
		row  Row
		w    float64
		want string // the items' X and width
	}{
		{"equal", Row{Gap: 10, Items: []Node{Space{}, Text{}, Space{}}}, 320, "110+100"},
		{"fixed", Row{Items: []Node{Fixed(50, Text{}), Text{}}}, 320, "0+50 50+270"},
		{"weights", Row{Items: []Node{Flex(3, Text{}), Text{}}}, 400, "0+300 300+100"},
		{"too narrow", Row{Items: []Node{Fixed(300, Text{}), Fixed(100, Text{})}}, 200, "0+150 150+50"},
		{"lines", Row{Gap: 8, Wrap: true, Items: []Node{Fixed(150, Text{}), Fixed(150, Text{})}}, 200, "0+150 0+150"},
		{"spacer", Row{Items: []Node{Fixed(60, Text{}), Space{}, Fixed(60, Text{})}}, 300, "0+60 240+60"},
		{"icons", Row{Items: []Node{b("Several words"), b("Several more")}}, 88, "0+44 44+44"},
		{"only gaps", Row{Gap: 60, Items: []Node{Text{}, Text{}, Text{}}}, 90, "0+30 30+30 60+30"},
		{"none", Row{Items: nil}, 88, ""},
	} {
		var got []string
		for _, p := range Lay(c.row, paint.Rect{W: c.w}, 1).Panels {
			for _, f := range p.Leaves {
				got = append(got, fmt.Sprintf("%g+%g", f.Rect.X, f.Rect.W))
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

func TestStretch(t *testing.T) {
	l := Lay(Column{Gap: 10, Items: []Node{Custom{ID: "a", H: 50}, Stretch(Custom{ID: "b", H: 20}), Stretch(Custom{ID: "c"}), Custom{ID: "d", H: 50}}}, paint.Rect{W: 100, H: 300}, 1)
	if l.Height != 150 {
		t.Errorf("height %g", l.Height)
	}
	for id, want := range map[string]paint.Rect{"a": {W: 100, H: 50}, "b": {Y: 60, W: 100, H: 95}, "c": {Y: 165, W: 100, H: 75}, "d": {Y: 250, W: 100, H: 50}} {
		if got := l.Find(id).Rect; got != want {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
}

// TestGrid has more columns than its gaps leave room for, too.
func TestGrid(t *testing.T) {
	item := Custom{H: 10}
	for _, c := range []struct {
		grid Grid
		w    float64
		want string // the items' X, width and Y
	}{
		{Grid{Columns: 2, Gap: 8, Items: []Node{item, nil, item, item}}, 108, "0+50@0 58+50@0 0+50@18"},
		{Grid{MinCell: 50, Gap: 8, Items: []Node{item, item}}, 109, "0+50.5@0 58.5+50.5@0"},
		{Grid{MinCell: 50, Gap: 8, CellHeight: 20, Items: []Node{item, item}}, 107, "0+107@0 0+107@28"},
		{Grid{Columns: 4, Gap: 8, Items: []Node{item, item}}, 20, "0+5@0 5+5@0"},
	} {
		var got []string
		for _, p := range Lay(c.grid, paint.Rect{W: c.w}, 1).Panels {
			got = append(got, fmt.Sprintf("%g+%g@%g", p.Rect.X, p.Rect.W, p.Rect.Y))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%+v: %s, want %s", c.grid, s, c.want)
		}
	}
}

func TestIDs(t *testing.T) {
	l := Lay(Column{Items: []Node{Custom{ID: "a", H: 5}, Custom{ID: "a", H: 5}, Custom{H: 5}, Custom{H: 5}}}, paint.Rect{W: 100}, 1)
	if l.Err == nil || !strings.Contains(l.Err.Error(), `"a"`) || l.Find("a~2") == nil || l.Find("") != nil {
		t.Errorf("%v", l.Err)
	}
}

func TestWrap(t *testing.T) {
	m := rulerOf(1)
	style := paint.Style{Size: 14}
	for _, text := range samples {
		for _, w := range []float64{0, 20, 60, 200} {
			for most := range 4 {
				lines := m.Wrap(text, w, style, most)
				if most > 0 && len(lines) > most {
					t.Errorf("%q in %g: %d lines, at most %d", text, w, len(lines), most)
				}
				for _, line := range lines {
					if over := m.Width(line, style) - w; over > 0 && w >= 60 {
						t.Errorf("%q in %g: %q is %g too wide", text, w, line, over)
					}
				}
				all := strings.NewReplacer(" ", "", "\n", "")
				if got := all.Replace(strings.Join(lines, "")); most == 0 && got != all.Replace(text) {
					t.Errorf("%q in %g became %q", text, w, got)
				}
			}
		}
	}
}

// BenchmarkLay lays out a view of 150 leaves whose texts have been measured before.
func BenchmarkLay(b *testing.B) {
	n := 0
	var cards []Node
	for c := range 5 {
		var items []Node
		for i := range 10 {
			id := fmt.Sprint(c, "-", i)
			n += 3
			items = append(items, Row{Gap: 8, Items: []Node{
				Text{Text: "A text of some length, number " + id, Quiet: true},
				Hug(Button{ID: "b" + id, Label: "Press", Icon: "start"}),
				Number{ID: "n" + id, Label: "A number", Value: id},
			}})
		}
		cards = append(cards, Card{Name: fmt.Sprint(c), Body: Column{Gap: 8, Items: items}})
	}
	root := Row{Gap: 16, Wrap: true, Items: cards}
	for b.Loop() {
		Lay(root, paint.Rect{W: 1920, H: 1080}, 1)
	}
	b.ReportMetric(float64(n), "leaves")
}

// BenchmarkLayCold does the same with texts that have not been measured.
func BenchmarkLayCold(b *testing.B) {
	for b.Loop() {
		ruler = nil
		Lay(sample(), paint.Rect{W: 1280}, 1)
	}
}

// BenchmarkLaySample lays out the sample, with its matrix of a hundred cells.
func BenchmarkLaySample(b *testing.B) {
	root := sample()
	for b.Loop() {
		Lay(root, paint.Rect{W: 1280}, 1)
	}
}
