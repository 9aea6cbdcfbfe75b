// Classifier is the program of an exported page: it opens one network and classifies pictures with
// it. web/classifier/worker.js loads it and calls what it puts into globalThis.tenfold.
package main

import (
	"errors"
	"image"
	"syscall/js"

	"tenfold/nn/checkpoint"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/picture"
	"tenfold/wasm/browser"
)

func main() {
	var c classifier
	js.Global().Set("tenfold", map[string]any{
		"open": answering(func(args []js.Value) (any, error) { return c.open(browser.Bytes(args[0])) }),
		"classify": answering(func(args []js.Value) (any, error) {
			return c.classify(browser.Bytes(args[0]), args[1].Int(), args[2].Int(), args[3].Bool())
		}),
	})
	js.Global().Call("started")
	select {}
}

// answering returns a function for JavaScript that returns an error as {error}.
func answering(f func(args []js.Value) (any, error)) js.Func {
	return browser.Func(func(_ js.Value, args []js.Value) any {
		v, err := f(args)
		if err != nil {
			return map[string]any{"error": err.Error()}
		}
		return v
	})
}

// classifier is the network in use.
type classifier struct {
	net *model.Network
	one *model.Predictor
}

// open takes a network's file into use, and returns its classes and the size of what it sees.
func (c *classifier) open(file []byte) (any, error) {
	f, err := checkpoint.Decode(file)
	if err != nil {
		return nil, err
	}
	net, err := model.Open(f)
	if err == nil {
		err = net.Classifies()
	}
	if err != nil {
		return nil, err
	}
	c.net, c.one = net, net.Predictor(1)
	var classes []any
	for _, name := range net.Classes {
		classes = append(classes, name)
	}
	return map[string]any{"classes": classes, "rows": net.Input[0], "columns": net.Input[1], "channels": net.Input[2], "doubt": net.Doubt}, nil
}

// classify returns the probabilities of the classes of a picture, RGBA of w x h pixels, and what the
// network sees of it: of a camera's picture the largest square, of any other what is drawn on it.
func (c *classifier) classify(rgba []byte, w, h int, filmed bool) (any, error) {
	if c.net == nil {
		return nil, errors.New("no network is open")
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if len(rgba) != len(img.Pix) || len(rgba) == 0 {
		return nil, errors.New("the picture is empty")
	}
	copy(img.Pix, rgba)
	look := picture.Open
	if filmed {
		look = picture.New
	}
	seen := look(img, "").Pixels(c.net.Input)
	x := make([]float32, len(seen))
	c.net.Normalize(x, seen)
	logits, probs := c.one.Predict(x)
	if t := c.net.Temperature; t != 0 && t != 1 {
		for i, v := range logits {
			logits[i] = float32(float64(v) / t)
		}
		kernel.Softmax(probs, logits, len(logits))
	}
	all := make([]any, len(probs))
	for i, p := range probs {
		all[i] = float64(p)
	}
	return map[string]any{"probs": all, "seen": browser.Array(seen)}, nil
}
