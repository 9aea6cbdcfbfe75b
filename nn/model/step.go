package model

import (
	"slices"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// Step is one operation of the network for a given batch.
type Step struct {
	Number  int    // of the operation in the network, which random numbers are drawn from
	Node    int    // that it belongs to
	Name    string // of its node
	Op      layer.Op
	In      []int // its inputs: earlier steps, by their place in the list, or Input
	Out     task.Shape
	Weights []*Weight
	Softmax bool // the last one, whose input are the logits
}

// Steps builds the operations that lead from pictures to probabilities, for at
// most batch pictures, in an order in which they can be done.
func (m *Network) Steps(batch int) []Step {
	var steps []Step
	ends := make([]int, len(m.nodes)) // the step whose output is a node's
	for i, n := range m.nodes {
		ops, shapes, err := layer.Ops(n.Layer, batch, m.shapes(n)...)
		if err != nil {
			panic(err) // Add has accepted these layers
		}
		for k, op := range ops {
			s := Step{Number: len(steps), Node: i, Name: n.Name, Op: op, In: []int{len(steps) - 1}, Out: shapes[k]}
			if k == 0 {
				s.In, s.Weights = nil, n.Weights
				for _, in := range n.In {
					if in != Input {
						in = ends[in]
					}
					s.In = append(s.In, in)
				}
			}
			steps = append(steps, s)
		}
		ends[i] = len(steps) - 1
	}
	steps[len(steps)-1].Softmax = m.Ending() == "softmax"
	return steps
}

// Fuse joins a step with those behind it that its operation can do in passing, where each is
// the only reader of the output of the one before it. In training, batch normalisation, which looks
// at the whole batch, is not one of them.
func Fuse(steps []Step, training bool) []Step {
	readers := make([]int, len(steps))
	for _, s := range steps {
		for _, in := range s.In {
			if in != Input {
				readers[in]++
			}
		}
	}
	var joined []Step
	at := make([]int, len(steps)) // which of joined has a step's output
	for i, s := range steps {
		if in := s.In[0]; len(s.In) == 1 && in != Input && readers[in] == 1 && !s.Softmax {
			p := &joined[at[in]]
			if layer.Absorbs(p.Op, s.Op, training) {
				p.Out, p.Weights, at[i] = s.Out, slices.Concat(p.Weights, s.Weights), at[in]
				continue
			}
		}
		s.In = slices.Clone(s.In)
		for k, in := range s.In {
			if in != Input {
				s.In[k] = at[in]
			}
		}
		at[i] = len(joined)
		joined = append(joined, s)
	}
	return joined
}

// data returns the values of weights.
func data(weights []*Weight) [][]float32 {
	var all [][]float32
	for _, w := range weights {
		all = append(all, w.Data)
	}
	return all
}
