package model

import "tenfold/nn/layer"

// stage is a part of a network's steps, and the memory of their outputs.
type stage struct {
	steps   []Step
	in      [][][]float32 // each step's inputs, scratch
	y       [][]float32   // each step's output
	weights [][][]float32
	buffers [][]float32
	place   []int // the buffer of each step
	first   int   // number of the first step; the step before it is the stage's input
	size    int   // of the output, for a picture
}

// newStage is for at most batch pictures. size is that of the input, for a picture.
func newStage(steps []Step, first, batch, size int) stage {
	s := stage{first: first, steps: steps, size: size, y: make([][]float32, len(steps))}
	var sizes []int
	s.place, sizes = place(steps, first)
	for _, n := range sizes {
		s.buffers = append(s.buffers, make([]float32, batch*n))
	}
	for _, step := range steps {
		s.size = step.Out.Size()
		s.in = append(s.in, make([][]float32, len(step.In)))
		s.weights = append(s.weights, data(step.Weights))
	}
	return s
}

// place gives each step a buffer for its output, if possible one whose last reader is
// done, and returns how large the buffers are, for a picture.
func place(steps []Step, first int) (buffer, sizes []int) {
	last := make([]int, len(steps)) // the last reader
	for i, s := range steps {
		for _, in := range s.In {
			if in >= first {
				last[in-first] = i
			}
		}
	}
	if len(steps) > 0 {
		last[len(steps)-1] = len(steps) // it is returned
	}
	buffer = make([]int, len(steps))
	var free []int // buffers
	for i, s := range steps {
		k := choose(free, sizes, s.Out.Size())
		if k < 0 {
			buffer[i], sizes = len(sizes), append(sizes, s.Out.Size())
		} else {
			buffer[i] = free[k]
			sizes[buffer[i]] = max(sizes[buffer[i]], s.Out.Size())
			free = append(free[:k], free[k+1:]...)
		}
		for j := range i {
			if last[j] == i {
				free = append(free, buffer[j])
			}
		}
	}
	return buffer, sizes
}

// choose returns which of the free buffers is the smallest of those that n elements fit
// into, otherwise the largest, or -1 if there is none.
func choose(free, sizes []int, n int) int {
	best := -1
	for k, b := range free {
		if best < 0 {
			best = k
			continue
		}
		now, was := sizes[b], sizes[free[best]]
		if now >= n && (was < n || now < was) || now < n && was < n && now > was {
			best = k
		}
	}
	return best
}

// forward runs the steps for n pictures and returns the last one's output, and its input.
// The next run overwrites both.
func (s *stage) forward(x []float32, n int) (y, before []float32) {
	y, before = x, x
	for i := range s.steps {
		step := &s.steps[i]
		for k, in := range step.In {
			if in < s.first {
				s.in[i][k] = x
			} else {
				s.in[i][k] = s.y[in-s.first]
			}
		}
		y, before = s.buffers[s.place[i]][:n*step.Out.Size()], s.in[i][0]
		s.y[i] = y
		step.Op.Forward(layer.Pass{Layer: step.Number}, y, s.in[i], s.weights[i])
	}
	return y, before
}
