package app

import (
	"strings"

	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/view"
)

// router is which view is shown, and the page's address.
type router struct {
	desk   *desk.Desk
	window *window
	settle func() // is called after something has happened
	views  []entry
	shown  string // the view that was shown when the address was set last
	back   string // the view before Help
}

// current returns the view that is shown.
func (r *router) current() entry {
	for _, v := range r.views {
		if v.id == r.desk.View {
			return v
		}
	}
	return r.views[0]
}

// address returns that of the present view: its name, and the state that it names.
func (r *router) address() string {
	v := r.current()
	if s, ok := v.View.(view.Addressed); ok {
		if at := s.Address(); at != "" {
			return v.id + "?" + at
		}
	}
	return v.id
}

// Address takes the part of the page's address behind the #, and goes where it leads.
func (r *router) Address(hash string) {
	name, at, _ := strings.Cut(strings.TrimPrefix(hash, "#"), "?")
	if name == "" {
		name = first // where the page was opened
	}
	for _, v := range r.views {
		if v.id != name {
			continue
		}
		if s, ok := v.View.(view.Addressed); ok && at != "" {
			r.desk.Report(s.Visit(at))
		}
		r.desk.Show(v.id)
		r.shown = v.id // it is the address already
		r.window.scroll, r.window.held = 0, ""
		if v.data {
			r.desk.Library.Need()
		}
		r.window.rescale()
		r.settle()
	}
}

// went follows a change of the view, and reports whether there was one.
func (r *router) went() bool {
	if r.desk.View == r.shown {
		return false
	}
	r.shown, r.window.scroll, r.window.held = r.desk.View, 0, ""
	r.window.rescale()
	if v := r.current(); v.data {
		r.desk.Library.Need() // the worker keeps the pictures
	}
	r.desk.Host.SetAddress(r.address(), true)
	return true
}

// toggleHelp goes to Help and back.
func (r *router) toggleHelp() {
	d := r.desk
	if d.View == desk.Help {
		d.Show(r.back)
		return
	}
	r.back = d.View
	d.Show(desk.Help)
}
