package drafting

import (
	"errors"
	"fmt"

	"tenfold/nn/cifar10"
	"tenfold/nn/design"
	"tenfold/nn/keras"
	"tenfold/nn/layer"
	"tenfold/wasm/protocol"
)

// designed answers a Design.
func designed(c protocol.Design) protocol.Designed {
	e := protocol.Designed{ID: c.ID}
	d, err := written(c, &e)
	if err == nil {
		d, err = changed(d, c.Change)
	}
	if err == nil {
		e.Network, err = d.Pack()
	}
	if err != nil {
		var at *keras.Error
		if e.Refused = err.Error(); errors.As(err, &at) {
			e.Refused, e.Line = at.Text, at.Line
		}
		return protocol.Designed{ID: c.ID, Refused: e.Refused, Line: e.Line}
	}
	e.Code = d.Code()
	for i, r := range d.Rows() {
		e.Layers = append(e.Layers, described(d, i, r))
		e.Params, e.NonTrainable, e.MultiplyAdds = e.Params+r.Params, e.NonTrainable+r.NonTrainable, e.MultiplyAdds+r.MultiplyAdds
	}
	net, err := d.Network(cifar10.Task)
	if err != nil {
		e.Why = err.Error()
		return e
	}
	recipe := c.Recipe
	if e.Recipe != nil {
		recipe = *e.Recipe
	}
	e.Script = keras.Script(net, recipe, e.HoldOut)
	return e
}

// written returns the design that a Design begins with, and what else its code says.
func written(c protocol.Design, e *protocol.Designed) (*design.Design, error) {
	switch {
	case c.Code != "":
	case len(c.Model) > 0:
		net, err := opened(c.Model)
		if err != nil {
			return nil, err
		}
		return design.Of(net), nil
	default:
		return design.Named(c.Network)
	}
	code, err := keras.Read(c.Code, cifar10.Task, c.Recipe)
	if err != nil {
		return nil, err
	}
	if code.Trains || code.Recipe != c.Recipe {
		e.Recipe, e.HoldOut = &code.Recipe, code.HoldOut
	}
	for _, n := range code.Notes {
		e.Notes = append(e.Notes, fmt.Sprintf("line %d: %s", n.Line, n.Text))
	}
	return design.Of(code.Network), nil
}

// changed makes a change.
func changed(d *design.Design, c protocol.Change) (*design.Design, error) {
	switch c.Op {
	case "":
		return d, nil
	case protocol.InsertLayer:
		return d.Insert(c.At, c.Class)
	case protocol.DeleteLayer:
		return d.Delete(c.At)
	case protocol.MoveLayer:
		return d.Move(c.At, c.By)
	case protocol.SetArgument:
		return d.Set(c.At, c.Argument, c.Value)
	}
	return nil, fmt.Errorf("drafting: no change is called %q", c.Op)
}

// described returns a layer of a design as the page shows it.
func described(d *design.Design, at int, r design.Row) protocol.DesignedLayer {
	l := d.Nodes[at].Layer
	_, merges := l.(layer.Merger)
	out := protocol.DesignedLayer{Layer: r.Layer, Wrong: r.Wrong, Call: keras.Call(l, 0), Takes: d.Takes(at), Merges: merges}
	given := layer.Given(l)
	for _, a := range layer.Arguments(r.Class) {
		b := protocol.Argument{Name: a.Name, Default: a.Default, Value: a.Default}
		if v, ok := given[a.Name]; ok {
			b.Value = keras.Literal(a, v)
		}
		quoted := func(names []string, first ...string) []string {
			for _, n := range names {
				first = append(first, "'"+n+"'")
			}
			return first
		}
		switch a.Kind {
		case layer.Flag:
			b.Choices = []string{"True", "False"}
		case layer.Borders:
			b.Choices = quoted([]string{string(layer.Valid), string(layer.Same)})
		case layer.Function:
			if b.Choices = quoted(layer.Functions()); a.Default != "" {
				b.Choices = quoted(layer.Functions(), "None")
			}
		case layer.FirstValues:
			b.Choices = quoted(layer.Initializers())
			if given[a.Name] != nil && b.Value[0] != '\'' {
				b.Choices = append(b.Choices, b.Value) // one with a number
			}
		}
		out.Arguments = append(out.Arguments, b)
	}
	return out
}
