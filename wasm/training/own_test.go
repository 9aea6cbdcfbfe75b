package training

import (
	"bytes"
	"errors"
	"image/png"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/picture"
	"tenfold/nn/project"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// TestFormerPictures opens the page over what earlier versions have kept: all pictures are in the project
// of the person's own pictures, with the same pixels, classes and numbers, and the former file goes only
// when they are stored.
func TestFormerPictures(t *testing.T) {
	old := records(30, 2)
	with := append(slices.Clone(old), old[:record]...) // one is there twice
	var want cifar10.Set
	if err := want.Add("former", old); err != nil {
		t.Fatal(err)
	}
	check := func(t *testing.T, v *visit, s protocol.Stored) {
		t.Helper()
		if len(s.Mine) != 30 {
			t.Fatalf("%d own pictures", len(s.Mine))
		}
		for i, m := range s.Mine {
			if pixels, class := want.Picture(i); class != m.Class || !bytes.Equal(pixels, m.Picture) {
				t.Fatalf("picture %d is another one", i)
			}
		}
		e := next[protocol.Projects](v)
		if len(e.List) != 1 || e.List[0].ID != ownID || !e.List[0].Fixed || e.List[0].Pictures() != 30 || e.List[0].Classes[9] != (task.ProjectClass{Name: "truck", Colour: 9, Pictures: 3}) || e.Using != "" {
			t.Fatalf("%+v", e)
		}
		for i := range 30 {
			if part, n := v.projects.known(task.Mine, i); part != task.Mine || n != i {
				t.Fatalf("picture %d is known as %s %d", i, part, n)
			}
		}
	}
	store := Memory{formerFile: with}
	v := newVisit(t, store, time.Hour)
	check(t, v, next[protocol.Stored](v))
	v.end()
	if _, err := store.Read(formerFile); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the former file is still there: %v", err)
	}
	v = newVisit(t, store, time.Hour)
	check(t, v, next[protocol.Stored](v))

	t.Run("no room", func(t *testing.T) {
		store := Memory{formerFile: with}
		v := newVisit(t, full{store}, time.Hour)
		check(t, v, next[protocol.Stored](v))
		v.end()
		if !bytes.Equal(store[formerFile], with) {
			t.Error("the former file is gone, and nothing in its place")
		}
		v = newVisit(t, store, time.Hour) // there is room again
		check(t, v, next[protocol.Stored](v))
	})
	t.Run("damaged", func(t *testing.T) {
		store := Memory{formerFile: with[:100], "project-" + ownID: []byte("{")}
		v := newVisit(t, store, time.Hour)
		if f := nextFailed(v); !strings.Contains(f.Message, "damaged") || !strings.Contains(f.Message, formerFile) {
			t.Errorf("%q", f.Message)
		}
		v.say(protocol.Add{Task: cifar10.Task, Picture: make([]byte, cifar10.Task.Pixels()), Class: 4})
		if f := nextFailed(v); !strings.Contains(f.Message, "damaged") {
			t.Errorf("%q", f.Message)
		}
		v.end()
		if len(store[formerFile]) != 100 || string(store["project-"+ownID]) != "{" {
			t.Error("what is damaged was written over")
		}
	})
}

