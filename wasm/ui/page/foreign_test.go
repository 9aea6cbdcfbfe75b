package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// network is a file of a network for pictures of a shape and so many classes.
func network(t *testing.T, in task.Shape, classes []string, layers ...layer.Layer) []byte {
	t.Helper()
	m, err := model.New(in, layers...)
	if err != nil {
		t.Fatal(err)
	}
	m.Classes = classes
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// dense is a network without convolutions, and names are so many classes.
func dense(n int) []layer.Layer {
	return []layer.Layer{layer.Flatten{}, layer.Dense{Units: n, Activation: "softmax"}}
}

func names(n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprint("class ", i))
	}
	return all
}

// foreign are files of weights that cannot be used, and what is said of each.
func foreign(t *testing.T) map[string]struct {
	file []byte
	want string
} {
	good := testModel(t)
	f, err := checkpoint.Decode(good)
	if err != nil {
		t.Fatal(err)
	}
	f.Tensors[3].Data[7] = float32(math.NaN())
	nan, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	arch, _ := json.Marshal(map[string]any{"input": []int{32, 32, 3}, "layers": []any{
		map[string]any{"class_name": "Flatten", "config": map[string]any{}},
		map[string]any{"class_name": "Dense", "config": map[string]any{"units": 80000}},
		map[string]any{"class_name": "Dense", "config": map[string]any{"units": 2}},
	}})
	huge, err := (&checkpoint.File{Metadata: map[string]string{"architecture": string(arch), "classes": `["a","b"]`}}).Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	type file = struct {
		file []byte
		want string
	}
	return map[string]file{
		"BF16":            {bytes.ReplaceAll(good, []byte(`"F16"`), []byte(`"BF1"`)), "want F32 or F16"},
		"cut":             {good[:len(good)/2], "lies at bytes"},
		"cut in its head": {good[:100], "cut short"},
		"HTML":            {[]byte("<!DOCTYPE html><title>404</title>"), "not a safetensors file"},
		"empty":           {nil, "too short"},
		"flat":            {network(t, task.Shape{3072}, cifar10.Task.Classes, layer.Dense{Units: 10, Activation: "softmax"}), "(None, 3072)"},
		"four channels":   {network(t, task.Shape{8, 8, 4}, names(3), dense(3)...), "4 channels"},
		"one class":       {network(t, cifar10.Task.Input, names(1), dense(1)...), "1 classes"},
		"101 classes":     {network(t, cifar10.Task.Input, names(101), dense(101)...), "101 classes"},
		"the same twice":  {network(t, cifar10.Task.Input, []string{"a", "a"}, dense(2)...), `called "a"`},
		"nameless":        {network(t, cifar10.Task.Input, []string{"a", " "}, dense(2)...), "no readable name"},
		"sigmoid":         {network(t, cifar10.Task.Input, names(2), layer.Flatten{}, layer.Dense{Units: 2}, layer.Activation{Function: "sigmoid"}), "ends in sigmoid"},
		"a lone softmax":  {network(t, task.Shape{1, 1, 3}, names(3), layer.Flatten{}, layer.Activation{Function: "softmax"}), "no weights"},
		"NaN":             {nan, "conv2d_1/bias is NaN"},
		"tiny and huge":   {huge, "no tensor is called"},
	}
}

// TestForeignFiles brings files of weights that cannot be used: each is refused in words, and
// nothing is another than it was, even after the worker has died.
func TestForeignFiles(t *testing.T) {
	p, b := newTrainPage(t)
	b.until("the network has answered", func() bool { return p.answers > 0 && !p.link.awaiting })
	shipped, probs, job := p.link.model, p.Probs(), p.train.job
	for name, c := range foreign(t) {
		p.File(name+".safetensors", c.file)
		b.until(name+" is refused", func() bool { return len(p.link.offers) == 0 })
		if s := p.Twin().Status; !strings.HasPrefix(s, "The file "+name+".safetensors cannot be used: ") || !strings.Contains(s, c.want) {
			t.Errorf("%s: the status is %q, want it to say %q", name, s, c.want)
		}
		p.WorkerDied("test")
		p.again()
		before := p.answers
		b.until("it answers again", func() bool { return p.answers > before })
		if !bytes.Equal(p.link.model, shipped) || !slices.Equal(p.Probs(), probs) || p.train.job != job || p.train.using != task.Shipped || p.train.given != nil {
			t.Errorf("%s has changed something", name)
		}
		b.downloads = nil
		if p.Do("train-weights"); len(b.downloads) != 1 || !bytes.Equal(b.downloads[0].content, shipped) {
			t.Errorf("after %s another network is downloaded", name)
		}
	}
	p.File("good.safetensors", otherModel(t))
	b.until("a good one is in use", func() bool { return p.train.using == task.Given })
	if s := p.Twin().Status; s != "The file good.safetensors is in use now." || p.train.job.From != task.Given || bytes.Equal(p.link.model, shipped) {
		t.Errorf("%q; it starts from %s", s, p.train.job.From)
	}
}

