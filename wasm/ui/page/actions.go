package page

import (
	"image/color"
	"slices"

	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/theme"
)

// Action is something that a person can do: a button on the canvas, a button in
// the twin, and perhaps a key.
type Action struct {
	ID      string
	Label   string
	Long    string             // for the twin, if the label is short
	Says    func(*Page) string // in place of the label; nil or "" leave it
	Icon    string
	Key     string // as in KeyboardEvent.key, "ctrl+" before it
	View    string // the one that it belongs to; "" for all
	Shown   func(*Page) bool
	Enabled func(*Page) bool
	Pressed func(*Page) bool
	Do      func(*Page)

	swatch *color.RGBA
	dot    float64
}

// name is what the twin calls the action.
func (a *Action) name(p *Page) string {
	switch label := a.label(p); {
	case a.Long != "" && label != a.Label:
		return a.Long + ": " + label
	case a.Long != "":
		return a.Long
	default:
		return label
	}
}

// label is what stands on the action's button.
func (a *Action) label(p *Page) string {
	if a.Says != nil {
		if text := a.Says(p); text != "" {
			return text
		}
	}
	return a.Label
}

func (a *Action) enabled(p *Page) bool { return a.Enabled == nil || a.Enabled(p) }

// brushes are the brush's sizes, as shares of the pad's side.
var brushes = []struct {
	id, label, key string
	width          float64
}{{"small", "Small brush", "1", 0.02}, {"medium", "Medium brush", "2", 0.05}, {"large", "Large brush", "3", 0.12}}

// palette are the colours at hand.
var palette = []struct {
	name  string
	color color.RGBA
}{
	{"black", color.RGBA{24, 24, 28, 255}}, {"grey", color.RGBA{128, 132, 140, 255}}, {"white", color.RGBA{255, 255, 255, 255}},
	{"red", color.RGBA{200, 40, 40, 255}}, {"orange", color.RGBA{232, 140, 40, 255}}, {"brown", color.RGBA{120, 82, 50, 255}},
	{"yellow", color.RGBA{240, 205, 70, 255}}, {"green", color.RGBA{70, 130, 60, 255}}, {"blue", color.RGBA{50, 90, 180, 255}},
	{"sky", color.RGBA{150, 200, 235, 255}},
}

func drawing(p *Page) bool { return p.mode == Drawing }
func showing(p *Page) bool { return p.mode == Showing }
func filming(p *Page) bool { return p.mode == Filming }

// actions lists everything that can be done.
var actions []*Action

func init() { // not a variable: the views' panels look for their actions here
	classify := slices.Concat(tools(), colours(), classifyActions)
	all := tabs()
	for _, of := range []struct {
		view string
		list []*Action
	}{{"classify", classify}, {"train", trainActions}, {"data", dataActions}, {"evaluate", evaluateActions}, {"model", modelActions}, {about, aboutActions}} {
		for _, a := range of.list {
			a.View = of.view
		}
		all = append(all, of.list...)
	}
	actions = slices.Concat(all, offlineActions, presenterActions, []*Action{aboutAction, themeAction})
}

// themeAction belongs to all views.
var themeAction = &Action{ID: "theme", Label: "Theme", Long: "Switch between light and dark", Icon: "light", Key: "t", Do: (*Page).switchTheme}

// classifyActions lists what can be done in the Classify view; a new one adds a line.
var classifyActions = []*Action{
	{ID: "undo", Label: "Undo", Icon: "undo", Key: "ctrl+z", Shown: drawing, Enabled: func(p *Page) bool { return p.pad.CanUndo() }, Do: func(p *Page) { p.pad.Undo(); p.drawn() }},
	{ID: "redo", Label: "Redo", Icon: "redo", Key: "ctrl+y", Shown: drawing, Enabled: func(p *Page) bool { return p.pad.CanRedo() }, Do: func(p *Page) { p.pad.Redo(); p.drawn() }},
	{ID: "clear", Label: "Clear", Long: "Clear the drawing", Icon: "clear", Key: "Delete", Shown: drawing, Do: func(p *Page) { p.pad.Clear(); p.drawn() }},

	{ID: "draw", Label: "Draw", Long: "Back to the drawing", Icon: "draw", Key: "d", Shown: func(p *Page) bool { return p.mode != Drawing }, Do: (*Page).draw},
	{ID: "snap", Label: "Take it", Long: "Take the picture", Icon: "snap", Key: "Enter", Shown: filming, Do: func(p *Page) { p.Show(p.picture.Image, "camera") }},
	{ID: "zoom-out", Label: "Out", Long: "Zoom out", Icon: "out", Key: "-", Shown: showing, Do: func(p *Page) { p.zoomBy(1/1.25, 0.5, 0.5) }},
	{ID: "zoom-in", Label: "In", Long: "Zoom in", Icon: "in", Key: "+", Shown: showing, Do: func(p *Page) { p.zoomBy(1.25, 0.5, 0.5) }},
	{ID: "fit", Label: "Whole", Long: "Show the whole picture", Icon: "whole", Key: "w", Shown: showing, Do: func(p *Page) { p.picture.Fit(); p.cropped() }},
	{ID: "crop", Label: "Square", Long: "Show the largest square", Icon: "square", Key: "q", Shown: showing, Do: func(p *Page) { p.picture.Fill(); p.cropped() }},

	{ID: "choose", Label: "Upload", Long: "Upload a picture", Icon: "upload", Key: "u", Do: func(p *Page) { p.host.ChooseFile() }},
	{ID: "paste", Label: "Paste", Long: "Paste a picture", Icon: "paste", Do: func(p *Page) { p.host.Paste() }},
	{ID: "camera", Label: "Camera", Long: "Use the camera", Icon: "camera", Key: "c", Enabled: func(p *Page) bool { return p.mode != Filming }, Do: (*Page).film},
	{ID: "sample", Label: "Sample", Long: "Next sample drawing", Icon: "sample", Key: "s", Do: func(p *Page) { p.showSample((p.sample + 1) % len(pad.Samples)) }},
	{ID: "random", Label: "Random", Long: "Random test picture", Icon: "random", Key: "r", Shown: func(p *Page) bool { return p.hasData }, Do: func(p *Page) { p.host.RandomPicture() }},
	{ID: "teach", Label: "Teach", Long: "Teach the network your pictures", Icon: "start", Shown: func(p *Page) bool { return p.train.own() > 0 }, Enabled: canTeach, Do: (*Page).teach},
}

