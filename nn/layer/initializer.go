package layer

import (
	"fmt"
	"math"
	"math/rand/v2"

	"tenfold/nn/task"
)

// Initializer names how weights are first drawn, as Keras does. Constant makes one that has
// a number.
type Initializer string

const (
	// GlorotUniform draws from ±sqrt(6/(fan_in+fan_out)). Source: Glorot and
	// Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html.
	GlorotUniform Initializer = "glorot_uniform"
	// GlorotNormal has a variance of 2/(fan_in+fan_out).
	GlorotNormal Initializer = "glorot_normal"
	// HeUniform draws from ±sqrt(6/fan_in). Source: He et al. 2015,
	// https://arxiv.org/abs/1502.01852.
	HeUniform Initializer = "he_uniform"
	// HeNormal has a variance of 2/fan_in.
	HeNormal Initializer = "he_normal"
	// LecunNormal has a variance of 1/fan_in. Source: Klambauer et al. 2017,
	// https://arxiv.org/abs/1706.02515.
	LecunNormal Initializer = "lecun_normal"
	Zeros       Initializer = "zeros"
	Ones        Initializer = "ones"
	// Identity makes a layer's output its input: the middle of a convolution's window,
	// or the diagonal of a dense kernel, is 1 from each channel to the one of its number. If
	// there are more outputs than inputs, the others are drawn as by GlorotUniform, so that they
	// are not alike. Source: Zagoruyko and Komodakis 2017, https://arxiv.org/abs/1706.00388, and K.
	// Jordan 2024, https://arxiv.org/abs/2404.00498.
	Identity Initializer = "identity"
)

// constant begins the name of an initializer with a number, which stands in brackets.
const constant = "constant"

// Constant sets all weights to v.
func Constant(v float32) Initializer { return Initializer(fmt.Sprintf("%s(%g)", constant, v)) }

// initializers lists the ways; a new one adds a line here.
var initializers = map[Initializer]func(w []float32, shape task.Shape, rng *rand.Rand){
	GlorotUniform: glorotUniform,
	GlorotNormal:  normally(func(in, out int) float64 { return 2 / float64(in+out) }),
	HeUniform:     heUniform,
	HeNormal:      normally(func(in, _ int) float64 { return 2 / float64(in) }),
	LecunNormal:   normally(func(in, _ int) float64 { return 1 / float64(in) }),
	Zeros:         func(w []float32, _ task.Shape, _ *rand.Rand) { clear(w) },
	Ones:          func(w []float32, _ task.Shape, _ *rand.Rand) { fill(w, 1) },
	Identity:      identity,
}

// Init fills w, of the given shape, from rng.
func (i Initializer) Init(w []float32, shape task.Shape, rng *rand.Rand) error {
	if f, ok := initializers[i]; ok {
		f(w, shape, rng)
		return nil
	}
	var v float32
	if n, err := fmt.Sscanf(string(i), constant+"(%g)", &v); n != 1 || err != nil || Constant(v) != i {
		return fmt.Errorf("layer: no initializer is called %q", i)
	}
	fill(w, v)
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

func heUniform(w []float32, shape task.Shape, rng *rand.Rand) {
	in, _ := fans(shape)
	limit := math.Sqrt(6 / float64(in))
	for i := range w {
		w[i] = float32((2*rng.Float64() - 1) * limit)
	}
}

// normally draws from a normal distribution, drawing again what lies more than two
// standard deviations away, widened so that what is left has the variance:
// Keras' VarianceScaling with its truncated_normal.
func normally(variance func(in, out int) float64) func(w []float32, shape task.Shape, rng *rand.Rand) {
	const left = 0.87962566103423978 // standard deviation of the normal distribution cut at ±2
	return func(w []float32, shape task.Shape, rng *rand.Rand) {
		deviation := math.Sqrt(variance(fans(shape))) / left
		for i := range w {
			v := rng.NormFloat64()
			for math.Abs(v) > 2 {
				v = rng.NormFloat64()
			}
			w[i] = float32(v * deviation)
		}
	}
}

func identity(w []float32, shape task.Shape, rng *rand.Rand) {
	n := len(shape)
	if n < 2 {
		fill(w, 1)
		return
	}
	glorotUniform(w, shape, rng)
	in, out := shape[n-2], shape[n-1]
	middle, step := 0, in*out // the place in the window
	for k := n - 3; k >= 0; k-- {
		middle += (shape[k] - 1) / 2 * step
		step *= shape[k]
	}
	for i := range w {
		if i%out < in { // the outputs that have an input of their number
			w[i] = 0
		}
	}
	for c := range min(in, out) {
		w[middle+c*out+c] = 1
	}
}

func fill(w []float32, v float32) {
	for i := range w {
		w[i] = v
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
