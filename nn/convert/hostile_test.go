package convert

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/hdf5"
	"tenfold/nn/model"
)

// files are small ones of all formats, whole models and weights alone.
func files(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, name := range []string{"keras20.h5", "keras2.h5", "keras3.h5", "keras3.keras", "nested_frozen.h5", "nested.keras", "weights.h5", "save_weights2.h5", "save_weights3.h5", "keras3.weights.h5", "colons.safetensors", "dots.safetensors", "torch.safetensors"} {
		all[name] = fixture(t, name)
	}
	net := three(t)
	for _, f := range Formats {
		b, err := f.Save(net, nil)
		if err != nil {
			t.Fatal(err)
		}
		all["ours"+f.Ending] = b
		if b, err = Bundle(f, net, nil, make([]byte, net.Pixels())); err != nil {
			t.Fatal(err)
		}
		all["bundle"+f.Ending] = b
	}
	return all
}

// bounded opens a file, and fails if that takes far more memory than the file.
func bounded(t testing.TB, name string, b []byte, at *model.Network) error {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := opened(b, at)
	runtime.ReadMemStats(&after)
	const least = 400 << 20 // zeros are unpacked up to a limit, and some of it more than once
	if got := after.TotalAlloc - before.TotalAlloc; got > least+200*uint64(len(b)) {
		t.Errorf("%s, of %d bytes, takes %d", name, len(b), got)
	}
	return err
}

// TestDamaged opens files that are cut off, or have another byte or a huge
// number, anywhere.
func TestDamaged(t *testing.T) {
	at := empty(t)
	for name, whole := range files(t) {
		step := max(len(whole)/60, 1)
		if testing.Short() {
			step *= 10
		}
		for n := 0; n < len(whole); n += step {
			if err := bounded(t, fmt.Sprint(name, " cut at ", n), whole[:n], at); err == nil && n < len(whole)/2 {
				t.Errorf("%s is opened without what lies behind byte %d", name, n)
			}
		}
		rng := rand.New(rand.NewPCG(1, uint64(len(whole))))
		for range 120 {
			b := slices.Clone(whole)
			n := rng.IntN(len(b))
			switch rng.IntN(3) {
			case 0:
				b[n] ^= 0xff
			case 1:
				copy(b[n:], "\x00\x00\x00\x00\x00\x00\x00\x80") // 2^63
			default:
				copy(b[n:], "\xff\xff\xff\xff\xff\xff\xff\x7f")
			}
			bounded(t, fmt.Sprint(name, " changed at ", n), b, at)
		}
	}
}

// bomb returns an archive of one file of many zeros, and others.
func bomb(t *testing.T, name string, zeros int, others ...member) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range others {
		part, err := w.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write(f.data)
	}
	part, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 1<<20)
	for range zeros >> 20 {
		part.Write(block)
	}
	w.Close()
	return out.Bytes()
}

