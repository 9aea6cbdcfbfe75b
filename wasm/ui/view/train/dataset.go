package train

import (
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// dataCard says what there is to train on, and fetches and deletes it.
func (v *View) dataCard() widget.Node {
	w, d := &words.Train, v.desk
	items := []widget.Node{}
	if s := d.Library.Stored; s != nil && s.Coming != "" {
		share := 0.0
		if s.Total > 0 {
			share = float64(s.Done) / float64(s.Total)
		}
		items = append(items, widget.Progress{ID: "train-coming", Label: words.Capital(v.coming()), Share: share})
	}
	for _, set := range part.Sets {
		items = append(items, widget.Row{Gap: 8, Items: []widget.Node{
			widget.Text{Text: set.Name()}, widget.Hug(widget.Text{ID: "train-has-" + set.What, Text: v.has(set), Quiet: true}),
		}})
		items = append(items, part.Get(d, set.What)...)
	}
	open := widget.Button{ID: "train-choose", Label: w.Open, Long: w.OpenLong, Icon: "upload", Disabled: part.Busy(d), Do: d.Host.ChooseData}
	text := w.Kept
	if s := d.Library.Stored; s != nil && !s.Kept {
		text = w.InMemory
	}
	return widget.Card{Name: "train-data", Title: w.Data, Body: widget.Column{Gap: 8, Items: append(items,
		widget.Row{Gap: 8, Wrap: true, Items: []widget.Node{open, v.forget()}},
		widget.Text{ID: "train-keeping", Text: text, Size: 12, Quiet: true},
	)}}
}

// has returns how much there is of a data set.
func (v *View) has(set part.Set) string {
	w, l := &words.Train, v.desk.Library
	n := l.Has(set.What)
	switch {
	case l.Missing():
		return w.Unknown
	case l.Stored == nil:
		return w.Loading
	case n == 0 && set.What == task.Mine:
		return w.NoneOwn
	case n == 0:
		return w.None
	}
	if set.Files == nil { // they are not what takes up room
		return figure.Things(n, words.Nouns.Picture)
	}
	return fmt.Sprintf(w.Stored, figure.Things(n, words.Nouns.Picture), figure.Megabytes(v.bytes(n)))
}

// bytes returns those of n pictures with their classes.
func (v *View) bytes(n int) float64 { return float64(n) * float64(v.desk.Library.Task().Pixels()+1) }

func (v *View) forget() widget.Node {
	w, l := &words.Train, v.desk.Library
	b := widget.Button{ID: "train-forget", Label: w.Delete, Long: w.DeleteLong, Icon: "clear", Disabled: part.Busy(v.desk)}
	n := l.Has(task.TestSet) + l.Has(task.TrainSet)
	if n == 0 {
		b.Disabled = w.NothingToDelete
		return b
	}
	b.Label = fmt.Sprintf(w.DeleteBytes, figure.Megabytes(v.bytes(n)))
	b.Do = func() {
		l.Tell(protocol.Forget{What: task.TestSet})
		l.Tell(protocol.Forget{What: task.TrainSet})
	}
	return b
}

// coming says how far what is being read is.
func (v *View) coming() string {
	w, s := &words.Train, v.desk.Library.Stored
	if s.Total > 0 {
		return fmt.Sprintf(w.ReadingOf, s.Coming, figure.Megabytes(float64(s.Done)), figure.Megabytes(float64(s.Total)))
	}
	return fmt.Sprintf(w.Reading, s.Coming, figure.Megabytes(float64(s.Done)))
}

// lacks returns the files on the server that the settings need and that are not here, with the
// name of their set and their bytes.
func (v *View) lacks() (name string, files []string, bytes float64) {
	l := v.desk.Library
	if l.Stored == nil {
		return "", nil, 0
	}
	for _, set := range part.Sets {
		need := set.What == task.TestSet && l.Job.Data != task.Doodles && !part.Own(l.Job.Data) || set.What == l.Job.Data
		if need && set.Served(v.desk) {
			name, files, bytes = joined(name, set.Name()), append(files, set.Files...), bytes+set.Bytes(v.desk)
		}
	}
	return name, files, bytes
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + " + " + words.Small(b)
}
