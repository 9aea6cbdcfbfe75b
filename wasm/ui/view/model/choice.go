package model

import (
	"slices"

	"tenfold/nn/task"
	"tenfold/wasm/ui/part"
)

// layers describe the network in use.
func (v *View) layers() []task.Layer {
	if m := v.desk.Network.Loaded; m != nil {
		return m.Layers
	}
	return nil
}

func (v *View) moment() moment { return moment{v.desk.Subject.Changes, v.desk.Network.Models} }

// chosen returns the layer and one of its maps or units, which the network in use has.
func (v *View) chosen() (layer, channel int) {
	all := v.layers()
	if len(all) == 0 {
		return 0, 0
	}
	layer = min(max(v.layer, 0), len(all)-1)
	return layer, min(max(v.channel, 0), channels(all[layer])-1)
}

// current returns the chosen layer; the zero value if there is none.
func (v *View) current() task.Layer {
	all := v.layers()
	if len(all) == 0 {
		return task.Layer{}
	}
	l, _ := v.chosen()
	return all[l]
}

// channels returns how many maps or units a layer's output has.
func channels(l task.Layer) int {
	if len(l.Output) == 0 {
		return 1
	}
	return max(l.Output[len(l.Output)-1], 1)
}

// pictures reports whether a layer's output is maps.
func pictures(l task.Layer) bool { return len(l.Output) == 3 }

// spot returns the place whose number is taken apart; the middle, if none was chosen.
func (v *View) spot() [2]int {
	l := v.current()
	if !pictures(l) {
		return [2]int{}
	}
	at := v.place
	for i := range at {
		if n := l.Output[i]; at[i] < 0 {
			at[i] = n / 2
		} else {
			at[i] = min(at[i], n-1)
		}
	}
	return at
}

// thePicture stands for the picture among a layer's input.
const thePicture = -1

// inputs returns the earlier layers whose outputs are a layer's inputs, or thePicture.
func (v *View) inputs(layer int) []int {
	var in []int
	if all := v.layers(); layer >= 0 && layer < len(all) {
		for _, k := range all[layer].In {
			if k >= thePicture && k < layer {
				in = append(in, k)
			}
		}
	}
	if in == nil {
		return []int{layer - 1}
	}
	return in
}

// inputOf returns one of the layers that are a layer's inputs, or thePicture.
func (v *View) inputOf(layer, k int) int {
	in := v.inputs(layer)
	return in[min(max(k, 0), len(in)-1)]
}

// readers returns the later layers that take a layer in.
func (v *View) readers(layer int) (all []int) {
	for i := layer + 1; i < len(v.layers()); i++ {
		if slices.Contains(v.inputs(i), layer) {
			all = append(all, i)
		}
	}
	return all
}

// row reports whether each layer's only input is the one before.
func (v *View) row() bool {
	for i := range v.layers() {
		if in := v.inputs(i); len(in) != 1 || in[0] != i-1 {
			return false
		}
	}
	return true
}

// output returns the shape of a layer's output, or of the picture.
func (v *View) output(layer int) task.Shape {
	if all := v.layers(); layer >= 0 && layer < len(all) {
		return all[layer].Output
	}
	return v.desk.Network.Task().Input
}

// takes returns the shape of a layer's input, the first of it.
func (v *View) takes(layer int) task.Shape { return v.output(v.inputOf(layer, 0)) }

// explained returns the class whose reasons are shown; -1 while none is known.
func (v *View) explained() int {
	probs := v.desk.Network.Probs
	switch {
	case v.class >= 0 && v.class < len(v.desk.Network.Task().Classes):
		return v.class
	case len(probs) == 0:
		return -1
	}
	return part.Order(probs)[0]
}

// choose goes to a layer and one of its maps or units.
func (v *View) choose(layer, channel int) {
	if layer != v.layer {
		v.place = [2]int{-1, -1}
		v.reveal(layer)
	}
	v.layer, v.channel = layer, channel
	v.input, v.climbed = 0, nil
	v.stop()
}

// reveal scrolls the network and the table so that a layer can be seen.
func (v *View) reveal(layer int) {
	in := func(offset *float64, top, step, room float64) {
		switch {
		case top < *offset+step:
			*offset = max(top-step, 0)
		case top > *offset+room-2*step:
			*offset = top - room + 2*step
		}
	}
	row := rowHeights(len(v.layers()) + 2).row
	in(&v.network, row*float64(layer+1), row, networkSeen)
	in(&v.table, tableStep*float64(layer), tableStep, tableHeight)
}

// step goes to the number next to the one that is taken apart.
func (v *View) step(dy, dx int) {
	l := v.current()
	if !pictures(l) {
		return
	}
	at := v.spot()
	v.place = [2]int{min(max(at[0]+dy, 0), l.Output[0]-1), min(max(at[1]+dx, 0), l.Output[1]-1)}
}

// pick takes the place at shares of the enlarged map.
func (v *View) pick(x, y float64) {
	if l := v.current(); pictures(l) {
		v.place = [2]int{min(max(int(y*float64(l.Output[0])), 0), l.Output[0]-1), min(max(int(x*float64(l.Output[1])), 0), l.Output[1]-1)}
	}
}

// generate has a picture made that the chosen map or unit responds to most.
func (v *View) generate() {
	v.climbed = nil
	v.climbs = v.wish()
}

// search looks for the test pictures that it responds to most.
func (v *View) search() {
	v.measuring.Done, v.measuring.Total = 0, 0
	v.nines = v.wish()
}

func (v *View) wish() wish {
	v.wishes++
	l, c := v.chosen()
	return wish{v.wishes, v.desk.Network.Models, l, c}
}

// stop ends what takes a while. The picture that was made so far stays.
func (v *View) stop() {
	for _, id := range []uint64{v.climb.ID(), v.nine.ID()} {
		if id != 0 {
			v.cancels = append(v.cancels, id)
		}
	}
	v.climbs, v.nines = wish{}, wish{}
	v.climb.Forget()
	v.nine.Forget()
}
