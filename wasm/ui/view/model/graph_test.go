package model_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/kernel"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/widget"
)

// real are the named networks that are deeper than the tutorial's.
var real = map[string]func() *model.Network{"tenfold": model.Tenfold, "resnet20": model.ResNet20}

// drawn returns a network whose weights are as if it had been trained: the moving statistics too.
func drawn(t *testing.T, m *model.Network) *model.Network {
	t.Helper()
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	for k, w := range m.Weights() {
		for i := range w.Data {
			switch d := float32((i*7+k*3)%11)/11 - 0.5; w.Name {
			case "moving_mean", "beta":
				w.Data[i] = d / 4
			case "moving_variance", "gamma":
				w.Data[i] = 1 + d/2
			case "alpha":
				w.Data[i] = 0.25 + d/4
			}
		}
	}
	return m
}

// opened opens a network as a file, in the Model view.
func opened(t *testing.T, m *model.Network, w, h float64, dark bool) *apptest.Browser {
	t.Helper()
	b := inModel(t, w, h, dark)
	use(b, apptest.File32(t, m))
	return b
}

// five are the widths that people have.
var five = [][2]float64{{320, 568}, {390, 844}, {768, 1024}, {1280, 800}, {1920, 1080}}

// TestEachLayer chooses every layer of ResNet-20 and Tenfold at five sizes of the window, and a
// number of each: nothing lies outside of its panel, and all is said.
func TestEachLayer(t *testing.T) {
	for name, build := range real {
		t.Run(name, func(t *testing.T) {
			m := drawn(t, build())
			b := opened(t, m, 1280, 800, false)
			nodes := m.Nodes()
			if n := len(b.Leaf("model-layer").Options); n != len(nodes) || len(b.Leaf("model-table").Children) != n {
				t.Fatalf("%d layers, want %d", n, len(nodes))
			}
			for l, n := range nodes {
				b.Set("model-layer", fmt.Sprint(l))
				b.Set("model-filter", fmt.Sprint(n.Out[len(n.Out)-1]/2))
				quiet(b)
				looked(b, m, l)
				for _, s := range five {
					b.Resize(s[0], s[1], 1)
					b.W, b.H = s[0], s[1]
					check(b, n.Name)
					b.Leaf(fmt.Sprint("model-net-", l))
				}
				if l%7 == 0 {
					b.Render()
				}
			}
		})
	}
}

// looked looks at what is said of the chosen layer.
func looked(b *apptest.Browser, m *model.Network, l int) {
	b.Helper()
	n := m.Nodes()[l]
	var takes, reads []string
	for _, k := range n.In {
		if k == model.Input {
			takes = append(takes, "the picture")
		} else {
			takes = append(takes, m.Nodes()[k].Name)
		}
	}
	for _, r := range m.Nodes() {
		if slices.Contains(r.In, l) {
			reads = append(reads, r.Name)
		}
	}
	paths := "Takes in: " + strings.Join(takes, ", ") + ". Read by: " + strings.Join(reads, ", ") + "."
	if reads == nil {
		paths = "Takes in: " + strings.Join(takes, ", ") + ". It is the answer."
	}
	if s := b.Text("model-paths"); s != paths {
		b.Errorf("%s: %q, want %q", n.Name, s, paths)
	}
	if s := b.Text("model-layer-maps"); !strings.HasPrefix(s, n.Name+": ") || !strings.Contains(s, ", from ") {
		b.Errorf("%s: %q", n.Name, s)
	}
	if s := b.Text("model-kind"); s == "" || strings.Contains(s, "no explanation") {
		b.Errorf("%s: %q", n.Name, s)
	}
	if s := value(b, "model-products"); s == "" || strings.Contains(s, "cannot") || strings.Contains(s, "NaN") {
		b.Errorf("%s: %q", n.Name, s)
	}
	if net := b.Leaf(fmt.Sprint("model-net-", l)); !strings.HasPrefix(net.Name, n.Name) || len(n.In) > 1 && net.Value != "Takes in: "+strings.Join(takes, ", ") {
		b.Errorf("%s is drawn as %q, %q", n.Name, net.Name, net.Value)
	}
}

