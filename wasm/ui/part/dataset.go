package part

import (
	"fmt"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Set is a data set as the page knows it.
type Set struct {
	What  string
	Files []string // on the server; nil if it is never there
}

// Sets lists the data sets; a new one adds a line, and its name in package words.
var Sets = []Set{
	{task.TestSet, task.TestFiles},
	{task.TrainSet, task.TrainFiles},
	{task.Mine, nil},
	{task.Doodles, nil},
	{task.DoodlesTest, nil},
}

// Name returns what a data set is called.
func (s Set) Name() string { return SetName(s.What) }

// Own reports whether a part of the data is one of the user's projects.
func Own(what string) bool { return strings.HasPrefix(what, protocol.ProjectPart) }

// Name returns what a data set, or a project, is called.
func Name(d *desk.Desk, what string) string {
	if p := d.Library.Named(strings.TrimPrefix(what, protocol.ProjectPart)); p != nil {
		return p.Name
	}
	return SetName(what)
}

// Projects returns the user's projects that can be learned, as choices of data.
func Projects(d *desk.Desk) (all []widget.Option) {
	for _, p := range d.Library.List {
		if p.Why == "" {
			all = append(all, widget.Option{Value: protocol.ProjectData(p.ID), Label: p.Name})
		}
	}
	return all
}

// SetName returns what a data set is called.
func SetName(what string) string {
	if name := words.Sets.Names[what]; name != "" {
		return name
	}
	return what
}

// Enough returns how many pictures of a set are enough: all of one whose files come one by one, and
// any of one that is a single file, which may be a part that was opened.
func (s Set) Enough(d *desk.Desk) int {
	if len(s.Files) > 1 {
		return task.Pictures(s.Files)
	}
	return 1
}

// Bytes is how large what the server has of a set is.
func (s Set) Bytes(d *desk.Desk) float64 { return float64(d.Library.Served[s.What] * task.RecordSize) }

// Served reports whether the server has a set that is not here.
func (s Set) Served(d *desk.Desk) bool {
	return s.Files != nil && d.Library.Served[s.What] > 0 && d.Library.Has(s.What) < s.Enough(d)
}

// Starter reports whether what the server has of a set is a part of it, to begin with.
func (s Set) Starter(d *desk.Desk) bool { return d.Library.Served[s.What] < task.Pictures(s.Files) }

// Get returns the buttons that get a data set, or the rest of it, and work in any view: a download
// from the server, if it has it.
func Get(d *desk.Desk, what string) []widget.Node {
	var all []widget.Node
	busy := Busy(d)
	for _, s := range Sets {
		if s.What == what && s.Served(d) {
			label := fmt.Sprintf(words.Sets.Download[what], figure.Megabytes(s.Bytes(d)))
			if s.Starter(d) {
				label = fmt.Sprintf(words.Sets.Starter, figure.Count(d.Library.Served[what]), figure.Megabytes(s.Bytes(d)))
			}
			all = append(all, widget.Button{
				ID: "train-fetch-" + s.What, Label: label, Long: words.Sets.DownloadLong[what],
				Icon: "in-down", Disabled: busy, Do: func() { d.Library.Fetch(s.Files...) },
			})
		}
	}
	return all
}

// Busy returns why nothing can be fetched now, "" if it can.
func Busy(d *desk.Desk) string {
	switch s := d.Library.Stored; {
	case d.Library.Run.Active:
		return words.Sets.Running
	case s != nil && s.Coming != "":
		return fmt.Sprintf(words.Sets.Reading, s.Coming)
	}
	return ""
}
