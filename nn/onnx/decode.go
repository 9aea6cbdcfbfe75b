package onnx

import (
	"encoding/binary"
	"math"
)

// Known reports whether a file is ONNX, by what is in it: a version of the format that there may be, and
// a graph, in fields as a ModelProto has them. What is cut off in the graph still is one.
func Known(b []byte) bool {
	if len(b) < 2 || b[0] != 1<<3|varint || b[1] == 0 || b[1] > maxIR {
		return false
	}
	for b = b[2:]; len(b) > 0; {
		tag, n := binary.Uvarint(b)
		if n <= 0 {
			return false
		}
		switch tag {
		case 7<<3 | counted:
			return len(b) > n
		case 2<<3 | counted, 3<<3 | counted, 4<<3 | counted, 5<<3 | varint, 6<<3 | counted, 8<<3 | counted, 14<<3 | counted, 20<<3 | counted, 25<<3 | counted:
		default:
			return false
		}
		_, size, err := next(b)
		if err != nil {
			return false
		}
		b = b[size:]
	}
	return false
}

// maxIR is more than the format's version will be for long: it is 13 in 2026.
const maxIR = 100

// Decode reads a file, except for the numbers of its tensors, which stay in b.
func Decode(b []byte) (*Model, error) {
	m := &Model{}
	graphs := 0
	err := fields(b, func(f field) (err error) {
		switch f.number {
		case 1:
			m.IR, err = f.whole()
		case 2:
			m.Producer, err = f.text()
		case 6:
			m.Doc, err = f.text()
		case 7:
			graphs++
			var g []byte
			if g, err = f.bytes(); err == nil {
				err = m.Graph.decode(g)
			}
		case 8:
			var o Opset
			err = f.message(func(f field) (err error) {
				switch f.number {
				case 1:
					o.Domain, err = f.text()
				case 2:
					o.Version, err = f.whole()
				}
				return err
			})
			if m.Opsets = append(m.Opsets, o); len(m.Opsets) > maxProperties {
				return damaged("more than %d sets of operators", maxProperties)
			}
		case 14:
			var p Property
			err = f.message(func(f field) (err error) {
				switch f.number {
				case 1:
					p.Key, err = f.text()
				case 2:
					p.Value, err = f.text()
				}
				return err
			})
			if m.Metadata = append(m.Metadata, p); len(m.Metadata) > maxProperties {
				return damaged("more than %d entries of metadata", maxProperties)
			}
		case 20:
			m.training = true
		case 25:
			m.functions = true
		}
		return err
	})
	if err == nil && graphs != 1 {
		err = damaged("it has %d graphs: want one", graphs)
	}
	return m, err
}

// message calls each with the fields of the message that a field holds.
func (f field) message(each func(f field) error) error {
	b, err := f.bytes()
	if err != nil {
		return err
	}
	return fields(b, each)
}

func (g *Graph) decode(b []byte) error {
	return fields(b, func(f field) (err error) {
		switch f.number {
		case 1:
			if len(g.Nodes) == maxNodes {
				return damaged("more than %d operators", maxNodes)
			}
			var n Node
			err = n.decode(f)
			g.Nodes = append(g.Nodes, n)
		case 2:
			g.Name, err = f.text()
		case 5:
			if len(g.Constants) == maxConstants {
				return damaged("more than %d constants", maxConstants)
			}
			var t Tensor
			err = t.decode(f)
			g.Constants = append(g.Constants, t)
		case 11, 12:
			if len(g.Inputs) == maxConstants || len(g.Outputs) == maxConstants {
				return damaged("more than %d inputs or outputs", maxConstants)
			}
			var v Value
			err = v.decode(f)
			if f.number == 11 {
				g.Inputs = append(g.Inputs, v)
			} else {
				g.Outputs = append(g.Outputs, v)
			}
		case 15:
			g.sparse = true
		}
		return err
	})
}