// TestOtherTasks uses networks that tell other things apart, of pictures of other shapes: all
// views show them, and what they are taught on is refused in words where it does not fit.
func TestOtherTasks(t *testing.T) {
	conv := layer.Conv2D{Filters: 4, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "relu"}
	for name, c := range map[string]struct {
		file    []byte
		classes []string
		in      task.Shape
	}{
		"two":      {network(t, task.Shape{28, 28, 1}, []string{"so", "nicht so"}, append([]layer.Layer{conv}, dense(2)...)...), []string{"so", "nicht so"}, task.Shape{28, 28, 1}},
		"portrait": {network(t, task.Shape{64, 48, 1}, cifar10.Task.Classes, append([]layer.Layer{conv}, dense(10)...)...), cifar10.Task.Classes, task.Shape{64, 48, 1}},
		"scripts":  {network(t, task.Shape{16, 20, 3}, []string{"猫", "σκύλος", "a class with a name that is far too long for its place beside a bar"}, append([]layer.Layer{conv}, dense(3)...)...), []string{"猫", "σκύλος", "a class with a name that is far too long for its place beside a bar"}, task.Shape{16, 20, 3}},
		"twelve":   {network(t, cifar10.Task.Input, names(12), dense(12)...), names(12), cifar10.Task.Input},
		"hundred":  {network(t, cifar10.Task.Input, names(100), append([]layer.Layer{conv}, dense(100)...)...), names(100), cifar10.Task.Input},
		"logits":   {network(t, cifar10.Task.Input, cifar10.Task.Classes, conv, layer.Flatten{}, layer.Dense{Units: 10}), cifar10.Task.Classes, cifar10.Task.Input},
	} {
		t.Run(name, func(t *testing.T) {
			p, b := newTrainPage(t)
			b.until("the network has answered", func() bool { return p.answers > 0 && !p.link.awaiting })
			p.Do("view-model")
			p.choose(17, 3) // which the other does not have
			p.File(name+".safetensors", c.file)
			b.until("it is in use", func() bool { return p.train.using == task.Given })
			b.until("it has answered", func() bool { return p.answers > 0 && !p.link.awaiting })
			sum := 0.0
			for _, v := range p.Probs() {
				sum += v
			}
			if got := len(p.Pixels()); got != c.in.Size() || len(p.Probs()) != len(c.classes) || math.Abs(sum-1) > 1e-5 {
				t.Errorf("%d bytes go in; %d probabilities come out, %g together", got, len(p.Probs()), sum)
			}
			if class, _, _ := strings.Cut(p.Twin().Prediction, "%"); !slices.ContainsFunc(c.classes, func(name string) bool { return strings.HasPrefix(class, name+" ") }) {
				t.Errorf("the prediction is %q", p.Twin().Prediction)
			}
			if a := p.action("label-" + c.classes[1]); a == nil || a.enabled(p) != (slices.Equal(c.classes, cifar10.Task.Classes) && slices.Equal(c.in, cifar10.Task.Input)) {
				t.Errorf("a picture can be labelled: %v", a)
			}
			for _, size := range [][2]float64{{1280, 800}, {390, 844}} {
				p.Resize(size[0], size[1], 1)
				for _, v := range views {
					p.show(v.id)
					b.until("there is nothing to wait for", func() bool { return p.inside.asked == 0 && p.inside.whyID == 0 && p.inside.apartD == 0 })
					render(p)
					p.Twin()
				}
			}
			if s := p.Twin().Status; strings.Contains(s, "worker says") {
				t.Error(s)
			}
			p.presenting = true
			p.Resize(1280, 800, 1)
			p.show("classify")
			render(p)
			p.presenting = false
			p.Show(image.NewRGBA(image.Rect(0, 0, 60, 40)), "a picture")
			before := p.answers
			p.Pixels()
			b.until("a picture is classified", func() bool { return p.answers > before && !p.link.awaiting })
			p.Do("train-revert")
			b.until("the pretrained network is back", func() bool { return p.train.using == task.Shipped && p.answers > 0 && !p.link.awaiting })
			if len(p.Pixels()) != cifar10.Task.Pixels() || len(p.Probs()) != 10 {
				t.Errorf("back again, %d bytes go in and %d probabilities come out", len(p.Pixels()), len(p.Probs()))
			}
		})
	}
}

