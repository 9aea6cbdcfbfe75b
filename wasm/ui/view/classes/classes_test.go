package classes_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/doodles"
	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/paint"
)

const id = "abc"

// pets is a project of three classes, of which the last has few pictures.
func pets(counts ...int) protocol.Projects {
	p := task.Project{ID: id, Name: "Pets", Bytes: 1 << 20, CanUndo: true}
	for i, n := range counts {
		p.Classes = append(p.Classes, task.ProjectClass{Name: []string{"Miezi", "Boot", "Auto"}[i], Colour: i, Pictures: n})
		if n < 5 {
			p.Why = fmt.Sprintf("%q has %d pictures: want at least 5", p.Classes[i].Name, n)
		}
	}
	return protocol.Projects{List: []task.Project{p, {ID: "other", Name: "Other"}}, Using: id}
}

// opened is the page in the Classes view, with a project.
func opened(t testing.TB, w, h float64, dark bool, e protocol.Projects) *apptest.Browser {
	b := apptest.Open(t, w, h, dark)
	b.Settled()
	b.Press("view-classes")
	b.Trains(0)
	b.Says(e)
	answer(b, e)
	return b
}

// answer gives the page the pictures that it asks for: drawings.
func answer(b *apptest.Browser, e protocol.Projects) {
	b.Helper()
	train, _ := doodles.Load()
	var labels []byte
	for i, c := range e.List[0].Classes {
		labels = append(labels, slices.Repeat([]byte{byte(i)}, c.Pictures)...)
	}
	kinds := []int{3, 8, 1}
	for range 3 {
		b.Panels()
		sent := b.Trained
		b.Trained = nil
		for _, m := range sent {
			c, err := protocol.DecodeCommand(m)
			if err != nil {
				b.Fatal(err)
			}
			switch c := c.(type) {
			case protocol.Survey:
				b.Says(protocol.Surveyed{What: c.What, Labels: labels, Means: make([][]byte, 3)})
			case protocol.Look:
				l := protocol.Looked{ID: c.ID, What: c.What, Index: c.Index}
				for _, i := range c.Index {
					k := i * 7
					for train.Label(k) != kinds[labels[i]] {
						k++
					}
					pixels, _ := train.Picture(k)
					big := picture.Shrink(picture.Enlarge(pixels, task.Shape{32, 32, 3}), task.Shape{task.ProjectSide, task.ProjectSide, 3})
					l.Pictures = append(l.Pictures, protocol.Labelled{Picture: big, Class: int(labels[i])})
				}
				b.Says(l)
			}
		}
	}
}

// learned is a result on twelve pictures, of which one is wrong.
func learned(id_ uint64) protocol.Learned {
	l := protocol.Learned{ID: id_, Project: id, Trained: 48}
	l.Report.Classes = make([]task.ClassMetrics, 3)
	l.Report.Accuracy, l.Report.ECE, l.Doubt = 11.0/12, 0.017, 0.45
	l.Report.Confusion = [][]int{{4, 0, 0}, {0, 3, 1}, {0, 0, 4}}
	for i := range 12 {
		class := byte(i / 4)
		l.Index, l.True, l.Class, l.Score = append(l.Index, i/4*20+i%4), append(l.True, class), append(l.Class, class), append(l.Score, 0.9)
	}
	l.Class[6] = 2
	return l
}

// TestClasses goes through what can be done with a project.
func TestClasses(t *testing.T) {
	b := opened(t, 1280, 800, false, pets(20, 20, 20))
	if got := b.Text("project-status"); got != "60 pictures in 3 classes, 1.0 MB." {
		t.Errorf("the project has %q", got)
	}
	if got := strings.Count(b.Words(), "class-picture-"); got != 48 {
		t.Errorf("%d pictures are shown of 60", got)
	}
	b.Press("class-on")
	answer(b, pets(20, 20, 20))
	if got := b.Text("class-range"); got != "49 to 60 of 60" {
		t.Errorf("the page is %q", got)
	}
	b.Press("class-list-2") // Boot
	if b.Leaf("class-name").Value != "Boot" || b.Has("class-range") {
		t.Error("the class is not the one that was pressed")
	}
	b.Press("class-picture-21")
	b.Press("class-picture-22")
	if b.Text("class-picked") != "2 pictures chosen" {
		t.Error(b.Text("class-picked"))
	}
	b.Trained = nil
	b.Set("class-move", "0")
	if c := apptest.Asks[protocol.ChangeProject](b); len(c) != 1 || c[0].Op != protocol.MovePictures || c[0].Into != 0 || !slices.Equal(c[0].Index, []int{21, 22}) {
		t.Errorf("%+v", c)
	}
	b.Set("class-name", "Schiff")
	b.Press("class-delete")
	b.Press("class-add")
	b.Press("project-undo")
	b.Press("project-new")
	b.Set("project", "other")
	var ops []string
	for _, c := range apptest.Asks[protocol.ChangeProject](b) {
		ops = append(ops, fmt.Sprintf("%s %s %d %s", c.Op, c.Project, c.Class, c.Name))
	}
	if got, want := strings.Join(ops, ", "), "rename class abc 1 Schiff, delete class abc 1 , add class abc 0 , undo abc 0 , new  0 Project 1, use other 0 "; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
}

