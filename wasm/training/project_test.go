package training

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/doodles"
	"tenfold/nn/picture"
	"tenfold/nn/project"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// kinds are drawings of three clearly different kinds, by the names of folders.
var kinds = map[string]int{"Miezi": 3, "Boot": 8, "Auto": 1}

// drawn returns a .zip with a folder of n drawings for each of kinds.
func drawn(t testing.TB, n int) []byte {
	t.Helper()
	data, _ := doodles.Load()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"Auto", "Boot", "Miezi"} {
		for i, found := 0, 0; found < n; i++ {
			if data.Label(i) != kinds[name] {
				continue
			}
			found++
			pixels, _ := data.Picture(i)
			w, err := z.Create(fmt.Sprintf("drawings/%s/%d.png", name, i))
			if err != nil {
				t.Fatal(err)
			}
			if err := png.Encode(w, picture.Enlarge(pixels, task.Shape{32, 32, 3})); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// source returns a file as the user chooses it.
func source(name string, b []byte) Source {
	return Source{Path: name, Size: len(b), Open: bytes.NewReader(b)}
}

// imported waits for the end of an import.
func (v *visit) imported() protocol.Importing {
	v.Helper()
	for {
		if e := next[protocol.Importing](v); e.Done {
			return e
		}
	}
}

// shippedFile returns the file of a network that comes with the page.
func shippedFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("../../web/model/" + name + ".safetensors")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestProject brings pictures of three classes in, learns them, comes back later, passes the
// project on and continues training elsewhere.
func TestProject(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole network of 70 million multiply-adds learns: go test without -short runs this")
	}
	store := Memory{}
	v := newVisit(t, store, time.Hour)
	if e := next[protocol.Projects](v); len(e.List) != 0 || e.Using != "" {
		t.Fatalf("%+v", e)
	}
	v.Import(9, "", -1, []Source{source("drawings.zip", drawn(t, 20))})
	if e := v.imported(); e.ID != 9 || e.Added != 60 || e.Why != "" || len(e.Skipped) != 0 {
		t.Fatalf("%+v", e)
	}
	e := next[protocol.Projects](v)
	if len(e.List) != 1 || e.List[0].Name != "drawings" || e.List[0].Pictures() != 60 || len(e.List[0].Classes) != 3 || e.Using != e.List[0].ID || e.List[0].Why != "" {
		t.Fatalf("%+v", e)
	}
	id := e.Using
	what := protocol.ProjectData(id)
	v.say(protocol.Survey{What: what})
	if s := next[protocol.Surveyed](v); len(s.Labels) != 60 || len(s.Means) != 3 {
		t.Errorf("%d labels", len(s.Labels))
	}
	v.say(protocol.Look{What: what, Index: []int{0, 59}})
	if l := next[protocol.Looked](v); len(l.Pictures) != 2 || len(l.Pictures[1].Picture) != 3*96*96 || l.Pictures[1].Class != 2 {
		t.Errorf("%d pictures", len(l.Pictures))
	}
	learn := protocol.Learn{ID: 5, Project: id, Model: shippedFile(t, "tenfold"), HoldOut: 0.2, Mirror: true, Seed: 1}
	v.say(learn)
	head := v.lastWeights()
	l := next[protocol.Learned](v)
	if l.ID != 5 || l.Trained != 48 || len(l.Index) != 12 || l.Report.Accuracy < 0.9 {
		t.Errorf("%+v", l)
	}
	m := opens(t, head)
	if !slices.Equal(m.Classes, []string{"Auto", "Boot", "Miezi"}) || !strings.HasSuffix(m.Name, " on drawings") {
		t.Errorf("%q tells %q apart", m.Name, m.Classes)
	}

	// Learned on from what was learned.
	learn.ID, learn.Model = 6, head
	v.say(learn)
	if again := opens(t, v.lastWeights()); strings.Count(again.Name, " on ") != 1 {
		t.Errorf("it is called %q", again.Name)
	}
	next[protocol.Learned](v)

	// All layers, and evaluated.
	job := task.FineTuning
	job.Data, job.From, job.Epochs, job.HoldOut = what, task.Given, 1, 0.2
	v.say(protocol.Begin{Run: 3, Job: job, Model: head})
	if b := next[protocol.Began](v); b.Trained != 48 || b.HeldOut != 12 || b.On != task.Validation || b.Before.Accuracy < 0.9 {
		t.Errorf("%+v", b)
	}
	trained := v.lastWeights()
	if f := next[protocol.Finished](v); f.Stopped || f.After.Accuracy < 0.8 {
		t.Errorf("%+v", f)
	}
	v.say(protocol.Evaluate{ID: 11, What: what, Model: trained})
	if e := next[protocol.Evaluated](v); len(e.True) != 60 || e.Report.Accuracy < 0.9 || e.Seen != 48 {
		t.Errorf("%d, %.2f, %d were trained on", len(e.True), e.Report.Accuracy, e.Seen)
	}

	// From random weights, another network.
	job.From, job.Network, job.Recipe.Epochs = task.Random, "slim", 1
	v.say(protocol.Begin{Run: 4, Job: job})
	if m := opens(t, v.lastWeights()); len(m.Classes) != 3 || m.Output().Size() != 3 {
		t.Errorf("%v", m.Classes)
	}
	next[protocol.Finished](v)

	// The same for larger pictures, and for such as there are none of.
	job.Side = 64
	v.say(protocol.Begin{Run: 5, Job: job})
	if m := opens(t, v.lastWeights()); !slices.Equal(m.Input, task.Shape{64, 64, 3}) || m.Output().Size() != 3 {
		t.Errorf("it takes in %v", m.Input)
	}
	if f := next[protocol.Finished](v); f.Stopped {
		t.Errorf("%+v", f)
	}
	job.Side = 640
	v.say(protocol.Begin{Run: 6, Job: job})
	if f := next[protocol.Finished](v); !f.Stopped || !strings.Contains(f.Why, "640x640") {
		t.Errorf("%+v", f)
	}

	// Later, in the same browser.
	v.end()
	w := newVisit(t, store, time.Hour)
	if e := next[protocol.Projects](w); len(e.List) != 1 || e.Using != id || e.List[0].Pictures() != 60 {
		t.Fatalf("%+v", e)
	}

	// On another machine.
	w.say(protocol.SaveProject{ID: 8, Project: id, Networks: map[string][]byte{"drawings": head}, Using: "drawings"})
	if s := next[protocol.Saved](w); s.Name != "drawings.zip" {
		t.Errorf("%+v", s)
	}
	x := newVisit(t, Memory{}, time.Hour)
	next[protocol.Projects](x)
	x.Import(1, "", -1, []Source{source("drawings.zip", w.host.saved["drawings.zip"])})
	if o := next[protocol.Opened](x); !bytes.Equal(o.Networks[o.Using], head) {
		t.Error("the network did not come along")
	}
	if e := x.imported(); e.Added != 60 {
		t.Errorf("%+v", e)
	}
	opened := next[protocol.Projects](x)
	if len(opened.List) != 1 || opened.List[0].Name != "drawings" || opened.Using == id {
		t.Fatalf("%+v", opened)
	}
	learn.Project = opened.Using
	x.say(learn)
	if l := next[protocol.Learned](x); l.Report.Accuracy < 0.9 {
		t.Errorf("%.2f", l.Report.Accuracy)
	}
}

// TestPutUp gives the page a project to put up in a room, with its pictures or without.
func TestPutUp(t *testing.T) {
	v := newVisit(t, Memory{}, time.Hour)
	next[protocol.Projects](v)
	v.Import(9, "", -1, []Source{source("drawings.zip", drawn(t, 2))})
	v.imported()
	id := next[protocol.Projects](v).Using
	network := shippedFile(t, "tutorial")
	for bare, want := range map[bool]project.Summary{false: {Name: "drawings", Classes: 3, Pictures: 6, Network: true}, true: {Name: "drawings", Classes: 3, Network: true}} {
		v.say(protocol.SaveProject{ID: 8, Project: id, Networks: map[string][]byte{"one": network}, Using: "one", Bare: bare, Up: true})
		next[protocol.Saved](v)
		up := v.host.up
		if v.host.up = nil; len(v.host.saved) > 0 {
			t.Error("it is given to the person")
		}
		s, err := project.Repack(io.Discard, bytes.NewReader(up), int64(len(up)), func(b []byte) error {
			if !bytes.Equal(b, network) {
				return errors.New("another one")
			}
			return nil
		}, func() error { return nil })
		if err != nil || s != want {
			t.Errorf("%v, %+v, want %+v", err, s, want)
		}
	}
	// Nothing of the project itself is gone.
	v.say(protocol.ChangeProject{Op: protocol.RenameProject, Project: id, Name: "again"})
	if e := next[protocol.Projects](v); e.List[0].Pictures() != 6 {
		t.Errorf("%+v", e.List)
	}
}

// TestProjectChanges goes through all changes of a project by messages.
func TestProjectChanges(t *testing.T) {
	v := newVisit(t, Memory{}, time.Hour)
	next[protocol.Projects](v)
	change := func(c protocol.ChangeProject) protocol.Projects {
		t.Helper()
		v.say(c)
		return next[protocol.Projects](v)
	}
	e := change(protocol.ChangeProject{Op: protocol.NewProject, Name: "One"})
	first := e.Using
	if len(e.List) != 1 || len(e.List[0].Classes) != 2 || e.List[0].Why == "" {
		t.Fatalf("%+v", e)
	}
	for i := range 3 {
		pixels := bytes.Repeat([]byte{byte(50 * i)}, 3*16*16)
		v.say(protocol.Keep{Project: first, Class: i % 2, Side: 16, Pixels: pixels})
		e = next[protocol.Projects](v)
	}
	if e.List[0].Pictures() != 3 {
		t.Errorf("%+v", e)
	}
	for _, c := range []struct {
		change protocol.ChangeProject
		want   string
	}{
		{protocol.ChangeProject{Op: protocol.AddClass, Name: "thumb"}, "Class 1:2 Class 2:1 thumb:0"},
		{protocol.ChangeProject{Op: protocol.RenameClass, Class: 0, Name: "palm"}, "palm:2 Class 2:1 thumb:0"},
		{protocol.ChangeProject{Op: protocol.MovePictures, Into: 2, Index: []int{0}}, "palm:1 Class 2:1 thumb:1"},
		{protocol.ChangeProject{Op: protocol.MergeClass, Class: 1, Into: 0}, "palm:2 thumb:1"},
		{protocol.ChangeProject{Op: protocol.RemovePictures, Index: []int{2}}, "palm:1 thumb:1"},
		{protocol.ChangeProject{Op: protocol.UndoProject}, "palm:2 thumb:1"},
		{protocol.ChangeProject{Op: protocol.DeleteClass, Class: 1}, "palm:2"},
	} {
		c.change.Project = first
		var got []string
		for _, k := range change(c.change).List[0].Classes {
			got = append(got, fmt.Sprintf("%s:%d", k.Name, k.Pictures))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.change.Op, s, c.want)
		}
	}
	e = change(protocol.ChangeProject{Op: protocol.NewProject, Name: "Two"})
	if len(e.List) != 2 || e.Using == first {
		t.Errorf("%+v", e)
	}
	if e = change(protocol.ChangeProject{Op: protocol.UseProject, Project: first}); e.Using != first {
		t.Errorf("%+v", e)
	}
	if e = change(protocol.ChangeProject{Op: protocol.DeleteProject, Project: first}); len(e.List) != 1 || e.Using == first || e.Using == "" {
		t.Errorf("%+v", e)
	}
	for _, c := range []protocol.Command{
		protocol.ChangeProject{Op: protocol.RenameProject, Project: first, Name: "gone"},
		protocol.ChangeProject{Op: "no such change", Project: e.Using},
		protocol.ChangeProject{Op: protocol.NewProject, Name: " "},
		protocol.Keep{Project: e.Using, Class: 7, Side: 1, Pixels: []byte{1, 2, 3}},
		protocol.Keep{Project: e.Using, Class: 0, Side: 2, Pixels: []byte{1, 2, 3}},
		protocol.Learn{ID: 3, Project: e.Using, Model: shippedFile(t, "tutorial"), HoldOut: 0.2},
		protocol.SaveProject{ID: 4, Project: "none"},
	} {
		v.say(c)
		if f := nextFailed(v); f.Message == "" {
			t.Errorf("%+v was not refused", c)
		}
	}
}

