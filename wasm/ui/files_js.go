package main

import (
	"fmt"
	"slices"
	"strings"
	"syscall/js"

	"tenfold/nn/cifar10"
	"tenfold/nn/filename"
	"tenfold/nn/picture"
	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/words"
)

// drops takes what is dropped or pasted, in any view.
func (h *host) drops(on func(string, func(js.Value))) {
	for _, event := range []string{"dragenter", "dragover"} {
		on(event, take)
	}
	on("drop", func(e js.Value) {
		take(e)
		h.transfer(e.Get("dataTransfer"), func() { h.problem(words.Files.NoFile) })
	})
	on("paste", func(e js.Value) {
		h.transfer(e.Get("clipboardData"), h.Paste) // Safari has a picture in the clipboard's own interface alone
	})
}

// transfer takes the files of a drop or a paste, those in folders too, or the picture that is
// written in its own address; where there is nothing at all, empty is called.
func (h *host) transfer(data js.Value, empty func()) {
	got := tenfold().Call("dropped", data)
	if items := got.Get("items"); items.Length() > 0 {
		h.later(words.Browser.Refused.Read, func() {
			files, err := browser.Await(tenfold(), "files", items)
			if err != nil {
				h.problem(words.Files.Unreadable)
				return
			}
			h.receive(list(files))
		})
		return
	}
	content, elsewhere := picture.Dragged(got.Get("markup").String(), got.Get("addresses").String())
	switch {
	case content != nil:
		h.receive([]js.Value{js.Global().Get("Blob").New([]any{browser.Array(content)})})
	case elsewhere:
		h.problem(words.Files.Elsewhere)
	case got.Get("text").String() != "":
		h.problem(words.Files.OnlyText)
	default:
		empty()
	}
}

func list(files js.Value) []js.Value {
	all := make([]js.Value, files.Length())
	for i := range all {
		all[i] = files.Index(i)
	}
	return all
}

// nameOf returns what a file or a blob is called, as it is shown.
func nameOf(file js.Value) string {
	if name := file.Get("name"); name.Type() == js.TypeString {
		return filename.Show(name.String())
	}
	return words.Files.Nameless
}

// kindOf tells what a file is.
func kindOf(file js.Value) (picture.Kind, error) {
	head, err := browser.Await(tenfold(), "head", file, picture.HeadBytes)
	if err != nil {
		return picture.Unknown, err
	}
	kind := picture.KindOf(browser.Bytes(head), file.Get("size").Int(), 1+cifar10.Task.Pixels())
	if kind == picture.Unknown { // what is wrong with it is said by who would take what its name promises
		switch name := strings.ToLower(file.Get("name").String()); {
		case strings.HasSuffix(name, ".safetensors"), strings.HasSuffix(name, ".h5"), strings.HasSuffix(name, ".hdf5"), strings.HasSuffix(name, ".keras"), strings.HasSuffix(name, ".onnx"):
			kind = picture.Weights
		case strings.HasSuffix(name, ".bin"), strings.HasSuffix(name, ".gz"), strings.HasSuffix(name, ".zip"):
			kind = picture.Data
		}
	}
	return kind, nil
}

// receive takes files whatever they are: of pictures the first that can be read is shown and
// the others are offered, weights come into use, and data go to the worker that trains.
// Anything else is reported only if there is nothing of these.
func (h *host) receive(files []js.Value) {
	if h.page != nil && h.page.TakesPictures() {
		h.pictures(files)
		return
	}
	if h.together(files) {
		return
	}
	last := h.wish()
	h.later(words.Browser.Refused.Read, func() {
		var pictures, others []js.Value
		brought := false
		for _, file := range files {
			switch kind, err := kindOf(file); {
			case err != nil:
				h.problem(fmt.Sprintf(words.Files.NotRead, nameOf(file), err))
			case kind == picture.Project:
				brought = true
				h.pictures([]js.Value{file})
			case kind == picture.Weights, kind == picture.Manifest:
				brought = true
				h.weights(file)
			case kind == picture.Data:
				brought = true
				h.data(file)
			case kind == picture.Unknown || kind == picture.WebPage:
				others = append(others, file)
			default:
				pictures = append(pictures, file)
			}
		}
		if len(pictures) == 0 && !brought {
			pictures = others // what is wrong with them is told
		}
		h.offer(pictures, 0, last)
	})
}