// TestDrag drags a picture into another class, and several at once.
func TestDrag(t *testing.T) {
	b := opened(t, 1280, 800, false, pets(20, 20, 20))
	middle := func(id string) paint.Point {
		r := b.Leaf(id).Rect
		return paint.Point{X: r.X + r.W/2, Y: r.Y + r.H/2}
	}
	drag := func(from, to string) []protocol.ChangeProject {
		b.Trained = nil
		a, z := middle(from), middle(to)
		b.Stroke(1, a, paint.Point{X: a.X - 20, Y: a.Y}, paint.Point{X: (a.X + z.X) / 2, Y: (a.Y + z.Y) / 2}, z)
		return apptest.Asks[protocol.ChangeProject](b)
	}
	if c := drag("class-picture-1", "class-list-3"); len(c) != 1 || c[0].Op != protocol.MovePictures || c[0].Into != 2 || !slices.Equal(c[0].Index, []int{1}) {
		t.Errorf("%+v", c)
	}
	b.Press("class-picture-2")
	b.Press("class-picture-3")
	if c := drag("class-picture-3", "class-list-2"); len(c) != 1 || c[0].Into != 1 || !slices.Equal(c[0].Index, []int{2, 3}) {
		t.Errorf("%+v", c)
	}
	for _, nowhere := range []string{"class-list-0", "project-save", "class-picture-5"} {
		if c := drag("class-picture-1", nowhere); len(c) != 0 {
			t.Errorf("on %s: %+v", nowhere, c)
		}
	}
	a, z := middle("class-picture-1"), middle("class-list-2")
	b.Trained = nil
	b.Pointer(app.Pointer{Phase: app.Down, X: a.X, Y: a.Y})
	b.Pointer(app.Pointer{Phase: app.Move, X: a.X - 30, Y: a.Y})
	b.Pointer(app.Pointer{Phase: app.Move, X: z.X, Y: z.Y})
	b.Shot("classes-dragged")
	b.Pointer(app.Pointer{Phase: app.Cancel, X: z.X, Y: z.Y})
	if c := apptest.Asks[protocol.ChangeProject](b); len(c) != 0 {
		t.Errorf("one that the browser took away: %+v", c)
	}
}

// TestLearn trains, shows the result, and opens a cell of the matrix.
func TestLearn(t *testing.T) {
	e := pets(20, 20, 20)
	b := opened(t, 1280, 800, false, e)
	if got := b.Text("project-split"); got != "48 pictures to train on, 12 to measure on." {
		t.Error(got)
	}
	b.Set("project-hold-out", "0")
	if b.Leaf("project-learn").Disabled == "" {
		t.Error("nothing is held out, and it can be trained")
	}
	b.Set("project-hold-out", "20%")
	b.Trained = nil
	b.Press("project-learn")
	c := apptest.Asks[protocol.Learn](b)
	if len(c) != 1 || c[0].Project != id || c[0].HoldOut != 0.2 || !c[0].Mirror || len(c[0].Model) == 0 {
		t.Fatalf("%d", len(c))
	}
	b.Says(protocol.Measuring{ID: c[0].ID, Done: 30, Total: 120})
	if got := b.Leaf("project-learning").Value; got != "25%" {
		t.Errorf("it is at %q", got)
	}
	if b.Leaf("class-add").Disabled == "" {
		t.Error("classes can be changed while they are learned")
	}
	b.Says(learned(c[0].ID))
	answer(b, e)
	if got := b.Text("project-result"); got != "11 of 12 right (91.7%)" {
		t.Error(got)
	}
	if got := b.Text("project-interval"); !strings.Contains(got, "between 65% and 99%") {
		t.Error(got)
	}
	if got := b.Text("project-trust"); got != `It says 90.0% on average and is right in 91.7% (calibration error 1.7%). Where no class reaches 45.0%, it says "none of these?".` {
		t.Error(got)
	}
	if !b.Has("project-wrong-22") || strings.Count(b.Words(), "project-wrong-") != 1 {
		t.Error("the mistake is not shown alone")
	}
	b.Press("project-matrix-0-0")
	answer(b, e)
	if strings.Count(b.Words(), "project-wrong-") != 4 {
		t.Error("the cell does not show its pictures")
	}
	b.Press("project-wrong-0")
	if b.Leaf("class-name").Value != "Miezi" || b.Text("class-picked") != "1 picture chosen" {
		t.Error("a picture does not lead to its class")
	}
	b.Says(protocol.Learned{})
	b.Press("project-learn")
	c = apptest.Asks[protocol.Learn](b)
	b.Says(protocol.Failed{ID: c[0].ID, Message: "training: there is no such project any more"})
	if got := b.Text("project-failed"); got != "There is no such project any more." {
		t.Error(got)
	}
}