// TestThroughAllViews takes ResNet-20 and Tenfold through their file, Classify, the Model view,
// both ways to explain, and gradient ascent.
func TestThroughAllViews(t *testing.T) {
	for name, build := range real {
		t.Run(name, func(t *testing.T) {
			m := drawn(t, build())
			b := opened(t, m, 1280, 800, false)
			d := m.Describe()
			if got := b.Desk().Network.Loaded; got.Name != m.Name || got.Params != d.Params || len(got.Layers) != len(d.Layers) {
				t.Fatalf("%s of %d parameters", got.Name, got.Params)
			}
			pixels := b.Desk().Pixels()
			x := make([]float32, len(pixels))
			m.Normalize(x, pixels)
			_, want := m.Predictor(1).Predict(x)
			for i, p := range b.Desk().Network.Probs {
				if d := p - float64(want[i]); d > 1e-5 || d < -1e-5 {
					t.Errorf("class %d: %g, the network says %g", i, p, want[i])
				}
			}
			b.Set("model-why", "3")
			quiet(b)
			if s := b.Text("model-reasons"); !strings.HasPrefix(s, "cat by Grad-CAM: strongest, ") || name == "resnet20" && !strings.Contains(s, "of 8 × 8") {
				t.Errorf("%q", s)
			}
			if kernel.Lanes() == 1 {
				t.Log("occlusion, 169 runs of the network, takes plain kernels too long; with vectors it is tested")
			} else {
				b.Press("model-occlusion")
				quiet(b)
				if s := b.Text("model-reasons"); !strings.HasPrefix(s, "cat by occlusion: strongest, ") {
					t.Errorf("%q", s)
				}
			}
			l := slices.IndexFunc(d.Layers, func(l task.Layer) bool { return l.Class == "Add" })
			if l < 0 {
				l = 4
			}
			b.Set("model-layer", fmt.Sprint(l))
			b.Set("model-filter", "5")
			b.Press("model-stimulus")
			b.Until("a picture is being made", func() bool { return strings.Contains(b.Text("model-excited"), "iteration 8 of 200") })
			b.Press("model-cancel")
			nine(b)
			if s := b.Text("model-excited"); !strings.Contains(s, "strongest response: airplane 3.000") {
				t.Errorf("%q", s)
			}
			b.Press("view-evaluate")
			apptest.Asks[protocol.Evaluate](b)
			b.Press("evaluate-start")
			asked := apptest.Asks[protocol.Evaluate](b)
			if len(asked) != 1 {
				t.Fatalf("%d evaluations are asked for", len(asked))
			}
			f, err := checkpoint.Decode(asked[0].Model)
			if err != nil {
				t.Fatal(err)
			}
			back, err := model.Open(f)
			if err != nil || back.Summary() != m.Summary() {
				t.Fatalf("what is evaluated is %v", err)
			}
			b.Says(evaluated(t, back, asked[0].ID))
			if s := b.Words(); !strings.Contains(s, "evaluate-matrix") {
				t.Errorf("there is no matrix:\n%s", s)
			}
			b.Press("view-classify")
			if s := b.Words(); !strings.Contains(s, m.Name) {
				t.Errorf("Classify does not name it")
			}
		})
	}
}

// evaluated returns what a network says of twenty pictures of one colour, as the worker that trains
// would.
func evaluated(t *testing.T, m *model.Network, id uint64) protocol.Evaluated {
	t.Helper()
	file := []byte{}
	for i := range 20 {
		file = append(file, byte(i%10))
		pixels := apptest.Plain(i)
		for c := range 3 {
			for k := c; k < len(pixels); k += 3 {
				file = append(file, pixels[k])
			}
		}
	}
	var set cifar10.Set
	if err := set.Add("test", file); err != nil {
		t.Fatal(err)
	}
	r, err := evaluate.Run(t.Context(), m, &set, nil)
	if err != nil {
		t.Fatal(err)
	}
	e := protocol.Evaluated{ID: id, What: task.TestSet, Report: evaluate.Report(r, &set, 1)}
	for _, p := range r.Predictions {
		e.True, e.Class, e.Score = append(e.True, byte(p.True)), append(e.Class, byte(p.Class)), append(e.Score, p.Score)
	}
	return e
}

