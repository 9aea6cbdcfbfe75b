package convert

import (
	"slices"

	"tenfold/nn/checkpoint"
	"tenfold/nn/keras"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// recipe returns the recipe with which a model is compiled; nil for none.
func (s *State) recipe() *task.Recipe {
	if s == nil {
		return nil
	}
	return &s.Recipe
}

// variable is an array of an optimiser's, as it is written for Keras.
type variable struct {
	name   string // after the optimiser's and a slash
	shape  []int
	values []float32
}

// variables returns what Keras' optimiser has after its steps and its rate, in
// its order: the average of each weight if there are any, and then what is
// remembered of each weight, zeros where it has never learned. It returns nil
// if there is no state, or one for which Keras has no place. Sources: build of
// https://github.com/keras-team/keras/blob/v3.8.0/keras/src/optimizers/base_optimizer.py and of the classes beside it.
func (s *State) variables(net *model.Network, layers []keras.Placed) []variable {
	if s == nil || s.Steps < 1 || s.Steps > mostSteps {
		return nil
	}
	slots, ok := remembered[s.Optimizer()]
	if !ok {
		return nil
	}
	var averages, all []variable
	found := false
	for _, p := range layers {
		for _, w := range net.Nodes()[p.Node].Weights {
			if w.NonTrainable {
				continue
			}
			path := p.Name + "_" + w.Name + "_"
			averages = append(averages, variable{path + average, w.Shape, w.Data})
			for _, slot := range slots {
				v := variable{path + slot.keras(), w.Shape, make([]float32, w.Shape.Size())}
				name := s.Optimizer() + "/" + slot.name + "/" + w.Path
				if i := slices.IndexFunc(s.Tensors, func(t checkpoint.Tensor) bool { return t.Name == name }); i >= 0 {
					if len(s.Tensors[i].Data) != len(v.values) {
						return nil // of another network
					}
					v.values, found = s.Tensors[i].Data, true
				}
				all = append(all, v)
			}
		}
	}
	if !found {
		return nil
	}
	if s.Recipe.Average == task.EMA {
		return append(averages, all...)
	}
	return all
}
