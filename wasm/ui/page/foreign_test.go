package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/spec"
	"tenfold/wasm/protocol"
)

// network is a file of a network for pictures of a shape and so many classes.
func network(t *testing.T, in spec.Shape, classes []string, layers ...layer.Layer) []byte {
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

// foreign are files of weights that cannot be used, and what is said of each.
func foreign(t *testing.T) map[string]struct {
	file []byte
	want string
} {
	good := testModel(t)
	dense := func(n int) []layer.Layer {
		return []layer.Layer{layer.Flatten{}, layer.Dense{Units: n, Activation: "softmax"}}
	}
	names := func(n int) (all []string) {
		for i := range n {
			all = append(all, fmt.Sprint("class ", i))
		}
		return all
	}
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
		"another shape":   {network(t, spec.Shape{64, 48, 1}, spec.Classes, dense(10)...), "(None, 64, 48, 1)"},
		"flat":            {network(t, spec.Shape{3072}, spec.Classes, layer.Dense{Units: 10, Activation: "softmax"}), "(None, 3072)"},
		"twelve classes":  {network(t, spec.Input, names(12), dense(12)...), "it tells 12 classes apart"},
		"other classes":   {network(t, spec.Input, names(10), dense(10)...), "its classes are class 0"},
		"logits":          {network(t, spec.Input, spec.Classes, layer.Flatten{}, layer.Dense{Units: 10}), "softmax"},
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
		if !bytes.Equal(p.link.model, shipped) || p.Probs() != probs || p.train.job != job || p.train.using != spec.Shipped || p.train.given != nil {
			t.Errorf("%s has changed something", name)
		}
		b.downloads = nil
		if p.Do("train-weights"); len(b.downloads) != 1 || !bytes.Equal(b.downloads[0].content, shipped) {
			t.Errorf("after %s another network is downloaded", name)
		}
	}
	p.File("good.safetensors", otherModel(t))
	b.until("a good one is in use", func() bool { return p.train.using == spec.Given })
	if s := p.Twin().Status; s != "The file good.safetensors is in use now." || p.train.job.From != spec.Given || bytes.Equal(p.link.model, shipped) {
		t.Errorf("%q; it starts from %s", s, p.train.job.From)
	}
}

// TestNoConvolution looks into a network without one: what there is to see is asked for once,
// and what there is not is said.
func TestNoConvolution(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	p.File("flat.safetensors", network(t, spec.Input, spec.Classes, layer.Flatten{}, layer.Dense{Units: 10, Activation: "softmax"}))
	b.until("it is in use", func() bool { return p.train.using == spec.Given })
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
