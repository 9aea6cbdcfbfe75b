package app

import (
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/view/build"
	"tenfold/wasm/ui/view/classes"
	"tenfold/wasm/ui/view/classify"
	"tenfold/wasm/ui/view/data"
	"tenfold/wasm/ui/view/evaluate"
	"tenfold/wasm/ui/view/help"
	"tenfold/wasm/ui/view/model"
	"tenfold/wasm/ui/view/train"
	"tenfold/wasm/ui/words"
)

// sort is what the page knows of a view without looking into it.
type sort struct {
	id, icon string // without an icon it has no tab
	data     bool   // it needs the worker that has the pictures
	subject  bool   // it shows the subject
	new      func(*desk.Desk) view.View
}

// name returns what the view is called.
func (s sort) name() string { return words.App.Views[s.id] }

// views lists them in the order of their tabs; a new one adds a folder and a line.
var views = []sort{
	{desk.Classify, "draw", false, true, func(d *desk.Desk) view.View { return classify.New(d) }},
	{desk.Train, "train", true, false, func(d *desk.Desk) view.View { return train.New(d) }},
	{desk.Data, "data", true, false, func(d *desk.Desk) view.View { return data.New(d) }},
	{desk.Evaluate, "evaluate", true, false, func(d *desk.Desk) view.View { return evaluate.New(d) }},
	{desk.Model, "model", true, true, func(d *desk.Desk) view.View { return model.New(d) }},
	{desk.Build, "build", false, false, func(d *desk.Desk) view.View { return build.New(d) }},
	{desk.Classes, "classes", true, false, func(d *desk.Desk) view.View { return classes.New(d) }},
	{desk.Help, "", false, false, func(d *desk.Desk) view.View { return help.New(d) }},
}

// first is the view that the page opens with.
const first = desk.Classify

// Views returns the IDs of all views, in their order.
func Views() (all []string) {
	for _, v := range views {
		all = append(all, v.id)
	}
	return all
}

// ButtonOf returns the ID of the button that leads to a view.
func ButtonOf(view string) string {
	if view == desk.Help {
		return "diagnosis"
	}
	return "view-" + view
}

// entry is a view with its state.
type entry struct {
	sort
	view.View
}
