package app

import (
	"bytes"
	"image"
	"image/png"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Do presses the leaf of an ID.
func (a *App) Do(id string) {
	if f := a.find(id); f != nil {
		a.perform(f)
	}
}

// Set takes a value that was typed, chosen or slid in the document.
func (a *App) Set(id, value string) {
	if f := a.find(id); f != nil && f.Set != nil && f.Disabled == "" {
		a.do(func() { f.Set(value) })
	}
}

// otherKeys are keys that mean the same as another.
var otherKeys = map[string]string{"ctrl+shift+z": "ctrl+y", "Backspace": "Delete", "=": "+"}

// ofKey is the leaf whose key it is, as in KeyboardEvent.key with "ctrl+" before it.
func (a *App) ofKey(key string) *widget.Leaf {
	if same, ok := otherKeys[key]; ok {
		key = same
	}
	all := a.layouts()
	for i := len(all) - 1; i >= 0; i-- {
		for _, g := range all[i].Panels {
			for k := range g.Leaves {
				if f := &g.Leaves[k]; f.Key == key && f.Disabled == "" {
					return f
				}
			}
		}
	}
	return nil
}

// HasKey says whether a key does something now.
func (a *App) HasKey(key string) bool { return key != "" && a.ofKey(key) != nil }

// Key presses what has a key.
func (a *App) Key(key string) {
	if f := a.ofKey(key); key != "" && f != nil {
		a.perform(f)
	}
}

// arrows are where the arrow keys lead.
var arrows = map[string][2]int{"ArrowLeft": {-1, 0}, "ArrowRight": {1, 0}, "ArrowUp": {0, -1}, "ArrowDown": {0, 1}}

// Steers says whether a key does something in the leaf of an ID, which has the focus.
func (a *App) Steers(id, key string) bool {
	_, arrow := arrows[key]
	f := a.find(id)
	return arrow && f != nil && f.Steer != nil
}

// Steer is that key.
func (a *App) Steer(id, key string) {
	if a.Steers(id, key) {
		by := arrows[key]
		f := a.find(id)
		a.do(func() { f.Steer(by[0], by[1]) })
	}
}

// present makes the type large and puts both networks side by side, or no longer.
func (a *App) present() {
	d := a.desk
	d.Presenting = !d.Presenting
	if d.Presenting {
		d.Show(first)
	}
	a.rescale()
}

// toggleHelp goes to Help and back.
func (a *App) toggleHelp() {
	d := a.desk
	if d.View == helpID {
		d.Show(a.back)
		return
	}
	a.back = d.View
	d.Show(helpID)
}

// Updated tells that a new version of the page waits.
func (a *App) Updated() { a.update, a.stale = desk.Offered, true }

// Keeps tells that the browser keeps this version of the page, so that it can keep the
// rest of it too.
func (a *App) Keeps() { a.desk.Keeping, a.stale = desk.Offered, true }

func (a *App) keepAll() {
	a.desk.Keeping = desk.Begun
	a.desk.Say(words.App.Keeping)
	a.desk.Host.KeepAll()
}

// KeptAll tells that everything is kept, or why not.
func (a *App) KeptAll(err error) {
	d := a.desk
	d.Keeping = desk.Complete
	d.Say(words.App.Kept)
	if err != nil {
		d.Keeping = desk.Offered
		d.Report(err)
	}
	a.stale = true
}

// take goes on to the new version. A run is paused first, which keeps it.
func (a *App) take() {
	a.update = desk.Begun
	if a.desk.Library.Run.Running() {
		a.desk.Library.Tell(protocol.Pause{})
		return // until it says that it has paused
	}
	a.takeNow()
}

func (a *App) takeNow() {
	a.update = desk.Complete
	s := a.desk.Subject
	var img image.Image = s.Pad.Image
	if s.Picture != nil && s.Mode != 0 {
		img = s.Picture.Image
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // a buffer takes everything
	}
	a.desk.Host.TakeUpdate(b.Bytes(), a.desk.Library.Run.Active)
}