// TestBombs opens small files that say they are large.
func TestBombs(t *testing.T) {
	const large = 1 << 28
	config := fixture(t, "keras3.keras")
	z, err := unzip(config)
	if err != nil {
		t.Fatal(err)
	}
	text, err := z.read(z.find("config.json"), maxText)
	if err != nil {
		t.Fatal(err)
	}
	huge := strings.Replace(string(text), `"units": 3`, `"units": 60000000`, 1)
	root := &hdf5.Object{}
	root.SetString("model_config", `{"class_name": "Sequential", "config": {"layers": [{"class_name": "InputLayer", "config": {"batch_shape": [null, 60000, 60000, 3]}}, {"class_name": "Conv2D", "config": {"filters": 60000, "kernel_size": [1000, 1000]}}]}}`)
	root.Group("model_weights/conv2d")
	wide, err := hdf5.Write(root)
	if err != nil {
		t.Fatal(err)
	}
	deep := strings.Repeat(`{"a":[`, 1<<10)
	header := binary.LittleEndian.AppendUint64(nil, 1<<63)
	for name, c := range map[string]struct {
		b    []byte
		want string
	}{
		"weights of zeros":        {bomb(t, "model.weights.h5", large, member{"config.json", text}), "unpacks to 268435456 bytes"},
		"a config of zeros":       {bomb(t, "config.json", large, member{"model.weights.h5", nil}), "unpacks to 268435456 bytes"},
		"a model.json of zeros":   {bomb(t, "model.json", large), "unpacks to 268435456 bytes"},
		"a model of zeros":        {bomb(t, "model.safetensors", large), "unpacks to 268435456 bytes"},
		"a layer that is huge":    {bomb(t, "model.weights.h5", 0, member{"config.json", []byte(huge)}), ""},
		"layers that are huge":    {wide, ""},
		"JSON that is deep":       {bomb(t, "model.weights.h5", 0, member{"config.json", []byte(deep)}), "nested more than"},
		"a header of 2^63 bytes":  {append(header, '{'), "the header claims 9223372036854775808 bytes"},
		"a shard that is missing": {bomb(t, "x", 0, member{"model.json", []byte(`{"modelTopology": {"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 1, "batch_input_shape": [null, 1]}}]}}, "weightsManifest": [{"paths": ["../../x.bin"], "weights": []}]}`)}), `has no "../../x.bin"`},
		"a weight that is huge":   {bomb(t, "x.bin", 0, member{"model.json", []byte(`{"modelTopology": {"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"units": 1, "batch_input_shape": [null, 1]}}]}}, "weightsManifest": [{"paths": ["x.bin"], "weights": [{"name": "dense/kernel", "shape": [4611686018427387904, 4], "dtype": "float32"}]}]}`)}), "do not fit into 0 bytes"},
	} {
		if err := bounded(t, name, c.b, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestForeign checks what is said of files that are not a network's.
func TestForeign(t *testing.T) {
	pt, err := zipped(member{"archive/data.pkl", []byte("\x80\x02}.")}, member{"archive/data/0", []byte("xxxx")})
	if err != nil {
		t.Fatal(err)
	}
	npz, _ := zipped(member{"arr_0.npy", []byte("\x93NUMPY")})
	saved, _ := zipped(member{"my_model/saved_model.pb", []byte("x")}, member{"my_model/variables/variables.index", nil})
	empty, _ := zipped(member{"notes.txt", []byte("hello")})
	numbers := make([]byte, 400)
	for i := 0; i < len(numbers); i += 4 {
		numbers[i+1], numbers[i+2], numbers[i+3] = byte(i), 0x80, 0x3d
	}
	for want, b := range map[string][]byte{
		"the file is empty":                  nil,
		"a pointer of Git LFS":               []byte("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4\n"),
		"this is a web page":                 []byte("\n<!DOCTYPE html>\n<html><body>Sign in"),
		"a file of PyTorch's torch.save":     pt,
		"a pickle of Python's":               []byte("\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}."),
		"a SavedModel of TensorFlow's":       saved,
		"arrays of numpy's (.npz)":           npz,
		"an array of numpy's (.npy)":         []byte("\x93NUMPY\x01\x00"),
		"a .zip file in which there is no":   empty,
		"the .zip file is damaged":           empty[:len(empty)-30],
		"a model of TensorFlow Lite":         []byte("\x1c\x00\x00\x00TFL3\x00\x00"),
		"a language model (GGUF)":            []byte("GGUF\x03\x00\x00\x00"),
		"a file of MATLAB's (.mat)":          []byte("MATLAB 5.0 MAT-file, Platform: GLNXA64"),
		"a picture (PNG)":                    []byte("\x89PNG\r\n\x1a\n"),
		"a picture (JPEG)":                   []byte("\xff\xd8\xff\xe0"),
		"a picture (WebP)":                   []byte("RIFF\x00\x00\x00\x00WEBPVP8 "),
		"a file packed with gzip":            []byte("\x1f\x8b\x08\x00"),
		"an archive (tar)":                   append(make([]byte, 257), "ustar\x0000"...),
		"a saved_model.pb":                   []byte("\x08\x01\x12\x80\x01\x0a\x10\x22\x05serve"),
		"numbers alone, like the .bin files": numbers,
		"a network without its weights":      []byte(`{"class_name": "Sequential", "config": {}}`),
		"code of Python's":                   []byte("import numpy as np\nfrom keras.models import Sequential\n"),
		"a notebook (.ipynb)":                []byte(`{"cells": [{"cell_type": "code", "source": ["import keras"]}], "nbformat": 4}`),
		"in YAML":                            []byte("backend: tensorflow\nclass_name: Sequential\nconfig:\n  name: sequential\nkeras_version: 2.4.0\n"),
		"the index of a checkpoint":          []byte("\x00\x00\x04\x02dense/kernel\x57\xfb\x80\x8b\x24\x75\x47\xdb"),
		"Apple's Core ML":                    []byte("\x08\x04\x12\x05\x0a\x03\x0a\x01x\xa2\x1f\x02\x0a\x00"),
		"a frozen graph of TensorFlow's":     []byte("\x0a\x14\x0a\x05input\x12\x0bPlaceholder\x0a\x0a\x0a\x01w\x12\x05Const"),
		"a table (.csv)":                     []byte("epoch,loss\n1,2.0\n2,1.5\n"),
		"this is not a file of a network":    []byte("hello"),
	} {
		if _, err := opened(b, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, want %s", b, err, want)
		}
	}
}

func FuzzOpen(f *testing.F) {
	for _, b := range files(f) {
		f.Add(b)
	}
	b, err := os.ReadFile("testdata/keras3.keras")
	if err != nil {
		f.Fatal(err)
	}
	at, err := opened(b, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		Known(b)
		net, err := opened(b, at)
		if err != nil {
			return
		}
		for _, f := range Formats {
			saved, err := f.Save(net, nil)
			if err != nil || f.Name == Safetensors.Name && net.Output().Size() != len(net.Classes) {
				continue
			}
			again, err := opened(saved, nil)
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			identical(t, f.Name, again, net)
		}
	})
}
