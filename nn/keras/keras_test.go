package keras

import (
	"encoding/json"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/model/modeltest"
	"tenfold/nn/task"
)

var update = flag.Bool("update", false, "write what the fixtures give")

// outcome is what a fixture must give: its file ends in .json.
type outcome struct {
	Layers  []string // with their inputs where these are not the layer before
	Params  int
	Trains  bool         `json:",omitempty"`
	Recipe  *task.Recipe `json:",omitempty"`
	HoldOut float64      `json:",omitempty"`
	Notes   []Note       `json:",omitempty"`
}

func outcomeOf(s *Source) outcome {
	g := outcome{Trains: s.Trains, HoldOut: s.HoldOut, Notes: s.Notes}
	for i, n := range s.Network.Nodes() {
		text := Call(n.Layer, 0)
		if len(n.In) > 1 || n.In[0] != i-1 {
			var of []string
			for _, in := range n.In {
				if in == model.Input {
					of = append(of, "inputs")
				} else {
					of = append(of, s.Network.Nodes()[in].Name)
				}
			}
			text += "(" + strings.Join(of, ", ") + ")"
		}
		g.Layers = append(g.Layers, text)
		for _, w := range n.Weights {
			g.Params += w.Shape.Size()
		}
	}
	if s.Recipe != (task.Recipe{}) {
		g.Recipe = &s.Recipe
	}
	return g
}

func defined(net *model.Network) string { return Define(net.Input, net.Nodes()) }

// TestStudents reads code of the shapes in which students write it.
func TestStudents(t *testing.T) {
	files, err := filepath.Glob("testdata/*.py")
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), "fixtures", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			code, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := Read(string(code), cifar10.Task, task.Recipe{})
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.MarshalIndent(outcomeOf(s), "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".py") + ".json"
			if *update {
				if err := os.WriteFile(golden, append(b, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if strings.TrimSpace(string(want)) != string(b) {
				t.Errorf("it gives\n%s\nwant\n%s", b, want)
			}
		})
	}
}

// TestTutorial: the tutorial's cells, as they stand, are its network and its recipe.
func TestTutorial(t *testing.T) {
	code, err := os.ReadFile("testdata/01_tutorial.py")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Read(string(code), cifar10.Task, task.FineTuning.Recipe)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := defined(s.Network), defined(model.Tutorial()); got != want {
		t.Errorf("the network is\n%s\nwant\n%s", got, want)
	}
	if s.Recipe != task.TutorialRecipe {
		t.Errorf("the recipe is %+v, want %+v", s.Recipe, task.TutorialRecipe)
	}
	for i, n := range s.Network.Nodes() {
		if line := strings.Split(string(code), "\n")[s.Lines[i]-1]; !strings.Contains(line, strings.TrimSuffix(Call(n.Layer, 0), ")")[:5]) {
			t.Errorf("%s is said to stand in %q", n.Name, line)
		}
	}
}

// TestNamed writes each network that has a name, with each recipe, and reads it again.
func TestNamed(t *testing.T) {
	for _, n := range model.Networks {
		for _, r := range task.Recipes {
			sameAgain(t, n.New(), r.Recipe)
		}
	}
}

// sameAgain writes a network and a recipe as a script, and compares what reading it gives.
func sameAgain(t *testing.T, net *model.Network, r task.Recipe) {
	t.Helper()
	code := Script(net, r, 0)
	s, err := Read(code, task.Task{Input: task.Shape{1, 1, 1}}, task.Recipe{Epochs: 99, Optimizer: "none"})
	if err != nil {
		t.Fatalf("%v\n%s", err, code)
	}
	want := defined(net)
	if r.L2 > 0 {
		want = definition(net.Input, net.Nodes(), r.L2)
	}
	if got := defined(s.Network); got != want {
		t.Fatalf("it became\n%s\nof\n%s", got, want)
	}
	if s.Network.Scale != net.Scale || s.Network.Shift != net.Shift {
		t.Errorf("bytes become numbers by %g and %g, which were %g and %g\n%s", s.Network.Scale, s.Network.Shift, net.Scale, net.Shift, code)
	}
	if len(s.Notes) > 0 {
		t.Errorf("notes %v of\n%s", s.Notes, code)
	}
	// What Keras has no equivalent of is not in the script.
	r.Doodles, r.Sketch, r.Strange, r.RandConv, r.Zoom, r.Jitter, r.Cutout, r.Mixup, r.L2 = 0, 0, 0, 0, 0, 0, 0, 0, 0
	r.Alternate, r.NoDropout, r.DenseOnly = false, false, false
	r.Reflect = r.Reflect && r.Shift > 0
	if r.Average != task.EMA {
		r.Average, r.AverageMomentum = "", 0
	}
	if r.Schedule != task.PerEpoch && r.Schedule != task.Exponential {
		r.Decay = 1
	}
	if r.Optimizer == task.SGD && r.Momentum == 0 {
		r.Momentum = 0.9
	}
	if r.Optimizer != task.SGD && r.Optimizer != task.Muon {
		r.Momentum = 0
	}
	if r.Optimizer != task.SGD {
		r.Nesterov = false
	}
	if s.Recipe != r {
		t.Errorf("the recipe became\n%+v\nof\n%+v\n%s", s.Recipe, r, code)
	}
}

