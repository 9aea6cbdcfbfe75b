package design

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tenfold/nn/keras"
	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// fresh are the layers that Insert adds, by their classes, where a class needs an argument.
var fresh = map[string]string{
	"Conv2D":           "Conv2D(32, 3, padding='same')",
	"DepthwiseConv2D":  "DepthwiseConv2D(3, padding='same')",
	"SeparableConv2D":  "SeparableConv2D(32, 3, padding='same')",
	"Dense":            "Dense(64)",
	"Activation":       "Activation('relu')",
	"Dropout":          "Dropout(0.25)",
	"SpatialDropout2D": "SpatialDropout2D(0.25)",
	"GaussianNoise":    "GaussianNoise(0.1)",
	"Rescaling":        "Rescaling(2.0)",
	"Reshape":          "Reshape((-1,))",
}

// Insert adds a layer of a class behind layer after, or with -1 before all.
// What had that as its input now has the new one. A layer that merges also gets
// the input of the layer before it.
func (d *Design) Insert(after int, class string) (*Design, error) {
	if after < -1 || after >= len(d.Nodes) {
		return nil, fmt.Errorf("there is no layer %d", after+1)
	}
	if len(d.Nodes) >= MaxLayers {
		return nil, fmt.Errorf("want at most %d layers", MaxLayers)
	}
	code, ok := fresh[class]
	if !ok {
		code = class + "()"
	}
	l, err := keras.Layer(code)
	if err != nil {
		return nil, err
	}
	c, at := d.clone(), after+1
	for i := range c.Nodes {
		for k, in := range c.Nodes[i].In {
			if in >= after {
				c.Nodes[i].In[k]++
			}
		}
	}
	n := model.Node{Layer: l, In: []int{after}}
	if _, ok := l.(layer.Merger); ok {
		other := model.Input
		if after >= 0 {
			other = d.Nodes[after].In[0]
		}
		n.In = append(n.In, other)
	}
	c.Nodes = slices.Insert(c.Nodes, at, n)
	c.name()
	return c, nil
}

// Delete removes a layer. What had it as its input gets the layer's own input.
func (d *Design) Delete(at int) (*Design, error) {
	if at < 0 || at >= len(d.Nodes) {
		return nil, fmt.Errorf("there is no layer %d", at+1)
	}
	c := d.clone()
	in := c.Nodes[at].In[0]
	c.Nodes = slices.Delete(c.Nodes, at, at+1)
	for i := range c.Nodes {
		for k, of := range c.Nodes[i].In {
			switch {
			case of == at:
				c.Nodes[i].In[k] = in
			case of > at:
				c.Nodes[i].In[k]--
			}
		}
	}
	c.name()
	return c, nil
}

// Move swaps a layer with the one behind it, or, if by is -1, with the one
// before.
func (d *Design) Move(at, by int) (*Design, error) {
	to := at + by
	if at < 0 || at >= len(d.Nodes) || to < 0 || to >= len(d.Nodes) || by != 1 && by != -1 {
		return nil, errors.New("there is no place to move it to")
	}
	for _, i := range []int{at, to} {
		if _, ok := d.Nodes[i].Layer.(layer.Merger); ok {
			return nil, fmt.Errorf("%s joins several layers: change its inputs", d.Nodes[i].Name)
		}
	}
	c := d.clone()
	c.Nodes[at].Layer, c.Nodes[to].Layer = c.Nodes[to].Layer, c.Nodes[at].Layer
	c.name()
	return c, nil
}

// Inputs is the argument of Set that names a layer's inputs: names of layers
// before it, with commas between, or "inputs".
const Inputs = "inputs"

// Set gives an argument of a layer a value, as Python writes it; "" is the default.
func (d *Design) Set(at int, argument, value string) (*Design, error) {
	if at < 0 || at >= len(d.Nodes) {
		return nil, fmt.Errorf("there is no layer %d", at+1)
	}
	c := d.clone()
	n := &c.Nodes[at]
	if argument == Inputs {
		in, err := d.inputs(at, value)
		n.In = in
		return c, err
	}
	class, _ := layer.Class(n.Layer)
	given := layer.Given(n.Layer)
	var args []string
	for _, a := range layer.Arguments(class) {
		v, ok := given[a.Name]
		text := keras.Literal(a, v)
		if a.Name == argument {
			text = strings.TrimSpace(value)
			ok = text != ""
			if words := a.Kind == layer.Function || a.Kind == layer.Borders || a.Kind == layer.FirstValues; ok && words && text != "None" && !strings.ContainsAny(text, `'"(`) {
				text = "'" + text + "'"
			}
			if ok {
				text = "(" + text + ")"
			}
			argument = ""
		}
		if ok {
			args = append(args, a.Name+"="+text)
		}
	}
	if argument != "" {
		return nil, fmt.Errorf("%s has no argument %s", class, argument)
	}
	l, err := keras.Layer(class + "(" + strings.Join(args, ", ") + ")")
	if err != nil {
		var e *keras.Error
		if errors.As(err, &e) {
			err = errors.New(e.Text)
		}
		return nil, err
	}
	n.Layer = l
	return c, nil
}

// inputs reads a layer's inputs.
func (d *Design) inputs(at int, names string) ([]int, error) {
	var in []int
	for name := range strings.SplitSeq(names, ",") {
		name = strings.TrimSpace(name)
		k := slices.IndexFunc(d.Nodes[:at], func(n model.Node) bool { return n.Name == name })
		if k < 0 && name != Inputs {
			return nil, fmt.Errorf("%.40q is not one of the layers before it", name)
		}
		in = append(in, k)
	}
	_, merges := d.Nodes[at].Layer.(layer.Merger)
	if !merges && len(in) != 1 {
		return nil, errors.New("it has one input")
	}
	return in, nil
}

// Takes returns the value of Inputs of a layer.
func (d *Design) Takes(at int) string {
	var names []string
	for _, k := range d.Nodes[at].In {
		if k == model.Input {
			names = append(names, Inputs)
		} else {
			names = append(names, d.Nodes[k].Name)
		}
	}
	return strings.Join(names, ", ")
}
