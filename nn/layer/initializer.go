package layer

import (
	"fmt"
	"math"
	"math/rand/v2"

	"tenfold/nn/task"
)

// Initializer names how weights are first drawn.
type Initializer string

const (
	// GlorotUniform draws from ±sqrt(6/(fan_in+fan_out)). Source: Glorot and
	// Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html.
	GlorotUniform Initializer = "glorot_uniform"
	Zeros         Initializer = "zeros"
)

// initializers lists the ways; a new one adds a line here.
var initializers = map[Initializer]func(w []float32, shape task.Shape, rng *rand.Rand){
	GlorotUniform: glorotUniform,
	Zeros:         func(w []float32, _ task.Shape, _ *rand.Rand) { clear(w) },
}

// Init fills w, of the given shape, from rng.
func (i Initializer) Init(w []float32, shape task.Shape, rng *rand.Rand) error {
	f, ok := initializers[i]
	if !ok {
		return fmt.Errorf("layer: no initializer is called %q", i)
	}
	f(w, shape, rng)
	return nil
}

func (i Initializer) or(def Initializer) Initializer {
	if i == "" {
		return def
	}
	return i
}

func glorotUniform(w []float32, shape task.Shape, rng *rand.Rand) {
	in, out := fans(shape)
	limit := math.Sqrt(6 / float64(in+out))
	for i := range w {
		w[i] = float32((2*rng.Float64() - 1) * limit)
	}
}

// fans returns how many inputs an output has and how many outputs an input
// reaches, as Keras counts them: a window's area times the channels.
func fans(shape task.Shape) (in, out int) {
	switch n := len(shape); n {
	case 0:
		return 1, 1
	case 1:
		return shape[0], shape[0]
	default:
		area := shape[:n-2].Size()
		return area * shape[n-2], area * shape[n-1]
	}
}