// TestFind finds pictures that look alike, and those that the network takes for another class.
func TestFind(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole network of 70 million multiply-adds learns: go test without -short runs this")
	}
	v := newVisit(t, Memory{}, time.Hour)
	next[protocol.Projects](v)
	v.Import(9, "", -1, []Source{source("drawings.zip", drawn(t, 20))})
	v.imported()
	id := next[protocol.Projects](v).Using
	v.say(protocol.Learn{ID: 1, Project: id, Model: shippedFile(t, "tenfold"), HoldOut: 0.2, Mirror: true, Seed: 1})
	head := v.lastWeights()
	next[protocol.Learned](v)
	next[protocol.Stored](v)

	// Three pictures in the wrong class, and one there twice.
	v.say(protocol.ChangeProject{Op: protocol.MovePictures, Project: id, Into: 0, Index: []int{20, 21, 40}})
	next[protocol.Projects](v)
	v.say(protocol.Look{What: protocol.ProjectData(id), Index: []int{5}})
	again := next[protocol.Looked](v).Pictures[0].Picture
	again[0] ^= 8
	v.say(protocol.Keep{Project: id, Class: 1, Side: 96, Pixels: again})
	next[protocol.Projects](v)

	v.say(protocol.Find{ID: 2, Project: id, How: protocol.Disagreeing, Model: head})
	f := next[protocol.Found](v)
	if f.ID != 2 || len(f.Index) > 8 {
		t.Errorf("%+v", f)
	}
	for _, want := range []int{20, 21, 40, 60} {
		if !slices.Contains(f.Index, want) {
			t.Errorf("picture %d is not among %v", want, f.Index)
		}
	}
	v.say(protocol.Find{ID: 3, Project: id, How: protocol.Alike})
	if f := next[protocol.Found](v); len(f.Index) < 2 || !slices.Contains(f.Index, 60) || !slices.Contains(f.Index, 5) {
		t.Errorf("%+v", f)
	}
	for want, c := range map[string]protocol.Find{
		"nothing is found":       {ID: 4, Project: id, How: "x"},
		"no such project":        {ID: 5, Project: "none", How: protocol.Alike},
		"tells 10 classes apart": {ID: 6, Project: id, How: protocol.Disagreeing, Model: shippedFile(t, "tutorial")},
	} {
		v.say(c)
		if e := nextFailed(v); e.ID != c.ID || !strings.Contains(e.Message, want) {
			t.Errorf("%+v, want %q", e, want)
		}
	}
}