// TestRandomNetworks writes networks of layers drawn at random, and reads them again.
func TestRandomNetworks(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 1))
		net := modeltest.Random(rng, seen)
		r := task.Recipe{Epochs: 1 + rng.IntN(50), Batch: 1 + rng.IntN(300), Rate: float64(1+rng.IntN(999)) / 1e4, Decay: float64(50+rng.IntN(50)) / 100, Seed: rng.Uint64() >> 34}
		r.Optimizer = modeltest.Pick(rng, task.Adamax, task.Adam, task.SGD, task.AdamW, task.RMSprop, task.Muon)
		r.Schedule = modeltest.Pick(rng, task.PerEpoch, task.Constant, task.Steps, task.Cosine, task.Linear, task.Triangular, task.Exponential, task.OneCycle)
		r.Flip, r.Shift, r.Reflect = rng.IntN(2) == 0, rng.IntN(5), rng.IntN(2) == 0
		r.Momentum, r.Nesterov = float64(rng.IntN(10))/10, rng.IntN(2) == 0
		r.WeightDecay, r.Smoothing, r.ClipNorm = float64(rng.IntN(3))/100, float64(rng.IntN(3))/10, float64(rng.IntN(3))
		r.WarmUp = float64(rng.IntN(4)) / 2
		if rng.IntN(2) == 0 {
			r.Average, r.AverageMomentum = task.EMA, 0.9
		}
		sameAgain(t, net, r)
		if t.Failed() {
			t.Fatal("seed", seed)
		}
	}
	for _, class := range layer.Classes() {
		if !seen[class] {
			t.Errorf("no network had a %s", class)
		}
	}
}