// TestOwnPicturesAreAProject labels pictures, and moves and deletes them in the project that they are: what
// is taught are those of its classes. Its classes stay.
func TestOwnPicturesAreAProject(t *testing.T) {
	store := Memory{}
	v := newVisit(t, store, time.Hour)
	var pictures cifar10.Set
	if err := pictures.Add("some", records(4, 3)); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		pixels, class := pictures.Picture(i)
		v.say(protocol.Add{Task: cifar10.Task, Picture: pixels, Class: class})
	}
	mine := func(want ...int) {
		t.Helper()
		for {
			var got []int
			for _, m := range next[protocol.Stored](v).Mine {
				got = append(got, m.Class)
			}
			if slices.Equal(got, want) {
				return
			}
		}
	}
	mine(0, 1, 2, 3)
	change := func(c protocol.ChangeProject) {
		c.Project = ownID
		v.say(c)
	}
	change(protocol.ChangeProject{Op: protocol.UseProject})
	change(protocol.ChangeProject{Op: protocol.MovePictures, Into: 7, Index: []int{1, 2}})
	mine(0, 7, 7, 3)
	change(protocol.ChangeProject{Op: protocol.RemovePictures, Index: []int{0}})
	mine(7, 7, 3)
	if part, n := v.projects.known(protocol.ProjectData(ownID), 0); part != task.Mine || n != 1 {
		t.Errorf("the first one that is left is known as %s %d", part, n)
	}
	change(protocol.ChangeProject{Op: protocol.UndoProject})
	mine(0, 7, 7, 3)
	for _, c := range []protocol.ChangeProject{{Op: protocol.AddClass, Name: "cow"}, {Op: protocol.RenameClass, Name: "cow"}, {Op: protocol.ColourClass, Into: 4}, {Op: protocol.MergeClass, Into: 1}, {Op: protocol.DeleteClass}, {Op: protocol.RenameProject, Name: "Cows"}} {
		change(c)
		if f := nextFailed(v); !strings.Contains(f.Message, "stay as they are") {
			t.Errorf("%s: %s", c.Op, f.Message)
		}
	}

	// Files come into its classes, and no others.
	pixels, _ := pictures.Picture(0)
	var b bytes.Buffer
	if err := png.Encode(&b, picture.Enlarge(pixels, cifar10.Task.Input)); err != nil {
		t.Fatal(err)
	}
	file := b.Bytes()
	v.Import(5, ownID, -1, []Source{source("cat/a.png", file), source("cow/b.png", file)})
	if e := v.imported(); e.Added != 1 || len(e.Skipped) != 1 || !strings.Contains(e.Skipped[0].Why, `none of the classes`) {
		t.Errorf("%+v", e)
	}
	mine(0, 7, 7, 3, 3)

	// Deleted, it is there again with the next picture.
	change(protocol.ChangeProject{Op: protocol.DeleteProject})
	mine()
	if len(store) != 0 {
		t.Errorf("%d files are left", len(store))
	}
	v.say(protocol.Add{Task: cifar10.Task, Picture: pixels, Class: 3})
	mine(3)
}

// TestOwnPicturesHaveALimit fills the project of the person's own pictures.
func TestOwnPicturesHaveALimit(t *testing.T) {
	p := picturesOf(Memory{})
	if err := p.projects.open(); err != nil {
		t.Fatal(err)
	}
	one, err := p.projects.newOwn()
	if err != nil {
		t.Fatal(err)
	}
	one.Pictures = make([]project.Picture, maxMine)
	var s cifar10.Set
	if err := s.Add("one more", records(1, 1)); err != nil {
		t.Fatal(err)
	}
	if n, err := p.keep(&s); n != 0 || err == nil || !strings.Contains(err.Error(), "2000") || len(one.Pictures) != maxMine {
		t.Errorf("%d, %v", n, err)
	}
}

// TestCopyProject begins projects of what cannot be changed: drawings and the person's own pictures of
// CIFAR-10's classes.
func TestCopyProject(t *testing.T) {
	v := newVisit(t, Memory{}, time.Hour)
	v.say(protocol.CopyProject{ID: 3, Part: task.TestSet, Each: 2, Name: "Nothing"})
	if e := v.imported(); e.ID != 3 || e.Why == "" {
		t.Errorf("%+v", e)
	}
	v.say(protocol.CopyProject{ID: 4, Part: task.Doodles, Each: 6, Name: "Drawings"})
	e := v.imported()
	if e.ID != 4 || e.Added+e.Known != 60 || e.Added < 50 || e.Total != 60 || e.Why != "" {
		t.Fatalf("%+v", e)
	}
	p := next[protocol.Projects](v)
	if len(p.List) != 1 || p.Using != e.Project || p.List[0].Fixed || p.List[0].Why != "" || p.List[0].Classes[3].Name != "cat" {
		t.Fatalf("%+v", p)
	}
	v.say(protocol.ChangeProject{Project: e.Project, Op: protocol.ColourClass, Class: 3, Into: 11})
	v.say(protocol.ChangeProject{Project: e.Project, Op: protocol.RenameClass, Class: 3, Name: "Miezi"})
	next[protocol.Projects](v)
	if c := next[protocol.Projects](v).List[0].Classes[3]; c.Name != "Miezi" || c.Colour != 11 {
		t.Errorf("%+v", c)
	}
	v.say(protocol.Add{Task: cifar10.Task, Picture: make([]byte, cifar10.Task.Pixels()), Class: 9})
	v.say(protocol.CopyProject{ID: 5, Part: protocol.ProjectData(ownID), Name: "Mine"})
	for e = v.imported(); e.ID != 5; e = v.imported() {
	}
	if copied := v.projects.all[e.Project]; e.Added != 1 || copied == nil || copied.Fixed || copied.Pictures[0].Class != 9 {
		t.Errorf("%+v", e)
	}
}
