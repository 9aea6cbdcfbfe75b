package widget

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"testing"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// TestKey changes one thing of a node at a time: the panel's key differs exactly if its
// pixels do.
func TestKey(t *testing.T) {
	do := func() {}
	press := func(int, int) {}
	bar := Bar{Name: "ship", Share: 0.5, Color: Class(8), Strong: true}
	pts := []paint.Point{{X: 0, Y: 1}, {X: 1, Y: 2}, {X: 2, Y: math.NaN()}}
	cells := [][]float64{{0.5, 0}, {math.NaN(), 1}}
	names := []string{"cat", "dog"}
	rows := [][]string{{"a", "1"}, {"b", "2"}}
	columns := []TableColumn{{Title: "A"}, {Title: "B", Mono: true}}
	red, green := color.RGBA{200, 0, 0, 255}, color.RGBA{0, 160, 0, 255}
	for _, c := range []struct {
		name string
		a, b Node
		same bool
	}{
		{"text", Text{Text: "a"}, Text{Text: "b"}, false},
		{"text again", Text{Text: "a"}, Text{Text: "a", Live: true, ID: "x"}, true},
		{"text quiet", Text{Text: "a"}, Text{Text: "a", Quiet: true}, false},
		{"text mono", Text{Text: "a"}, Text{Text: "a", Mono: true}, false},
		{"heading", Heading{Text: "a"}, Heading{Text: "b"}, false},
		{"button", Button{Label: "a", Do: do}, Button{Label: "a", Long: "more words", Key: "A"}, true},
		{"button icon", Button{Label: "a", Icon: "start"}, Button{Label: "a", Icon: "stop"}, false},
		{"button pressed", Button{Label: "a", Toggle: true}, Button{Label: "a", Toggle: true, Pressed: true}, false},
		{"button primary", Button{Label: "a"}, Button{Label: "a", Primary: true}, false},
		{"button disabled", Button{Label: "a"}, Button{Label: "a", Disabled: "No"}, false},
		{"button's reason", Button{Label: "a", Disabled: "Never"}, Button{Label: "a", Disabled: "No"}, true},
		{"swatch", Swatch{Color: red}, Swatch{Color: green}, false},
		{"swatch pressed", Swatch{Color: red}, Swatch{Color: red, Pressed: true}, false},
		{"select", Select{Value: "a"}, Select{Value: "b"}, false},
		{"select options", Select{Value: "a"}, Select{Value: "a", Options: []Option{{"b", "B"}}}, true},
		{"select label", Select{Label: "a"}, Select{Label: "b"}, false},
		{"number", Number{Value: "1"}, Number{Value: "2"}, false},
		{"number unit", Number{Value: "1", Hint: "ms"}, Number{Value: "1", Hint: "s"}, false},
		{"number name", Number{Value: "1", Long: "x"}, Number{Value: "1"}, true},
		{"checkbox", Checkbox{Label: "a"}, Checkbox{Label: "a", On: true}, false},
		{"slider", Slider{Value: 0.2, Max: 1}, Slider{Value: 0.8, Max: 1}, false},
		{"slider step", Slider{Value: 0.2, Max: 1}, Slider{Value: 0.2, Max: 1, Step: 0.1}, true},
		{"link", Link{Label: "a", URL: "x"}, Link{Label: "a", URL: "y"}, true},
		{"progress", Progress{Share: 0.2}, Progress{Share: 0.8}, false},
		{"progress unknown", Progress{Share: math.NaN()}, Progress{Share: math.NaN()}, true},
		{"progress known", Progress{Share: math.NaN()}, Progress{Share: 0}, false},
		{"image", Image{Picture: photo(1), Version: 1}, Image{Picture: photo(2), Version: 2}, false},
		{"image again", Image{Picture: photo(1), Version: 1}, Image{Picture: photo(1), Version: 1, Name: "x"}, true},
		{"image without a version", Image{Picture: photo(1)}, Image{Picture: photo(2)}, false},
		{"image none", Image{}, Image{Picture: photo(2), Version: 0}, false},
		{"image caption", Image{Caption: "a"}, Image{Caption: "b"}, false},
		{"bars", Bars{Rows: []Bar{bar}}, Bars{ID: "x", Rows: []Bar{{Name: "ship", Share: 0.5, Color: Class(8), Strong: true, Mark: math.NaN()}}}, true},
		{"bars mark", Bars{Rows: []Bar{bar}}, Bars{Rows: []Bar{{Name: "ship", Share: 0.5, Color: Class(8), Strong: true, Mark: 0.2}}}, false},
		{"matrix", Matrix{ID: "m", Classes: names, Cells: cells}, Matrix{ID: "n", Classes: names, Cells: cells, Press: press}, true},
		{"matrix 0 is not nothing", Matrix{Classes: names, Cells: cells}, Matrix{Classes: names, Cells: [][]float64{{0.5, math.NaN()}, {math.NaN(), 1}}}, false},
		{"matrix selected", Matrix{Classes: names, Cells: cells}, Matrix{Classes: names, Cells: cells, Selected: &Cell{1, 1}}, false},
		{"matrix measure", Matrix{Classes: names, Cells: cells, Measure: "a"}, Matrix{Classes: names, Cells: cells, Measure: "b"}, false},
		{"chart", Chart{Series: []Series{{Name: "a", Points: pts}}}, Chart{Series: []Series{{Name: "a", Points: pts}}, ID: "x"}, true},
		{"chart color", Chart{Series: []Series{{Name: "a", Points: pts}}}, Chart{Series: []Series{{Name: "a", Points: pts, Color: Accent}}}, false},
		{"chart points", Chart{Series: []Series{{Points: pts}}}, Chart{Series: []Series{{Points: pts[:1]}}}, false},
		{"table", Table{Columns: columns, Rows: rows}, Table{Columns: columns, Rows: rows, Name: "x"}, true},
		{"table cell", Table{Columns: columns, Rows: rows}, Table{Columns: columns, Rows: rows[:1]}, false},
		{"table align", Table{Columns: columns, Rows: rows}, Table{Columns: []TableColumn{{Title: "A", Align: paint.Right}, {Title: "B", Mono: true}}, Rows: rows}, false},
		{"table selected", Table{Columns: columns, Rows: rows}, Table{Columns: columns, Rows: rows, Selected: map[int]bool{0: true}}, false},
		{"custom", custom(1), custom(1), true},
		{"custom key", custom(1), custom(2), false},
	} {
		area := paint.Rect{W: 300, H: 320}
		panel := func(n Node, dy float64) (Key, []byte) {
			area := area
			area.Y += dy
			l := Lay(Card{Name: "x", Body: n}, area, 1)
			p := &l.Panels[0]
			canvas := paint.NewCanvas(p.Rect.W, p.Rect.H, 1)
			p.Paint(canvas, theme.Light, "", paint.Point{})
			return p.Key(theme.Light, 1, "", paint.Point{}), canvas.Image.Pix
		}
		ka, a := panel(c.a, 0)
		kb, b := panel(c.b, 0)
		if (ka == kb) != c.same {
			t.Errorf("%s: the keys are equal: %v", c.name, ka == kb)
		}
		if bytes.Equal(a, b) != c.same {
			t.Errorf("%s: the pixels are equal: %v", c.name, !c.same)
		}
		if moved, _ := panel(c.a, 100.3); moved != ka {
			t.Errorf("%s: the key depends on the place", c.name)
		}
	}
}

