package layer

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"tenfold/nn/internal/numeric"
	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// instance is a layer with inputs that it fits.
type instance struct {
	Layer
	in []task.Shape
}

// of1 returns one input of a shape.
func of1(shape ...int) []task.Shape { return []task.Shape{shape} }

// instances are settings of every class of layer, with sizes that differ from
// each other, because coincidences hide mistakes.
func instances() []instance {
	k := func(a, b int) [2]int { return [2]int{a, b} }
	return []instance{
		{Conv2D{Filters: 3, KernelSize: k(3, 3), Padding: Same}, of1(5, 7, 2)},
		{Conv2D{Filters: 5, KernelSize: k(3, 2), Padding: Valid}, of1(6, 5, 3)},
		{Conv2D{Filters: 4, KernelSize: k(3, 3), Strides: k(2, 2), Padding: Same}, of1(8, 7, 3)},
		{Conv2D{Filters: 2, KernelSize: k(2, 3), Strides: k(3, 2)}, of1(8, 9, 1)},
		{Conv2D{Filters: 3, KernelSize: k(3, 3), Dilation: k(2, 2), Padding: Same}, of1(7, 6, 2)},
		{Conv2D{Filters: 2, KernelSize: k(2, 2), Dilation: k(1, 3)}, of1(4, 8, 3)},
		{Conv2D{Filters: 17, KernelSize: k(1, 1), NoBias: true}, of1(3, 4, 9)},
		{Conv2D{Filters: 3, KernelSize: k(3, 3), Padding: Same, Activation: "tanh"}, of1(4, 5, 2)},
		{Conv2D{Filters: 32, KernelSize: k(3, 3), Padding: Same}, of1(8, 12, 16)},
		{Conv2D{Filters: 16, KernelSize: k(3, 3)}, of1(6, 10, 32)}, // forward by transforms, back directly
		{MaxPool2D{}, of1(6, 4, 3)},
		{MaxPool2D{}, of1(5, 7, 32)},
		{MaxPool2D{}, of1(6, 4, 32)},
		{MaxPool2D{PoolSize: k(3, 2), Strides: k(2, 1), Padding: Same}, of1(5, 7, 2)},
		{Flatten{}, of1(3, 4, 2)},
		{Dense{Units: 7}, of1(11)},
		{Dense{Units: 67, NoBias: true}, of1(5)},
		{Dense{Units: 3, Activation: "sigmoid"}, of1(300)},
		{Activation{"linear"}, of1(3, 2, 2)},
		{Activation{"relu"}, of1(5, 3, 2)},
		{Activation{"tanh"}, of1(7)},
		{Activation{"sigmoid"}, of1(7)},
		{Activation{"softmax"}, of1(6)},
		{Activation{"relu"}, of1(4, 7, 5)},
		{LeakyReLU{0.1}, of1(4, 3, 2)},
		{LeakyReLU{0.2}, of1(5, 7, 5)},
		{Dropout{Rate: 0.4, Seed: 9}, of1(5, 3, 2)},
		{Activation{"gelu"}, of1(5, 3)},
		{Activation{"silu"}, of1(4, 2, 3)},
		{Activation{"elu"}, of1(7)},
		{Activation{"hard_swish"}, of1(3, 5)},
		{Activation{"softplus"}, of1(11)},
		{Conv2D{Filters: 4, KernelSize: k(1, 3), Activation: "gelu", KernelInitializer: HeNormal}, of1(3, 6, 5)},
		{Add{}, []task.Shape{{3, 5, 2}, {3, 5, 2}, {3, 5, 2}}},
		{Add{}, []task.Shape{{3, 5, 2}, {1, 5, 1}}},
		{Multiply{}, []task.Shape{{7, 3}, {7, 3}}},
		{Multiply{}, []task.Shape{{1, 1, 5}, {3, 2, 5}, {3, 2, 1}}},
		{Concatenate{}, []task.Shape{{3, 5, 2}, {3, 5, 7}, {3, 5, 1}}},
		{Concatenate{Axis: 1}, []task.Shape{{3, 2, 5}, {1, 2, 5}}},
		{BatchNormalization{}, of1(5, 3, 7)},
		{BatchNormalization{}, of1(3, 5, 32)},
		{BatchNormalization{Momentum: 0.6, Epsilon: 0.1, NoCenter: true}, of1(11)},
		{BatchNormalization{NoScale: true}, of1(3, 1, 16)},
		{BatchNormalization{NoScale: true, NoCenter: true}, of1(2, 3, 1)},
		{LayerNormalization{}, of1(3, 2, 7)},
		{LayerNormalization{Epsilon: 0.5, NoCenter: true}, of1(11)},
		{LayerNormalization{NoScale: true}, of1(5, 3)},
		{DepthwiseConv2D{KernelSize: k(3, 2), Padding: Same}, of1(5, 7, 3)},
		{DepthwiseConv2D{KernelSize: k(3, 3), Padding: Same}, of1(5, 3, 32)},
		{DepthwiseConv2D{KernelSize: k(2, 3), Strides: k(2, 3), DepthMultiplier: 3, NoBias: true}, of1(7, 8, 2)},
		{DepthwiseConv2D{KernelSize: k(3, 2), Dilation: k(2, 1), Activation: "tanh"}, of1(6, 5, 1)},
		{SeparableConv2D{Filters: 5, KernelSize: k(3, 3), Padding: Same}, of1(4, 7, 3)},
		{SeparableConv2D{Filters: 3, KernelSize: k(2, 3), Strides: k(2, 2), DepthMultiplier: 2, NoBias: true, Activation: "silu"}, of1(6, 5, 2)},
		{AveragePooling2D{}, of1(6, 5, 3)},
		{AveragePooling2D{PoolSize: k(3, 2), Strides: k(2, 1), Padding: Same}, of1(5, 7, 2)},
		{GlobalAveragePooling2D{}, of1(5, 3, 7)},
		{GlobalAveragePooling2D{KeepDims: true}, of1(1, 3, 16)},
		{GlobalMaxPooling2D{}, of1(5, 3, 2)},
		{GlobalMaxPooling2D{KeepDims: true}, of1(3, 4, 32)},
		{ZeroPadding2D{}, of1(3, 5, 2)},
		{ZeroPadding2D{Padding: [2][2]int{{0, 2}, {3, 1}}}, of1(2, 1, 3)},
		{Reshape{TargetShape: []int{5, 2, 3}}, of1(3, 5, 2)},
		{Reshape{TargetShape: []int{-1}}, of1(3, 5, 2)},
		{Reshape{TargetShape: []int{2, -1, 4}}, of1(24)},
		{Rescaling{Scale: 2.5, Offset: -1}, of1(3, 5, 2)},
		{ReLU{}, of1(3, 5, 2)},
		{ReLU{MaxValue: 1.46, NegativeSlope: 0.25, Threshold: 0.5}, of1(7, 3)},
		{PReLU{}, of1(3, 5)},
		{PReLU{SharedAxes: []int{1, 2}, AlphaInitializer: Constant(0.25)}, of1(5, 3, 7)},
		{ELU{}, of1(5, 3)},
		{ELU{Alpha: 0.5}, of1(7)},
		{SpatialDropout2D{Rate: 0.4, Seed: 9}, of1(5, 3, 7)},
		{GaussianNoise{Stddev: 0.5, Seed: 3}, of1(5, 3, 1)},
	}
}

