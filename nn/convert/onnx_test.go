package convert

import (
	"os"
	"slices"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/onnx"
)

// TestONNX opens a network of PyTorch's, whose task is guessed, and one of ours, whose task comes
// back, and writes them again.
func TestONNX(t *testing.T) {
	b, err := os.ReadFile("../onnx/testdata/torch_residual.onnx")
	if err != nil {
		t.Fatal(err)
	}
	net, err := opened(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := net.Classifies(); err != nil || len(net.Classes) != 10 || net.Classes[2] != "class 3" || net.Scale != cifar10.Task.Scale {
		t.Errorf("%v (%v)", net.Task, err)
	}
	ours := model.Slim()
	if err := ours.Init(3); err != nil {
		t.Fatal(err)
	}
	ours.Task.Classes = slices.Clone(ours.Task.Classes)
	ours.Task.Classes[0], ours.Scale = "zeppelin", 0.25
	for _, net := range []*model.Network{net, ours} {
		f, err := Of("network.ONNX")
		if err != nil {
			t.Fatal(err)
		}
		b, err := f.Save(net, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !Known(b) {
			t.Error("what is written is not known")
		}
		again, err := opened(b, nil)
		if err != nil || again.Fits(net.Task) != nil || again.Scale != net.Scale || again.Summary() != net.Summary() {
			t.Errorf("%v (%v)\n%s", again.Task, err, again.Summary())
		}
	}
}

// TestONNXAlone checks that the files of other formats are not taken for ONNX,
// nor an ONNX file for theirs.
func TestONNXAlone(t *testing.T) {
	net := model.Slim()
	if err := net.Init(1); err != nil {
		t.Fatal(err)
	}
	f, err := net.File()
	if err != nil {
		t.Fatal(err)
	}
	others := map[string][]byte{
		"TensorFlow Lite": []byte("\x08\x00\x00\x00TFL3\x00\x00"), "a pickle": []byte("\x80\x02}q\x00"), "a zip": []byte("PK\x03\x04"),
		"a SavedModel": []byte("\x08\x01\x12\x04\x0a\x02\x12\x00"), "Core ML": []byte("\x08\x04\x12\x02\x0a\x00\xa2\x1f\x02\x0a\x00"), "nothing": nil, "a version": {8, 8}, "text": []byte("hello"),
	}
	for _, name := range []string{"keras2.h5", "keras3.keras"} {
		others[name] = fixture(t, name)
	}
	for range 256 { // safetensors whose headers have lengths that begin with any byte
		f.Metadata["name"] += "."
		if others["safetensors"], err = f.Encode(checkpoint.F16); err != nil {
			t.Fatal(err)
		}
		for name, b := range others {
			if onnx.Known(b) {
				t.Fatalf("%s is taken for ONNX", name)
			}
		}
	}
	b, err := onnx.Write(net)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Formats {
		if f.known(b) != (f.Name == "ONNX") {
			t.Errorf("an ONNX file and %s: known is %v", f.Name, f.known(b))
		}
	}
}
