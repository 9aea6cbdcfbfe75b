// Package train is the Train view: the data, the settings of the next run, the run and its
// curves, the runs before it, and what the network still gets wrong.
package train

import (
	"bytes"
	"image"

	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// View is the view's state.
type View struct {
	desk     *desk.Desk
	corner   widget.Cell      // of the part of the matrix that is seen
	advanced bool             // the seldom changed settings are shown
	typed    map[string]typed // what cannot be used, by the field's ID
	chosen   map[key]bool     // runs whose curves are laid over the present ones
	moving   pace
	mistakes []thumbnail
	mine     []thumbnail
	inside   inside
	exporting
}

// typed is a value that a field does not take, and why.
type typed struct{ text, why string }

// key tells runs apart.
type key struct {
	unix int64
	run  uint64
}

func keyOf(r *library.Run) key { return key{r.Unix, r.Began.Run} }

// pace is where a run was when it began or was taken up: what it says of the time left is
// not believed at first.
type pace struct {
	run   uint64
	first int // steps
	known bool
}

// thumbnail is a picture of the worker's as an image.
type thumbnail struct {
	pixels []byte
	image  *image.RGBA
}

// New returns the view as the page opens.
func New(d *desk.Desk) *View {
	return &View{desk: d, typed: map[string]typed{}, chosen: map[key]bool{}}
}

// Handle implements view.View.
func (v *View) Handle(e protocol.Event) {
	l := v.desk.Library
	v.out(e)
	switch e := e.(type) {
	case protocol.Stored:
		all := make([][]byte, len(e.Mine))
		for i, m := range e.Mine {
			all[i] = m.Picture
		}
		v.mine = thumbnails(v.mine, all, e.Task.Input)
	case protocol.Began:
		if e.Run == l.Run.ID {
			v.moving = pace{run: e.Run}
			v.mistakes, v.typed, v.inside.Watched = nil, map[string]typed{}, nil
		}
	case protocol.Training:
		if e.Run == l.Run.ID && e.State == protocol.Running && !v.moving.known {
			v.moving.first, v.moving.known = steps(e), true
		}
	case protocol.EpochDone:
		if e.Run == l.Run.ID {
			all := make([][]byte, len(e.Mistakes))
			for i, m := range e.Mistakes {
				all[i] = m.Picture
			}
			v.mistakes = thumbnails(nil, all, l.TaskOf(l.Run.Began.Job.Data, v.desk.Network.Task().Input).Input)
		}
	case protocol.Watched:
		if e.Run == l.Run.ID {
			v.watched(e)
		}
	case protocol.Taught:
		if l.Taught != nil && l.Taught.ID == e.ID {
			v.desk.Say(part.Taught(&e))
		}
	}
}

// steps returns the steps of a run that are done.
func steps(e protocol.Training) int { return max(e.Epoch-1, 0)*e.Steps + e.Step }

// thumbnails are pictures as images; those that were there before stay the same ones, so that
// they are not painted again.
func thumbnails(before []thumbnail, pictures [][]byte, in task.Shape) []thumbnail {
	all := make([]thumbnail, len(pictures))
	for i, pixels := range pictures {
		for _, t := range before {
			if bytes.Equal(t.pixels, pixels) {
				all[i] = t
			}
		}
		if all[i].image == nil {
			all[i] = thumbnail{pixels, picture.Enlarge(pixels, in)}
		}
	}
	return all
}

// Address implements view.Addressed: the settings that are not those that the page proposes.
func (v *View) Address() string { return address(&v.desk.Library.Job) }

// Visit implements view.Addressed.
func (v *View) Visit(at string) error {
	l := v.desk.Library
	if l.Run.Active {
		return nil // its settings are those that are shown
	}
	job, err := fromAddress(at)
	if err == nil {
		l.Job, v.typed = job, map[string]typed{}
	}
	return err
}

// changed says that the settings are others: the page's address names them.
func (v *View) changed() {
	if v.desk.View == desk.Train {
		v.desk.Host.SetAddress(v.hash(&v.desk.Library.Job), false)
	}
}

// hash returns the page's address, behind the #, with settings.
func (v *View) hash(j *task.Job) string {
	if at := address(j); at != "" {
		return desk.Train + "?" + at
	}
	return desk.Train
}

// start begins a run as the settings say.
func (v *View) start() {
	d := v.desk
	l := d.Library
	if l.Job.From == task.Given && l.Given == nil {
		d.Say(words.Train.NeedFile)
		return
	}
	begin := func(model []byte, name string) {
		d.Report(l.Begin(model, name))
		v.mistakes = nil
		v.changed()
	}
	switch from := l.Job.From; {
	case network.IsPretrained(from):
		d.Pretrained(from, func(file []byte) {
			if !l.Run.Active && l.Job.From == from {
				begin(file, part.NetworkName(d, from))
			}
		})
	case from == library.InUse:
		begin(d.Network.File, part.NetworkName(d, d.Network.Using))
	default:
		begin(nil, "")
	}
}
