package design

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/keras"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// TestPack writes the networks that have a name into an address, and reads them again.
func TestPack(t *testing.T) {
	for _, n := range model.Networks {
		net := n.New()
		packed, err := Of(net).Pack()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Open(packed)
		if err != nil {
			t.Fatalf("%s: %v", n.Name, err)
		}
		if got, want := again.Summary(), net.Summary(); got[strings.Index(got, "\n"):] != want[strings.Index(want, "\n"):] {
			t.Errorf("%s became\n%s", n.Name, got)
		}
		if len(packed) > 1500 {
			t.Errorf("%s takes %d characters, of 2000 that an address may have", n.Name, len(packed))
		}
		t.Logf("%s: %d characters", n.Name, len(packed))
	}
}

// TestPresets builds the networks to begin with.
func TestPresets(t *testing.T) {
	for name := range Presets {
		d, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		net, err := d.Network(cifar10.Task)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		t.Logf("%s: %d layers, %d parameters", name, net.Len(), net.Describe().Params)
	}
}

// TestOpenFor builds each network for three classes, as it was designed and for larger pictures.
func TestOpenFor(t *testing.T) {
	names := slices.Collect(maps.Keys(Presets))
	for _, n := range model.Networks {
		names = append(names, n.Name)
	}
	for _, name := range names {
		for _, side := range []int{0, 32, 64, 96} {
			m, err := OpenFor(name, []string{"a", "b", "c"}, side)
			if err != nil {
				t.Errorf("%s at %d: %v", name, side, err)
				continue
			}
			if want := cmp.Or(side, 32); !slices.Equal(m.Input, task.Shape{want, want, 3}) || m.Output().Size() != 3 {
				t.Errorf("%s at %d takes in %v and gives %v", name, side, m.Input, m.Output())
			}
		}
		for _, side := range []int{-1, 97} {
			if _, err := OpenFor(name, []string{"a", "b"}, side); err == nil {
				t.Errorf("%s at %d is no error", name, side)
			}
		}
	}
}

// TestRows says what the layers come to, and at which place one does not fit.
func TestRows(t *testing.T) {
	d := Of(model.Tutorial())
	for i, r := range d.Rows() {
		want := model.Tutorial().Describe().Layers[i]
		if r.Wrong != "" || r.Params != want.Params || r.MultiplyAdds != want.MultiplyAdds || !slices.Equal(r.Output, want.Output) {
			t.Errorf("row %d is %+v, want %+v", i, r, want)
		}
	}
	flatten := slices.IndexFunc(d.Nodes, func(n model.Node) bool { return n.Name == "flatten" })
	d, err := d.Delete(flatten)
	if err != nil {
		t.Fatal(err)
	}
	rows := d.Rows()
	if want := "input of shape (None, 8, 8, 64): want one axis; put a Flatten before it"; rows[flatten].Wrong != want {
		t.Errorf("the Dense without a Flatten: %q, want %q", rows[flatten].Wrong, want)
	}
	if r := rows[flatten+1]; !r.Waits || r.Wrong != "" || r.Output != nil {
		t.Errorf("the layer behind it is %+v", r)
	}
	if _, err := d.Network(cifar10.Task); err == nil || !strings.HasPrefix(err.Error(), "dense: input of shape") {
		t.Errorf("the network: %v", err)
	}
	if d, err = d.Insert(flatten-1, "Flatten"); err != nil {
		t.Fatal(err)
	}
	if d.Code() != Of(model.Tutorial()).Code() {
		t.Errorf("with a Flatten again it is\n%s", d.Code())
	}
	if d, err = d.Set(len(d.Nodes)-3, "units", "7"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Network(cifar10.Task); err == nil || !strings.Contains(err.Error(), "want a number for each of 10 classes") {
		t.Errorf("with seven units: %v", err)
	}
}

// TestEdit makes changes at random, and checks that nothing has an input that
// is not before it, that the code says the same, and that a packed design is
// the same again.
func TestEdit(t *testing.T) {
	for seed := range uint64(15) {
		rng := rand.New(rand.NewPCG(seed, 7))
		d := Of(model.Networks[int(seed)%len(model.Networks)].New())
		for range 30 {
			var next *Design
			var err error
			at := rng.IntN(len(d.Nodes)+1) - 1
			switch classes := layer.Classes(); rng.IntN(4) {
			case 0, 1:
				next, err = d.Insert(at, classes[rng.IntN(len(classes))])
			case 2:
				if len(d.Nodes) > 1 {
					next, err = d.Delete(at)
				}
			default:
				next, err = d.Move(at, 1-2*rng.IntN(2))
			}
			if err != nil || next == nil {
				continue
			}
			d = next
			for i, n := range d.Nodes {
				for _, in := range n.In {
					if in < model.Input || in >= i {
						t.Fatalf("seed %d: %s takes in %d", seed, n.Name, in)
					}
				}
			}
			packed, err := d.Pack()
			if err != nil {
				t.Fatal(err)
			}
			again, err := Unpack(packed)
			if err != nil || again.Code() != d.Code() {
				t.Fatalf("seed %d: %v: it became\n%s\nof\n%s", seed, err, again.Code(), d.Code())
			}
			net, err := d.Network(cifar10.Task)
			if err != nil {
				continue
			}
			s, err := keras.Read(d.Code(), cifar10.Task, task.Recipe{})
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, d.Code())
			}
			if keras.Define(s.Network.Input, s.Network.Nodes()) != keras.Define(net.Input, net.Nodes()) {
				t.Fatalf("seed %d: the code gives another network:\n%s", seed, d.Code())
			}
		}
	}
}

