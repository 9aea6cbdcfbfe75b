package classes_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// own is the project of the pictures that were labelled for the classes of CIFAR-10.
func own(pictures int) task.Project {
	p := task.Project{ID: "mine", Name: "My pictures", Fixed: true, Bytes: 3000, CanUndo: true, Why: "\"bird\" needs at least 5 pictures; it has none"}
	for i, name := range cifar10.Task.Classes {
		p.Classes = append(p.Classes, task.ProjectClass{Name: name, Colour: i})
	}
	p.Classes[3].Pictures = pictures
	return p
}

// unchangeable are the controls that change what is shown; which of them are enabled is returned.
func unchangeable(b *apptest.Browser, ids ...string) (enabled []string) {
	for _, id := range ids {
		if b.Has(id) && b.Leaf(id).Disabled == "" {
			enabled = append(enabled, id)
		}
	}
	return enabled
}

// TestSets looks at the data sets among the projects: nothing of them can be changed, and they can be copied.
func TestSets(t *testing.T) {
	for _, c := range []struct {
		w, h float64
		dark bool
	}{{1280, 800, false}, {390, 844, true}} {
		name := fmt.Sprint("classes-set-", c.w)
		b := apptest.Open(t, c.w, c.h, c.dark)
		b.Settled()
		b.Press("view-classes")
		b.Trains(1000)
		e := pets(20, 20, 20)
		b.Says(e)
		answer(b, e)
		var offered []string
		for _, o := range b.Leaf("project").Options {
			offered = append(offered, o.Label)
		}
		if want := []string{"Pets", "Other", "CIFAR-10, test set", "Doodles"}; !slices.Equal(offered, want) {
			t.Errorf("%q are offered, want %q", offered, want)
		}
		b.Set("project", task.TestSet)
		b.Album(1000)
		if b.Text("project-status") != "1,000 pictures in 10 classes. They can be looked at and copied, not changed." || b.Leaf("project").Value != task.TestSet {
			t.Errorf("%q", b.Text("project-status"))
		}
		b.Press("class-list-4") // cat
		b.Album(1000)
		if got := strings.Count(b.Words(), "class-picture-"); got != 48 {
			t.Errorf("%d pictures are shown", got)
		}
		b.Press("class-picture-3")
		if e := unchangeable(b, "project-undo", "project-name", "project-save", "project-export", "project-delete", "class-add", "class-name", "class-colour", "class-merge", "class-delete", "class-move", "class-remove", "class-find", "class-keep", "class-camera", "project-bring", "project-folder", "project-learn", "project-hold-out", "project-mirror", "project-train"); len(e) > 0 {
			t.Errorf("%v can be pressed", e)
		}
		if why := b.Leaf("class-delete").Disabled; why != "CIFAR-10, test set cannot be changed. Copy it into a new project to change the copy." {
			t.Error(why)
		}
		b.Shot(name)
		b.Set("project-each", "3000")
		if b.Leaf("project-copy").Disabled != "1 to 2,000, please." {
			t.Error(b.Leaf("project-copy").Disabled)
		}
		b.Set("project-each", "50")
		b.Trained = nil
		b.Press("project-copy")
		asked := apptest.Asks[protocol.CopyProject](b)
		if len(asked) != 1 || asked[0].Part != task.TestSet || asked[0].Each != 50 || asked[0].Name != "CIFAR-10, test set, copy" {
			t.Fatalf("%+v", asked)
		}
		b.Says(protocol.Importing{ID: asked[0].ID, Project: "new", Files: 100, Total: 500})
		if b.Leaf("project").Value != id || !b.Has("project-coming") {
			t.Error("the copy is not on its way")
		}
		b.Says(protocol.Importing{ID: asked[0].ID, Project: "new", Files: 500, Total: 500, Added: 500, Done: true})
		b.Set("project", task.Doodles)
		b.Set("project", "other")
		if c := apptest.Asks[protocol.ChangeProject](b); len(c) != 1 || c[0].Op != protocol.UseProject || c[0].Project != "other" || b.Leaf("project").Value != id {
			t.Errorf("%+v", c)
		}
	}
}

