package keras

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tenfold/nn/model"
)

// builder builds a network of configs.
type builder struct {
	f      *model.Functional
	placed []Placed
	inside []string // the models within the model that are being built
}

// model adds a model's layers.
func (b *builder) model(c config, g group, in ...int) (int, error) {
	if c.Class == "Sequential" {
		return b.sequential(g, in...)
	}
	return b.functional(g, in...)
}

// call adds a layer, with those that its activation stands for, or a model within the model.
func (b *builder) call(c config, in ...int) (int, error) {
	if len(b.placed) >= maxLayers {
		return 0, fmt.Errorf("keras: a model of more than %d layers: want at most that", maxLayers)
	}
	if c.isModel() {
		return b.within(c, in...)
	}
	if Idle(c.Class) && len(in) == 1 {
		b.placed = append(b.placed, Placed{c.name(), c.Class, -1, strings.Join(b.inside, "/")})
		return in[0], nil
	}
	layers, err := fromConfig(c)
	if err != nil {
		return 0, fmt.Errorf("keras: layer %.80q: %w", c.name(), err)
	}
	out := in[0]
	p := Placed{c.name(), c.Class, -1, strings.Join(b.inside, "/")}
	for i, l := range layers {
		out = b.f.Add(l, in...)
		if err := b.f.Err(); err != nil {
			return 0, fmt.Errorf("keras: layer %.80q: %w", c.name(), errors.Unwrap(err))
		}
		if i == 0 {
			p.Node = out
		}
		in = []int{out}
	}
	b.placed = append(b.placed, p)
	return out, nil
}

// within adds the layers of a model within the model.
func (b *builder) within(c config, in ...int) (int, error) {
	name := c.name()
	g, err := c.group()
	if err != nil {
		return 0, err
	}
	b.placed = append(b.placed, Placed{name, c.Class, -1, strings.Join(b.inside, "/")})
	b.inside = append(b.inside, name)
	defer func() { b.inside = b.inside[:len(b.inside)-1] }()
	at, err := b.model(c, g, in...)
	if err != nil {
		return 0, fmt.Errorf("keras: in the model %.80q within the model: %s", name, strings.TrimPrefix(err.Error(), "keras: "))
	}
	return at, nil
}

func (b *builder) sequential(g group, in ...int) (at int, err error) {
	if len(in) != 1 {
		return 0, fmt.Errorf("keras: a model called on %d inputs: want one", len(in))
	}
	at = in[0]
	for _, c := range g.Layers {
		if c.Class == "InputLayer" {
			continue
		}
		if at, err = b.call(c, at); err != nil {
			return 0, err
		}
	}
	return at, nil
}

func (b *builder) functional(g group, in ...int) (int, error) {
	at := map[string]int{} // the output of the layer of a name
	inputs, last := 0, ""
	for _, c := range g.Layers {
		if c.Class == "InputLayer" {
			if inputs++; inputs > 1 || len(in) != 1 {
				return 0, errors.New("keras: a model of several inputs: want one")
			}
			at[c.name()] = in[0]
			continue
		}
		names, err := inbound(c.Inbound)
		if err != nil {
			return 0, fmt.Errorf("keras: layer %.80q: %w", c.name(), err)
		}
		var from []int
		for _, n := range names {
			k, ok := at[n]
			if !ok {
				return 0, fmt.Errorf("keras: layer %.80q has the input %.80q, which is not before it", c.name(), n)
			}
			from = append(from, k)
		}
		if at[c.name()], err = b.call(c, from...); err != nil {
			return 0, err
		}
		last = c.name()
	}
	outputs := histories(g.Outputs, nil)
	switch {
	case len(outputs) == 0 && last != "":
		return at[last], nil
	case len(outputs) != 1 || len(b.inside) == 0 && outputs[0] != last:
		return 0, fmt.Errorf("keras: the model has %d outputs, or another than its last layer: want that", len(outputs))
	}
	out, ok := at[outputs[0]]
	if !ok {
		return 0, fmt.Errorf("keras: the model's output %.80q is not one of its layers", outputs[0])
	}
	return out, nil
}

// inbound returns the names of a layer's inputs: of Keras 2
// [[["conv2d", 0, 0, {}], …]], of Keras 3 [{"args": [{… "keras_history": ["conv2d", 0, 0]}]}].
func inbound(text json.RawMessage) ([]string, error) {
	var nodes []json.RawMessage
	if err := json.Unmarshal(text, &nodes); err != nil || len(nodes) != 1 {
		return nil, fmt.Errorf("it is called %d times: want once", len(nodes))
	}
	var names []string
	if nodes[0][0] == '{' {
		var n struct {
			Args json.RawMessage `json:"args"`
		}
		if err := json.Unmarshal(nodes[0], &n); err != nil {
			return nil, err
		}
		names = histories(n.Args, nil)
	} else {
		names = histories(nodes[0], nil)
	}
	if len(names) == 0 {
		return nil, errors.New("its inputs cannot be read")
	}
	return names, nil
}

// histories returns the names in lists of ["name", 0, 0, …] and in keras_history, in their order.
func histories(text json.RawMessage, names []string) []string {
	var list []json.RawMessage
	if json.Unmarshal(text, &list) == nil {
		var name string
		var at int
		if len(list) >= 3 && json.Unmarshal(list[0], &name) == nil && json.Unmarshal(list[1], &at) == nil {
			return append(names, name)
		}
		for _, item := range list {
			names = histories(item, names)
		}
		return names
	}
	var tensor struct {
		Config struct {
			History json.RawMessage `json:"keras_history"`
		} `json:"config"`
	}
	if json.Unmarshal(text, &tensor) == nil && tensor.Config.History != nil {
		return histories(tensor.Config.History, names)
	}
	return names
}