var sources = []string{"choose", "paste", "camera", "sample", "random"}

// tools are the brushes, the eraser and the fill.
func tools() []*Action {
	var all []*Action
	for _, b := range brushes {
		all = append(all, &Action{
			ID: "brush-" + b.id, Label: b.label, Key: b.key, Shown: drawing, dot: b.width,
			Pressed: func(p *Page) bool { return p.width == b.width && p.tool != "fill" },
			Do: func(p *Page) {
				p.width = b.width
				if p.tool == "fill" {
					p.tool = "brush"
				}
			},
		})
	}
	for _, t := range []struct{ id, label, key string }{{"eraser", "Eraser", "e"}, {"fill", "Fill", "f"}} {
		all = append(all, &Action{
			ID: t.id, Label: t.label, Icon: t.id, Key: t.key, Shown: drawing,
			Pressed: func(p *Page) bool { return p.tool == t.id },
			Do: func(p *Page) {
				if p.tool == t.id {
					p.tool = "brush"
				} else {
					p.tool = t.id
				}
			},
		})
	}
	return all
}

// colours are the palette and the button for any other colour.
func colours() []*Action {
	var all []*Action
	for _, c := range palette {
		all = append(all, &Action{
			ID: "colour-" + c.name, Label: "Colour " + c.name, Shown: drawing, swatch: &c.color,
			Pressed: func(p *Page) bool { return p.color == c.color && p.tool != "eraser" },
			Do:      func(p *Page) { p.SetColor(c.color) },
		})
	}
	return append(all, &Action{ID: "colour-any", Label: "Any colour", Long: "Choose any colour", Icon: "colour", Shown: drawing, Do: func(p *Page) { p.host.PickColor(p.color) }})
}

func actionByID(id string) *Action {
	for _, a := range actions {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// classActions are the actions that there is one of for each class: of the network in use,
// what a picture can be labelled as, and of the data sets, what can be shown alone.
type classActions struct {
	network, data []string
	labels, only  []*Action
}

// perClass returns the actions for each class that there is now.
func (p *Page) perClass() *classActions {
	c, network, data := &p.classes, p.task().Classes, p.data().Classes
	if !slices.Equal(c.network, network) || !slices.Equal(c.data, data) {
		*c = classActions{network: network, data: data}
		for i, name := range network {
			c.labels = append(c.labels, label(i, name))
		}
		for i, name := range data {
			c.only = append(c.only, onlyClass(i, name))
		}
	}
	return c
}

// classAction shows the pictures of one class alone, or for -1 of all.
func (p *Page) classAction(i int) *Action {
	if i < 0 {
		return actionByID("data-class-any")
	}
	return p.perClass().only[i]
}

// allActions are the actions that there are now.
func (p *Page) allActions() []*Action {
	c := p.perClass()
	return slices.Concat(actions, c.labels, c.only)
}

// action is the one called id, or nil.
func (p *Page) action(id string) *Action {
	for _, a := range p.allActions() {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// Do carries out the action called id, if it can be done now.
func (p *Page) Do(id string) {
	a := p.action(id)
	if a == nil || a.Shown != nil && !a.Shown(p) || !a.enabled(p) {
		return
	}
	p.problem = ""
	if a.View != "" {
		p.show(a.View)
	}
	a.Do(p)
}

// otherKeys are keys that mean the same as another.
var otherKeys = map[string]string{"ctrl+Z": "ctrl+y", "Backspace": "Delete", "=": "+"}

func (p *Page) actionOf(key string) *Action {
	if same, ok := otherKeys[key]; ok {
		key = same
	}
	for _, a := range actions {
		if a.Key != "" && a.Key == key && (a.View == "" || a.View == p.view) && (a.Shown == nil || a.Shown(p)) {
			return a
		}
	}
	return nil
}

// HasKey says whether a key, as in KeyboardEvent.key with "ctrl+" before it, does
// something now.
func (p *Page) HasKey(key string) bool { return p.actionOf(key) != nil }

// Key carries out the action of a key.
func (p *Page) Key(key string) {
	if a := p.actionOf(key); a != nil {
		p.Do(a.ID)
	}
}

// drawn says that the drawing has changed.
func (p *Page) drawn() {
	p.opening = false
	p.changed()
}

func (p *Page) cropped() {
	truth := p.truth
	p.changed()
	p.truth = truth
}

func (p *Page) zoomBy(factor, x, y float64) {
	p.picture.Zoom(factor, x, y)
	p.cropped()
}

// showSample draws a sample on the pad, which can be undone.
func (p *Page) showSample(i int) {
	p.sample = i
	p.toPad()
	p.pad.Add(pad.Group(pad.Samples[i].Marks()))
	p.drawn()
}

func (p *Page) switchTheme() {
	if p.theme.Dark {
		p.theme = theme.Light
	} else {
		p.theme = theme.Dark
	}
	p.host.SaveTheme(p.theme.Dark)
}
