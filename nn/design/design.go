// Package design holds networks that are being written: rows of layers that may
// not fit yet, what each of them results in or what is wrong with it, and the
// changes that the user makes.
package design

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tenfold/nn/cifar10"
	"tenfold/nn/keras"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Design is a network that may not fit. The zero value has no layers.
type Design struct {
	Input task.Shape
	Nodes []model.Node // of which Out and Weights are not set
}

// MaxLayers is how many layers a design may have.
const MaxLayers = 400

// Of returns the design of a network.
func Of(net *model.Network) *Design {
	d := &Design{Input: net.Input}
	for _, n := range net.Nodes() {
		d.Nodes = append(d.Nodes, model.Node{Layer: n.Layer, In: slices.Clone(n.In)})
	}
	d.name()
	return d
}

// clone returns a copy that can be changed.
func (d *Design) clone() *Design {
	c := &Design{Input: d.Input, Nodes: slices.Clone(d.Nodes)}
	for i := range c.Nodes {
		c.Nodes[i].In = slices.Clone(c.Nodes[i].In)
	}
	return c
}

// name gives the layers Keras' names.
func (d *Design) name() {
	count := map[string]int{}
	for i := range d.Nodes {
		_, stem := layer.Class(d.Nodes[i].Layer)
		d.Nodes[i].Name = stem
		if k := count[stem]; k > 0 {
			d.Nodes[i].Name = fmt.Sprintf("%s_%d", stem, k)
		}
		count[stem]++
	}
}

// Row is a layer of a design.
type Row struct {
	task.Layer        // if it does not fit, little but class and name is known
	Wrong      string // why it does not fit; "" if it does
	Waits      bool   // because of one before it that does not fit: nothing is known of it
}

// Rows returns what the layers result in. Of layers whose input is the output
// of one that does not fit, nothing is known.
func (d *Design) Rows() []Row {
	rows := make([]Row, len(d.Nodes))
	for i, n := range d.Nodes {
		class, _ := layer.Class(n.Layer)
		rows[i].Layer = layer.Describe(n.Layer)
		rows[i].Class, rows[i].Name, rows[i].In = class, n.Name, n.In
		var in []task.Shape
		for _, k := range n.In {
			switch {
			case k == model.Input:
				in = append(in, d.Input)
			case rows[k].Wrong != "" || rows[k].Waits:
				rows[i].Waits = true
			default:
				in = append(in, rows[k].Output)
			}
		}
		if rows[i].Waits {
			continue
		}
		out, err := layer.Output(n.Layer, in...)
		if err == nil {
			err = bounded(out)
		}
		if err != nil {
			rows[i].Wrong = strings.TrimPrefix(err.Error(), class+": ")
			continue
		}
		n.Out = out
		for _, w := range n.Layer.Weights(in...) {
			if err := bounded(w.Shape); err != nil {
				rows[i].Wrong = fmt.Sprintf("its %s has shape %v: want at most %d numbers", w.Name, w.Shape, most)
			}
			n.Weights = append(n.Weights, &model.Weight{Weight: w})
		}
		if rows[i].Wrong == "" {
			rows[i].Layer = n.Describe()
		}
	}
	return rows
}

// most is how many numbers a layer's output for a picture, or a tensor of
// weights, may have.
const most = 1 << 26

// bounded returns an error if a layer's output for a picture is too large.
func bounded(out task.Shape) error {
	n := 1
	for _, k := range out {
		if k < 1 || n > most/k {
			return fmt.Errorf("its output is %v: want at most %d numbers", out, most)
		}
		n *= k
	}
	return nil
}

// Network builds the network, without memory for its weights, if it fits and can learn a task. Where it
// begins with a Rescaling, that says how bytes become numbers, not the task: see model.Network.Rescaled.
func (d *Design) Network(of task.Task) (*model.Network, error) {
	if len(d.Nodes) == 0 {
		return nil, errors.New("no layers yet")
	}
	for _, r := range d.Rows() {
		if r.Wrong != "" {
			return nil, fmt.Errorf("%s: %s", r.Name, r.Wrong)
		}
	}
	f := model.NewFunctional(d.Input)
	for _, n := range d.Nodes {
		f.Add(n.Layer, n.In...)
	}
	net, err := f.Empty()
	if err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), "model: "))
	}
	net.Name, net.Task = "Your network", of
	if s, ok := net.Rescaled(); ok { // which the task of the pictures cannot know
		net.Scale, net.Shift = s.Scale, s.Shift
	}
	if !slices.Equal(of.Input, d.Input) {
		return nil, fmt.Errorf("its input is %v, and the pictures are %v", d.Input, of.Input)
	}
	if out := net.Output(); !slices.Equal(out, task.Shape{len(of.Classes)}) {
		return nil, fmt.Errorf("its output is %v: want a number for each of %d classes, as Dense(%[2]d, activation='softmax') at the end does", out, len(of.Classes))
	}
	if err := net.Fits(of); err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), "model: "))
	}
	return net, nil
}

// Code returns the design as Keras code.
func (d *Design) Code() string { return keras.Define(d.Input, d.Nodes) }