// TestWrong checks that errors say what cannot be read, and where.
func TestWrong(t *testing.T) {
	const begin = "model = Sequential()\nmodel.add(Conv2D(8, 3, input_shape=(32, 32, 3)))\n"
	for code, want := range map[string]string{
		"":                             "the code makes no model: want Sequential() or Model(inputs, outputs)",
		"print('hello')":               "the code makes no model: want Sequential() or Model(inputs, outputs)",
		"model = Sequential()":         "line 1: the model has no layers",
		begin + "model.add(Dense(10))": "line 3: Dense: input of shape (None, 30, 30, 8): want one axis; put a Flatten before it",
		begin + "\n\nmodel.add(keras.layers.Conv2DTranspose(8, 3))":   "line 5: Conv2DTranspose is not among the layers here",
		begin + "model.add(LSTM(8))":                                  "line 3: LSTM is not among the layers here",
		begin + "model.add(Conv2D(8))":                                "line 3: Conv2D needs its kernel_size",
		begin + "model.add(Conv2D(8, 3, stride=2))":                   "line 3: Conv2D has no argument stride here",
		begin + "model.add(Conv2D('8', 3))":                           `line 3: Conv2D: filters: "8": want a whole number`,
		begin + "model.add(Conv2D(8, 3, padding='full'))":             `line 3: Conv2D: height: padding "full" is neither "valid" nor "same"`,
		begin + "model.add(Conv2D(8, 3, activation='rleu'))":          `line 3: Conv2D: activation: "rleu" is not among the activations here: elu, gelu, hard_swish, linear, relu, sigmoid, silu, softmax, softplus, tanh`,
		begin + "model.add(Conv2D(8, 3, groups=2))":                   "line 3: Conv2D: groups=2 is not supported here: use one group, a DepthwiseConv2D with a Conv2D of 1x1 behind it, or a Conv2D of each part of the channels",
		begin + "model.add(Conv2D(n, 3))":                             "line 3: Conv2D: filters: n is not defined in the code: add a line like n = 32",
		begin + "model.add(Conv2D(8, 3, kernel_regularizer=l1(0.1)))": "line 3: Conv2D: kernel_regularizer: l1 is not among the regularizers here: L2",
		begin + "model.add(BatchNormalization(momentum=0))":           "line 3: BatchNormalization: momentum=0 is not supported here",
		begin + "model.add(Flatten()":                                 "line 3: a bracket is not closed",
		begin + "model.add(Flatten()))":                               "line 3: a ) closes nothing",
		begin + "model.add(Flatten())\nmodel.compile('nadam')":        `line 4: "nadam" is not among the optimisers here: adam, adamax, adamw, muon, rmsprop, sgd`,
		begin + "model.add(Flatten())\nmodel.compile(Adagrad(0.1))":   "line 4: Adagrad is not among the optimisers here: adam, adamax, adamw, muon, rmsprop, sgd",
		begin + "model.add(Flatten())\nmodel.compile('sgd', 'mse')":   `line 4: the loss "mse" is not supported here: it is categorical_crossentropy`,
		begin + "model.add(Flatten())\nmodel.fit(x, y, epochs=0)":     "line 4: epochs: 0: want a whole number of 1 or more",
		begin + "  model.add(Flatten())":                              "",
		"if True:\nmodel = Sequential()":                              "line 2: model stands where an indented block should",
		"x = 'a":                                                      "line 1: a string is not closed",
		"x = 1 $ 2":                                                   "line 1: '$' is not Python",
		"def f():\n  return f()\nf()":                                 "line 2: f calls itself, or functions call one another too deep",
		"for i in range(10**9): pass":                                 "line 1: a range of more than 10000",
		"for i in range(9999):\n  for j in range(9999):\n    x = i*j": "line 3: this goes on for too long to be a network",
		strings.Repeat("(", 500) + strings.Repeat(")", 500):           "line 1: more than 100 brackets or blocks lie in one another",
		"x = 1 / 0": "line 1: a division by 0",
		"c = Conv2D(8, 3)\nmodel = Sequential([c, c])":     "line 2: a layer that is used twice shares its weights, which is not supported here",
		"x = Input((32,32,3))\ny = Lambda(lambda t: t)(x)": "line 2: Lambda is not among the layers here",
		"class Net(keras.Model):\n  pass\nmodel = Net()":   "line 1: the class Net has no call, which says how its layers follow one another",
		"class Net(keras.Model):\n  def __init__(self, n):\n    super().__init__()\n    self.d = Dense(n)\n  def call(self, x):\n    return self.d(x)":       "line 1: the class Net is never made: add a line such as model = Net(…), with its n",
		"class Net(keras.Model):\n  def __init__(self):\n    super().__init__()\n    self.d = Dense(10)\n  def call(self, x):\n    self.d(x)\nmodel = Net()": "line 5: call of Net gives back None: want a layer's output",
		"class Net(keras.Model):\n  def call(self, x):\n    return tf.sort(x)\nmodel = Net()":                                                                "line 3: sort is not among the layers here",
		"class Net(keras.Model):\n  def __init__(self):\n    self.d = Dense(10)\n  def call(self, x):\n    return self.d(self.d(x))\nmodel = Net()":          "line 5: a layer that is used twice shares its weights, which is not supported here",
		"class Net(keras.Model):\n  def call(self, x):\n    return self.call(x)\nmodel = Net()":                                                              "line 3: call calls itself, or functions call one another too deep",
		"import torch.nn as nn\nclass Net(nn.Module):\n  pass":                                                                                               "line 2: Net is a network of PyTorch's. " + ofTorch,
		"import torch\nclass Net(torch.nn.Module):\n  pass":                                                                                                  "line 2: Net is a network of PyTorch's. " + ofTorch,
		"from torch import nn\n\nmodel = nn.Sequential(\n  nn.Conv2d(3, 16, 3))":                                                                             "line 4: torch.nn.Conv2d is PyTorch's. " + ofTorch,
		"model = nn.Sequential(nn.Flatten())":                                                                                                                "line 1: nn.Flatten is PyTorch's. " + ofTorch,
	} {
		_, err := Read(code, cifar10.Task, task.Recipe{})
		if want == "" {
			continue
		}
		if err == nil || err.Error() != want {
			t.Errorf("%.100q: %v, want %s", code, err, want)
		}
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("%q: an error of type %T", code, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.py")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(code))
	}
	f.Add(`{"cells": [{"cell_type": "code", "source": ["model = Sequential([Flatten(), Dense(10)])"]}], "nbformat": 4}`)
	f.Fuzz(func(t *testing.T, code string) {
		s, err := Read(code, cifar10.Task, task.TutorialRecipe)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("an error of type %T: %v", err, err)
			}
			return
		}
		s.Network.Task.Classes = cifar10.Task.Classes
		again, err := Read(Script(s.Network, s.Recipe, 0), cifar10.Task, task.Recipe{})
		if err != nil {
			t.Fatalf("%v\n%s", err, Script(s.Network, s.Recipe, 0))
		}
		if defined(again.Network) != defined(s.Network) && s.Recipe.L2 == 0 {
			t.Fatalf("it became\n%s\nof\n%s", defined(again.Network), defined(s.Network))
		}
	})
}

func fixture(t *testing.T, name string) string {
	t.Helper()
	code, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(code)
}
