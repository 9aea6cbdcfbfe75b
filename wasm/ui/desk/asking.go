package desk

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/words"
)

// Asking is a network whose file does not say all of its task: the user is asked before it comes
// into use, with what has been guessed as the first answer.
type Asking struct {
	Name   string // of the file
	Unsaid task.Unsaid

	// The answers, as they are typed and chosen.
	Classes         string // one in each line
	Scaling         string // a name of task.Scalings, or standard
	Mean, Deviation string // of standard

	guess task.Task
	file  []byte // as safetensors
}

// standard is the scaling with numbers that the user types.
var standard = task.Standard(task.CIFARMean, task.CIFARDeviation)

func asking(name string, e protocol.Converted) *Asking {
	a := &Asking{
		Name: name, Unsaid: e.Unsaid, Classes: strings.Join(e.Task.Classes, "\n"), Scaling: standard.Name,
		Mean: figures(task.CIFARMean), Deviation: figures(task.CIFARDeviation), guess: e.Task, file: e.File,
	}
	if i := slices.IndexFunc(task.Scalings, func(s task.Scaling) bool { return s.Scale == e.Task.Scale && s.Shift == e.Task.Shift }); i >= 0 {
		a.Scaling = task.Scalings[i].Name
	}
	return a
}

func figures(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// Lines returns how many classes there are.
func (a *Asking) Lines() int { return len(a.guess.Classes) }

// Standard reports whether the scaling is the one that has a mean and a deviation.
func (a *Asking) Standard() bool { return a.Scaling == standard.Name }

// Names returns the classes as typed, or why they cannot be used.
func (a *Asking) Names() ([]string, error) {
	var names []string
	for line := range strings.SplitSeq(strings.TrimRight(a.Classes, " \r\n"), "\n") {
		names = append(names, strings.TrimSpace(line))
	}
	if len(names) != a.Lines() {
		return nil, fmt.Errorf(words.Asking.WantNames, len(names), a.Lines())
	}
	t := a.guess
	t.Classes = names
	return names, t.Check()
}

// number returns one as it is typed, with a decimal comma or a point.
func number(text string) (float64, error) {
	return strconv.ParseFloat(strings.Replace(strings.TrimSpace(text), ",", ".", 1), 64)
}

// MeanOf returns the mean as typed, or why it cannot be used.
func (a *Asking) MeanOf() (float64, error) {
	v, err := number(a.Mean)
	if err != nil || v-v != 0 {
		return 0, errors.New(words.Asking.WantMean)
	}
	return v, nil
}

// DeviationOf returns the deviation as typed, or why it cannot be used.
func (a *Asking) DeviationOf() (float64, error) {
	v, err := number(a.Deviation)
	if err != nil || v-v != 0 || v == 0 {
		return 0, errors.New(words.Asking.WantDeviation)
	}
	return v, nil
}

// Task returns what the user says, or why it cannot be used.
func (a *Asking) Task() (task.Task, error) {
	t := a.guess
	var err error
	if a.Unsaid.Classes {
		if t.Classes, err = a.Names(); err != nil {
			return t, err
		}
	}
	if a.Unsaid.Scaling {
		all := task.Scalings
		if a.Standard() {
			mean, wrongMean := a.MeanOf()
			deviation, wrongDeviation := a.DeviationOf()
			if err := errors.Join(wrongMean, wrongDeviation); err != nil {
				return t, err
			}
			all = []task.Scaling{task.Standard(mean, deviation)}
		}
		for _, s := range all {
			if s.Name == a.Scaling {
				t.Scale, t.Shift = s.Scale, s.Shift
			}
		}
	}
	return t, t.Check()
}

// Answer has the file that is asked about opened with what the user says.
func (d *Desk) Answer() error {
	a := d.Asking
	t, err := a.Task()
	if err != nil {
		return err
	}
	d.Say(fmt.Sprintf(words.Files.Opening, a.Name))
	id := d.Network.Serial()
	d.opening[id] = a.Name
	return d.Drafts.Ask(protocol.Convert{ID: id, Files: map[string][]byte{a.Name: a.file}, Task: &t})
}

// LeaveOut forgets the file that is asked about.
func (d *Desk) LeaveOut() {
	d.Say(fmt.Sprintf(words.Asking.Left, d.Asking.Name))
	d.Asking = nil
}
