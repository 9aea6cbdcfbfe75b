package convert

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/checkpoint"
	"tenfold/nn/hdf5"
	"tenfold/nn/keras"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// State is how a network is trained, and what the optimiser remembers of its
// steps, so that training can continue: see train.Run.Warm.
type State struct {
	Recipe  task.Recipe         // of another tool's file, its optimiser alone
	Steps   int                 // that it has made; 0 if there are no tensors
	Tensors []checkpoint.Tensor // named as in a training checkpoint: adam/m/conv2d/kernel
}

// With returns the state for training with a recipe: nothing of another
// optimiser is kept. s may be nil.
func (s *State) With(r task.Recipe) *State {
	with := &State{Recipe: r}
	if s != nil && s.Optimizer() == with.Optimizer() {
		with.Steps, with.Tensors = s.Steps, s.Tensors
	}
	return with
}

// Optimizer returns the optimiser's name in package task.
func (s *State) Optimizer() string { return cmp.Or(s.Recipe.Optimizer, task.Adamax) }

// State returns that of the optimiser with which the network was trained; nil
// if the file has none, or one that cannot be told for certain.
func (o *Opened) State() *State {
	switch {
	case isHDF5(o.file):
		return stateOfHDF5(o.file)
	case isKeras(o.file):
		return stateOfKeras(o.file)
	case isSafetensors(o.file):
		return stateOfRun(o.file)
	}
	return nil
}

// Recipe is that with which the network was trained, as far as the file says it: all of that of a run here,
// and of a compiled model of Keras' the optimiser, its rate and the loss, over base. ok is false where the
// file says none.
func (o *Opened) Recipe(base task.Recipe) (r task.Recipe, ok bool) {
	switch {
	case isHDF5(o.file):
		if f, err := hdf5.Read(o.file); err == nil {
			return keras.Compiled([]byte(strings.Join(f.Root.Strings("training_config"), "")), base)
		}
	case isKeras(o.file):
		if text := configOfKeras(o.file); text != nil {
			var compiled struct {
				Config json.RawMessage `json:"compile_config"`
			}
			if json.Unmarshal(text, &compiled) == nil {
				return keras.Compiled(compiled.Config, base)
			}
		}
	case isSafetensors(o.file):
		if f, err := checkpoint.Decode(o.file); err == nil {
			var run struct {
				Recipe *task.Recipe `json:"recipe"`
			}
			if json.Unmarshal([]byte(f.Metadata["training"]), &run) == nil && run.Recipe != nil && run.Recipe.Epochs > 0 {
				return *run.Recipe, true
			}
		}
	}
	return base, false
}

// configOfKeras is the config.json of a .keras file; nil if there is none.
func configOfKeras(b []byte) []byte {
	z, err := unzip(b)
	if err != nil {
		return nil
	}
	config := z.find("config.json")
	if config == nil {
		return nil
	}
	text, err := z.read(config, maxText)
	if err != nil {
		return nil
	}
	return text
}

// stateOfRun is that in a checkpoint of training here, which package train writes; nil if there is none.
func stateOfRun(b []byte) *State {
	f, err := checkpoint.Decode(b)
	if err != nil {
		return nil
	}
	var run struct {
		Recipe  task.Recipe  `json:"recipe"`
		History []task.Epoch `json:"history"`
		Running struct {
			Steps int `json:"steps"`
		} `json:"running"`
	}
	if json.Unmarshal([]byte(f.Metadata["training"]), &run) != nil || run.Running.Steps < 1 {
		return nil
	}
	s := &State{Recipe: run.Recipe, Steps: run.Running.Steps}
	if n := len(run.History); n > 0 { // where the schedule is
		s.Recipe.Rate = run.History[n-1].Rate
	}
	for _, t := range f.Tensors {
		if strings.HasPrefix(t.Name, s.Optimizer()+"/") {
			if model.Sound(t) != nil {
				return nil
			}
			s.Tensors = append(s.Tensors, t)
		}
	}
	if len(s.Tensors) == 0 {
		return nil
	}
	return s
}

// slot is something that an optimiser remembers of each weight: its name in package train, and those
// that Keras has given it over the years.
type slot struct {
	name   string
	theirs []string // Keras 3's last
}

// keras returns what Keras 3 calls it.
func (s slot) keras() string { return s.theirs[len(s.theirs)-1] }

// remembered is what Keras' optimisers remember, in the order in which Keras 3
// has it for each weight. Sources: build of the classes in
// https://github.com/keras-team/keras/tree/v3.8.0/keras/src/optimizers,
// https://github.com/keras-team/keras/tree/v2.15.0/keras/optimizers and its
// folder legacy.
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

// stateOfHDF5 returns that in a whole model's HDF5 file; nil if there is none.
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
		Optimizer optimizer `json:"optimizer_config"`
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
	return state(net, placed, training.Optimizer, all)
}