// open shows the picture in a blob, under a name.
func (h *host) open(blob js.Value, name string) {
	last := h.wish()
	h.later(words.Browser.Refused.OpenPicture, func() {
		img, err := decode(blob)
		if err != nil {
			h.post(func(p *app.App) { p.Report(err) })
			return
		}
		last(func(p *app.App) { p.Show(img, name) })
	})
}

// offer shows the picture at a place of files, or the next one that can be read; those that
// cannot are dropped.
func (h *host) offer(files []js.Value, at int, last func(func(*app.App))) {
	var first error
	for len(files) > 0 {
		at %= len(files)
		name := nameOf(files[at])
		img, err := decode(files[at])
		if err == nil {
			last(func(p *app.App) {
				h.offered = files
				p.ShowOne(img, name, at, len(files))
			})
			break
		}
		if first == nil {
			first = fmt.Errorf("%s: %w", name, err)
			if len(files) == 1 {
				first = err
			}
		}
		files = slices.Delete(slices.Clone(files), at, at+1)
	}
	if first != nil {
		last(func(p *app.App) { p.Report(first) })
	}
}

// ShowFile implements desk.Host.
func (h *host) ShowFile(i int) {
	last, files := h.wish(), h.offered
	h.later(words.Browser.Refused.OpenPicture, func() { h.offer(files, i, last) })
}

// bring takes a file that the user has chosen for training.
func (h *host) bring(file js.Value) {
	h.later(words.Browser.Refused.Read, func() {
		switch kind, err := kindOf(file); {
		case err != nil:
			h.problem(fmt.Sprintf(words.Files.NotRead, nameOf(file), err))
		case kind == picture.Weights, kind == picture.Manifest:
			h.weights(file)
		default:
			h.data(file)
		}
	})
}

// data hands a file to the worker that trains, which reads it as it needs it.
func (h *host) data(file js.Value) {
	h.post(func(p *app.App) { p.Given(func() { h.trainer.Call("bring", file) }) })
}

// maxModel bounds a file of weights, in bytes.
const maxModel = 256 << 20

// together takes files one of which is a model.json of TensorFlow.js, by its name: they are one
// network. It reports whether they are.
func (h *host) together(files []js.Value) bool {
	at := slices.IndexFunc(files, func(f js.Value) bool { return strings.HasSuffix(strings.ToLower(nameOf(f)), ".json") })
	if at < 0 || len(files) < 2 {
		return false
	}
	h.later(words.Browser.Refused.Read, func() {
		all, size := map[string][]byte{}, 0
		for _, f := range files {
			if size += f.Get("size").Int(); size > maxModel {
				h.problem(fmt.Sprintf(words.Files.LargeWeights, nameOf(files[at]), size>>20, maxModel>>20))
				return
			}
			buffer, err := browser.Await(f, "arrayBuffer")
			if err != nil {
				h.problem(fmt.Sprintf(words.Files.NotRead, nameOf(f), err))
				return
			}
			all[f.Get("name").String()] = browser.Bytes(buffer)
		}
		h.post(func(p *app.App) { p.Files(nameOf(files[at]), all) })
	})
	return true
}

// weights hands a file of weights to the page.
func (h *host) weights(file js.Value) {
	name := nameOf(file)
	if n := file.Get("size").Int(); n > maxModel {
		h.problem(fmt.Sprintf(words.Files.LargeWeights, name, n>>20, maxModel>>20))
		return
	}
	buffer, err := browser.Await(file, "arrayBuffer")
	if err != nil {
		h.problem(fmt.Sprintf(words.Files.NotRead, name, err))
		return
	}
	b := browser.Bytes(buffer)
	h.post(func(p *app.App) { p.File(name, b) })
}
