package convert

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// foreign are files that people take for a network's, by their content. The
// first that fits says what the file seems to be, and what to do; a new one
// adds a line.
var foreign = []struct {
	is   func(b []byte) bool
	text string
}{
	{func(b []byte) bool { return len(b) == 0 }, "the file is empty: save or download it again"},
	{begins("version https://git-lfs"), "this is a pointer of Git LFS, not the file itself: fetch it with git lfs pull, or with the repository's download button"},
	{page, "this is a web page that was saved instead of the file: it may need a login, or the download button beside it"},
	{zipWith("data.pkl"), "a file of PyTorch's torch.save, which is a program and is not read: write the weights with safetensors.torch.save_file(model.state_dict(), \"model.safetensors\"), and open that with the network at hand"},
	{zipWith("constants.pkl"), "a program of PyTorch's TorchScript, which is not read: write the weights with safetensors.torch.save_file(model.state_dict(), \"model.safetensors\"), and open that with the network at hand"},
	{pickle, "a pickle of Python's, as torch.save once wrote it, which is a program and is not read: write the weights with safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")"},
	{zipWith("saved_model.pb"), "a SavedModel of TensorFlow's, which has operations instead of layers and is not read: load it in Keras, and save it with model.save(\"model.keras\")"},
	{zipEnding(".npy"), "arrays of numpy's (.npz), which do not say what network they are of: save the model with model.save(\"model.keras\"), or the weights with safetensors.numpy.save_file"},
	{begins("\x93NUMPY"), "an array of numpy's (.npy), which does not say what network it is of: save the model with model.save(\"model.keras\")"},
	{isZip, "a .zip file in which there is no model: of TensorFlow.js it has model.json and its .bin files, otherwise one file that Keras or Tenfold has saved"},
	{at(4, "TFL3"), "a model of TensorFlow Lite (.tflite), which is not read: save the Keras model that it was made of with model.save(\"model.keras\")"},
	{begins("GGUF"), "a language model (GGUF), which tells no pictures apart"},
	{begins("MATLAB 5.0"), "a file of MATLAB's (.mat), which is not read: export the network with exportONNXNetwork"},
	{isSavedModel, "a saved_model.pb of TensorFlow's, which has operations instead of layers and is not read: load its folder in Keras, and save it with model.save(\"model.keras\")"},
	{begins("\x89PNG"), "a picture (PNG): drop it on the pad to classify it"},
	{begins("\xff\xd8\xff"), "a picture (JPEG): drop it on the pad to classify it"},
	{begins("GIF8"), "a picture (GIF): drop it on the pad to classify it"},
	{at(8, "WEBP"), "a picture (WebP): drop it on the pad to classify it"},
	{begins("%PDF"), "a document (PDF)"},
	{begins("\x1f\x8b"), "a file packed with gzip: unpack it first"},
	{begins("BZh"), "a file packed with bzip2: unpack it first"},
	{begins("\xfd7zXZ"), "a file packed with xz: unpack it first"},
	{begins("7z\xbc\xaf"), "a file packed with 7-Zip: unpack it first"},
	{begins("Rar!"), "a file packed with RAR: unpack it first"},
	{at(257, "ustar"), "an archive (tar): unpack it first"},
	{begins("\x28\xb5\x2f\xfd"), "a file packed with zstd: unpack it first"},
	{checkpointIndex, "the index of a checkpoint of TensorFlow's (.index), whose weights are in the .data file beside it, and which is not read: load it into its model with model.load_weights, and save that with model.save(\"model.keras\")"},
	{isCoreML, "a model of Apple's Core ML (.mlmodel), which is not read: save the model that it was made of, with model.save(\"model.keras\") or torch.onnx.export"},
	{isGraph, "a frozen graph of TensorFlow's (.pb), which has operations in the place of layers and is not read: save the Keras model that it was made of with model.save(\"model.keras\"), or turn the graph into ONNX with tf2onnx"},
	{notebook, "a notebook (.ipynb): give it to tenfold-train as -network, or copy the cells that make the model and train it, and paste them into Build"},
	{yaml, "a network without its weights, in YAML, as Keras once wrote it: save the whole model, with model.save(\"model.keras\")"},
	{weightsOfTensorFlowJS, "numbers alone, like the .bin files of TensorFlow.js: choose them together with their model.json"},
	{config, "a network without its weights, in JSON: save the whole model, with model.save(\"model.keras\")"},
	{code, "code of Python's: paste it into Build, or give it to tenfold-train as -network"},
	{table, "a table (.csv), in which there is no network"},
}

// Foreign returns an error that says what a file of no known format seems to
// be.
func Foreign(b []byte) error {
	for _, f := range foreign {
		if f.is(b) {
			return errors.New("convert: " + f.text)
		}
	}
	return errors.New("convert: this is not a file of a network that can be read here: want one of " + strings.Join(readable, ", "))
}

// readable lists the files that can be read, in words.
var readable = []string{"safetensors", "Keras (.keras, .h5)", "TensorFlow.js (model.json with its .bin files)", "ONNX (.onnx)"}

func begins(with string) func(b []byte) bool { return at(0, with) }

// at reports whether a file has a text at a place.
func at(place int, text string) func(b []byte) bool {
	return func(b []byte) bool { return len(b) > place && bytes.HasPrefix(b[place:], []byte(text)) }
}

// head returns the beginning of a text in lower case.
func head(b []byte) string {
	return strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(b[:min(len(b), 512)]), "\ufeff")))
}

func page(b []byte) bool {
	h := head(b)
	return strings.HasPrefix(h, "<!doctype html") || strings.HasPrefix(h, "<html") || strings.HasPrefix(h, "<head") || strings.HasPrefix(h, "<?xml") && strings.Contains(h, "<html")
}