// every returns a small network with every kind of layer, and two paths that meet.
func every(t *testing.T) *model.Network {
	t.Helper()
	f := model.NewFunctional(cifar10.Task.Input)
	same := layer.Conv2D{Filters: 6, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "gelu"}
	x := f.Add(layer.Rescaling{Scale: 2, Offset: 0.25}, model.Input)
	x = f.Add(same, f.Add(layer.ZeroPadding2D{}, x))
	x = f.Add(layer.LayerNormalization{}, f.Add(layer.BatchNormalization{}, x))
	y := f.Add(layer.PReLU{SharedAxes: []int{1, 2}}, f.Add(layer.DepthwiseConv2D{KernelSize: [2]int{3, 3}, Padding: layer.Same}, x))
	z := f.Add(layer.ELU{}, f.Add(layer.SeparableConv2D{Filters: 6, KernelSize: [2]int{3, 3}, Padding: layer.Same}, y))
	x = f.Add(layer.ReLU{MaxValue: 6}, f.Add(layer.Add{}, x, z))
	gate := f.Add(layer.Conv2D{Filters: 6, KernelSize: [2]int{1, 1}, Activation: "sigmoid"}, f.Add(layer.GlobalAveragePooling2D{KeepDims: true}, x))
	x = f.Add(layer.Concatenate{}, f.Add(layer.Multiply{}, x, gate), y)
	x = f.Add(layer.GaussianNoise{Stddev: 0.1}, f.Add(layer.SpatialDropout2D{Rate: 0.1}, f.Add(layer.MaxPool2D{}, x)))
	for _, name := range layer.Functions() {
		if name != "softmax" {
			x = f.Add(layer.Activation{Function: name}, x)
		}
	}
	x = f.Add(layer.LeakyReLU{Alpha: 0.1}, f.Add(layer.AveragePooling2D{PoolSize: [2]int{3, 3}, Padding: layer.Same}, x))
	x = f.Add(layer.Reshape{TargetShape: []int{4, 9, -1}}, x)
	a, g := f.Add(layer.GlobalAveragePooling2D{}, x), f.Add(layer.GlobalMaxPooling2D{}, x)
	x = f.Add(layer.Concatenate{}, a, g, f.Add(layer.Flatten{}, x))
	f.Add(layer.Activation{Function: "softmax"}, f.Add(layer.Dense{Units: 10}, f.Add(layer.Dropout{Rate: 0.25}, x)))
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	m.Name, m.Task = "Every kind", cifar10.Task
	return drawn(t, m)
}

// TestEveryKind explains a number of every kind of layer and activation, in its own words, and
// checks the layout of each.
func TestEveryKind(t *testing.T) {
	m := every(t)
	b := opened(t, m, 1280, 800, false)
	want := map[string][]string{
		"Rescaling":              {"x, what comes in", "× scale 2", "+ offset 0.25"},
		"ZeroPadding2D":          {"of the picture"},
		"BatchNormalization":     {"- mean ", "÷ √(variance ", " + ε 0.001)", "× gamma ", "+ beta ", "moving averages"},
		"LayerNormalization":     {"- mean ", "÷ √(variance ", "all maps at this place"},
		"DepthwiseConv2D":        {"input alone", "+ bias", "= sum"},
		"SeparableConv2D":        {"Sum over channels", "each channel's own small filter"},
		"PReLU":                  {"before PReLU"},
		"ELU":                    {"before ELU"},
		"ReLU":                   {"before ReLU"},
		"Add":                    {"layer_normalization", "+ elu", "= sum"},
		"Multiply":               {"re_lu", "× conv2d_1", "= product"},
		"Concatenate":            {"It is "},
		"GlobalAveragePooling2D": {"Sum of the ", "= mean"},
		"GlobalMaxPooling2D":     {"Largest of the 36"},
		"AveragePooling2D":       {"Sum of the 9", "÷ 9 = mean"},
		"SpatialDropout2D":       {"10%", "of the maps"},
		"GaussianNoise":          {"-0.1 and 0.1"},
		"Conv2D":                 {"before GELU", "after GELU"},
		"MaxPooling2D":           {"Largest of the 4"},
		"gelu":                   {"normal distribution"},
		"silu":                   {"before SiLU", "x / (1 + e^-x)"},
		"hard_swish":             {"(x + 3) / 6"},
		"softplus":               {"ln(1 + e^x)"},
		"elu":                    {"e^x - 1"},
		"linear":                 {"x as it is"},
		"Flatten":                {"map 1 of"},
		"Reshape":                {"map 1 of leaky_re_lu"},
		"LeakyReLU":              {"LeakyReLU"},
		"Dropout":                {"25%"},
		"Dense":                  {"Sum over", "+ bias"},
		"Activation":             nil,
		"relu":                   {"x above 0"}, "tanh": {"before tanh"}, "sigmoid": {"1 / (1 + e^-x)"}, "softmax": {"= after softmax"},
	}
	for i, l := range m.Describe().Layers {
		b.Set("model-layer", fmt.Sprint(i))
		quiet(b)
		looked(b, m, i)
		all := b.Words()
		for _, kind := range []string{l.Class, l.Activation} {
			if kind == l.Activation && l.Class != "Activation" {
				continue
			}
			texts, ok := want[kind]
			if !ok {
				t.Errorf("nothing is wanted of %s", kind)
			}
			if l.Name == "conv2d_1" || l.Name == "concatenate_1" && kind != "Concatenate" {
				texts = nil
			}
			for _, s := range texts {
				if !strings.Contains(all, s) {
					t.Errorf("%s (%s) does not say %q:\n%s", l.Name, kind, s, all)
				}
			}
		}
		for _, s := range five {
			b.Resize(s[0], s[1], 1)
			b.W, b.H = s[0], s[1]
			check(b, l.Name)
		}
		b.Resize(1280, 800, 1)
		b.W, b.H = 1280, 800
		b.Render()
	}
	for _, name := range append(layer.Classes(), layer.Functions()...) {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is not tested", name)
		}
	}
}

