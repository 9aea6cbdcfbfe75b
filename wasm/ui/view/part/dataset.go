package part

import (
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Set is a data set as the page knows it.
type Set struct {
	What  string
	Files []string // on the server; nil if it is never there
	Bytes float64  // of those
}

// perFile is the size of one of CIFAR-10's files, in bytes.
const perFile = 30730000

// Sets lists the data sets; a new one adds a line, and its name in package words.
var Sets = []Set{
	{task.TestSet, task.TestFiles, perFile},
	{task.TrainSet, task.TrainFiles, 5 * perFile},
	{task.Mine, nil, 0},
	{task.Doodles, nil, 0},
	{task.DoodlesTest, nil, 0},
}

// Name is what a data set is called.
func (s Set) Name() string { return SetName(s.What) }

// SetName is what a data set is called.
func SetName(what string) string {
	if name := words.Sets.Names[what]; name != "" {
		return name
	}
	return what
}

// Enough is how many pictures of a set are enough: all of one whose files come one by one, and
// any of one that is a single file, which may be a part that was opened.
func (s Set) Enough(d *desk.Desk) int {
	if picture := d.Library.Task().Pixels() + 1; len(s.Files) > 1 && d.Library.Stored != nil {
		return int(s.Bytes) / picture
	}
	return 1
}

// Get are the buttons that bring a data set, or the rest of it, which work from wherever one is: a
// download from the server, if it has it.
func Get(d *desk.Desk, what string) []widget.Node {
	var all []widget.Node
	busy := Busy(d)
	for _, s := range Sets {
		if s.What == what && s.Files != nil && d.Library.Served && d.Library.Has(what) < s.Enough(d) {
			all = append(all, widget.Button{
				ID: "train-fetch-" + s.What, Label: fmt.Sprintf(words.Sets.Download[what], figure.Megabytes(s.Bytes)), Long: words.Sets.DownloadLong[what],
				Icon: "in-down", Disabled: busy, Do: func() { d.Library.Fetch(s.Files...) },
			})
		}
	}
	return all
}

// Busy is why nothing can be brought now, "" if it can.
func Busy(d *desk.Desk) string {
	switch s := d.Library.Stored; {
	case d.Library.Run.Active:
		return words.Sets.Running
	case s != nil && s.Coming != "":
		return fmt.Sprintf(words.Sets.Reading, s.Coming)
	}
	return ""
}