// TestEveryClassIsTested checks that each layer and each activation has its gradients compared
// with finite differences, and its values with Keras' formula.
func TestEveryClassIsTested(t *testing.T) {
	var derived, computed []Layer
	for _, l := range instances() {
		derived = append(derived, l.Layer)
	}
	for _, f := range formulas() {
		computed = append(computed, f.Layer)
	}
	for list, layers := range map[string][]Layer{"instances()": derived, "formulas()": computed} {
		tested := map[string]bool{}
		for _, l := range layers {
			if s, ok := l.(still); ok {
				l = s.BatchNormalization
			}
			name, _ := Class(l)
			tested[name] = true
			if a, ok := l.(Activation); ok {
				tested[a.Function] = true
			}
		}
		for _, c := range classes {
			if !tested[c.name] {
				t.Errorf("%s is in the table of layers but not in %s", c.name, list)
			}
		}
		for _, name := range Functions() {
			if !tested[name] {
				t.Errorf("%s is in the table of activations but not in %s", name, list)
			}
		}
	}
}

// chain is a layer's operations with random weights.
type chain struct {
	ops     []Op
	outs    []task.Shape
	weights [][]float32 // of the first operation
	in      []task.Shape
	n       int
}

func newChain(t *testing.T, l instance, n int, rng *rand.Rand) *chain {
	t.Helper()
	ops, outs, err := Ops(l.Layer, n+1, l.in...) // one more than is used: smaller batches must work
	if err != nil {
		t.Fatal(err)
	}
	c := &chain{ops: ops, outs: outs, in: l.in, n: n}
	for _, w := range l.Weights(l.in...) {
		c.weights = append(c.weights, drawer(l.Layer)(rng, w.Shape.Size()))
	}
	return c
}

