package onnx

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// networks returns all that go out, by names of files.
func networks(t testing.TB) map[string]*model.Network {
	all := map[string]*model.Network{"everything": everything(t)}
	for _, n := range model.Networks {
		all[n.Name] = drawn(t, n.New())
	}
	for _, more := range []map[string]*model.Network{alone(t), bent(t), merged(t)} {
		maps.Copy(all, more)
	}
	return all
}

func encoded(t testing.TB, net *model.Network) []byte {
	t.Helper()
	b, err := Write(net)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// bare returns a file without the entries of its metadata that begin the way back.
func bare(t testing.TB, b []byte) []byte {
	t.Helper()
	m, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	m.Metadata = slices.DeleteFunc(m.Metadata, func(p Property) bool { return p.Key == architecture })
	return m.Encode()
}

// TestRoundTrip writes networks and reads them again: the same layers, and the same weights bit for
// bit.
func TestRoundTrip(t *testing.T) {
	for name, net := range networks(t) {
		b := encoded(t, net)
		if !Known(b) {
			t.Errorf("%s is not known as ONNX", name)
		}
		if len(net.Classes) == 0 {
			continue // see TestGraph
		}
		again, err := Read(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, want := again.Summary(), net.Summary(); got != want || again.Name != net.Name || !slices.Equal(again.Classes, net.Classes) || again.Scale != net.Scale {
			t.Errorf("%s became %q %v\n%s\nwant\n%s", name, again.Name, again.Task, got, want)
		}
		for i, w := range again.Weights() {
			if !slices.Equal(w.Data, net.Weights()[i].Data) {
				t.Errorf("%s: %s has changed", name, w.Path)
			}
		}
		if second := encoded(t, again); !slices.Equal(second, b) {
			t.Errorf("%s: the second file is another", name)
		}
	}
}

// TestGraph reads the graphs of what is written alone, as of any other tool's: the same answers, and
// the same weights in the same order, bit for bit.
func TestGraph(t *testing.T) {
	for name, net := range networks(t) {
		again, err := Read(bare(t, encoded(t, net)))
		if _, mixed := bent(t)[name]; mixed && name != "top" {
			if err == nil || !strings.Contains(err.Error(), "is not among the layers here") {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			if name != "top" && !strings.Contains(err.Error(), "it has no layers") {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		x := pictures(net.Input)
		if d := apart(answers(again, x), answers(net, x)); d > 1e-6 {
			t.Errorf("%s: the answers differ by %g\n%s", name, d, again.Summary())
		}
		was := net.Weights()
		for i, w := range again.Weights() {
			if len(was) == len(again.Weights()) && !slices.Equal(w.Data, was[i].Data) {
				t.Errorf("%s: %s has changed", name, w.Path)
			}
		}
	}
}

// TestTask checks that classes and scaling come back from a graph that is not as it was, and are left
// out where they do not fit.
func TestTask(t *testing.T) {
	net := drawn(t, model.Slim())
	net.Scale, net.Shift = 1.0/128, -1
	m, err := Decode(encoded(t, net))
	if err != nil {
		t.Fatal(err)
	}
	n := &m.Graph.Nodes[1]
	n.Name = "changed"
	again, err := Read(m.Encode())
	if err != nil || again.Fits(net.Task) != nil || again.Scale != net.Scale || again.Shift != -1 {
		t.Errorf("%v: %v", again.Task, err)
	}
	for i, p := range m.Metadata {
		if p.Key == classes {
			m.Metadata[i].Value = `["a","b"]`
		}
	}
	if again, err = Read(m.Encode()); err != nil || again.Classes != nil {
		t.Errorf("%v: %v", again.Task, err)
	}
	var names []string
	whole, err := Decode(encoded(t, net))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(whole.property(classes)), &names); err != nil || !slices.Equal(names, cifar10.Task.Classes) {
		t.Errorf("classes %v (%v)", names, err)
	}
	if !strings.Contains(m.Doc, "byte*0.0078125 + -1") {
		t.Errorf("the doc says %q", m.Doc)
	}
}

// TestEveryWriter checks that every kind of layer has a line in the table.
func TestEveryWriter(t *testing.T) {
	if len(writers) != len(layer.Classes()) {
		t.Errorf("%d kinds of layers are written, of %d", len(writers), len(layer.Classes()))
	}
	if _, err := Write(func() *model.Network {
		n, _ := model.New(task.Shape{4}, layer.Dense{Units: 2})
		n.Weights()[0].Data = nil
		return n
	}()); err == nil {
		t.Error("a network without memory is written")
	}
}