func (n *Node) decode(f field) error {
	return f.message(func(f field) (err error) {
		var s string
		switch f.number {
		case 1:
			s, err = f.text()
			n.In = append(n.In, s)
		case 2:
			s, err = f.text()
			n.Out = append(n.Out, s)
		case 3:
			n.Name, err = f.text()
		case 4:
			n.Op, err = f.text()
		case 5:
			if len(n.Attributes) == maxAttributes {
				return damaged("more than %d attributes of %s", maxAttributes, n)
			}
			var a Attribute
			err = a.decode(f)
			n.Attributes = append(n.Attributes, a)
		case 7:
			n.Domain, err = f.text()
		}
		return err
	})
}

func (a *Attribute) decode(f field) error {
	var (
		kind    int64
		real    float32
		whole   int64
		text    string
		tensor  Tensor
		reals   []byte
		wholes  []int64
		strings []string
		has     [30]bool
	)
	err := f.message(func(f field) (err error) {
		if f.number < uint64(len(has)) {
			has[f.number] = true
		}
		switch f.number {
		case 1:
			a.Name, err = f.text()
		case 2:
			real, err = f.real()
		case 3:
			whole, err = f.whole()
		case 4:
			text, err = f.text()
		case 5:
			err = tensor.decode(f)
		case 7:
			reals, err = f.packed(reals, fixed32)
		case 8:
			wholes, err = f.wholes(wholes)
		case 9:
			var s string
			s, err = f.text()
			strings = append(strings, s)
		case 20:
			kind, err = f.whole()
		}
		return err
	})
	if err != nil {
		return err
	}
	numbers := make([]float32, len(reals)/4)
	for i := range numbers {
		numbers[i] = math.Float32frombits(binary.LittleEndian.Uint32(reals[4*i:]))
	}
	for _, c := range []struct {
		kind   int64
		number int
		value  any
	}{{isFloat, 2, real}, {isInt, 3, whole}, {isString, 4, text}, {isTensor, 5, tensor}, {isFloats, 7, numbers}, {isInts, 8, wholes}, {isStrings, 9, strings}} {
		if kind == c.kind || kind == 0 && has[c.number] { // the kind is not said in the oldest files
			a.Value = c.value
			break
		}
	}
	return nil
}

func (t *Tensor) decode(f field) error {
	err := f.message(func(f field) (err error) {
		switch f.number {
		case 1:
			t.Dims, err = f.wholes(t.Dims)
		case 2:
			var v int64
			v, err = f.whole()
			t.Type = Type(v)
		case 3:
			t.segmented = true
		case 4:
			t.reals, err = f.packed(t.reals, fixed32)
		case 5, 7:
			t.wholes, err = f.wholes(t.wholes)
		case 8:
			t.Name, err = f.text()
		case 9:
			t.Raw, err = f.bytes()
		case 10:
			t.doubles, err = f.packed(t.doubles, fixed64)
		case 13:
			t.elsewhere = true
		case 14:
			var v int64
			v, err = f.whole()
			t.elsewhere = t.elsewhere || v != 0
		}
		if err == nil && len(t.Dims) > maxAxes {
			return damaged("a tensor of more than %d axes", maxAxes)
		}
		return err
	})
	return err
}

func (v *Value) decode(f field) error {
	v.open = true
	return f.message(func(f field) (err error) {
		switch f.number {
		case 1:
			v.Name, err = f.text()
		case 2:
			return f.message(func(f field) error {
				if f.number != 1 { // a sequence, a map
					return nil
				}
				return f.message(func(f field) (err error) {
					switch f.number {
					case 1:
						var t int64
						t, err = f.whole()
						v.Type = Type(t)
					case 2:
						v.open = false
						return f.message(v.dim)
					}
					return err
				})
			})
		}
		return err
	})
}

// dim reads one of a tensor's sizes.
func (v *Value) dim(f field) error {
	if f.number != 1 {
		return nil
	}
	if len(v.Dims) == maxAxes {
		return damaged("a tensor of more than %d axes", maxAxes)
	}
	var d Dim
	err := f.message(func(f field) (err error) {
		switch f.number {
		case 1:
			d.Size, err = f.whole()
		case 2:
			d.Name, err = f.text()
		}
		return err
	})
	v.Dims = append(v.Dims, d)
	return err
}
