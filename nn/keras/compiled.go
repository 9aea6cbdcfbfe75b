package keras

import (
	"encoding/json"
	"strings"

	"tenfold/nn/task"
)

// Compiled is a recipe with what a model's file says of how it is compiled: its optimiser with the rate
// and the schedule, and the smoothing of its labels. text is the compile_config of Keras 3 or the
// training_config of an HDF5 file. Without an optimiser that is read here, ok is false.
func Compiled(text []byte, base task.Recipe) (r task.Recipe, ok bool) {
	if bounded(text) != nil {
		return base, false
	}
	var c struct {
		Optimizer, Loss any
		Legacy          any `json:"optimizer_config"`
	}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	if d.Decode(&c) != nil {
		return base, false
	}
	if c.Legacy != nil {
		c.Optimizer = c.Legacy
	}
	o, ok := fromJSON(c.Optimizer).(*named)
	if !ok {
		return base, false
	}
	o.name = strings.ToLower(o.name[strings.LastIndexByte(o.name, '>')+1:]) // Custom>Adam
	read := &reader{recipe: base}
	read.begin()
	if read.optimizer(o, 0) != nil {
		return base, false
	}
	if l, ok := fromJSON(c.Loss).(*named); ok {
		if f, ok := real(l.args["label_smoothing"]); ok && f >= 0 && f < 1 {
			read.recipe.Smoothing = f
		}
	}
	read.perEpoch()
	return read.recipe, true
}