// TestFilm keeps pictures that belong together, which are taken back together.
func TestFilm(t *testing.T) {
	store := Memory{}
	v := newVisit(t, store, time.Hour)
	next[protocol.Projects](v)
	v.say(protocol.ChangeProject{Op: protocol.NewProject, Name: "Film"})
	id := next[protocol.Projects](v).Using
	for i := range 30 {
		v.say(protocol.Keep{Film: true, Project: id, Class: 0, Side: 8, Pixels: bytes.Repeat([]byte{byte(i / 2)}, 3*8*8)})
	}
	var e protocol.Projects
	for e.List == nil || e.List[0].Pictures() < 15 {
		e = next[protocol.Projects](v)
	}
	p, err := project.Open(store, id)
	if err != nil || len(p.Pictures) != 15 { // every second one is there already
		t.Errorf("%v, %d are kept", err, len(p.Pictures))
	}
	v.say(protocol.ChangeProject{Op: protocol.UndoProject, Project: id})
	if e := next[protocol.Projects](v); e.List[0].Pictures() != 0 {
		t.Errorf("%d are left", e.List[0].Pictures())
	}
}

// TestImportIsCancelled keeps what was brought in until then.
func TestImportIsCancelled(t *testing.T) {
	v := newVisit(t, Memory{}, time.Hour)
	next[protocol.Projects](v)
	var files []Source
	for i := range 3000 {
		pixels := bytes.Repeat([]byte{byte(i), byte(i >> 8), 77}, 40*40)
		var b bytes.Buffer
		if err := png.Encode(&b, picture.Enlarge(pixels, task.Shape{40, 40, 3})); err != nil {
			t.Fatal(err)
		}
		files = append(files, source(fmt.Sprintf("a/%d.png", i), b.Bytes()))
	}
	v.Import(4, "", -1, files)
	for next[protocol.Importing](v).Added == 0 {
	}
	v.say(protocol.ChangeProject{Op: protocol.NewProject, Name: "meanwhile"}) // waits its turn, or is refused
	v.say(protocol.Cancel{ID: 4})
	var e protocol.Importing
	for !e.Done {
		select {
		case got := <-v.host.events:
			if i, ok := got.(protocol.Importing); ok {
				e = i
			}
		case <-time.After(time.Minute):
			t.Fatal("the import does not end")
		}
	}
	if e.Why != "cancelled" || e.Added == 0 || e.Added == 3000 {
		t.Errorf("%+v", e)
	}
	if p := next[protocol.Projects](v); p.List[0].Pictures() != e.Added {
		t.Errorf("%d are kept of %d", p.List[0].Pictures(), e.Added)
	}
}

