package convert

import (
	"bytes"
	"errors"
	"strings"
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
	{weightsOfTensorFlowJS, "numbers alone, like the .bin files of TensorFlow.js: choose them together with their model.json"},
	{config, "a network without its weights, in JSON: save the whole model, with model.save(\"model.keras\")"},
	{code, "code of Python's: paste it into Build, or give it to tenfold-train as -network"},
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
