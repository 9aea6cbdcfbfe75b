package archive

import (
	"errors"
	"fmt"

	"tenfold/nn/cifar10"
)

// pythonBatch returns the records of a batch of the data set's Python version: a pickle of a
// dictionary with "labels", a list, and "data", a NumPy array of bytes, [n,3072], with the
// planes of the official layout in each row.
func pythonBatch(b []byte) ([]byte, error) {
	v, err := unpickle(b)
	if err != nil {
		return nil, fmt.Errorf("is a pickle of Python's that cannot be read: %w", err)
	}
	d, ok := v.(*dict)
	if !ok {
		return nil, errors.New("is a pickle of Python's, but no batch of CIFAR-10: it holds no dictionary")
	}
	if _, hundred := d.get("fine_labels"); hundred {
		return nil, errHundred
	}
	labels, ok := d.get("labels")
	data, ok2 := d.get("data")
	if !ok || !ok2 {
		if _, meta := d.get("label_names"); meta {
			return nil, errNames
		}
		return nil, errors.New("is a pickle of Python's, but no batch of CIFAR-10: its dictionary lacks data or labels")
	}
	out, err := join(labels, data)
	if err != nil {
		return nil, fmt.Errorf("is a batch of CIFAR-10 from Python that cannot be used: %w", err)
	}
	return out, nil
}

var errNames = errors.New("holds the names of the classes, and no pictures")

// join puts labels and pixels into the official layout.
func join(labels, data any) ([]byte, error) {
	l, ok := labels.(*list)
	if !ok {
		return nil, errors.New("its labels are no list")
	}
	pixels, columns, err := array(data, len(l.items))
	if err != nil {
		return nil, err
	}
	const row = cifar10.FileSize/cifar10.PerFile - 1
	n := len(l.items)
	out := make([]byte, 0, n*(row+1))
	for i, v := range l.items {
		label, ok := v.(int)
		if !ok || label < 0 || label >= len(cifar10.Task.Classes) {
			return nil, fmt.Errorf("label %d is no number from 0 to %d", i, len(cifar10.Task.Classes)-1)
		}
		out = append(out, byte(label))
		if !columns {
			out = append(out, pixels[i*row:(i+1)*row]...)
			continue
		}
		for p := range row {
			out = append(out, pixels[p*n+i])
		}
	}
	return out, nil
}

// array returns the bytes of a NumPy array of n pictures; columns says that they are in
// Fortran's order. Its state is a version, the shape, the type, whether it is in Fortran's
// order, and the bytes.
func array(v any, n int) (pixels []byte, columns bool, err error) {
	const row = cifar10.FileSize/cifar10.PerFile - 1
	c, ok := v.(*called)
	if !ok || c.what != "numpy.core.multiarray._reconstruct" && c.what != "numpy._core.multiarray._reconstruct" {
		return nil, false, errors.New("its data are no array of NumPy's")
	}
	state, ok := c.state.(tuple)
	if !ok || len(state) != 5 {
		return nil, false, errors.New("its array has no state")
	}
	shape, ok := state[1].(tuple)
	if !ok || len(shape) != 2 || shape[0] != any(n) || shape[1] != any(row) {
		return nil, false, fmt.Errorf("its array has another shape than (%d, %d)", n, row)
	}
	kind, ok := state[2].(*called)
	if !ok || kind.what != "numpy.dtype" || len(kind.with) == 0 || !is(kind.with[0], "u1") {
		return nil, false, errors.New("its array is not of bytes (uint8)")
	}
	columns, _ = state[3].(bool)
	pixels, ok = state[4].([]byte)
	if !ok || len(pixels) != n*row {
		return nil, false, fmt.Errorf("its array has not %d bytes", n*row)
	}
	return pixels, columns, nil
}

func is(v any, text string) bool {
	b, ok := v.([]byte)
	return ok && string(b) == text
}
