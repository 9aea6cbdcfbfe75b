package model

import (
	"errors"
	"fmt"
	"slices"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// Head returns the number of the last dense layer, which has one output for each class and behind
// which nothing has weights. What it takes in are the features by which the network tells classes
// apart.
func (m *Network) Head() (int, error) {
	for i := len(m.nodes) - 1; i >= 0; i-- {
		n := m.nodes[i]
		if d, ok := n.Layer.(layer.Dense); ok {
			if d.Units != m.Output().Size() || n.In[0] == Input {
				break
			}
			return i, nil
		}
		if len(n.Weights) > 0 {
			return 0, fmt.Errorf("model: %s, which has weights, stands behind the last dense layer", n.Name)
		}
	}
	return 0, errors.New("model: it does not end in a dense layer with an output for each class")
}

// Trunk returns the network up to its head: its output is the features. It shares the weights.
func (m *Network) Trunk() (*Network, error) {
	head, err := m.Head()
	if err != nil {
		return nil, err
	}
	f := NewFunctional(m.Input)
	last := m.nodes[head].In[0]
	for _, n := range m.nodes[:last+1] {
		f.Add(n.Layer, n.In...)
	}
	t, err := f.Empty()
	if err != nil {
		return nil, err
	}
	t.Name, t.Task = m.Name, m.Task
	for i := range t.nodes {
		t.nodes[i].Weights = m.nodes[i].Weights
	}
	return t, nil
}

// Graft returns a copy of the network whose head tells the classes of a task apart; its weights are 0.
// The task's pictures must be the network's; how they are scaled stays as it is.
func (m *Network) Graft(of task.Task) (*Network, error) {
	head, err := m.Head()
	if err != nil {
		return nil, err
	}
	if !slices.Equal(of.Input, m.Input) {
		return nil, fmt.Errorf("model: its input is %v, and the pictures are %v", m.Input, of.Input)
	}
	f := NewFunctional(m.Input)
	for i, n := range m.nodes {
		l := n.Layer
		if i == head {
			d := l.(layer.Dense)
			d.Units = len(of.Classes)
			l = d
		}
		f.Add(l, n.In...)
	}
	g, err := f.Network()
	if err != nil {
		return nil, err
	}
	g.Name, g.Task = m.Name, m.Task
	g.Task.Classes = slices.Clone(of.Classes)
	for i, n := range g.nodes {
		if i == head {
			continue
		}
		for k, w := range n.Weights {
			copy(w.Data, m.nodes[i].Weights[k].Data)
		}
	}
	return g, g.Classifies()
}
