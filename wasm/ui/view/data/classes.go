package data

import (
	"fmt"
	"slices"
	"strconv"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// classRows is how many classes a phone shows at once; the rest is scrolled to.
const classRows = 11

// meanSide is the side of a mean picture, in units.
const meanSide = 36

// classID is the ID of a class's bar. "any" is that of all.
func classID(i int, name string) string {
	if name == "any" {
		return fmt.Sprintf("data-class-%d-any", i)
	}
	return "data-class-" + name
}

// classesCard are the classes with their counts and mean pictures, h units high or, for 0, as
// high as there is room.
func (v *View) classesCard(h float64) widget.Node {
	a, t := &v.album, &words.Data
	most := slices.Max(append([]int{1}, a.counts...))
	var rows []widget.Bar
	var means []widget.Node
	edge := widget.Space{H: (theme.Touch - meanSide) / 2}
	for i, name := range v.desk.Library.Task().Classes {
		n := a.counts[i]
		rows = append(rows, widget.Bar{
			ID: classID(i, name), Name: name, Long: fmt.Sprintf(t.OnlyClass, name), Share: float64(n) / float64(most), Text: figure.Count(n),
			Color: widget.Class(i), Strong: v.class < 0 || v.class == i, Pressed: v.class == i, Do: func() { v.only(i) },
		})
		mean := widget.Image{Name: fmt.Sprintf(t.Mean, name), Smooth: true, H: meanSide, Version: version{v.what, i, a.of}}
		if a.means[i] != nil {
			mean.Picture = a.means[i]
		}
		means = append(means, edge, mean, edge)
	}
	list := widget.Row{Gap: theme.Grid, Top: true, Items: []widget.Node{
		widget.Fixed(meanSide, widget.Column{Items: means}),
		widget.Flex(1, widget.Bars{ID: "data-classes", Rows: rows}),
	}}
	scroll := widget.Scroll{ID: "data-class-list", Node: list, H: h, Offset: v.classesAt, OnScroll: func(at float64) { v.classesAt = at }}
	return widget.Card{Name: "data-classes", Title: t.Classes, Aside: v.anyClass(), Body: widget.Column{Gap: theme.Grid, Items: []widget.Node{
		widget.Stretch(scroll),
		widget.Text{Text: t.MeanNote, Size: theme.Small, Quiet: true},
	}}}
}

// anyClass shows all classes.
func (v *View) anyClass() widget.Node {
	return widget.Button{ID: "data-class-any", Label: words.Data.All, Toggle: true, Pressed: v.class < 0, Do: func() { v.only(-1) }}
}

// classSelect chooses the class where the bars are far below.
func (v *View) classSelect() widget.Node {
	s := widget.Select{ID: "data-class", Long: words.Data.Classes, Options: []widget.Option{{Value: "", Label: words.Data.All}}}
	for i, name := range v.desk.Library.Task().Classes {
		s.Options = append(s.Options, widget.Option{Value: strconv.Itoa(i), Label: name})
	}
	if v.class >= 0 {
		s.Value = strconv.Itoa(v.class)
	}
	s.Set = func(value string) {
		if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(s.Options)-1 {
			v.only(i)
		} else if value == "" {
			v.only(-1)
		}
	}
	return s
}

// version is what the pixels of a picture of a set depend on.
type version struct {
	what  string
	index int
	of    any
}