// TestNoConvolution looks into a network without one: what there is to see is asked for once,
// and what there is not is said.
func TestNoConvolution(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	p.File("flat.safetensors", network(t, cifar10.Task.Input, cifar10.Task.Classes, layer.Flatten{}, layer.Dense{Units: 10, Activation: "softmax"}))
	b.until("it is in use", func() bool { return p.train.using == task.Given })
	p.Do("view-model")
	b.until("it is said that there are no reasons", func() bool { return strings.Contains(twinText(p, "model-reasons"), "no convolution") })
	sent := p.serial
	for i := range 100 {
		p.Tick(time.Unix(int64(i), 0))
		p.Panels()
		p.lookInside()
	}
	if p.serial != sent {
		t.Errorf("%d more questions", p.serial-sent)
	}
	p.Do("model-occlusion")
	b.until("it shows where a patch harms", func() bool { return strings.Contains(twinText(p, "model-reasons"), "strongest") })
}

// TestAFailedAnswer fails the live picture's answer: the newest picture is asked about.
func TestAFailedAnswer(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	p.Do("sample")
	p.refresh()
	p.Do("clear")
	p.refresh() // waits for the answer to the sample
	m, err := protocol.Encode(protocol.Failed{ID: p.link.id, Message: "session: no"})
	if err != nil {
		t.Fatal(err)
	}
	asked := p.link.id
	p.Message(m, p.now)
	if p.link.id != asked+1 || p.link.waiting {
		t.Error("the newest picture is not asked about")
	}
	b.answer()
	if !slices.Equal(p.link.pixels, p.Pixels()) {
		t.Error("another picture was answered")
	}
}

// TestTemperature lets the bars use a fitted temperature: a worker that starts anew has it
// too, and another network does not.
func TestTemperature(t *testing.T) {
	p, b := newTrainPage(t)
	answered := func(what string) []float64 {
		b.until(what, func() bool { return !p.link.awaiting && !p.link.waiting && p.link.loaded != nil })
		return p.Probs()
	}
	plain := answered("the network has answered")
	p.evaluation.result = &protocol.Evaluated{Report: task.Evaluation{Temperature: 3}}
	p.temper(true)
	soft := answered("it answers with the temperature")
	if slices.Equal(soft, plain) || slices.Max(soft) >= slices.Max(plain) {
		t.Fatalf("%v with the temperature, %v without", soft, plain)
	}
	p.WorkerDied("test")
	p.evaluation.result = nil // which has no matrix
	for _, v := range views { // all of them show what was there
		p.show(v.id)
		render(p)
		p.Twin()
	}
	p.again()
	if got := answered("another worker answers"); !slices.Equal(got, soft) {
		t.Errorf("after the worker has died %v, want %v", got, soft)
	}
	p.File("good.safetensors", testModel(t))
	b.until("another network is in use", func() bool { return p.train.using == task.Given })
	if got := answered("it answers"); p.evaluation.tempered || !slices.Equal(got, plain) {
		t.Errorf("another network with the temperature of the first: %v, want %v", got, plain)
	}
}

// TestAwayWhileDrawing leaves the view by a key while the button is held: the stroke ends.
func TestAwayWhileDrawing(t *testing.T) {
	p, _ := newPage(t, 1280, 800, false)
	square, _ := p.square()
	at := func(x, y float64) (float64, float64) { return square.X + x*square.W, square.Y + y*square.H }
	point := func(phase Phase, x, y float64) {
		x, y = at(x, y)
		p.Pointer(Pointer{ID: 1, Phase: phase, X: x, Y: y})
	}
	point(Down, 0.2, 0.2)
	point(Move, 0.3, 0.2)
	p.Key("?")
	point(Move, 0.5, 0.6) // natively an infinite point paints nothing, in WebAssembly a quarter of the pad
	if p.gesture.kind == stroking {
		t.Error("the stroke goes on in another view")
	}
	point(Move, 0.9, 0.9)
	point(Up, 0.9, 0.9)
	p.show("classify")
	dark := 0
	for i := 0; i < len(p.pad.Image.Pix); i += 4 {
		if p.pad.Image.Pix[i] < 128 {
			dark++
		}
	}
	if share := float64(4*dark) / float64(len(p.pad.Image.Pix)); share == 0 || share > 0.02 {
		t.Errorf("%.1f %% of the pad are dark, want a short stroke", 100*share)
	}
}
