package convert

import (
	"encoding/json"
	"fmt"
	"slices"

	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// about is what other tools' formats have no place for. It is written in
// addition to what they require, and the tools ignore it.
type about struct {
	Name        string    `json:"name"`
	Task        task.Task `json:"task"`
	Temperature float64   `json:"temperature,omitempty"`
	Doubt       float64   `json:"doubt,omitempty"`
}

// aboutName is what it is called there.
const aboutName = "tenfold"

// aboutOf encodes what there is to say about a network.
func aboutOf(net *model.Network) (string, error) {
	b, err := json.Marshal(about{net.Name, net.Task, net.Temperature, net.Doubt})
	if err != nil {
		return "", fmt.Errorf("convert: %w", err)
	}
	return string(b), nil
}

// told gives a network what its file says about it, and ignores what cannot be
// true.
func told(net *model.Network, text string) {
	var a about
	if json.Unmarshal([]byte(text), &a) != nil {
		return
	}
	const most = 200 // bytes of a name
	if a.Name != "" && len(a.Name) <= most {
		net.Name = a.Name
	}
	if a.Task.Check() != nil || !slices.Equal(a.Task.Input, net.Input) || len(a.Task.Classes) != net.Output().Size() {
		return
	}
	net.Task = a.Task
	if a.Temperature >= task.MinTemperature && a.Temperature <= task.MaxTemperature {
		net.Temperature = a.Temperature
	}
	if a.Doubt > 0 && a.Doubt < 1 {
		net.Doubt = a.Doubt
	}
}

// Guess completes the task of a network whose file does not say all of it, and says what is guessed:
// CIFAR-10's classes where there are ten and the pictures are its, or else numbered ones; the scaling that
// a first Rescaling is made for, and otherwise the tutorial's.
func Guess(net *model.Network) task.Unsaid {
	t := &net.Task
	u := task.Unsaid{Classes: len(t.Classes) == 0, Scaling: t.Scale == 0}
	if n := net.Output().Size(); !u.Classes {
	} else if n == len(cifar10.Task.Classes) && slices.Equal(net.Input, cifar10.Task.Input) {
		t.Classes = slices.Clone(cifar10.Task.Classes)
	} else if n <= task.MaxClasses {
		for i := range n {
			t.Classes = append(t.Classes, fmt.Sprintf("class %d", i+1))
		}
	}
	if u.Scaling {
		t.Scale, t.Shift = task.Scale, task.Shift
		if s, ok := net.Rescaled(); ok {
			t.Scale, t.Shift = s.Scale, s.Shift
		}
	}
	return u
}

// plausible returns an error if a network of another tool's file is larger than
// any real one, before memory is allocated for its layers' outputs.
func plausible(net *model.Network) error {
	text, err := net.Architecture()
	if err == nil {
		_, err = model.Designed(text)
	}
	return err
}