// one returns what an operation of one input takes in.
func one(x []float32) [][]float32 { return [][]float32{x} }

// normal draws numbers that keep away from each other and from 0, where some
// layers have kinks that a finite difference must not cross.
func normal(rng *rand.Rand, n int) []float32 {
	out := make([]float32, n)
	for i, p := range rng.Perm(n) {
		out[i] = (float32(p-n/2) + 0.5) * max(0.03, 4/float32(n))
	}
	return out
}

// gentle draws numbers between -2 and 2, for sums of many products, which normal's would
// drown in rounding.
func gentle(rng *rand.Rand, n int) []float32 {
	out := make([]float32, n)
	for i, p := range rng.Perm(n) {
		out[i] = (float32(p-n/2) + 0.5) * 4 / float32(n)
	}
	return out
}

// drawer returns what draws numbers for a layer.
func drawer(l Layer) func(*rand.Rand, int) []float32 {
	switch l.(type) {
	case Conv2D, DepthwiseConv2D, SeparableConv2D, BatchNormalization, LayerNormalization, Multiply:
		return gentle
	}
	return normal
}

// forward runs the chain and returns each operation's output.
func (c *chain) forward(x [][]float32) [][]float32 {
	pass := Pass{Training: true, Dropout: true, Seed: 3, Step: 5}
	var ys [][]float32
	for i, op := range c.ops {
		y := make([]float32, c.n*c.outs[i].Size())
		w := c.weights
		if i > 0 {
			w = nil
		}
		pass.Layer = i
		op.Forward(pass, y, x, w)
		ys = append(ys, y)
		x = one(y)
	}
	return ys
}

// loss returns a weighted sum of the chain's output, in float64.
func (c *chain) loss(x [][]float32, r []float32) float64 {
	ys := c.forward(x)
	var sum float64
	for i, v := range ys[len(ys)-1] {
		sum += float64(v) * float64(r[i])
	}
	return sum
}

// forVariants runs a test on every kernel.
func forVariants(t *testing.T, test func(t *testing.T)) {
	for i := range kernel.Variants {
		t.Run(kernel.Variants[i].Name, func(t *testing.T) {
			defer kernel.Use(&kernel.Variants[i])()
			test(t)
		})
	}
}

// TestGradients compares every gradient with central finite differences.
func TestGradients(t *testing.T) { forVariants(t, testGradients) }

func testGradients(t *testing.T) {
	for _, l := range instances() {
		name, _ := Class(l.Layer)
		t.Run(fmt.Sprintf("%s%+v", name, l.Layer), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(11, 12))
			c := newChain(t, l, 3, rng)
			var x [][]float32
			for _, in := range l.in {
				x = append(x, drawer(l.Layer)(rng, c.n*in.Size()))
			}
			ys := c.forward(x)
			dy := drawer(l.Layer)(rng, len(ys[len(ys)-1]))
			r := append([]float32{}, dy...)
			for i := len(c.ops) - 1; i > 0; i-- {
				dx := make([]float32, len(ys[i-1]))
				c.ops[i].Grad(0, dx, dy, one(ys[i-1]), ys[i], nil)
				dy = dx
			}
			for i, input := range append(x, c.weights...) {
				if i >= len(x) && l.Weights(l.in...)[i-len(x)].NonTrainable {
					continue
				}
				g := normal(rng, len(input)) // is overwritten
				c.forward(x)                 // the last one was of a finite difference
				c.ops[0].Grad(i, g, dy, x, ys[0], c.weights)
				c.compare(t, fmt.Sprintf("input %d", i), g, input, func() float64 { return c.loss(x, r) })
			}
		})
	}
}

