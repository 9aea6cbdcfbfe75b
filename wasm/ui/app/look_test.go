package app_test

import (
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/desk"
)

// TestScreens keeps a picture of every view on every screen, for a person to look at: with data, and
// with a project in Classes.
func TestScreens(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no pictures are kept")
	}
	for _, s := range apptest.Screens {
		b := apptest.Open(t, s.W, s.H, s.Dark)
		b.Trains(200)
		project(b)
		for _, view := range app.Views() {
			b.Press(app.ButtonOf(view))
			b.Quiet()
			if view == desk.Build {
				b.Until("the network is there", func() bool { return b.Has("network-sum") })
			}
			b.Album(200)
			if view == desk.Classes {
				b.Album(60)
			}
			b.Shot("screen-" + view + "-" + s.Name)
		}
	}
}

// project gives the page a project of three classes, of twenty pictures each.
func project(b *apptest.Browser) {
	b.Helper()
	p := task.Project{ID: "own", Name: "Pets", Bytes: 1 << 20, CanUndo: true}
	for i, name := range []string{"Miezi", "Bello", "Hansi"} {
		p.Classes = append(p.Classes, task.ProjectClass{Name: name, Colour: i, Pictures: 20})
	}
	b.Says(protocol.Projects{List: []task.Project{p, {ID: "other", Name: "Other"}}, Using: "own"})
}
