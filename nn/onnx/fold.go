package onnx

import (
	"errors"
	"fmt"
	"slices"
)

// folds compute operators with constant inputs alone, and Shape: what PyTorch writes around a
// view(), and the turning of weights. What else is made of constants, tools compute themselves.
var folds = map[string]func(b *builder, in []*value, s *settings) (*constant, error){
	"Constant":        (*builder).foldConstant,
	"ConstantOfShape": (*builder).foldConstantOfShape,
	"Shape":           (*builder).foldShape,
	"Gather":          (*builder).foldGather,
	"Slice":           (*builder).foldSlice,
	"Concat":          (*builder).foldConcat,
	"Identity":        (*builder).foldIdentity,
	"Cast":            (*builder).foldCast,
	"Unsqueeze":       (*builder).foldUnsqueeze,
	"Squeeze":         (*builder).foldSqueeze,
	"Reshape":         (*builder).foldReshape,
	"Transpose":       (*builder).foldTranspose,
	"Add":             foldIntegers(func(x, y int64) int64 { return x + y }),
	"Sub":             foldIntegers(func(x, y int64) int64 { return x - y }),
	"Mul":             foldIntegers(func(x, y int64) int64 { return x * y }),
	"Div":             foldIntegers(func(x, y int64) int64 { return x / max(y, 1) }), // of sizes
}

// whole returns a list of integers, or one of no axis.
func whole(ints []int64, dims ...int) (*constant, error) {
	if len(ints) > maxIntegers {
		return nil, fmt.Errorf("%d integers: want a shape", len(ints))
	}
	return &constant{dims: dims, whole: true, ints: ints}, nil
}

// foldable returns an operator's input at a place.
func foldable(in []*value, i int) (*constant, error) {
	if v := at(in, i); v != nil {
		return v.constant, nil
	}
	return nil, errors.New("it has too few inputs")
}

func (b *builder) foldConstant(_ []*value, s *settings) (*constant, error) {
	if t, ok := get[Tensor](s, "value"); ok {
		return constantOf(&t)
	}
	if v, ok := get[int64](s, "value_int"); ok {
		return whole([]int64{v})
	}
	if v, ok := get[[]int64](s, "value_ints"); ok {
		return whole(v, len(v))
	}
	if v, ok := get[float32](s, "value_float"); ok {
		return &constant{data: []float32{v}}, nil
	}
	if v, ok := get[[]float32](s, "value_floats"); ok {
		return &constant{data: v, dims: []int{len(v)}}, nil
	}
	return nil, errors.New("its value is not a tensor of numbers")
}

func (b *builder) foldConstantOfShape(in []*value, s *settings) (*constant, error) {
	t := or(s, "value", Floats("", []float32{0}, 1))
	c, err := constantOf(&t)
	if err != nil {
		return nil, err
	}
	shape, err := foldable(in, 0)
	if err != nil {
		return nil, err
	}
	dims, err := shape.list()
	if err != nil || c.size() != 1 || len(dims) > 1 {
		return nil, errors.New("want a list of one value")
	}
	n := int64(1)
	var sizes []int
	for _, d := range dims {
		if d < 0 || d > maxIntegers {
			return nil, fmt.Errorf("a list of %d: want 0 to %d", d, maxIntegers)
		}
		n, sizes = d, append(sizes, int(d))
	}
	if c.whole {
		return whole(slices.Repeat(c.ints, int(n)), sizes...)
	}
	x, err := b.numbers(c)
	if err == nil {
		err = b.charge(int(n))
	}
	if err != nil {
		return nil, err
	}
	return &constant{dims: sizes, data: slices.Repeat(x, int(n))}, nil
}

// foldShape has the batch's size where it is known.
func (b *builder) foldShape(in []*value, s *settings) (*constant, error) {
	v := at(in, 0)
	if v == nil {
		return nil, errors.New("it has no input")
	}
	var all []int64
	if v.constant != nil {
		for _, d := range v.dims {
			all = append(all, int64(d))
		}
	} else {
		all = append(all, batch)
		if b.batch > 0 {
			all[0] = b.batch
		}
		for _, d := range v.sizes() {
			all = append(all, int64(d))
		}
	}
	from, to := cut(or(s, "start", int64(0)), or(s, "end", int64(len(all))), len(all))
	return whole(all[from:to], to-from)
}

// cut returns a part of n elements, from one to before another, which may count from the end.
func cut(from, to int64, n int) (int, int) {
	place := func(v int64) int {
		if v < 0 {
			v += int64(n)
		}
		return int(min(max(v, 0), int64(n)))
	}
	a, z := place(from), place(to)
	return a, max(a, z)
}

