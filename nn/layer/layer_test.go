package layer

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// instance is a layer with inputs that it fits.
type instance struct {
	Layer
	in []task.Shape
}

// of1 is one input of a shape.
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
	}
}

func TestEveryClassIsTested(t *testing.T) {
	tested := map[string]bool{}
	for _, l := range instances() {
		name, _ := Class(l.Layer)
		tested[name] = true
	}
	for _, c := range classes {
		if !tested[c.name] {
			t.Errorf("%s is in the table of layers but not in instances()", c.name)
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

// one is what an operation of one input takes in.
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

// gentle draws numbers between -2 and 2, for sums of so many products that normal's
// would drown them in rounding.
func gentle(rng *rand.Rand, n int) []float32 {
	out := make([]float32, n)
	for i, p := range rng.Perm(n) {
		out[i] = (float32(p-n/2) + 0.5) * 4 / float32(n)
	}
	return out
}

// drawer is what draws numbers for a layer.
func drawer(l Layer) func(*rand.Rand, int) []float32 {
	if _, ok := l.(Conv2D); ok {
		return gentle
	}
	return normal
}

// forward runs the chain and returns what each operation put out.
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

// loss is a weighted sum of what the chain puts out, in float64.
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
				g := normal(rng, len(input)) // is overwritten
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
	const h = 1e-2
	for j := 0; j < len(input); j += 1 + len(input)/40 {
		old := input[j]
		input[j] = old + h
		up := loss()
		input[j] = old - h
		down := loss()
		input[j] = old
		want := (up - down) / (2 * h)
		if math.Abs(float64(g[j])-want) > 2e-2*(1+math.Abs(want)) {
			t.Errorf("%s: gradient[%d] = %g, finite difference %g", what, j, g[j], want)
			return
		}
	}
}

// TestAbsorb compares a convolution that does the work of rectifiers with a row of
// operations, bit by bit.
func TestAbsorb(t *testing.T) { forVariants(t, testAbsorb) }

func testAbsorb(t *testing.T) {
	const n = 3
	for name, rectifiers := range map[string][]Layer{
		"ReLU": {Activation{"relu"}}, "LeakyReLU": {LeakyReLU{0.1}}, "both": {Activation{"relu"}, LeakyReLU{0.1}},
	} {
		for _, l := range []instance{{Conv2D{Filters: 5, KernelSize: [2]int{3, 3}}, of1(6, 5, 3)}, {Conv2D{Filters: 32, KernelSize: [2]int{3, 3}, Padding: Same}, of1(8, 8, 16)}} {
			rng := rand.New(rand.NewPCG(5, 6))
			row := newChain(t, l, n, rng)
			x := gentle(rng, n*l.in[0].Size())
			joined := l.Op(n, l.in...)
			for _, r := range rectifiers {
				op, next := r.Op(n, row.outs[0]), r.Op(n, row.outs[0])
				row.ops, row.outs = append(row.ops, op), append(row.outs, row.outs[0])
				if !Absorbs(joined, next, true) {
					t.Fatalf("%s is not absorbed", name)
				}
			}
			ys := row.forward(one(x))
			y := make([]float32, len(ys[0]))
			for range 2 { // the second pass must not take anything from the first
				joined.Forward(Pass{Training: true}, y, one(x), row.weights)
				if !reflect.DeepEqual(y, ys[len(ys)-1]) {
					t.Errorf("%s: another output", name)
				}
				dy := gentle(rng, len(y))
				back := dy
				for i := len(row.ops) - 1; i > 0; i-- {
					dx := make([]float32, len(back))
					row.ops[i].Grad(0, dx, back, one(ys[i-1]), ys[i], nil)
					back = dx
				}
				for i, input := range append([][]float32{x}, row.weights...) {
					got, want := make([]float32, len(input)), make([]float32, len(input))
					joined.Grad(i, got, dy, one(x), y, row.weights)
					row.ops[0].Grad(i, want, back, one(x), ys[0], row.weights)
					if !reflect.DeepEqual(got, want) {
						t.Errorf("%s: another gradient of input %d", name, i)
					}
				}
			}
		}
	}
}

// TestConv2DAgainstNaive compares with the sum in Conv2D's comment for random
// settings.
func TestConv2DAgainstNaive(t *testing.T) { forVariants(t, testConv2D) }

func testConv2D(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for range 12 { // what Winograd's transforms take
		l := Conv2D{Filters: 16 * (1 + rng.IntN(3)), KernelSize: [2]int{3, 3}, Padding: Same}
		compareConv(t, rng, l, task.Shape{4 * (1 + rng.IntN(8)), 4 * (1 + rng.IntN(8)), 16 * (1 + rng.IntN(2))})
	}
	for range 150 {
		l := Conv2D{Filters: 1 + rng.IntN(20), KernelSize: [2]int{1 + rng.IntN(4), 1 + rng.IntN(4)}, Padding: Valid}
		if rng.IntN(2) == 0 {
			l.Padding = Same
		}
		if rng.IntN(2) == 0 {
			l.Strides = [2]int{1 + rng.IntN(3), 1 + rng.IntN(3)}
		} else {
			l.Dilation = [2]int{1 + rng.IntN(3), 1 + rng.IntN(3)}
		}
		in := task.Shape{1 + rng.IntN(9), 1 + rng.IntN(9), 1 + rng.IntN(6)}
		if _, err := Output(l, in); err == nil { // large enough for the window
			compareConv(t, rng, l, in)
		}
	}
}

func compareConv(t *testing.T, rng *rand.Rand, l Conv2D, in task.Shape) {
	t.Helper()
	c := newChain(t, instance{l, []task.Shape{in}}, 2, rng)
	x := gentle(rng, 2*in.Size())
	y := c.forward(one(x))[0]
	for i := 0; i < len(y); i += 1 + len(y)/3000 {
		want, size := naiveConv(l, in, c.outs[0], x, c.weights, i)
		if math.Abs(float64(y[i])-want) > 3e-6*(1+size) {
			t.Fatalf("%+v over %v: y[%d] = %g, want %g", l, in, i, y[i], want)
		}
	}
}

// naiveConv is the sum in Conv2D's comment for one output, and that of its terms'
// magnitudes, which bounds the rounding.
func naiveConv(l Conv2D, in, out task.Shape, x []float32, w [][]float32, i int) (sum, size float64) {
	f, ox, oy, n := i%out[2], i/out[2]%out[1], i/out[2]/out[1]%out[0], i/out.Size()
	wy, wx, _ := windows(in, l.KernelSize, l.Strides, l.Dilation, l.Padding)
	sum = float64(w[1][f])
	for ky := range l.KernelSize[0] {
		for kx := range l.KernelSize[1] {
			iy, ix := oy*wy.stride+ky*wy.dilation-wy.before, ox*wx.stride+kx*wx.dilation-wx.before
			if iy < 0 || ix < 0 || iy >= in[0] || ix >= in[1] {
				continue
			}
			for c := range in[2] {
				term := float64(x[n*in.Size()+(iy*in[1]+ix)*in[2]+c]) * float64(w[0][((ky*l.KernelSize[1]+kx)*in[2]+c)*out[2]+f])
				sum, size = sum+term, size+math.Abs(term)
			}
		}
	}
	return sum, size
}

// TestWindows compares sizes with TensorFlow's: out and padding in front.
func TestWindows(t *testing.T) {
	for _, c := range []struct {
		in, size, stride, dilation int
		padding                    Padding
		out, before                int
	}{
		{32, 3, 1, 1, Same, 32, 1}, {32, 2, 2, 1, Valid, 16, 0}, {5, 2, 2, 1, Same, 3, 0}, {5, 2, 2, 1, Valid, 2, 0},
		{7, 3, 2, 1, Same, 4, 1}, {8, 3, 2, 1, Same, 4, 0}, {10, 3, 1, 2, Same, 10, 2}, {10, 3, 1, 2, Valid, 6, 0}, {1, 1, 1, 1, "", 1, 0}, {3, 1, 5, 1, Same, 1, 0},
	} {
		w, err := newWindow(c.in, c.size, c.stride, c.dilation, c.padding)
		if err != nil || w.out != c.out || w.before != c.before {
			t.Errorf("%+v: out %d, before %d, %v", c, w.out, w.before, err)
		}
	}
}

func TestWrongSettingsSayWhat(t *testing.T) {
	image := of1(4, 4, 3)
	for want, l := range map[string]instance{
		"0 filters":            {Conv2D{KernelSize: [2]int{3, 3}}, image},
		"does not fit":         {Conv2D{Filters: 1, KernelSize: [2]int{5, 5}}, image},
		"must be positive":     {Conv2D{Filters: 1}, image},
		"neither":              {Conv2D{Filters: 1, KernelSize: [2]int{1, 1}, Padding: "full"}, image},
		"too far":              {Conv2D{Filters: 1, KernelSize: [2]int{3, 3}, Dilation: [2]int{1 << 62, 1}, Padding: Same}, image},
		"only one of them":     {Conv2D{Filters: 1, KernelSize: [2]int{1, 1}, Strides: [2]int{2, 2}, Dilation: [2]int{2, 2}}, image},
		"want height":          {MaxPool2D{}, of1(5)},
		"put a Flatten before": {Dense{Units: 2}, image},
		"0 units":              {Dense{}, of1(5)},
		"no function":          {Activation{"gelu"}, image},
		"there are linear":     {Conv2D{Filters: 1, KernelSize: [2]int{1, 1}, Activation: "swish"}, image},
		"rate 1":               {Dropout{Rate: 1}, image},
		"rate NaN":             {Dropout{Rate: math.NaN()}, image},
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

func TestDropoutDrawsFromStepAndPicture(t *testing.T) {
	in := task.Shape{1000}
	op := Dropout{Rate: 0.25}.Op(4, in)
	x, y := make([]float32, 4000), make([]float32, 4000)
	for i := range x {
		x[i] = 1
	}
	run := func(p Pass) []float32 {
		p.Dropout = true
		op.Forward(p, y, one(x), nil)
		return append([]float32{}, y...)
	}
	first := run(Pass{Step: 1})
	zeros := 0
	for _, v := range first {
		if v == 0 {
			zeros++
		} else if v != float32(1/0.75) {
			t.Fatalf("an element became %g", v)
		}
	}
	if zeros < 900 || zeros > 1100 {
		t.Errorf("%d of 4000 elements dropped at rate 0.25", zeros)
	}
	if !reflect.DeepEqual(first, run(Pass{Step: 1})) {
		t.Error("the same step drops others")
	}
	for name, p := range map[string]Pass{"step": {Step: 2}, "seed": {Step: 1, Seed: 1}, "layer": {Step: 1, Layer: 1}} {
		if reflect.DeepEqual(first, run(p)) {
			t.Errorf("another %s drops the same", name)
		}
	}
	op.Forward(Pass{Dropout: true, Step: 1, First: 2}, y[:2000], one(x[:2000]), nil)
	if !reflect.DeepEqual(first[2000:], y[:2000]) {
		t.Error("a part of a batch drops others than the whole")
	}
	op.Forward(Pass{Training: true}, y, one(x), nil)
	if !reflect.DeepEqual(x, y) {
		t.Error("dropout works where it is switched off")
	}
}

// TestDropoutIsRandom looks for what a poor generator shows: elements, pictures, steps and
// layers that agree more or less often than independent ones do.
func TestDropoutIsRandom(t *testing.T) {
	const size, pictures = 20_001, 8
	for _, rate := range []float64{0.1, 0.25, 0.5, 0.9} {
		op := Dropout{Rate: rate}.Op(pictures, task.Shape{size})
		x, y := make([]float32, pictures*size), make([]float32, pictures*size)
		for i := range x {
			x[i] = 1
		}
		dropped := func(p Pass) []bool {
			p.Dropout = true
			op.Forward(p, y, one(x), nil)
			all := make([]bool, len(y))
			for i, v := range y {
				all[i] = v == 0
			}
			return all
		}
		// Both of two independent elements are dropped in rate² of all cases.
		both := func(name string, a, b []bool) {
			n := 0
			for i := range a {
				if a[i] && b[i] {
					n++
				}
			}
			want := rate * rate * float64(len(a))
			if sigma := math.Sqrt(want * (1 - rate*rate)); math.Abs(float64(n)-want) > 4.5*sigma {
				t.Errorf("rate %g: %s are both dropped %d times of %d, want %.0f give or take %.0f", rate, name, n, len(a), want, sigma)
			}
		}
		one := dropped(Pass{Seed: 1, Step: 7, Layer: 6})
		for _, ahead := range []int{1, 2, 3, 4, 32, size} {
			both(fmt.Sprintf("elements %d apart", ahead), one[:len(one)-ahead], one[ahead:])
		}
		both("steps", one, dropped(Pass{Seed: 1, Step: 8, Layer: 6}))
		both("layers", one, dropped(Pass{Seed: 1, Step: 7, Layer: 12}))
		both("seeds", one, dropped(Pass{Seed: 2, Step: 7, Layer: 6}))
		n := 0
		for _, d := range one {
			if d {
				n++
			}
		}
		want := rate * float64(len(one))
		if sigma := math.Sqrt(want * (1 - rate)); math.Abs(float64(n)-want) > 4.5*sigma {
			t.Errorf("rate %g: %d of %d dropped, want %.0f give or take %.0f", rate, n, len(one), want, sigma)
		}
	}
}

func TestCrossEntropyGradient(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	c := CrossEntropy{Classes: 4, Of: 5} // three of five
	x, labels := normal(rng, 12), make([]float32, 12)
	labels[1], labels[4], labels[11] = 1, 0.5, 1
	labels[6] = 0.5
	loss := func() float64 {
		var y [1]float32
		c.Forward(Pass{}, y[:], one(x), [][]float32{labels})
		return float64(y[0])
	}
	g := make([]float32, 12)
	c.Grad(0, g, []float32{1}, one(x), nil, [][]float32{labels})
	(&chain{}).compare(t, "logits", g, x, loss)

	w := normal(rng, 5)
	p := Penalty{L2: []float64{0.3}}
	c2 := func() float64 {
		var y [1]float32
		p.Forward(Pass{}, y[:], one([]float32{2}), [][]float32{w})
		return float64(y[0])
	}
	gw := make([]float32, 5)
	p.Grad(1, gw, []float32{1}, one([]float32{2}), nil, [][]float32{w})
	(&chain{}).compare(t, "penalty", gw, w, c2)
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

// BenchmarkConv2D times the tutorial's convolutions of one picture on every kernel,
// forward and both gradients, in GFLOP/s of the direct product.
func BenchmarkConv2D(b *testing.B) {
	for _, c := range []struct {
		name         string
		side, ci, co int
	}{{"conv1", 32, 3, 16}, {"conv2", 32, 16, 32}, {"conv3", 16, 32, 32}, {"conv4", 16, 32, 64}} {
		l := Conv2D{Filters: c.co, KernelSize: [2]int{3, 3}, Padding: Same}
		in := task.Shape{c.side, c.side, c.ci}
		rng := rand.New(rand.NewPCG(1, 2))
		x, y := one(gentle(rng, in.Size())), make([]float32, c.side*c.side*c.co)
		w := [][]float32{gentle(rng, 9*c.ci*c.co), gentle(rng, c.co)}
		dx, dw := make([]float32, len(x[0])), make([]float32, len(w[0]))
		op := l.Op(1, in)
		for v := range kernel.Variants {
			for name, run := range map[string]func(){
				"forward": func() { op.Forward(Pass{}, y, x, w) },
				"input":   func() { op.Grad(0, dx, y, x, y, w) },
				"weights": func() { op.Grad(1, dw, y, x, y, w) },
			} {
				b.Run(fmt.Sprintf("%s/%s/%s", c.name, name, kernel.Variants[v].Name), func(b *testing.B) {
					defer kernel.Use(&kernel.Variants[v])()
					for b.Loop() {
						run()
					}
					flops := 2 * float64(len(w[0])) * float64(c.side*c.side)
					b.ReportMetric(flops*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
				})
			}
		}
	}
}

// BenchmarkDense times the tutorial's first dense layer for a batch, as BenchmarkConv2D
// does.
func BenchmarkDense(b *testing.B) {
	const in, out = 4096, 256
	for _, n := range []int{1, 15, 16, 17, 32} {
		rng := rand.New(rand.NewPCG(1, 2))
		x, y := one(gentle(rng, n*in)), gentle(rng, n*out)
		w := [][]float32{gentle(rng, in*out), gentle(rng, out)}
		dx, dw := make([]float32, len(x[0])), make([]float32, len(w[0]))
		op := Dense{Units: out}.Op(n, task.Shape{in})
		for _, pass := range []struct {
			name string
			run  func()
		}{
			{"forward", func() { op.Forward(Pass{}, y, x, w) }},
			{"input", func() { op.Grad(0, dx, y, x, y, w) }},
			{"weights", func() { op.Grad(1, dw, y, x, y, w) }},
		} {
			b.Run(fmt.Sprintf("%d/%s/%s", n, pass.name, kernel.Best()), func(b *testing.B) {
				for b.Loop() {
					pass.run()
				}
				b.ReportMetric(2*float64(n*in*out)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}
