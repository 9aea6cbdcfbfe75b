package app_test

import (
	"slices"
	"strings"
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/words"
)

// TestScreens keeps a picture of every view on every screen, to look at: with data, and
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
			b.Album(200)
			b.Until(view+" waits for nothing", func() bool {
				all := b.Words()
				return !slices.ContainsFunc([]string{words.Build.Reading, words.Model.Looking, words.Model.Apart, words.Data.Asked}, func(text string) bool { return strings.Contains(all, text) })
			})
			b.Shot("screen-" + view + "-" + s.Name)
		}
	}
}

// project gives the page a project of ten classes, of twenty pictures each.
func project(b *apptest.Browser) {
	b.Helper()
	p := task.Project{ID: "own", Name: "Pets", Bytes: 1 << 20, CanUndo: true}
	for i, name := range []string{"Miezi", "Bello", "Hansi", "Mimi", "Rex", "Coco", "Luna", "Bruno", "Kiwi", "Minka"} { // as many as an Album has
		p.Classes = append(p.Classes, task.ProjectClass{Name: name, Colour: i, Pictures: 20})
	}
	b.Says(protocol.Projects{List: []task.Project{p, {ID: "other", Name: "Other"}}, Using: "own"})
}