// TestImport shows how far it is, what was skipped, and ends it.
func TestImport(t *testing.T) {
	b := opened(t, 1280, 800, false, pets(20, 20, 2))
	if got := b.Leaf("project-learn").Disabled; got != `"Auto" has 2 pictures: want at least 5.` {
		t.Errorf("it cannot be trained because %q", got)
	}
	b.Says(protocol.Importing{ID: 7, Files: 30, Total: 120, Added: 29})
	if b.Leaf("project-coming").Value != "25%" || b.Leaf("class-add").Disabled == "" {
		t.Error("it is not seen that pictures come in")
	}
	b.Trained = nil
	b.Press("project-cancel")
	if c := apptest.Asks[protocol.Cancel](b); len(c) != 1 || c[0].ID != 7 {
		t.Errorf("%+v", c)
	}
	e := protocol.Importing{ID: 7, Files: 60, Total: 120, Added: 58, Known: 1, Done: true, Why: "cancelled", More: 3}
	for i := range 10 {
		e.Skipped = append(e.Skipped, task.Skipped{Name: fmt.Sprintf("notes %d.txt", i), Why: "is no picture"})
	}
	b.Says(e)
	if got := b.Text("project-came"); got != "58 pictures added. 1 were there already. 13 skipped:" {
		t.Error(got)
	}
	if b.Text("project-skipped-0") != "notes 0.txt is no picture" || b.Text("project-skipped-more") != "and 5 more." || b.Text("project-why") != "Cancelled." {
		t.Error(b.Words())
	}
}

// TestFind shows pictures that may be wrong where they are, and all again.
func TestFind(t *testing.T) {
	e := pets(20, 20, 20)
	b := opened(t, 1280, 800, false, e)
	if len(b.Leaf("class-find").Options) != 2 {
		t.Error("a network of other classes can disagree")
	}
	b.Trained = nil
	b.Set("class-find", protocol.Alike)
	c := apptest.Asks[protocol.Find](b)
	if len(c) != 1 || c[0].Project != id || c[0].How != protocol.Alike {
		t.Fatalf("%+v", c)
	}
	b.Says(protocol.Found{ID: c[0].ID, Project: id, How: protocol.Alike, Index: []int{41, 3}})
	answer(b, e)
	if strings.Count(b.Words(), "class-picture-") != 2 || !strings.Contains(b.Words(), "2 pictures found") {
		t.Error(b.Words())
	}
	b.Press("class-picture-41")
	b.Trained = nil
	b.Press("class-remove")
	if c := apptest.Asks[protocol.ChangeProject](b); len(c) != 1 || !slices.Equal(c[0].Index, []int{41}) {
		t.Errorf("%+v", c)
	}
	b.Set("class-find", "")
	if strings.Count(b.Words(), "class-picture-") != 48 {
		t.Error("not all are shown again")
	}
	b.Trained = nil
	b.Set("class-find", protocol.Alike)
	c = apptest.Asks[protocol.Find](b)
	b.Says(protocol.Found{ID: c[0].ID, Project: id, How: protocol.Alike})
	if !strings.Contains(b.Text("class-none"), "none") {
		t.Error(b.Text("class-none"))
	}
}

// TestDelete asks once more before a project is deleted, and the export of one that is gone ends.
func TestDelete(t *testing.T) {
	b := opened(t, 1280, 800, false, pets(20, 20, 20))
	b.Trained = nil
	b.Press("project-delete")
	if c := apptest.Asks[protocol.ChangeProject](b); len(c) != 0 || b.Leaf("project-delete").Name != "Really delete?" {
		t.Errorf("%d changes at the first press", len(c))
	}
	b.Press("project-delete")
	if c := apptest.Asks[protocol.ChangeProject](b); len(c) != 1 || c[0].Op != protocol.DeleteProject {
		t.Errorf("%+v", c)
	}
	b.Says(protocol.Projects{})
	if b.Has("project-delete") || !b.Has("project-new") {
		t.Error("it is still there")
	}
}

// TestLooks saves pictures of the view, for a person to look at.
func TestLooks(t *testing.T) {
	for _, s := range []struct {
		w, h float64
		dark bool
	}{{390, 844, false}, {768, 1024, true}, {1280, 800, false}, {1280, 800, true}, {1920, 1080, false}} {
		name := fmt.Sprintf("classes-%.0fx%.0f-%v", s.w, s.h, s.dark)
		e := pets(20, 20, 20)
		b := opened(t, s.w, s.h, s.dark, e)
		b.Shot(name)
		b.Press("project-learn")
		c := apptest.Asks[protocol.Learn](b)
		b.Says(learned(c[0].ID))
		answer(b, e)
		b.Reveal("project-try")
		b.Shot(name + "-learned")
	}
	b := apptest.Open(t, 1280, 800, false)
	b.Settled()
	b.Press("view-classes")
	b.Trains(0)
	b.Says(protocol.Projects{})
	b.Shot("classes-empty")
	if !b.Has("project-new") || !b.Has("project-open") || b.Has("class-add") {
		t.Error(b.Words())
	}
}
