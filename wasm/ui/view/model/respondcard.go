package model

import (
	"fmt"

	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// respondCard returns the picture that the chosen map or unit responds to most, and the nine test
// pictures that it does. w is the width inside.
func (v *View) respondCard(w float64) widget.Node {
	texts := words.Model
	layer, channel := v.chosen()
	side := min((w-theme.Gap)/2, 220)
	items := []widget.Node{
		widget.Text{Text: v.mapName(layer, channel) + ", " + v.current().Name + ". " + texts.RespondsHint, Size: theme.Small, Quiet: true},
		widget.Row{Gap: theme.Grid, Wrap: true, Items: v.respondButtons()},
	}
	if v.noData() == texts.NeedsData {
		if get := part.Get(v.desk, task.TestSet); len(get) > 0 {
			items = append(items, widget.Row{Gap: theme.Grid, Wrap: true, Items: append([]widget.Node{widget.Text{Text: texts.NeedsData, Size: theme.Small}}, get...)})
		}
	}
	items = append(items, widget.Text{ID: "model-excited", Text: v.excited(), Size: theme.Small, Quiet: true, Live: true})
	if v.climbed != nil || v.climb.Pending() || v.nine.Pending() || v.top9() != nil {
		items = append(items, widget.Row{Gap: theme.Gap, Top: true, Items: []widget.Node{widget.Fixed(side, v.generated()), widget.Fixed(side, v.found())}})
	}
	return widget.Card{Name: "model-responds", Title: texts.Responds, Body: widget.Column{Gap: 10, Items: items}}
}

// noData is why no test pictures can be looked at, "" if they can.
func (v *View) noData() string {
	switch l := v.desk.Library; {
	case l.Has(task.TestSet) == 0:
		return words.Model.NeedsData
	case v.desk.Network.Task().Fits(l.Task()) != nil:
		return words.Model.OtherTask
	}
	return ""
}

func (v *View) respondButtons() []widget.Node {
	w := words.Model
	generate := widget.Button{ID: "model-stimulus", Label: w.Generate, Long: w.GenerateLong, Icon: "start", Do: v.generate}
	nine := widget.Button{ID: "model-nine", Label: w.Top9, Long: w.Top9Long, Icon: "sample", Disabled: v.noData(), Do: v.search}
	stop := widget.Button{ID: "model-cancel", Label: w.Stop, Long: w.StopLong, Icon: "stop", Do: v.stop}
	if v.climb.Pending() {
		generate.Disabled = w.Climbing
	}
	if v.nine.Pending() {
		nine.Disabled = w.Climbing
	}
	if !v.climb.Pending() && !v.nine.Pending() {
		stop.Disabled = w.NothingToStop
	}
	return []widget.Node{widget.Hug(generate), widget.Hug(nine), widget.Hug(stop)}
}

// top9 returns the test pictures that were found for what is chosen.
func (v *View) top9() *protocol.Excited {
	e := v.nine.Answer()
	if layer, channel := v.chosen(); e == nil || e.Layer != layer || e.Channel != channel || v.nines.models != v.desk.Network.Models {
		return nil
	}
	return e
}

// excited says how far the search is and what it has found.
func (v *View) excited() string {
	w, text := words.Model, ""
	join := func(s string) {
		if text != "" {
			text += "; "
		}
		text += s
	}
	if s := v.climbed; s != nil {
		join(fmt.Sprintf(w.Climbed, s.Iteration, climbSteps, score(s.Excited)))
		if s.Done {
			text += w.Done
		}
	}
	if v.nine.Pending() {
		join(fmt.Sprintf(w.Searched, figure.Count(v.measuring.Done), figure.Count(v.measuring.Total)))
	}
	if e := v.top9(); e != nil {
		join(w.Found)
		for i, q := range e.Pictures {
			if i < len(e.Values) {
				if i > 0 {
					text += ","
				}
				text += " " + v.desk.Library.Class(q.Class) + " " + score(e.Values[i])
			}
		}
	}
	for _, why := range []string{v.climb.Why(), v.nine.Why()} {
		if why != "" {
			join(fmt.Sprintf(w.CannotShow, why))
		}
	}
	return text
}

// generated returns the picture that gradient ascent has made so far.
func (v *View) generated() widget.Node {
	n := widget.Image{ID: "model-generated", Name: words.Model.GeneratedCaption, Caption: words.Model.GeneratedCaption, Square: true}
	in := v.desk.Network.Task().Input
	if s := v.climbed; s != nil && len(in) == 3 && len(s.Picture) == in.Size() {
		n.Picture, n.Version, n.Square = picture.Enlarge(s.Picture, in), s, false
		n.Caption = fmt.Sprintf("%s %d/%d", n.Caption, s.Iteration, climbSteps)
	}
	return n
}

// found returns the nine pictures, in three rows.
func (v *View) found() widget.Node {
	w, e := words.Model, v.top9()
	if e == nil {
		return widget.Image{ID: "model-top9", Name: w.TopCaption, Caption: w.TopCaption, Square: true}
	}
	grid := widget.Grid{Columns: 3, Gap: 4}
	in := v.desk.Library.Task().Input
	for i, q := range e.Pictures {
		name := v.desk.Library.Class(q.Class)
		if i < len(e.Values) {
			name = fmt.Sprintf(w.Score, name, score(e.Values[i]))
		}
		grid.Items = append(grid.Items, widget.Image{ID: fmt.Sprint("model-top9-", i), Name: name, Picture: picture.Enlarge(q.Picture, in), Version: [2]any{e, i}})
	}
	return grid
}