// TestSet types into the arguments of layers.
func TestSet(t *testing.T) {
	d := Of(model.Tutorial())
	for _, c := range []struct {
		at              int
		argument, value string
		want            string // the layer, or the error
	}{
		{0, "filters", "24", "Conv2D(24, (3, 3), padding='same', activation='relu')"},
		{0, "kernel_size", "5", "Conv2D(16, (5, 5), padding='same', activation='relu')"},
		{0, "kernel_size", "(1, 3)", "Conv2D(16, (1, 3), padding='same', activation='relu')"},
		{0, "padding", "valid", "Conv2D(16, (3, 3), activation='relu')"},
		{0, "padding", "", "Conv2D(16, (3, 3), activation='relu')"},
		{0, "activation", "tanh", "Conv2D(16, (3, 3), padding='same', activation='tanh')"},
		{0, "activation", "None", "Conv2D(16, (3, 3), padding='same')"},
		{0, "use_bias", "False", "Conv2D(16, (3, 3), padding='same', activation='relu', use_bias=False)"},
		{0, "kernel_regularizer", "regularizers.L2(0.001)", "Conv2D(16, (3, 3), padding='same', activation='relu', kernel_regularizer=regularizers.L2(0.001))"},
		{0, "kernel_initializer", "he_normal", "Conv2D(16, (3, 3), padding='same', activation='relu', kernel_initializer='he_normal')"},
		{1, "negative_slope", "0.3", "LeakyReLU()"},
		{5, "rate", "0.5", "Dropout(0.5)"},
		{5, "rate", "half", "Dropout: rate: half is not defined"},
		{0, "filters", "", "Conv2D needs its filters"},
		{0, "filters", "2 *", ") stands where a value should"},
		{0, "filters", "3)", "a ) closes nothing"},
		{0, "depth", "3", "Conv2D has no argument depth"},
		{2, "inputs", "leaky_re_lu", ""},
		{2, "inputs", "inputs", ""},
		{2, "inputs", "dense", `"dense" is not one of the layers before it`},
		{99, "filters", "1", "there is no layer 100"},
	} {
		got, err := d.Set(c.at, c.argument, c.value)
		switch {
		case c.want == "":
			if err != nil || got.Takes(c.at) != c.value {
				t.Errorf("%s=%s: %v", c.argument, c.value, err)
			}
		case err != nil:
			if err.Error() != c.want {
				t.Errorf("%s=%s: %v, want %s", c.argument, c.value, err, c.want)
			}
		case keras.Call(got.Nodes[c.at].Layer, 0) != c.want:
			t.Errorf("%s=%s: %s, want %s", c.argument, c.value, keras.Call(got.Nodes[c.at].Layer, 0), c.want)
		}
	}
}

// TestHostile opens what is no design.
func TestHostile(t *testing.T) {
	for _, s := range []string{"", "design:", "design:AAAA", "design:!", "resnet", Prefix + strings.Repeat("A", 1<<15)} {
		if _, err := Open(s); err == nil {
			t.Errorf("%.20q is opened", s)
		}
	}
	big := &Design{Input: cifar10.Task.Input}
	for range MaxLayers + 1 {
		big.Nodes = append(big.Nodes, model.Node{Layer: layer.Dense{Units: 1 << 20}, In: []int{len(big.Nodes) - 1}})
	}
	packed, err := big.Pack()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Unpack(packed); err == nil {
		t.Error("too many layers are taken")
	}
	for _, units := range []int{1 << 31, 1 << 60} {
		d := &Design{Input: cifar10.Task.Input, Nodes: []model.Node{{Layer: layer.Flatten{}, In: []int{-1}}, {Layer: layer.Dense{Units: units}, In: []int{0}}}}
		if r := d.Rows()[1]; r.Wrong == "" {
			t.Errorf("a Dense of %d units is taken: %+v", units, r)
		}
	}
	big.Nodes = big.Nodes[:3]
	big.Nodes[0].Layer = layer.Flatten{}
	if _, err := big.Network(cifar10.Task); err == nil {
		t.Error("a network of too many weights is built")
	}
}

func FuzzUnpack(f *testing.F) {
	for _, n := range model.Networks {
		packed, err := Of(n.New()).Pack()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(packed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Unpack(s)
		if err != nil {
			return
		}
		d.Rows()
		d.Code()
		d.Network(cifar10.Task)
	})
}

// TestRescaled: a network that begins with a Rescaling is trained on what that takes in, on any classes,
// and its script says the same.
func TestRescaled(t *testing.T) {
	s, err := keras.Read("model = Sequential([Input((32, 32, 3)), layers.Rescaling(1. / 255), Flatten(), Dense(10, 'softmax')])", cifar10.Task, task.Recipe{})
	if err != nil {
		t.Fatal(err)
	}
	packed, err := Of(s.Network).Pack()
	if err != nil {
		t.Fatal(err)
	}
	for _, open := range []func() (*model.Network, error){
		func() (*model.Network, error) { return Open(packed) },
		func() (*model.Network, error) { return OpenFor(packed, []string{"a", "b"}, 0) },
	} {
		net, err := open()
		if err != nil || net.Scale != 1 || net.Shift != 0 {
			t.Fatalf("%+v (%v)", net, err)
		}
		if code := keras.Script(net, task.TutorialRecipe, 0); !strings.Contains(code, "    return x.astype(\"float32\")\n") {
			t.Errorf("the script scales bytes before the network does:\n%s", code)
		}
	}
}