// TestUnknownKind has a layer of a kind that the page does not know: it has its name, its shape
// and its parameters.
func TestUnknownKind(t *testing.T) {
	b := opened(t, drawn(t, model.ResNet20()), 1280, 800, false)
	b.Set("model-layer", "10")
	quiet(b)
	l := &b.Desk().Network.Loaded.Layers[10]
	l.Class, l.Name, l.Params, l.In = "Mystery", "mystery_7", 1234, []int{99, -5}
	b.Set("model-filter", "1")
	quiet(b)
	if s := b.Text("model-kind"); s != "There is no explanation of this kind of layer (Mystery) yet. mystery_7 has the output 32 × 32 × 16 and 1,234 parameters." {
		t.Errorf("%q", s)
	}
	if s := value(b, "model-products"); !strings.Contains(s, "cannot be shown") || !strings.Contains(s, "Feature map 2 of 16 is ") {
		t.Errorf("%q", s)
	}
	if s := b.Text("model-paths"); !strings.HasPrefix(s, "Takes in: ") {
		t.Errorf("%q", s)
	}
	for _, s := range five {
		b.Resize(s[0], s[1], 1)
		b.W, b.H = s[0], s[1]
		check(b, "a layer of an unknown kind")
	}
	b.Render()
}

// TestScrollsToPaths scrolls ResNet-20's picture to what is chosen, on a phone and a laptop.
func TestScrollsToPaths(t *testing.T) {
	for _, s := range [][2]float64{{390, 844}, {1280, 800}} {
		b := opened(t, drawn(t, model.ResNet20()), s[0], s[1], false)
		for _, l := range []int{70, 35, 0} {
			b.Set("model-layer", fmt.Sprint(l))
			quiet(b)
			f := b.Leaf(fmt.Sprint("model-net-", l))
			if f.Role != widget.RoleButton || f.Rect.Y < f.Clip.Y-1 || f.Rect.Y+f.Rect.H > f.Clip.Y+f.Clip.H+1 {
				t.Errorf("%gx%g: layer %d lies at %v, %v is seen", s[0], s[1], l, f.Rect, f.Clip)
			}
		}
		b.Reveal("model-net-0")
		f := b.Leaf("model-net-0")
		at := f.Rect.Center()
		b.Wheel(at.X*b.Twin().Zoom, at.Y*b.Twin().Zoom, 1e6)
		if now := b.Leaf("model-net-0"); now.Rect.Y >= f.Rect.Y {
			t.Errorf("%gx%g: the network does not scroll", s[0], s[1])
		}
	}
}

// TestUnboundedNumbers has a network whose numbers are too large to be written: how many there are
// is said, the finite ones are shown, and nothing ends the page.
func TestUnboundedNumbers(t *testing.T) {
	f := model.NewFunctional(cifar10.Task.Input)
	x := f.Add(layer.Rescaling{Scale: 1e20}, f.Add(layer.Rescaling{Scale: 1e19}, model.Input)) // above 0.34 it is infinite
	f.Add(layer.Dense{Units: 10, Activation: "softmax"}, f.Add(layer.GlobalMaxPooling2D{}, x))
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	m.Task = cifar10.Task
	b := opened(t, drawn(t, m), 1280, 800, false)
	for l := range m.Nodes() {
		b.Set("model-layer", fmt.Sprint(l))
		quiet(b)
		if s := b.Text("model-layer-maps"); (l == 1) != strings.Contains(s, "numbers are too large to be written") && l < 2 {
			t.Errorf("layer %d: %q", l, s)
		}
		for _, s := range five {
			b.Resize(s[0], s[1], 1)
			b.W, b.H = s[0], s[1]
			check(b, "infinite numbers")
			b.Render()
		}
	}
}