func (b *builder) foldGather(in []*value, s *settings) (*constant, error) {
	c, err := foldable(in, 0)
	if err != nil {
		return nil, err
	}
	which, err := foldable(in, 1)
	if err != nil {
		return nil, err
	}
	axis := or(s, "axis", int64(0))
	if !c.whole || len(c.dims) != 1 || !which.whole || len(which.dims) > 1 || axis != 0 && axis != -1 {
		return nil, errors.New("its input is not a list of integers")
	}
	var all []int64
	for _, i := range which.ints {
		if i < 0 {
			i += int64(len(c.ints))
		}
		if i < 0 || i >= int64(len(c.ints)) {
			return nil, fmt.Errorf("element %d of %d", i, len(c.ints))
		}
		all = append(all, c.ints[i])
	}
	return whole(all, which.dims...)
}

func (b *builder) foldSlice(in []*value, s *settings) (*constant, error) {
	c, err := foldable(in, 0)
	if err != nil {
		return nil, err
	}
	one := func(i int, name string, def int64) int64 {
		list, failed := b.list(in, i, s, name)
		if err = errors.Join(err, failed); failed != nil || list == nil {
			return def
		}
		if len(list) != 1 {
			err = errors.Join(err, fmt.Errorf("%d %s: want one", len(list), name))
			return def
		}
		return list[0]
	}
	from, to, axis, step := one(1, "starts", 0), one(2, "ends", 0), one(3, "axes", 0), one(4, "steps", 1)
	if err != nil {
		return nil, err
	}
	if len(c.dims) == 2 && axis == 0 && step == -1 && c.whole { // the rows of PyTorch's padding, backwards
		var all []int64
		for r := c.dims[0] - 1; r >= 0; r-- {
			all = append(all, c.ints[r*c.dims[1]:(r+1)*c.dims[1]]...)
		}
		return whole(all, c.dims...)
	}
	if !c.whole || len(c.dims) != 1 || axis != 0 && axis != -1 || step != 1 {
		return nil, errors.New("its input is not a list of integers, or its step is not 1")
	}
	a, z := cut(from, to, len(c.ints))
	return whole(c.ints[a:z], z-a)
}

func (b *builder) foldConcat(in []*value, s *settings) (*constant, error) {
	axis, ok := get[int64](s, "axis")
	if !ok || axis != 0 && axis != -1 {
		return nil, errors.New("want lists of integers, and axis 0")
	}
	var all []int64
	for i := range in {
		c, err := foldable(in, i)
		if err != nil {
			return nil, err
		}
		if !c.whole || len(c.dims) != 1 {
			return nil, errors.New("its input is not a list of integers")
		}
		if all = append(all, c.ints...); len(all) > maxIntegers {
			break
		}
	}
	return whole(all, len(all))
}

func (b *builder) foldIdentity(in []*value, _ *settings) (*constant, error) { return foldable(in, 0) }

func (b *builder) foldCast(in []*value, s *settings) (*constant, error) {
	s.ignore("saturate")
	c, err := foldable(in, 0)
	if err != nil {
		return nil, err
	}
	to := Type(or(s, "to", int64(0)))
	whole := to == Int64 || to == Int32 || to == Bool
	switch {
	case whole == c.whole:
		return c, nil
	case c.whole:
		x, err := b.numbers(c)
		return &constant{dims: c.dims, data: x}, err
	}
	if c.size() > maxIntegers {
		return nil, errors.New("weights that become integers")
	}
	x, err := b.numbers(c)
	if err != nil {
		return nil, err
	}
	i := &constant{dims: c.dims, whole: true}
	for _, v := range x {
		i.ints = append(i.ints, int64(v))
	}
	return i, nil
}

// reshaped returns a constant with other sizes.
func (c *constant) reshaped(dims []int) *constant {
	r := *c
	r.dims = dims
	return &r
}

// refold gives a constant the sizes that follow from its own and from a list.
func (b *builder) refold(in []*value, s *settings, list string, sizes func(dims []int, list []int64) ([]int, error)) (*constant, error) {
	c, err := foldable(in, 0)
	if err != nil {
		return nil, err
	}
	all, err := b.list(in, 1, s, list)
	if err != nil {
		return nil, err
	}
	dims, err := sizes(c.dims, all)
	if err != nil {
		return nil, err
	}
	return c.reshaped(dims), nil
}

func (b *builder) foldUnsqueeze(in []*value, s *settings) (*constant, error) {
	return b.refold(in, s, "axes", unsqueezed)
}

// unsqueezed puts axes of 1 among others, at the places that they have then.
func unsqueezed(dims []int, axes []int64) ([]int, error) {
	n := len(dims) + len(axes)
	if n > maxAxes {
		return nil, fmt.Errorf("%d axes: want at most %d", n, maxAxes)
	}
	ones := make([]bool, n)
	for _, a := range axes {
		if a < 0 {
			a += int64(n)
		}
		if a < 0 || a >= int64(n) || ones[a] {
			return nil, fmt.Errorf("axes %v among %d: there are no such axes", axes, n)
		}
		ones[a] = true
	}
	var all []int
	for _, one := range ones {
		if one {
			all = append(all, 1)
		} else {
			all, dims = append(all, dims[0]), dims[1:]
		}
	}
	return all, nil
}

