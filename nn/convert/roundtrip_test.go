package convert

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/model/modeltest"
	"tenfold/nn/task"
)

// TestRoundTrips writes networks in each format, and opens what was written: the weights are the same
// to the bit, and so is what the file says of the task.
func TestRoundTrips(t *testing.T) {
	nets := map[string]*model.Network{}
	for _, n := range model.Networks {
		nets[n.Name] = n.New()
	}
	seen := map[string]bool{}
	for seed := uint64(0); len(nets) < 100+len(model.Networks); seed++ {
		net := modeltest.Random(rand.New(rand.NewPCG(seed, 9)), seen)
		if weights := size(net); weights < 1<<21 {
			nets[fmt.Sprint("random ", seed)] = net
		}
	}
	for name, net := range nets {
		if err := net.Init(11); err != nil {
			t.Fatal(err)
		}
		unusual(net)
		for _, f := range Formats {
			b, err := f.Save(net, nil)
			if err != nil {
				if f.Ending == ".tfjs.zip" && strings.Contains(err.Error(), "TensorFlow.js has no") {
					continue
				}
				t.Fatalf("%s as %s: %v", name, f.Name, err)
			}
			if (f.Name == Safetensors.Name || f.Name == "ONNX") && net.Output().Size() != len(net.Classes) {
				continue // our own file is one of a classifier, and what ONNX holds besides the graph
			}
			got, err := opened(b, nil)
			if err != nil {
				t.Fatalf("%s as %s: %v", name, f.Name, err)
			}
			identical(t, name+" as "+f.Name, got, net)
			if net.Classifies() == nil && net.Output().Size() == len(net.Classes) && (!slices.Equal(got.Classes, net.Classes) || got.Scale != net.Scale || got.Shift != net.Shift) {
				t.Errorf("%s as %s: the task is %+v", name, f.Name, got.Task)
			}
			if again, err := f.Save(got, nil); err != nil || f.Name == Safetensors.Name && !slices.Equal(again, b) {
				t.Errorf("%s as %s is written otherwise the second time: %v", name, f.Name, err)
			}
			if want := f.Name != Safetensors.Name; Known(b) != want {
				t.Errorf("%s: another tool's: %v", f.Name, !want)
			}
		}
	}
	for _, class := range layer.Classes() {
		if !seen[class] {
			t.Errorf("no network had a %s", class)
		}
	}
}

// TestCompiled writes how a network is trained where a format has a place for it.
func TestCompiled(t *testing.T) {
	net := three(t)
	r := task.Recipe{Optimizer: task.Adam, Rate: 0.25, ClipNorm: 2}
	for _, f := range Formats {
		b, err := f.Save(net, &State{Recipe: r})
		if err != nil {
			t.Fatal(err)
		}
		if (f.Ending == ".keras" || f.Ending == ".h5") && !strings.Contains(string(b), `"config":{"beta_1":0.9,"beta_2":0.999,"clipnorm":2,"epsilon":1e-7,"learning_rate":0.25,"name":"adam"}`) {
			t.Errorf("%s: it is not compiled", f.Name)
		}
		got, err := opened(b, nil)
		if err != nil {
			t.Fatal(err)
		}
		identical(t, f.Name, got, net)
	}
}

func size(net *model.Network) int {
	n := 0
	for _, w := range net.Weights() {
		n += w.Shape.Size()
	}
	return n
}

// withH5py returns a Python that has h5py, "" if there is none.
func withH5py() string {
	for _, p := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(p, "-c", "import h5py").Run() == nil {
			return p
		}
	}
	return ""
}

// TestKerasReads lets h5py do with what is written for Keras what Keras does: the layers of
// model_weights in their order, and the numbered weights of a .keras file.
func TestKerasReads(t *testing.T) {
	python := withH5py()
	if python == "" {
		t.Skip("SKIPPED: no Python with h5py is installed (Debian: apt-get install python3-h5py), and it is what checks the files that go out to Keras")
	}
	folder := t.TempDir()
	nets := map[string]*model.Network{}
	for _, n := range model.Networks {
		nets[n.Name] = n.New()
	}
	for seed := uint64(0); len(nets) < 30+len(model.Networks); seed++ {
		net := modeltest.Random(rand.New(rand.NewPCG(seed, 12)), map[string]bool{})
		if weights := size(net); weights > 0 && weights < 1<<18 && strings.Contains(net.Summary(), "Connected to") {
			nets[fmt.Sprint("random", seed)] = net
		}
	}
	for name, net := range nets {
		if err := net.Init(5); err != nil {
			t.Fatal(err)
		}
		var args []string
		for _, as := range []string{"model.h5", "model.keras", "model.safetensors"} {
			b, err := format(t, as).Save(net, nil)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(folder, name+"."+as)
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, path)
		}
		if strings.HasPrefix(name, "random") {
			args = append(args, "numbered otherwise")
		}
		if out, err := exec.Command(python, append([]string{"testdata/reads.py"}, args...)...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