// fullStore has room for a given number of bytes.
type fullStore struct {
	Memory
	room int
}

func (f *fullStore) Write(name string, b []byte) error {
	n := len(b)
	for other, c := range f.Memory {
		if other != name {
			n += len(c)
		}
	}
	if n > f.room {
		return ErrFull
	}
	return f.Memory.Write(name, b)
}

// TestImportIntoAFullStore checks that it says that there is no room, and keeps what was brought in
// before.
func TestImportIntoAFullStore(t *testing.T) {
	store := &fullStore{Memory{}, 2 << 20}
	v := newVisit(t, store, time.Hour)
	next[protocol.Projects](v)
	var files []Source
	for i := range 900 {
		pixels := make([]byte, 3*60*60)
		for k := range pixels {
			pixels[k] = byte(k*k*(i+7)>>3 ^ k*i)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, picture.Enlarge(pixels, task.Shape{60, 60, 3})); err != nil {
			t.Fatal(err)
		}
		files = append(files, source(fmt.Sprintf("%c/%d.png", 'a'+i%3, i), b.Bytes()))
	}
	v.Import(4, "", -1, files)
	if e := v.imported(); !strings.Contains(e.Why, "no room") {
		t.Errorf("%+v", e)
	}
	ids, err := project.List(store)
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	p, err := project.Open(store, ids[0])
	if err != nil || len(p.Pictures) < 50 {
		t.Fatalf("%v, %d pictures are kept", err, len(p.Pictures))
	}
	for i := range p.Pictures {
		if _, err := p.Image(i); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLeftOver opens the page over what is left of a project whose deletion was cut off.
func TestLeftOver(t *testing.T) {
	store := Memory{"project-gone.0": {1}, "project-gone.12": {2}, "project-damaged": []byte("{"), "project-damaged.0": {3}, lastFile: {4}}
	v := newVisit(t, store, time.Hour)
	nextFailed(v) // the damaged one
	v.end()
	if len(store) != 3 || store["project-damaged.0"] == nil {
		t.Errorf("%d files are there", len(store))
	}
}