// Prefix begins the name of a network that is a design.
const Prefix = task.DesignPrefix

// A design from an address: how long its text may be, and that when it is unpacked.
const (
	maxPacked = 1 << 14
	maxText   = 1 << 18
)

// text is how a design is written: as the architecture of a model's file, with
// numbers instead of names.
type text struct {
	Input  task.Shape `json:"i"`
	Layers []placed   `json:"l"`
}

type placed struct {
	Class  string          `json:"c"`
	Config json.RawMessage `json:"s,omitempty"`
	In     []int           `json:"f,omitempty"` // how many layers before; none means the one before
}

// Pack writes the design in few characters, all of them valid in an address. It
// begins with Prefix.
func (d *Design) Pack() (string, error) {
	t := text{Input: d.Input}
	for i, n := range d.Nodes {
		c, err := layer.Encode(n.Layer)
		if err != nil {
			return "", fmt.Errorf("design: %s: %w", n.Name, err)
		}
		p := placed{Class: c.ClassName, Config: c.Config}
		if string(p.Config) == "{}" {
			p.Config = nil
		}
		if len(n.In) != 1 || n.In[0] != i-1 {
			for _, in := range n.In {
				p.In = append(p.In, i-in)
			}
		}
		t.Layers = append(t.Layers, p)
	}
	b, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("design: %w", err)
	}
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return "", fmt.Errorf("design: %w", err)
	}
	if _, err := w.Write(b); err != nil {
		return "", fmt.Errorf("design: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", fmt.Errorf("design: %w", err)
	}
	return Prefix + base64.RawURLEncoding.EncodeToString(packed.Bytes()), nil
}

// Unpack reads what Pack has written.
func Unpack(s string) (*Design, error) {
	bad := func(err error) error { return fmt.Errorf("design: the network cannot be read: %w", err) }
	if len(s) > maxPacked {
		return nil, bad(fmt.Errorf("%d characters: want at most %d", len(s), maxPacked))
	}
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(s, Prefix))
	if err != nil {
		return nil, bad(err)
	}
	b, err = io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b)), maxText+1))
	if err != nil {
		return nil, bad(err)
	}
	if len(b) > maxText {
		return nil, bad(fmt.Errorf("it is more than %d bytes", maxText))
	}
	var t text
	if err := json.Unmarshal(b, &t); err != nil {
		return nil, bad(err)
	}
	if len(t.Layers) > MaxLayers {
		return nil, bad(fmt.Errorf("%d layers: want at most %d", len(t.Layers), MaxLayers))
	}
	if err := bounded(t.Input); err != nil || len(t.Input) != 3 {
		return nil, bad(fmt.Errorf("it takes in %v", t.Input))
	}
	d := &Design{Input: t.Input}
	for i, p := range t.Layers {
		if p.Config == nil {
			p.Config = json.RawMessage("{}")
		}
		l, err := layer.Decode(layer.Config{ClassName: p.Class, Config: p.Config})
		if err != nil {
			return nil, bad(err)
		}
		in := []int{i - 1}
		if len(p.In) > 0 {
			in = nil
		}
		for _, back := range p.In {
			if back < 1 || i-back < model.Input || len(p.In) > MaxLayers {
				return nil, bad(fmt.Errorf("layer %d has an input that is not before it", i+1))
			}
			in = append(in, i-back)
		}
		d.Nodes = append(d.Nodes, model.Node{Layer: l, In: in})
	}
	d.name()
	return d, nil
}

// OpenFor is Open for other classes: the last dense layer gets as many units as there are. It takes in
// pictures of side pixels each way, for 0 of as many as it was designed for.
func OpenFor(name string, classes []string, side int) (*model.Network, error) {
	d, err := Named(name)
	if err != nil {
		return nil, err
	}
	if side != 0 {
		if len(d.Input) != 3 || side < 1 || side > task.ProjectSide {
			return nil, fmt.Errorf("design: a network for pictures of %s cannot take in %dx%d pixels", d.Input, side, side)
		}
		d.Input = task.Shape{side, side, d.Input[2]}
	}
	for i := len(d.Nodes) - 1; i >= 0; i-- {
		if l, ok := d.Nodes[i].Layer.(layer.Dense); ok {
			l.Units = len(classes)
			d.Nodes[i].Layer = l
			break
		}
	}
	net, err := d.Network(task.Task{Classes: classes, Input: d.Input, Scale: task.Scale, Shift: task.Shift})
	if err != nil {
		return nil, fmt.Errorf("design: %w", err)
	}
	return net, nil
}

// Open builds the network of a name of model.Networks, or that of a packed design for CIFAR-10's
// pictures; without memory for its weights.
func Open(name string) (*model.Network, error) {
	if !strings.HasPrefix(name, Prefix) {
		if net, ok := model.Named(name); ok {
			return net, nil
		}
		return nil, fmt.Errorf("design: there is no network %.40q", name)
	}
	d, err := Unpack(name)
	if err != nil {
		return nil, err
	}
	net, err := d.Network(cifar10.Task)
	if err != nil {
		return nil, fmt.Errorf("design: %w", err)
	}
	return net, nil
}
