package app

import (
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/view/classify"
	"tenfold/wasm/ui/view/data"
	"tenfold/wasm/ui/view/evaluate"
	"tenfold/wasm/ui/view/help"
	"tenfold/wasm/ui/view/model"
	"tenfold/wasm/ui/view/train"
)

// sort is what the page knows of a view without looking into it.
type sort struct {
	id, name, icon string // without an icon it has no tab
	data           bool   // it needs the worker that has the pictures
	subject        bool   // it shows the subject
	new            func(*desk.Desk) view.View
}

// views lists them in the order of their tabs; a new one adds a folder and a line.
var views = []sort{
	{first, "Classify", "draw", false, true, func(d *desk.Desk) view.View { return classify.New(d) }},
	{"train", "Train", "train", true, false, func(d *desk.Desk) view.View { return train.New(d) }},
	{"data", "Data", "data", true, false, func(d *desk.Desk) view.View { return data.New(d) }},
	{"evaluate", "Evaluate", "evaluate", true, false, func(d *desk.Desk) view.View { return evaluate.New(d) }},
	{"model", "Model", "model", true, true, func(d *desk.Desk) view.View { return model.New(d) }},
	{helpID, "Help", "", false, false, func(d *desk.Desk) view.View { return help.New(d) }},
}

const (
	first  = "classify"
	helpID = "help"
)

// entry is a view with its state.
type entry struct {
	sort
	view.View
}