// compare compares a gradient with finite differences of loss in some of input's
// elements.
func (c *chain) compare(t *testing.T, what string, g, input []float32, loss func() float64) {
	t.Helper()
	for j := 0; j < len(input); j += 1 + len(input)/40 {
		want := numeric.Slope(&input[j], 1e-2, loss)
		if math.Abs(float64(g[j])-want) > 2e-2*(1+math.Abs(want)) {
			t.Errorf("%s: gradient[%d] = %g, finite difference %g", what, j, g[j], want)
			return
		}
	}
}

func TestWrongSettingsSayWhat(t *testing.T) {
	image := of1(4, 4, 3)
	for want, l := range map[string]instance{
		"0 filters":                        {Conv2D{KernelSize: [2]int{3, 3}}, image},
		"does not fit":                     {Conv2D{Filters: 1, KernelSize: [2]int{5, 5}}, image},
		"must be positive":                 {Conv2D{Filters: 1}, image},
		"neither":                          {Conv2D{Filters: 1, KernelSize: [2]int{1, 1}, Padding: "full"}, image},
		"too far":                          {Conv2D{Filters: 1, KernelSize: [2]int{3, 3}, Dilation: [2]int{1 << 62, 1}, Padding: Same}, image},
		"only one of them":                 {Conv2D{Filters: 1, KernelSize: [2]int{1, 1}, Strides: [2]int{2, 2}, Dilation: [2]int{2, 2}}, image},
		"want height":                      {MaxPool2D{}, of1(5)},
		"put a Flatten before":             {Dense{Units: 2}, image},
		"0 units":                          {Dense{}, of1(5)},
		"no function":                      {Activation{"gulu"}, image},
		"there are elu, gelu":              {Conv2D{Filters: 1, KernelSize: [2]int{1, 1}, Activation: "swish"}, image},
		"rate 1":                           {Dropout{Rate: 1}, image},
		"rate NaN":                         {Dropout{Rate: math.NaN()}, image},
		"it has 2 inputs: want 1":          {Dense{Units: 1}, []task.Shape{{1}, {1}}},
		"it has 1 inputs: want at least 2": {Add{}, image},
		"and (None, 4, 4, 2): want the same sizes, or 1": {Add{}, []task.Shape{{4, 4, 3}, {4, 4, 2}}},
		"want as many axes":                {Multiply{}, []task.Shape{{4, 4, 3}, {3}}},
		"the same sizes except for axis 2": {Concatenate{Axis: 2}, []task.Shape{{4, 4, 3}, {4, 4, 2}}},
		"axis 4 of inputs":                 {Concatenate{Axis: 4}, []task.Shape{{4, 4, 3}, {4, 4, 3}}},
		"axis -4 of inputs":                {Concatenate{Axis: -4}, []task.Shape{{4, 4, 3}, {4, 4, 3}}},
		"momentum 2":                       {BatchNormalization{Momentum: 2}, image},
		"epsilon -1":                       {BatchNormalization{Epsilon: -1}, image},
		"want -1, the last":                {BatchNormalization{Axis: 1}, image},
		"LayerNormalization: axis 2":       {LayerNormalization{Axis: 2}, image},
		"depth_multiplier -1":              {DepthwiseConv2D{KernelSize: [2]int{1, 1}, DepthMultiplier: -1}, image},
		"DepthwiseConv2D: height":          {DepthwiseConv2D{}, image},
		"Conv2D: 0 filters":                {SeparableConv2D{KernelSize: [2]int{1, 1}}, image},
		"SeparableConv2D: DepthwiseConv2D": {SeparableConv2D{Filters: 1, KernelSize: [2]int{1, 1}}, of1(3)},
		"AveragePooling2D: width":          {AveragePooling2D{PoolSize: [2]int{1, 5}}, image},
		"GlobalMaxPooling2D: input":        {GlobalMaxPooling2D{}, of1(3)},
		"padding of -1":                    {ZeroPadding2D{Padding: [2][2]int{{-1, 0}, {0, 0}}}, image},
		"padding of 4611686018427387904":   {ZeroPadding2D{Padding: [2][2]int{{1 << 62, 0}, {0, 0}}}, image},
		"a target_shape of 2 axes":         {Reshape{TargetShape: []int{16, 3}}, image},
		"a target_shape of 0 axes":         {Reshape{}, image},
		"more than one -1":                 {Reshape{TargetShape: []int{-1, -1, 3}}, image},
		"-2 in the target_shape":           {Reshape{TargetShape: []int{-2, 8, 3}}, image},
		"0 in the target_shape":            {Reshape{TargetShape: []int{0}}, image},
		"of (4, 4, 4) does not fit the 48 numbers of (None, 4, 4, 3)": {Reshape{TargetShape: []int{4, 4, 4}}, image},
		"of (2, 2, 2) does not fit":                                   {Reshape{TargetShape: []int{2, 2, 2}}, image},
		"of (5, -1, 1) does not fit":                                  {Reshape{TargetShape: []int{5, -1, 1}}, image},
		"of (4611686018427387904, 4, 3) does not fit":                 {Reshape{TargetShape: []int{1 << 62, 4, 3}}, image},
		"scale +Inf":               {Rescaling{Scale: 1e300}, image},
		"negative_slope -1":        {ReLU{NegativeSlope: -1}, image},
		"shared axis 4":            {PReLU{SharedAxes: []int{4}}, image},
		"SpatialDropout2D: rate 2": {SpatialDropout2D{Rate: 2}, image},
		"stddev -1":                {GaussianNoise{Stddev: -1}, image},
	} {
		_, _, err := Ops(l.Layer, 1, l.in...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: error %v, want it to say %q", l.Layer, err, want)
		}
	}
}

