package train

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tenfold/nn/checkpoint"
)

// State returns what a resumed run needs in addition to the number of steps. The tensors share
// the optimiser's memory.
func (o *Optimizer) State() []checkpoint.Tensor {
	var all []checkpoint.Tensor
	for _, name := range slices.Sorted(maps.Keys(o.slots)) {
		slots := o.rule.slots
		if len(o.slots[name]) != len(slots) {
			slots = o.convolutions.slots
		}
		for k, s := range o.slots[name] {
			all = append(all, checkpoint.Tensor{Name: o.tensor(slots[k]) + name, Shape: []int{len(s)}, Data: s})
		}
	}
	return all
}

// tensor returns what the names of a slot's tensors start with.
func (o *Optimizer) tensor(slot string) string { return o.name + "/" + slot + "/" }

// Restore takes the state of an optimiser that made the given number of steps.
func (o *Optimizer) Restore(f *checkpoint.File, steps int) error {
	restored := map[string][][]float32{}
	all := [][]string{o.rule.slots}
	if o.convolutions != nil {
		all = append(all, o.convolutions.slots)
	}
	for _, slots := range all {
		for _, t := range f.Tensors {
			name, ok := strings.CutPrefix(t.Name, o.tensor(slots[0]))
			if !ok {
				continue
			}
			s, err := o.restored(f, name, slots)
			if err != nil {
				return fmt.Errorf("train: %s: %w", o.name, err)
			}
			restored[name] = s
		}
	}
	if steps > 0 && len(restored) == 0 {
		return fmt.Errorf("train: the file holds no state of %s", o.name)
	}
	o.slots, o.steps = restored, steps
	return nil
}

// restored reads the slots of a weight.
func (o *Optimizer) restored(f *checkpoint.File, name string, slots []string) ([][]float32, error) {
	var all [][]float32
	w, err := f.Tensor(name)
	if err != nil {
		return nil, err
	}
	for _, slot := range slots {
		s, err := f.Tensor(o.tensor(slot) + name)
		if err != nil {
			return nil, err
		}
		if len(s.Data) != len(w.Data) {
			return nil, fmt.Errorf("%s has %d weights but %s of %d", name, len(w.Data), slot, len(s.Data))
		}
		all = append(all, s.Data)
	}
	return all, nil
}
