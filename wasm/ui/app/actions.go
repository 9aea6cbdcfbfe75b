package app

import "tenfold/wasm/ui/widget"

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

// ofKey returns the leaf whose key it is, as in KeyboardEvent.key with "ctrl+" before it.
func (w *window) ofKey(key string) *widget.Leaf {
	if same, ok := otherKeys[key]; ok {
		key = same
	}
	all := w.layouts()
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

// HasKey reports whether a key does something now.
func (a *App) HasKey(key string) bool { return key != "" && a.ofKey(key) != nil }

// Key presses what has a key.
func (a *App) Key(key string) {
	if f := a.ofKey(key); key != "" && f != nil {
		a.perform(f)
	}
}

// arrows are where the arrow keys lead.
var arrows = map[string][2]int{"ArrowLeft": {-1, 0}, "ArrowRight": {1, 0}, "ArrowUp": {0, -1}, "ArrowDown": {0, 1}}

// Steers reports whether a key does something in the leaf of an ID, which has the focus.
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
