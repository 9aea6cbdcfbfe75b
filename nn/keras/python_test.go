package keras

import (
	"encoding/json"
	"math/rand/v2"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/model/modeltest"
	"tenfold/nn/task"
)

// TestPython lets Python itself run the scripts, with a stub instead of Keras that records what
// is called: the layers are those of the network, with the same arguments.
func TestPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("SKIPPED: python3 is not installed, and it is what checks the scripts that go out to Keras")
	}
	nets := []*model.Network{model.Tutorial(), model.Tenfold(), model.ResNet20()}
	for seed := range uint64(12) {
		nets = append(nets, modeltest.Random(rand.New(rand.NewPCG(seed, 3)), map[string]bool{}))
	}
	schedules := []string{task.PerEpoch, task.Constant, task.Steps, task.Cosine, task.Linear, task.Triangular, task.Exponential, task.OneCycle}
	for i, net := range nets {
		r := task.Recipe{Epochs: 3, Batch: 32, Rate: 1e-3, Decay: 0.9, Schedule: schedules[i%len(schedules)], Flip: i%2 == 0, Shift: i % 3, WarmUp: float64(i % 2)}
		code := Script(net, r, 0)
		cmd := exec.Command(python, "testdata/stub/stub.py")
		cmd.Stdin = strings.NewReader(code)
		var failed strings.Builder
		cmd.Stderr = &failed
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, failed.String(), code)
		}
		var calls []struct {
			Name   string
			Args   []any
			Kwargs map[string]any
		}
		if err := json.Unmarshal(out, &calls); err != nil {
			t.Fatal(err)
		}
		if len(calls) != len(net.Nodes()) {
			t.Fatalf("%d layers are called of %d:\n%s", len(calls), len(net.Nodes()), code)
		}
		for k, n := range net.Nodes() {
			class, _ := layer.Class(n.Layer)
			if calls[k].Name != class {
				t.Fatalf("layer %d is a %s, want %s", k, calls[k].Name, class)
			}
			got, want := calls[k].Kwargs, map[string]any{}
			for j, v := range calls[k].Args {
				got[layer.Arguments(class)[j].Name] = v
			}
			for name, v := range layer.Given(n.Layer) {
				want[name] = v
				if f, ok := v.(float64); ok && name == "kernel_regularizer" {
					want[name] = "L2(" + numberOf(f) + ")"
				}
				if s, ok := v.(string); ok && strings.HasPrefix(s, "constant(") {
					want[name] = "C" + s[1:]
				}
			}
			for _, a := range layer.Arguments(class) { // what is Keras' default need not be said
				if v, ok := want[a.Name]; ok && got[a.Name] == nil && Literal(a, v) == a.Default {
					delete(want, a.Name)
				}
			}
			b, _ := json.Marshal(want)
			want = map[string]any{}
			json.Unmarshal(b, &want)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s is called with %v, want %v\n%s", n.Name, got, want, code)
			}
		}
	}
}