func TestConfigRoundTrip(t *testing.T) {
	for _, l := range instances() {
		c, err := Encode(l.Layer)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(c)
		if err != nil || !reflect.DeepEqual(back, l.Layer) {
			t.Errorf("%+v became %+v (%v)", l.Layer, back, err)
		}
	}
	for _, c := range []Config{{"LSTM", []byte(`{}`)}, {"Dense", []byte(`{"unit":3}`)}, {"Dense", []byte(`{`)}} {
		if l, err := Decode(c); err == nil {
			t.Errorf("%s %s was read as %+v", c.ClassName, c.Config, l)
		}
	}
}

// TestOpsAllocateNothing measures each forward and backward after the first.
func TestOpsAllocateNothing(t *testing.T) { forVariants(t, testAllocations) }

func testAllocations(t *testing.T) {
	for _, l := range instances() {
		rng := rand.New(rand.NewPCG(17, 18))
		c := newChain(t, l, 2, rng)
		var x [][]float32
		for _, in := range l.in {
			x = append(x, normal(rng, 2*in.Size()))
		}
		y := make([]float32, 2*c.outs[0].Size())
		inputs := append(x[:len(x):len(x)], c.weights...)
		gs := make([][]float32, len(inputs))
		for i := range gs {
			gs[i] = make([]float32, len(inputs[i]))
		}
		run := func() {
			c.ops[0].Forward(Pass{Training: true, Dropout: true}, y, x, c.weights)
			for i := range inputs {
				c.ops[0].Grad(i, gs[i], y, x, y, c.weights)
			}
		}
		// The runtime's own allocations are counted too, for goroutines that wait say, but
		// do not come each time.
		least := testing.AllocsPerRun(10, run)
		for range 4 {
			least = min(least, testing.AllocsPerRun(10, run))
		}
		if least > 0 {
			t.Errorf("%+v allocates %g times", l.Layer, least)
		}
	}
}
