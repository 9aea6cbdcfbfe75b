package convert

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tenfold/nn/checkpoint"
	"tenfold/nn/hdf5"
	"tenfold/nn/keras"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// State is what an optimiser remembers of the steps that it has made, so that training can go on from
// it: see train.Run.Warm.
type State struct {
	Optimizer string              // by its name in package task
	Steps     int                 // that it has made
	Tensors   []checkpoint.Tensor // called as a training checkpoint calls them: adam/m/conv2d/kernel
}

// State is that of the optimiser with which the network has been trained; nil where the file has none,
// or one that cannot be told for certain.
func (o *Opened) State() *State {
	switch {
	case isHDF5(o.file):
		return stateOfHDF5(o.file)
	case isKeras(o.file):
		return stateOfKeras(o.file)
	}
	return nil
}

// slot is something that an optimiser remembers of each weight: its name in package train, and those
// that Keras has given it over the years.
type slot struct {
	name   string
	theirs []string
}

// remembered is what Keras' optimisers remember, in the order in which Keras 3 has it of each weight.
// Sources: build of the classes in https://github.com/keras-team/keras/tree/v3.8.0/keras/src/optimizers,
// https://github.com/keras-team/keras/tree/v2.15.0/keras/optimizers and its folder legacy.
var remembered = map[string][]slot{
	task.Adam:    {{"m", []string{"m", "momentum"}}, {"v", []string{"v", "velocity"}}},
	task.AdamW:   {{"m", []string{"m", "momentum"}}, {"v", []string{"v", "velocity"}}},
	task.Adamax:  {{"m", []string{"m", "momentum"}}, {"u", []string{"u", "v", "norm"}}},
	task.SGD:     {{"velocity", []string{"m", "momentum"}}},
	task.RMSprop: {{"velocity", []string{"rms", "velocity"}}},
}

// kept is an array of an optimiser's.
type kept struct {
	name string
	*hdf5.Object
}

// stateOfHDF5 is that in a whole model's HDF5 file; nil if there is none.
func stateOfHDF5(b []byte) *State {
	f, err := hdf5.Read(b)
	if err != nil {
		return nil
	}
	g := f.Root.Find("optimizer_weights")
	if g == nil {
		return nil
	}
	net, placed, err := keras.Config([]byte(strings.Join(f.Root.Strings("model_config"), "")))
	if err != nil {
		return nil
	}
	var training struct {
		Optimizer struct {
			Class string `json:"class_name"`
		} `json:"optimizer_config"`
	}
	if json.Unmarshal([]byte(strings.Join(f.Root.Strings("training_config"), "")), &training) != nil {
		return nil
	}
	var all []kept
	for _, name := range g.Strings("weight_names") {
		o := g.Find(name)
		if o == nil || o.Dataset == nil {
			return nil
		}
		all = append(all, kept{strings.TrimSuffix(name, ":0"), o})
	}
	return state(net, placed, training.Optimizer.Class, all)
}

// stateOfKeras is that in a .keras file, where an optimiser's arrays are numbered: the steps, the
// rate, and then what it remembers of each weight; nil if there is none.
func stateOfKeras(b []byte) *State {
	z, err := unzip(b)
	if err != nil {
		return nil
	}
	config := z.find("config.json")
	text, err := z.read(config, maxText)
	if err != nil {
		return nil
	}
	net, placed, err := keras.Config(text)
	if err != nil {
		return nil
	}
	var compiled struct {
		Config struct {
			Optimizer struct {
				Class string `json:"class_name"`
			} `json:"optimizer"`
		} `json:"compile_config"`
	}
	held := z.beside(config, "model.weights.h5")
	if json.Unmarshal(text, &compiled) != nil || held == nil {
		return nil
	}
	weights, err := z.read(held, maxPart)
	if err != nil {
		return nil
	}
	f, err := hdf5.Read(weights)
	if err != nil {
		return nil
	}
	g := f.Root.Find("optimizer/vars")
	slots := remembered[strings.ToLower(compiled.Config.Optimizer.Class)]
	if g == nil || len(slots) == 0 || len(g.Children) < 2 {
		return nil
	}
	var all []kept
	for i := range g.Children {
		o := g.Find(fmt.Sprint(i))
		if o == nil || o.Dataset == nil {
			return nil
		}
		name := []string{"iteration", "learning_rate"}[min(i, 1)]
		if i > 1 {
			name = slots[(i-2)%len(slots)].theirs[0]
		}
		all = append(all, kept{name, o})
	}
	return state(net, placed, compiled.Config.Optimizer.Class, all)
}

// state is that of an optimiser of Keras' class, whose arrays are all; nil if they are not exactly
// one of each slot for each weight that learns, in the order of the layers.
func state(net *model.Network, placed []keras.Placed, class string, all []kept) *State {
	s := &State{Optimizer: strings.ToLower(class[strings.LastIndexByte(class, '>')+1:])}
	slots, ok := remembered[s.Optimizer]
	if !ok {
		return nil
	}
	var learn []*model.Weight
	for _, p := range placed {
		if p.Node < 0 {
			continue
		}
		for _, w := range net.Nodes()[p.Node].Weights {
			if !w.NonTrainable {
				learn = append(learn, w)
			}
		}
	}
	of := make([][]kept, len(slots))
	for _, k := range all {
		if len(k.Shape) == 0 {
			if !counts(k, s) {
				return nil
			}
			continue
		}
		i := slices.IndexFunc(slots, func(s slot) bool { return s.names(k.name) })
		if i < 0 {
			return nil
		}
		of[i] = append(of[i], k)
	}
	if s.Steps < 1 {
		return nil
	}
	for i, slot := range slots {
		if len(of[i]) != len(learn) {
			return nil
		}
		for k, w := range learn {
			o := of[i][k]
			if !slices.Equal(o.Shape, []int(w.Shape)) {
				return nil
			}
			x, err := o.Read()
			if err != nil || sound("", x) != nil {
				return nil
			}
			s.Tensors = append(s.Tensors, checkpoint.Tensor{Name: s.Optimizer + "/" + slot.name + "/" + w.Path, Shape: []int{len(x)}, Data: x})
		}
	}
	return s
}

// names says whether an array's name is that of a slot: Adam/conv2d/kernel/m and training/…, before
// Keras 2.11, Adam/m/conv2d/kernel after that, and adam/conv2d_kernel_momentum in Keras 3.
func (s slot) names(name string) bool {
	parts := strings.Split(name, "/")
	last := parts[len(parts)-1]
	return slices.ContainsFunc(s.theirs, func(t string) bool {
		return last == t || len(parts) > 2 && parts[1] == t || strings.HasSuffix(last, "_"+t)
	})
}

// counts takes the number of steps, and says whether a single number is one that is known.
func counts(k kept, s *State) bool {
	last := k.name[strings.LastIndexByte(k.name, '/')+1:]
	switch last {
	case "iteration", "iterations", "iter":
		x, err := k.Read()
		const most = 1 << 24 // up to which float32 has all whole numbers
		if err != nil || len(x) != 1 || !(x[0] >= 0 && x[0] <= most) {
			return false
		}
		s.Steps = int(x[0])
		return true
	case "learning_rate", "current_learning_rate", "decay", "momentum", "beta_1", "beta_2", "rho":
		return true
	}
	return false
}
