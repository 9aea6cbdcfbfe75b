// Package view says what a view of the page is. Each is a folder here; adding one is a folder
// and a line in package app.
package view

import (
	"time"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/widget"
)

// View is one of the page's views.
type View interface {
	// Handle changes the view's state as an event of a worker says. It sends nothing.
	Handle(protocol.Event)
	// Update returns the view's commands to the workers. It is called after each event, of a
	// worker or the user, even for a view that is not shown.
	Update() []protocol.Command
	// Tree is how the view looks in a window of w x h units. It changes nothing.
	Tree(w, h float64) widget.Node
}

// Moving is a view in which something moves by itself.
type Moving interface {
	// Move advances to the present time, and reports whether it must be called again soon.
	Move(now time.Time) bool
}

// Addressed is a view whose state has an address, behind the # and the view's name.
type Addressed interface {
	// Address is the part behind "train?", say.
	Address() string
	// Visit goes where an address leads. It changes nothing if that cannot be read.
	Visit(address string) error
}

// Narrow is the width in units under which a view puts its cards above each other.
const Narrow = 900

// Lost is handled when the worker that classifies has died: what it was asked is asked again.
type Lost struct{ protocol.Event }

// LibraryLost is handled when the worker that trains has died.
type LibraryLost struct{ protocol.Event }

// DraftsLost is handled when the worker that drafts has died.
type DraftsLost struct{ protocol.Event }

// Kit are the files of an exported page, which a view has asked for, or why there are none.
type Kit struct {
	protocol.Event
	Files map[string][]byte
	Err   error
}

// Room is what the server says of what a room shares.
type Room struct {
	protocol.Event
	desk.RoomSaid
}