// pickle reports whether a file is one: protocol 2 to 5, whose last byte is a
// full stop.
func pickle(b []byte) bool {
	return len(b) > 3 && b[0] == 0x80 && b[1] >= 2 && b[1] <= 5 && bytes.IndexByte(b[max(0, len(b)-1<<16):], '.') >= 0
}

func zipWith(name string) func(b []byte) bool {
	return func(b []byte) bool {
		if !isZip(b) {
			return false
		}
		z, err := unzip(b)
		return err == nil && z.find(name) != nil
	}
}

func zipEnding(ending string) func(b []byte) bool {
	return func(b []byte) bool {
		if !isZip(b) {
			return false
		}
		z, err := unzip(b)
		if err != nil {
			return false
		}
		for _, f := range z.File {
			if strings.HasSuffix(f.Name, ending) {
				return true
			}
		}
		return false
	}
}

// isSavedModel reports whether a file is one: its version, 1, and a
// MetaGraphDef.
func isSavedModel(b []byte) bool {
	return len(b) > 8 && b[0] == 0x08 && b[1] == 1 && b[2] == 0x12 && bytes.Contains(b[:min(len(b), 1<<16)], []byte("serve"))
}

// weightsOfTensorFlowJS reports whether a file is nothing but numbers of 32
// bits near 0.
func weightsOfTensorFlowJS(b []byte) bool {
	const look = 256
	if len(b) < 4*16 || len(b)%4 != 0 {
		return false
	}
	near := 0
	for i := 0; i+4 <= len(b) && i < 4*look; i += 4 {
		exponent := int(b[i+3]&0x7f)<<1 | int(b[i+2]>>7)
		if exponent > 95 && exponent < 134 {
			near++
		}
	}
	return near*10 > 9*min(len(b)/4, look)
}

func config(b []byte) bool {
	return strings.HasPrefix(head(b), "{") && bytes.Contains(b, []byte(`"class_name"`))
}

func code(b []byte) bool {
	h := b[:min(len(b), 1<<14)]
	return bytes.Contains(h, []byte("import ")) && (bytes.Contains(h, []byte("keras")) || bytes.Contains(h, []byte("torch")))
}

// notebook says whether a file is Jupyter's.
func notebook(b []byte) bool {
	return strings.HasPrefix(head(b), "{") && bytes.Contains(b, []byte(`"nbformat"`)) && bytes.Contains(b, []byte(`"cells"`))
}

// yaml says whether a file is what to_yaml of Keras 2 wrote.
func yaml(b []byte) bool {
	h := b[:min(len(b), 1<<14)]
	return (bytes.HasPrefix(h, []byte("backend:")) || bytes.HasPrefix(h, []byte("class_name:"))) && bytes.Contains(h, []byte("\nconfig:"))
}

// checkpointIndex says whether a file is a table of LevelDB's, by the number at its end. Source:
// https://github.com/google/leveldb/blob/1.23/table/format.h.
func checkpointIndex(b []byte) bool {
	return bytes.HasSuffix(b, []byte("\x57\xfb\x80\x8b\x24\x75\x47\xdb"))
}

// table says whether a file is one as text: lines with as many commas, or semicolons, each.
func table(b []byte) bool {
	lines := strings.Split(strings.TrimSpace(string(b[:min(len(b), 1<<12)])), "\n")
	if len(b) > 1<<12 {
		lines = lines[:len(lines)-1] // cut off
	}
	if len(lines) < 2 || !utf8.ValidString(strings.Join(lines, "")) {
		return false
	}
	for _, separator := range []string{",", ";", "\t"} {
		n := strings.Count(lines[0], separator)
		if n > 0 && !slices.ContainsFunc(lines, func(l string) bool { return strings.Count(l, separator) != n }) {
			return true
		}
	}
	return false
}

// fields are the numbers of the fields in a message of Protocol Buffers, up to the first that is
// damaged, and the content of the first. Source: https://protobuf.dev/programming-guides/encoding/.
func fields(b []byte) (all []uint64, first []byte) {
	for len(b) > 0 && len(all) < 32 {
		tag, n := binary.Uvarint(b)
		if n <= 0 || tag>>3 == 0 {
			break
		}
		b = b[n:]
		value, n := binary.Uvarint(b)
		switch tag & 7 {
		case 0:
			if n <= 0 {
				return all, first
			}
			b = b[n:]
		case 2:
			if n <= 0 || value > uint64(len(b)-n) {
				return append(all, tag>>3), first
			}
			if len(all) == 0 {
				first = b[n:][:value]
			}
			b = b[n:][value:]
		default:
			return all, first
		}
		all = append(all, tag>>3)
	}
	return all, first
}

// isCoreML says whether a file is one: a version, a description, and a model, whose fields are numbered from
// 200. Source: https://github.com/apple/coremltools/blob/8.0/mlmodel/format/Model.proto.
func isCoreML(b []byte) bool {
	all, _ := fields(b)
	return len(all) > 2 && all[0] == 1 && all[1] == 2 && all[len(all)-1] >= 200 && all[len(all)-1] <= 3000 && b[0] == 0x08
}

// isGraph says whether a file is a GraphDef: nodes, each of which begins with a name and an operation.
// Source: https://github.com/tensorflow/tensorflow/blob/v2.18.0/tensorflow/core/framework/node_def.proto.
func isGraph(b []byte) bool {
	all, node := fields(b)
	if len(all) == 0 || all[0] != 1 || b[0] != 0x0a {
		return false
	}
	inside, name := fields(node)
	return len(inside) > 1 && inside[0] == 1 && inside[1] == 2 && len(name) > 0 && utf8.Valid(name)
}
