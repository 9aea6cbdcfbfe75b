// Package help is the Help view.
package help

import (
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/widget"
)

// View is the view's state.
type View struct{ desk *desk.Desk }

// New returns the view as the page opens.
func New(d *desk.Desk) *View { return &View{desk: d} }

// Handle implements view.View.
func (v *View) Handle(protocol.Event) {}

// Update implements view.View.
func (v *View) Update() []protocol.Command { return nil }

// Tree implements view.View.
func (v *View) Tree(w, h float64) widget.Node {
	return widget.Card{Name: "help", Title: "Help", Body: widget.Text{Text: "Soon."}}
}