// stateOfKeras returns that in a .keras file, where an optimiser's arrays are
// numbered: the steps, the rate, and then what it remembers of each weight; nil
// if there is none.
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
			Optimizer optimizer `json:"optimizer"`
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
	o := compiled.Config.Optimizer
	slots := remembered[o.name()]
	if g == nil || len(slots) == 0 || len(g.Children) < 2 {
		return nil
	}
	averages := 0
	if o.Config.EMA { // one of each weight, before what is remembered
		averages = (len(g.Children) - 2) / (1 + len(slots))
	}
	var all []kept
	for i := range g.Children {
		array := g.Find(fmt.Sprint(i))
		if array == nil || array.Dataset == nil {
			return nil
		}
		name := []string{"iteration", "learning_rate"}[min(i, 1)]
		switch k := i - 2; {
		case k >= averages:
			name = slots[(k-averages)%len(slots)].theirs[0]
		case k >= 0:
			name = average
		}
		all = append(all, kept{name, array})
	}
	return state(net, placed, o, all)
}

// optimizer is one of Keras', as a compiled model has it.
type optimizer struct {
	Class  string `json:"class_name"`
	Config struct {
		Rate        json.RawMessage `json:"learning_rate"` // a number, or a schedule
		Momentum    float64         `json:"momentum"`
		Nesterov    bool            `json:"nesterov"`
		Decay       float64         `json:"weight_decay"`
		ClipNorm    float64         `json:"clipnorm"`
		GlobalNorm  float64         `json:"global_clipnorm"`
		ClipValue   float64         `json:"clipvalue"`
		EMA         bool            `json:"use_ema"`
		EMAMomentum float64         `json:"ema_momentum"`
	} `json:"config"`
}

// name returns the optimiser's name in package task.
func (o optimizer) name() string {
	return strings.ToLower(o.Class[strings.LastIndexByte(o.Class, '>')+1:])
}

// recipe returns what it says of a recipe.
func (o optimizer) recipe() task.Recipe {
	c := o.Config
	r := task.Recipe{
		Optimizer: o.name(), Momentum: c.Momentum, Nesterov: c.Nesterov, WeightDecay: c.Decay,
		ClipNorm: c.ClipNorm, GlobalClipNorm: c.GlobalNorm, ClipValue: c.ClipValue,
	}
	json.Unmarshal(c.Rate, &r.Rate) // of a schedule, 0
	if c.EMA {
		r.Average, r.AverageMomentum = task.EMA, c.EMAMomentum
	}
	return r
}

// average is what Keras calls the average of a weight that an optimiser keeps.
const average = "average"

// state returns that of an optimiser of Keras', whose arrays are all; nil if
// they are not exactly one of each slot for each weight that learns, in the
// order of the layers.
func state(net *model.Network, placed []keras.Placed, o optimizer, all []kept) *State {
	s := &State{Recipe: o.recipe()}
	slots, ok := remembered[o.name()]
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
	averages := 0
	for _, k := range all {
		if len(k.Shape) == 0 {
			if !counts(k, s) {
				return nil
			}
			continue
		}
		if k.name == average || strings.HasSuffix(k.name, "_"+average) { // the model has them as its weights
			averages++
			continue
		}
		i := slices.IndexFunc(slots, func(s slot) bool { return s.names(k.name) })
		if i < 0 {
			return nil
		}
		of[i] = append(of[i], k)
	}
	if s.Steps < 1 || averages > 0 && averages != len(learn) {
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
			s.Tensors = append(s.Tensors, checkpoint.Tensor{Name: s.Optimizer() + "/" + slot.name + "/" + w.Path, Shape: []int{len(x)}, Data: x})
		}
	}
	return s
}

// names reports whether an array's name is that of a slot: Adam/conv2d/kernel/m
// and training/…, before Keras 2.11, Adam/m/conv2d/kernel after that, and
// adam/conv2d_kernel_momentum in Keras 3.
func (s slot) names(name string) bool {
	parts := strings.Split(name, "/")
	last := parts[len(parts)-1]
	return slices.ContainsFunc(s.theirs, func(t string) bool {
		return last == t || len(parts) > 2 && parts[1] == t || strings.HasSuffix(last, "_"+t)
	})
}

// mostSteps is the number up to which float32 has all whole numbers.
const mostSteps = 1 << 24

// counts takes the number of steps, and reports whether a single number is a
// known one.
func counts(k kept, s *State) bool {
	last := k.name[strings.LastIndexByte(k.name, '/')+1:]
	switch last {
	case "iteration", "iterations", "iter":
		x, err := k.Read()
		if err != nil || len(x) != 1 || !(x[0] >= 0 && x[0] <= mostSteps) {
			return false
		}
		s.Steps = int(x[0])
		return true
	case "learning_rate", "current_learning_rate":
		x, err := k.Read()
		if err != nil || len(x) != 1 {
			return false
		}
		if x[0] > 0 && x[0]-x[0] == 0 {
			s.Recipe.Rate, _ = strconv.ParseFloat(strconv.FormatFloat(float64(x[0]), 'g', -1, 32), 64)
		}
		return true
	case "decay", "momentum", "beta_1", "beta_2", "rho":
		return true
	}
	return false
}
