package part

import (
	"tenfold/nn/task"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/widget"
)

// Set is a data set as the page calls it.
type Set struct {
	What, Name string
	Files      []string // on the server; nil if it is never there
	Bytes      float64  // of those
}

// perFile is the size of one of CIFAR-10's files, in bytes.
const perFile = 30730000

// Sets lists the data sets; a new one adds a line.
var Sets = []Set{
	{task.TestSet, "Test set", task.TestFiles, perFile},
	{task.TrainSet, "Training set", task.TrainFiles, 5 * perFile},
	{task.Mine, "My pictures", nil, 0},
	{task.Doodles, "Doodles", nil, 0},
	{task.DoodlesTest, "Doodles, test", nil, 0},
}

// SetName is what a data set is called.
func SetName(what string) string {
	for _, s := range Sets {
		if s.What == what {
			return s.Name
		}
	}
	return what
}

// Get are the buttons that bring a data set, which work from wherever one is: a download from
// the server, if it has it, and a file.
func Get(d *desk.Desk, what string) []widget.Node {
	var all []widget.Node
	busy := Busy(d)
	for _, s := range Sets {
		if s.What == what && s.Files != nil && d.Library.Served && d.Library.Has(what) == 0 {
			all = append(all, widget.Button{
				ID: "train-fetch-" + s.What, Label: "Download " + lower(s.Name) + " (" + figure.Megabytes(s.Bytes) + ")", Long: "Download CIFAR-10's " + lower(s.Name) + " from this server",
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
		return "A run goes on: stop it first."
	case s != nil && s.Coming != "":
		return s.Coming + " is being read."
	}
	return ""
}

func lower(name string) string { return string(name[0]|0x20) + name[1:] }
