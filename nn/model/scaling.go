package model

import (
	"math"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// Rescaled is how bytes become the numbers that the network is made for, where it begins with a
// Rescaling: as they are before one of 1/255 or 1/127.5, from 0 to 1 before one of 2 and -1. ok is false
// where it begins with anything else, takes in the pictures elsewhere too, or its scale does not tell.
func (m *Network) Rescaled() (scaling task.Scaling, ok bool) {
	pictures := map[int]bool{Input: true} // what puts them out as they are
	for i, n := range m.nodes {
		for _, in := range n.In {
			if !pictures[in] {
				continue
			}
			switch r, is := n.Layer.(layer.Rescaling); {
			case is:
				s, known := wants(r)
				if !known || ok && s != scaling {
					return task.Scaling{}, false
				}
				scaling, ok = s, true
			case arranges(n.Layer):
				pictures[i] = true
			default:
				return task.Scaling{}, false
			}
		}
	}
	return scaling, ok
}

// arranges says whether a layer puts out the numbers that it takes in, in classification.
func arranges(l layer.Layer) bool {
	switch l.(type) {
	case layer.Flatten, layer.Reshape, layer.Dropout, layer.SpatialDropout2D, layer.GaussianNoise:
		return true
	}
	return false
}

// wants is the usual scaling that a first Rescaling is made for: of those with which it puts out
// numbers of the size that layers want, the one whose numbers lie most evenly around 0.
func wants(r layer.Rescaling) (best task.Scaling, ok bool) {
	const largest = 16.0 // what comes of a deviation of a sixteenth
	if math.Abs(r.Scale)*255 <= largest && r.Scale != 0 {
		return usual("bytes"), true
	}
	least := math.Inf(1)
	for _, name := range []string{"centred", "unit", "signed"} {
		s := usual(name)
		grey := math.Abs((127.5*s.Scale+s.Shift)*r.Scale + r.Offset)
		if size := math.Abs(255 * s.Scale * r.Scale); size <= largest && grey < least-1e-9 {
			best, least = s, grey
		}
	}
	return best, !math.IsInf(least, 1)
}

// usual is one of task.Scalings.
func usual(name string) task.Scaling {
	for _, s := range task.Scalings {
		if s.Name == name {
			return s
		}
	}
	panic("model: no scaling is called " + name)
}