// custom paints a bar as long as its key.
func custom(key int) Node {
	return Custom{H: 20, Key: key, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		r.W = float64(10 * key)
		c.Box(r, 0, th.Accent)
	}}
}

// TestHoverKey goes over all leaves with the pointer: the key of a panel differs exactly if
// its pixels do.
func TestHoverKey(t *testing.T) {
	l := Lay(sample(), paint.Rect{W: 1280}, 1)
	reacted := 0
	for i := range l.Panels {
		p := &l.Panels[i]
		pixels := func(hover string, at paint.Point) []byte {
			c := paint.NewCanvas(p.Rect.W, p.Rect.H, 1)
			p.Paint(c, theme.Dark, hover, at)
			return c.Image.Pix
		}
		still, looks := p.Key(theme.Dark, 1, "", paint.Point{}), pixels("", paint.Point{})
		for k := range p.Leaves {
			for _, f := range append([]Leaf{p.Leaves[k]}, p.Leaves[k].Children...) {
				if f.ID == "" {
					continue
				}
				at := f.Rect.Center()
				same := p.Key(theme.Dark, 1, f.ID, at) == still
				if !same {
					reacted++
				}
				if bytes.Equal(pixels(f.ID, at), looks) != same && !f.Selected {
					t.Errorf("%s in %s: the key is the same: %v", f.ID, p.Name, same)
				}
			}
		}
		if p.Key(theme.Dark, 1, "elsewhere", paint.Point{X: 3}) != still {
			t.Errorf("%s reacts to another panel's leaf", p.Name)
		}
		if p.Key(theme.Light, 1, "", paint.Point{}) == still || p.Key(theme.Dark, 2, "", paint.Point{}) == still {
			t.Errorf("%s: neither the theme nor the scale is part of the key", p.Name)
		}
	}
	if reacted < 120 {
		t.Errorf("only %d leaves react", reacted)
	}
	p := l.Panel("answer")
	r := l.Find("accuracy").Rect
	if p.Key(theme.Light, 1, "accuracy", paint.Point{X: r.X + 90, Y: r.Y + 90}) == p.Key(theme.Light, 1, "accuracy", paint.Point{X: r.X + 190, Y: r.Y + 90}) {
		t.Error("the crosshair does not follow the pointer")
	}
}

// TestContrast measures what words stand on in either theme.
func TestContrast(t *testing.T) {
	for _, th := range []*theme.Theme{theme.Light, theme.Dark} {
		for _, c := range []struct {
			name      string
			ink, back color.RGBA
			least     float64
		}{
			{"button", th.Ink, th.Soft, 4.5}, {"hovered", th.Ink, theme.Mix(th.Soft, th.Ink, 0.08), 4.5},
			{"primary", th.OnAccent, th.Accent, 4.5}, {"primary hovered", th.OnAccent, theme.Mix(th.Accent, th.Ink, 0.14), 4.5},
			{"disabled", th.Quiet, th.Panel, 4.5}, {"disabled and pressed", th.Quiet, th.Soft, 4.5},
			{"selected row", th.Ink, theme.Mix(th.Panel, th.Accent, 0.14), 4.5},
			{"invalid", th.Warning, th.Panel, 4.5}, {"link", th.Accent, th.Panel, 4.5},
			{"edge of a field", edge(th), th.Panel, 3}, {"tick on a bar", th.Ink, th.Soft, 3},
		} {
			if got := theme.Contrast(c.ink, c.back); got < c.least {
				t.Errorf("%s, dark %v: contrast %.2f, want %g", c.name, th.Dark, got, c.least)
			}
		}
	}
	for i := range 101 {
		back := Cividis(float64(i) / 100)
		if got := theme.Contrast(back, onto(back)); got < 4.5 {
			t.Errorf("figures on %s: contrast %.2f", fmt.Sprint(back), got)
		}
	}
}