// TestOwnPictures looks at the pictures that Teach trains on: they can be moved and deleted, their classes
// stay.
func TestOwnPictures(t *testing.T) {
	for _, c := range []struct {
		w, h float64
		dark bool
	}{{1280, 800, true}, {390, 844, false}} {
		e := protocol.Projects{List: []task.Project{own(6)}}
		b := opened(t, c.w, c.h, c.dark, e)
		if b.Leaf("project").Value != "" || !b.Has("project-new") {
			t.Error("a project is in use that nobody has chosen")
		}
		b.Set("project", "mine")
		if c := apptest.Asks[protocol.ChangeProject](b); len(c) != 1 || c[0].Op != protocol.UseProject || c[0].Project != "mine" {
			t.Errorf("%+v", c)
		}
		e.Using = "mine"
		b.Says(e)
		answered := 0
		for range 3 {
			b.Panels()
			for _, s := range apptest.Asks[protocol.Survey](b) {
				answered++
				b.Says(protocol.Surveyed{What: s.What, Labels: slices.Repeat([]byte{3}, 6), Means: make([][]byte, 10)})
			}
		}
		if answered == 0 {
			t.Fatal("nothing is asked of the pictures")
		}
		b.Press("class-list-4")
		b.Press("class-picture-2")
		if e := unchangeable(b, "project-name", "class-add", "class-name", "class-colour", "class-merge", "class-delete"); len(e) > 0 {
			t.Errorf("%v can be pressed", e)
		}
		if e := unchangeable(b, "project-undo", "project-delete", "project-save", "class-move", "class-remove", "project-bring", "class-camera", "project-copy"); len(e) != 8 {
			t.Errorf("only %v can be pressed", e)
		}
		if why := b.Leaf("class-name").Disabled; !strings.HasPrefix(why, "Teach uses these pictures") {
			t.Error(why)
		}
		b.Shot(fmt.Sprint("classes-own-", c.w))
		b.Trained = nil
		b.Set("class-move", "5")
		if c := apptest.Asks[protocol.ChangeProject](b); len(c) != 1 || c[0].Op != protocol.MovePictures || c[0].Into != 5 || !slices.Equal(c[0].Index, []int{2}) {
			t.Errorf("%+v", c)
		}
	}
}

// TestColour chooses a class's colour, which it then has in the list.
func TestColour(t *testing.T) {
	e := pets(20, 20, 20)
	b := opened(t, 1280, 800, false, e)
	b.Press("class-list-2")
	if n := len(b.Leaf("class-colour").Options); n != 12 || b.Leaf("class-colour").Value != "1" {
		t.Errorf("%d colours, %q", n, b.Leaf("class-colour").Value)
	}
	before := b.Render()
	b.Trained = nil
	b.Set("class-colour", "6")
	if c := apptest.Asks[protocol.ChangeProject](b); len(c) != 1 || c[0].Op != protocol.ColourClass || c[0].Class != 1 || c[0].Into != 6 {
		t.Fatalf("%+v", c)
	}
	e.List[0].Classes[1].Colour = 6
	b.Says(e)
	answer(b, e)
	if b.Leaf("class-colour").Value != "6" {
		t.Error(b.Leaf("class-colour").Value)
	}
	green := 0
	after, row := b.Render(), b.Leaf("class-list-2").Rect
	for y := int(row.Y); y < int(row.Y+row.H); y++ {
		for x := int(row.X); x < int(row.X+row.W/4); x++ {
			if after.RGBAAt(x, y) == b.Desk().Theme.Class(6) && before.RGBAAt(x, y) == b.Desk().Theme.Class(1) {
				green++
			}
		}
	}
	if green < 20 {
		t.Errorf("%d pixels of the row have changed to the new colour", green)
	}
	b.Shot("classes-colour")
}
