package onnx

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"tenfold/nn/checkpoint"
)

// batch stands in a list of integers for the number of pictures, which is not known.
const batch = math.MinInt64

// maxIntegers is how many integers a list may have that is worked out: it is a shape.
const maxIntegers = 1 << 12

// constant is what is known of a tensor before there are pictures: integers, or numbers.
type constant struct {
	dims  []int
	whole bool
	ints  []int64 // if they are whole

	// Numbers are read from the tensor when they are first asked for.
	tensor *Tensor
	data   []float32
}

// constants are those of a file by their names, and what memory is left for what is made of them:
// it is in proportion to the file, so that a few bytes that many operators share, or claim to be
// more, cannot ask for all.
type constants struct {
	all  map[string]*constant
	left int // numbers
}

// spare returns what a file of n bytes may ask for, in numbers: several times what it can hold.
func spare(n int) int { return 1<<12 + 4*n }

// charge counts n numbers against the limit.
func (c *constants) charge(n int) error {
	if c.left -= n; c.left < 0 {
		return damaged("what it makes of its constants is much more than it holds")
	}
	return nil
}

// precisions are the types of numbers that weights may have.
var precisions = map[Type]checkpoint.Precision{Float32: checkpoint.F32, Float16: checkpoint.F16, BFloat16: "BF16", Float64: "F64"}

// names are those of the types that no weights and no shapes have.
var names = map[Type]string{2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 8: "string", 12: "uint32", 13: "uint64", 14: "complex64", 15: "complex128", 17: "float8", 18: "float8", 19: "float8", 20: "float8", 21: "uint4", 22: "int4"}

// constantOf looks at a tensor of a file: its sizes are possible, and its elements are there.
func constantOf(t *Tensor) (*constant, error) {
	c := &constant{}
	n := 1
	for _, d := range t.Dims {
		if d < 0 || d > math.MaxInt32 || d > 0 && n > math.MaxInt32/int(d) {
			return nil, damaged("the constant %.80q has sizes %v", t.Name, t.Dims)
		}
		n *= int(d)
		c.dims = append(c.dims, int(d))
	}
	if t.elsewhere {
		return nil, fmt.Errorf("onnx: the weights %.80q are in another file; save all in one: onnx.save_model(onnx.load(\"model.onnx\"), \"one.onnx\", save_as_external_data=False)", t.Name)
	}
	if t.segmented {
		return nil, damaged("the constant %.80q is in segments", t.Name)
	}
	switch t.Type {
	case Int64, Int32, Bool:
		c.whole = true
		return c, c.integers(t, n)
	case Float32, Float16, BFloat16, Float64:
		c.tensor = t
		if have := t.held(); have != n {
			return nil, damaged("the constant %.80q of sizes %v has %d numbers", t.Name, t.Dims, have)
		}
		return c, nil
	}
	what := names[t.Type]
	if what == "" {
		what = fmt.Sprintf("type %d", t.Type)
	}
	return nil, fmt.Errorf("onnx: the constant %.80q is of %s, as in a quantised network: want float32, float16, bfloat16 or float64", t.Name, what)
}

// held returns how many numbers a tensor has, or -1 if their bytes do not come out even.
func (t *Tensor) held() int {
	even := func(b []byte, size int) int {
		if len(b)%size != 0 {
			return -1
		}
		return len(b) / size
	}
	size := map[Type]int{Float32: 4, Float16: 2, BFloat16: 2, Float64: 8}[t.Type]
	switch {
	case t.Raw != nil:
		return even(t.Raw, size)
	case t.Type == Float32:
		return even(t.reals, 4)
	case t.Type == Float64:
		return even(t.doubles, 8)
	}
	return len(t.wholes) // their bits
}

// integers reads those of a tensor, or keeps none of more than a shape can have.
func (c *constant) integers(t *Tensor, n int) error {
	size := map[Type]int{Int64: 8, Int32: 4, Bool: 1}[t.Type]
	have := len(t.wholes)
	if t.Raw != nil {
		if have = len(t.Raw) / size; len(t.Raw)%size != 0 {
			have = -1
		}
	}
	if have != n {
		return damaged("the constant %.80q of sizes %v has %d integers", t.Name, t.Dims, have)
	}
	if n > maxIntegers {
		return fmt.Errorf("onnx: the constant %.80q has %d integers: want weights, or a shape", t.Name, n)
	}
	if t.Raw == nil {
		c.ints = slices.Clone(t.wholes)
		return nil
	}
	for b := t.Raw; len(b) > 0; b = b[size:] {
		switch t.Type {
		case Int64:
			c.ints = append(c.ints, int64(binary.LittleEndian.Uint64(b)))
		case Int32:
			c.ints = append(c.ints, int64(int32(binary.LittleEndian.Uint32(b))))
		default:
			c.ints = append(c.ints, int64(b[0]))
		}
	}
	return nil
}

// size returns how many elements a constant has.
func (c *constant) size() int {
	n := 1
	for _, d := range c.dims {
		n *= d
	}
	return n
}

// numbers returns a constant's; they must not be changed. One that is infinite or not a number is
// an error.
func (c *constants) numbers(of *constant) ([]float32, error) {
	if of.data != nil || of.size() == 0 {
		return of.data, nil
	}
	if err := c.charge(of.size()); err != nil {
		return nil, err
	}
	if of.whole {
		for _, v := range of.ints {
			if v == batch {
				return nil, damaged("it computes with the number of pictures")
			}
			of.data = append(of.data, float32(v))
		}
		return of.data, nil
	}
	x, err := of.tensor.numbers()
	if err != nil {
		return nil, err
	}
	for i, v := range x {
		if v-v != 0 {
			return nil, fmt.Errorf("onnx: the weights %.80q are damaged: number %d of them is %v", of.tensor.Name, i, v)
		}
	}
	of.data = x
	return x, nil
}

// numbers reads those of a tensor.
func (t *Tensor) numbers() ([]float32, error) {
	b := t.Raw
	if b == nil {
		switch t.Type {
		case Float32:
			b = t.reals
		case Float64:
			b = t.doubles
		default: // their bits, as integers
			for _, v := range t.wholes {
				b = binary.LittleEndian.AppendUint16(b, uint16(v))
			}
		}
	}
	return checkpoint.Values(b, precisions[t.Type])
}

// floats returns the numbers of a constant that a file names.
func (c *constants) floats(name string) ([]float32, error) {
	x := c.all[name]
	if x == nil || x.whole {
		return nil, damaged("it has no weights %.80q", name)
	}
	return c.numbers(x)
}

// list returns a constant's integers, of at most one axis.
func (c *constant) list() ([]int64, error) {
	if c == nil || !c.whole || len(c.dims) > 1 {
		return nil, damaged("a list of integers is none")
	}
	return c.ints, nil
}
