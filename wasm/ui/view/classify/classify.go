// Package classify is the Classify view: a pad or a picture, and what the network makes of it.
package classify

import (
	"image"
	"sync"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
)

// View is the view's state.
type View struct {
	desk   *desk.Desk
	hand   hand
	glide  glide
	scroll float64 // of the bars, where not all are in sight
	thumbs func() []*image.RGBA
}

// New returns the view as the page opens.
func New(d *desk.Desk) *View { return &View{desk: d, thumbs: sync.OnceValue(thumbnails)} }

// name is the view's own.
const name = desk.Classify

// Handle implements view.View.
func (v *View) Handle(e protocol.Event) {
	switch e := e.(type) {
	case protocol.Classified:
		if e.ID == network.Newest {
			v.glide.to(v.desk)
		}
	case protocol.Taught:
		if t := v.desk.Library.Taught; t != nil && t.ID == e.ID {
			v.desk.Say(part.Taught(t))
		}
	}
}

// Update implements view.View. Nothing is asked; a stroke ends where the view is left.
func (v *View) Update() []protocol.Command {
	if v.desk.View != name {
		v.letGo()
	}
	return nil
}

// Heights and widths in units at which things are put elsewhere.
const (
	flat = 480 // under it the pad is as high as the room, and everything else beside it
	tall = 620 // from it on the tools have room under the pad
	pair = 640 // from it on the pad and the answer fit side by side

	roomy = 1200 // from it on two answers have room beside the pad and its tools
)

// Tree implements view.View.
func (v *View) Tree(w, h float64) widget.Node {
	switch room := h >= tall || w >= roomy; {
	case v.desk.Presenting && w >= view.Narrow && room:
		return v.presenter(w, h)
	case v.desk.Presenting:
		return widget.Column{Gap: near, Items: []widget.Node{widget.Stretch(v.alone(w, h-theme.Touch-near)), v.presenterButtons()}}
	}
	return v.alone(w, h)
}

// alone returns the view with the answer of the network in use.
func (v *View) alone(w, h float64) widget.Node {
	switch {
	case h < flat && w >= 520 && w > 1.4*h:
		return v.onItsSide(w, h)
	case w >= view.Narrow && h >= tall:
		return v.columns(w, h)
	case w >= view.Narrow:
		return v.lowColumns(w, h)
	case w >= pair:
		return v.tablet(w, h)
	}
	return v.phone(w, h)
}
