package build

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// tableFrom is the width from which on the table has a column for the multiply-adds.
const tableFrom = 560

// layersCard lists the layers.
func (v *View) layersCard(width float64) widget.Node {
	w := &words.Build
	if v.shown == nil {
		return widget.Card{Name: "build-layers", Title: w.Layers, Body: widget.Text{Text: w.Reading, Quiet: true}}
	}
	t := widget.Table{
		ID: "network-layers", Name: w.LayersName, Selected: map[int]bool{v.layer: true}, Press: func(row int) { v.layer = row; clear(v.wrong) },
		Columns: []widget.TableColumn{{Title: w.Layer}, {Title: w.Output, Mono: true, Align: paint.Right}, {Title: w.Params, Mono: true, Align: paint.Right}, {Title: w.MultiplyAdds, Mono: true, Align: paint.Right}},
	}
	if width < tableFrom {
		t.Columns = t.Columns[:3]
	}
	for i, l := range v.shown.Layers {
		call := l.Call
		if i > 0 && l.Takes != v.shown.Layers[i-1].Name {
			call += " ← " + l.Takes
		}
		row := []string{call, "", "", ""}
		switch {
		case l.Wrong != "":
			row[0] = fmt.Sprintf(w.DoesNotFit, l.Call, l.Wrong)
		case l.Output != nil && width < tableFrom:
			row = []string{call, short(l.Output), figure.Count(l.Params), ""}
		case l.Output != nil:
			row = []string{call, l.Output.String(), figure.Count(l.Params), figure.Count(l.MultiplyAdds)}
		}
		t.Rows = append(t.Rows, row[:len(t.Columns)])
	}
	if v.shown.Why != "" { // which rows do not fit is seen from afar
		for _, l := range v.shown.Layers {
			tone := widget.Quiet
			if l.Wrong != "" {
				tone = widget.Warning
			}
			t.Dots = append(t.Dots, tone)
		}
	}
	return widget.Card{Name: "build-layers", Title: w.Layers, Body: t}
}

// short returns a shape where there is little room.
func short(s task.Shape) string {
	var parts []string
	for _, n := range s {
		parts = append(parts, strconv.Itoa(n))
	}
	return strings.Join(parts, " × ")
}

// adding returns the choice of what to add below the chosen layer.
func (v *View) adding() widget.Node {
	w := &words.Build
	kinds := widget.Select{ID: "network-kind", Long: w.Kind, Value: v.kind, Set: func(kind string) { v.kind = kind }}
	for _, class := range classes() {
		kinds.Options = append(kinds.Options, widget.Option{Value: class, Label: class})
	}
	add := widget.Button{ID: "network-add", Label: w.Add, Long: w.AddLong, Icon: "in", Do: func() {
		v.edit(protocol.Change{Op: protocol.InsertLayer, At: v.layer, Class: v.kind})
	}}
	return widget.Row{Gap: theme.Grid, Items: []widget.Node{kinds, widget.Hug(add)}}
}

// classes are Keras' names of the layers, sorted.
func classes() []string {
	var all []string
	for class := range words.Model.Kinds {
		all = append(all, class)
	}
	slices.Sort(all)
	return all
}

// layerCard returns the chosen layer with its arguments.
func (v *View) layerCard() widget.Node {
	w := &words.Build
	if v.shown == nil || v.layer >= len(v.shown.Layers) {
		return nil
	}
	l := &v.shown.Layers[v.layer]
	items := []widget.Node{widget.Text{ID: "network-about", Text: words.Model.Kinds[l.Class], Quiet: true}}
	if l.Wrong != "" {
		items = append(items, widget.Text{ID: "network-wrong", Text: words.Capital(l.Wrong) + ".", Tone: widget.Warning, Live: true})
	}
	var fields []widget.Node
	for _, a := range l.Arguments {
		fields = append(fields, v.argument(a))
	}
	if l.Merges || v.paths() {
		fields = append(fields, widget.Number{ID: "network-arg-inputs", Label: w.Takes, Long: w.TakesLong, Value: l.Takes, Words: true, Set: func(text string) { v.set("inputs", text) }})
	}
	items = append(items, widget.Grid{MinCell: 256, Gap: 6, Items: fields}, v.moves(), v.adding())
	return widget.Card{Name: "build-layer", Title: l.Name, Aside: widget.Text{Text: l.Class, Quiet: true}, Body: widget.Column{Gap: theme.Grid, Items: items}}
}

// paths reports whether the layers stand in another order than a row.
func (v *View) paths() bool {
	for i, l := range v.shown.Layers {
		if len(l.In) != 1 || l.In[0] != i-1 {
			return true
		}
	}
	return false
}

// argument returns the field of one.
func (v *View) argument(a protocol.Argument) widget.Node {
	w := &words.Build
	long := a.Name + ": " + w.Arguments[a.Name] + " "
	if a.Default == "" {
		long += w.Needed
	} else {
		long += fmt.Sprintf(w.Default, a.Default)
	}
	id, set := "network-arg-"+a.Name, func(text string) { v.set(a.Name, text) }
	if a.Choices != nil {
		s := widget.Select{ID: id, Label: a.Name, Long: long, Value: a.Value, Set: set}
		for _, c := range a.Choices {
			s.Options = append(s.Options, widget.Option{Value: c, Label: c})
		}
		return s
	}
	n := widget.Number{ID: id, Label: a.Name, Long: long, Value: a.Value, Words: true, Set: set}
	if text, ok := v.wrong[a.Name]; ok {
		n.Value, n.Invalid = text, v.refused
	}
	return n
}

// set gives an argument of the chosen layer a value.
func (v *View) set(argument, value string) {
	v.edit(protocol.Change{Op: protocol.SetArgument, At: v.layer, Argument: argument, Value: value})
}

// moves returns the buttons that move and delete the chosen layer.
func (v *View) moves() widget.Node {
	w, n := &words.Build, len(v.shown.Layers)
	move := func(id, label, long, icon string, by int, no string) widget.Node {
		b := widget.Button{ID: id, Label: label, Long: long, Icon: icon, Do: func() {
			v.edit(protocol.Change{Op: protocol.MoveLayer, At: v.layer, By: by})
		}}
		if to := v.layer + by; to < 0 || to >= n || v.shown.Layers[v.layer].Merges || v.shown.Layers[to].Merges {
			b.Disabled = no
		}
		return b
	}
	remove := widget.Button{ID: "network-delete", Label: w.Delete, Long: w.DeleteLong, Icon: "clear", Do: func() {
		v.edit(protocol.Change{Op: protocol.DeleteLayer, At: v.layer})
	}}
	if n < 2 {
		remove.Disabled = w.Only
	}
	return widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{
		widget.Hug(move("network-up", w.Up, w.UpLong, "up", -1, w.NoUp)),
		widget.Hug(move("network-down", w.Down, w.DownLong, "down", 1, w.NoDown)),
		widget.Hug(remove),
	}}
}
