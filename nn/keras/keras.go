// Package keras reads and writes networks and recipes as Keras code, and networks as Keras' JSON: see
// Config and Encode.
//
// What is read is Python's syntax, and of the program what builds and trains a network:
// layers, sequential and functional models, constants, loops over them, functions, compile and
// fit. It is not run: what depends on anything else, data above all, is not known, and a network
// or a recipe that needs it is an error.
package keras

import (
	"errors"
	"fmt"
	"strings"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Error is what cannot be read, at a line that counts from 1; 0 if there is none.
type Error struct {
	Line int
	Text string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Text
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Text)
}

func wrong(line int, format string, args ...any) error {
	return &Error{line, fmt.Sprintf(format, args...)}
}

// Note says which part of the code is left out.
type Note struct {
	Line int    `json:"line"`
	Text string `json:"text"`
}

// Source is what code says.
type Source struct {
	Network *model.Network // without values of its weights
	Lines   []int          // of the network's nodes: where each layer is made
	Recipe  task.Recipe    // what Read was given, and over it what the code says
	Trains  bool           // the code says something of how the network is trained
	HoldOut float64        // fit's validation_split; 0 if there is none
	Notes   []Note
}

// Layer reads one layer: a call of its class, "Conv2D(16, (3, 3), padding='same')". An error is an
// *Error.
func Layer(code string) (layer.Layer, error) {
	if len(code) > MaxCode {
		return nil, wrong(0, "%d bytes of code: want at most %d", len(code), MaxCode)
	}
	program, err := parse(code)
	if err != nil {
		return nil, err
	}
	if len(program) != 1 || program[0].verb != evaluate {
		return nil, wrong(0, "%q: want one layer", cut(code))
	}
	v, err := (&reader{}).value(program[0].value, &scope{vars: map[string]any{}})
	if e := new(Error); errors.As(err, &e) { // there are no lines that could define a name
		text, _, _ := strings.Cut(e.Text, " in the code: add a line")
		return nil, wrong(e.Line, "%s", text)
	}
	if err != nil {
		return nil, err
	}
	if m, ok := v.(*made); ok && len(m.layers) == 1 {
		return m.layers[0], nil
	}
	return nil, wrong(0, "%q: want one layer", cut(code))
}

// MaxCode is the most that is read, in bytes.
const MaxCode = 1 << 18

// Read reads code, or the code in a Jupyter notebook, whose pictures and classes are those of a task where it does not say otherwise, and
// whose recipe is base. A task without classes has none to say. An error is an *Error, or one of the
// model's.
func Read(code string, of task.Task, base task.Recipe) (*Source, error) {
	if cells, ok := notebook(code); ok {
		code = cells
	}
	if len(code) > MaxCode {
		return nil, wrong(0, "%d bytes of code: want at most %d", len(code), MaxCode)
	}
	program, err := parse(code)
	if err != nil {
		return nil, err
	}
	r := &reader{input: of.Input, classes: len(of.Classes), recipe: base, seed: -1}
	if err := r.program(program); err != nil {
		return nil, err
	}
	net, lines, err := r.network()
	if err != nil {
		return nil, err
	}
	r.ending(net.Ending())
	r.perEpoch()
	r.augment(net.Input[0])
	return &Source{net, lines, r.recipe, r.trains, r.holdOut, r.notes}, nil
}
