package widget

import (
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/words"
)

// Role is what a leaf is to a reader of the document.
type Role int

const (
	RoleStatic   Role = iota // words
	RoleHeading              // the title of what follows
	RoleButton               // does something
	RoleToggle               // a button that stays pressed
	RoleSelect               // one of several options
	RoleNumber               // is typed
	RoleCheckbox             // on or off
	RoleSlider               // a number between two ends
	RoleLink                 // leads to another page
	RoleImage                // a picture, a chart or a drawing
	RoleProgress             // how far something has come
	RoleTable                // a table or a matrix
	RoleLive                 // words that are said when they change
	RoleCode                 // text of several lines that is typed
)

// Phase is what a pointer does.
type Phase int

const (
	Down Phase = iota
	Drag       // moved while it is down
	Up
	Cancel // the browser took the pointer away
	Hover  // moved while nothing is down
	Leave
)

// Option is one value of a Select.
type Option struct{ Value, Label string }

// Leaf is something that can be read or pressed: all that a test, a pointer and the
// document need of it.
type Leaf struct {
	Rect paint.Rect // in the window, in units
	Clip paint.Rect // the part that a Scroll shows; of no width for all

	ID    string // unique; "" for what is only read
	Name  string // what it is called, or the words themselves
	Title string // the tooltip: what it does, its key, or why it cannot be used now
	Value string // as a form would say it: "true", "0.5", an option's value, a link's address
	Hint  string // of a Number: its unit or an explanation
	Words bool   // of a Number: a name is typed
	Live  bool   // of a Number or a Code: Set is called for each letter
	Role  Role
	Key   string // the key that does the same, "" for none

	Options        []Option
	Min, Max, Step float64 // of a Slider
	Share          float64 // of a Progress, 0 to 1; NaN where it is not known

	Disabled          string // why it cannot be used now; "" if it can
	Invalid           string // what is wrong with the value; "" if nothing
	Pressed, Selected bool

	Do      func()
	Set     func(value string)
	Pointer func(phase Phase, x, y float64) bool // x and y from 0 to 1 in Rect; reports whether it takes the gesture
	Wheel   func(x, y, d float64) bool           // d in units; reports whether it takes it
	Hovers  bool                                 // Pointer wants Hover and Leave too
	Steer   func(dx, dy int)                     // the arrow keys, while the leaf has the focus; nil if they do nothing
	Cells   func() [][]string                    // of a table or matrix, the titles first; nil otherwise

	// What can be dragged elsewhere has Drop, which hears on which leaf it was let go, and Carried, which
	// is seen under the pointer.
	Drop    func(on string)
	Carried Node

	Children []Leaf // the rows of a table or the cells of a matrix that can be pressed

	reacts  bool // looks otherwise under the pointer
	follows bool // and that depends on where the pointer is
}

// Usable reports whether a press on the leaf does anything.
func (f *Leaf) Usable() bool {
	return f.Disabled == "" && (f.Do != nil || f.Set != nil || f.Pointer != nil)
}

// Inside returns a place of the window as shares of the leaf's rectangle.
func (f *Leaf) Inside(p paint.Point) (x, y float64) {
	return (p.X - f.Rect.X) / max(f.Rect.W, 1), (p.Y - f.Rect.Y) / max(f.Rect.H, 1)
}

// seen reports whether the leaf can be seen at p.
func (f *Leaf) seen(p paint.Point) bool { return f.Clip.W <= 0 || f.Clip.Contains(p) }

// tip joins the parts of a tooltip.
func tip(name, key, disabled string) string {
	if key != "" {
		if cap := words.Widget.Keys[key]; cap != "" {
			key = cap
		}
		name += " (" + key + ")"
	}
	if disabled != "" {
		name += ". " + disabled
	}
	return name
}

// named returns the first of the words that is there.
func named(texts ...string) string {
	for _, w := range texts {
		if w != "" {
			return w
		}
	}
	return ""
}