func (b *builder) foldSqueeze(in []*value, s *settings) (*constant, error) {
	c, err := foldable(in, 0)
	if err != nil {
		return nil, err
	}
	axes, err := b.list(in, 1, s, "axes")
	if err != nil {
		return nil, err
	}
	gone, err := squeezed(c.dims, axes)
	if err != nil {
		return nil, err
	}
	var dims []int
	for k, d := range c.dims {
		if !gone[k] {
			dims = append(dims, d)
		}
	}
	return c.reshaped(dims), nil
}

// squeezed says which axes are left out, all of 1 if none are named.
func squeezed(dims []int, axes []int64) ([]bool, error) {
	gone := make([]bool, len(dims))
	for k, d := range dims {
		gone[k] = axes == nil && d == 1
	}
	for _, a := range axes {
		if a < 0 {
			a += int64(len(dims))
		}
		if a < 0 || a >= int64(len(dims)) || dims[a] != 1 {
			return nil, fmt.Errorf("axes %v of sizes %v: want some of 1", axes, dims)
		}
		gone[a] = true
	}
	return gone, nil
}

func (b *builder) foldReshape(in []*value, s *settings) (*constant, error) {
	s.ignore("allowzero")
	return b.refold(in, s, "shape", resized)
}

// resized returns the sizes that Reshape makes, in which 0 stands for what was there and -1 for the rest.
func resized(dims []int, want []int64) ([]int, error) {
	if len(want) > maxAxes {
		return nil, fmt.Errorf("%d axes: want at most %d", len(want), maxAxes)
	}
	all, rest := 1, -1
	for _, d := range dims {
		all *= d
	}
	n := int64(1)
	got := make([]int, len(want))
	for k, d := range want {
		switch {
		case d == 0 && k < len(dims):
			d = int64(dims[k])
		case d == -1 && rest < 0:
			rest = k
			continue
		}
		if d < 1 || d > int64(all) || n > int64(all)/d {
			return nil, fmt.Errorf("a tensor of sizes %v cannot have sizes %v", dims, want)
		}
		n *= d
		got[k] = int(d)
	}
	if rest >= 0 {
		got[rest] = all / int(n)
		n *= int64(got[rest])
	}
	if n != int64(all) {
		return nil, fmt.Errorf("a tensor of sizes %v cannot have sizes %v", dims, want)
	}
	return got, nil
}

func (b *builder) foldTranspose(in []*value, s *settings) (*constant, error) {
	c, err := foldable(in, 0)
	if err != nil {
		return nil, err
	}
	perm, err := permutation(s, len(c.dims))
	if err != nil {
		return nil, err
	}
	var dims []int
	for _, a := range perm {
		dims = append(dims, c.dims[a])
	}
	if c.whole {
		x := make([]float32, len(c.ints))
		for i := range x {
			x[i] = float32(i) // at most maxIntegers, so that none is rounded
		}
		all := make([]int64, len(x))
		for i, from := range turned(x, c.dims, perm) {
			all[i] = c.ints[int(from)]
		}
		return whole(all, dims...)
	}
	x, err := b.numbers(c)
	if err == nil {
		err = b.charge(len(x))
	}
	if err != nil {
		return nil, err
	}
	return &constant{dims: dims, data: turned(x, c.dims, perm)}, nil
}

// permutation returns the order in which Transpose puts n axes: backwards if nothing is said.
func permutation(s *settings, n int) ([]int, error) {
	var perm []int
	axes, ok := get[[]int64](s, "perm")
	for k := range n {
		a := int64(n - 1 - k)
		if ok && k < len(axes) {
			a = axes[k]
		}
		if a < 0 || a >= int64(n) || slices.Contains(perm, int(a)) {
			return nil, fmt.Errorf("the order %v of %d axes: there is no such order", axes, n)
		}
		perm = append(perm, int(a))
	}
	if ok && len(axes) != n {
		return nil, fmt.Errorf("the order %v of %d axes: there is no such order", axes, n)
	}
	return perm, nil
}

// foldIntegers computes sizes, one of which may be a scalar.
func foldIntegers(f func(x, y int64) int64) func(*builder, []*value, *settings) (*constant, error) {
	return func(_ *builder, in []*value, _ *settings) (*constant, error) {
		x, err := foldable(in, 0)
		if err != nil {
			return nil, err
		}
		y, err := foldable(in, 1)
		if err != nil {
			return nil, err
		}
		if !x.whole || !y.whole || len(y.ints) != 1 && len(x.ints) != len(y.ints) || len(x.dims) > 1 || len(y.dims) > 1 {
			return nil, errors.New("what it makes of constants is not worked out here: want integers")
		}
		z := slices.Clone(x.ints)
		for i := range z {
			other := y.ints[0]
			if len(y.ints) > 1 {
				other = y.ints[i]
			}
			if z[i] == batch || other == batch {
				return nil, errors.New("it computes with the number of pictures, which is not known")
			}
			z[i] = f(z[i], other)
		}
		return whole(z, x.dims...)
	}
}
