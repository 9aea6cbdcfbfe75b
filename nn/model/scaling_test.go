package model

import (
	"strings"
	"testing"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// TestRescaled tells from the Rescaling in front how bytes become numbers.
func TestRescaled(t *testing.T) {
	r := func(scale, offset float64) layer.Layer { return layer.Rescaling{Scale: scale, Offset: offset} }
	for _, c := range []struct {
		layers []layer.Layer
		want   string // of task.Scalings; "" for none
	}{
		{[]layer.Layer{r(1./255, 0)}, "bytes"},
		{[]layer.Layer{r(1/127.5, -1)}, "bytes"},
		{[]layer.Layer{r(1/64.15, -120.707/64.15)}, "bytes"},
		{[]layer.Layer{r(-1./255, 1)}, "bytes"}, // black on white
		{[]layer.Layer{r(2, -1)}, "unit"},
		{[]layer.Layer{r(1/0.25, -0.47/0.25)}, "unit"},
		{[]layer.Layer{r(1, -0.5)}, "unit"},
		{[]layer.Layer{r(2, 0)}, "centred"},
		{[]layer.Layer{r(1, 0)}, "centred"},
		{[]layer.Layer{r(1./255, 0), r(2, -1)}, "bytes"},
		{[]layer.Layer{layer.Flatten{}, r(1./255, 0)}, "bytes"},
		{[]layer.Layer{layer.GaussianNoise{Stddev: 1}, r(1./255, 0)}, "bytes"},
		{[]layer.Layer{layer.Conv2D{Filters: 1, KernelSize: [2]int{1, 1}}, r(1./255, 0)}, ""},
		{[]layer.Layer{r(100, 0)}, ""},
		{[]layer.Layer{r(0, 0)}, "centred"},
	} {
		m, err := New(task.Shape{4, 5, 3}, append(c.layers, layer.Flatten{}, layer.Dense{Units: 2})...)
		if err != nil {
			t.Fatal(err)
		}
		s, ok := m.Rescaled()
		if s.Name != c.want || ok != (c.want != "") {
			t.Errorf("%v: %q, want %q", c.layers, s.Name, c.want)
		}
		if ok && (m.Scale != s.Scale || m.Shift != s.Shift) || !ok && (m.Scale != task.Scale || m.Shift != task.Shift) {
			t.Errorf("%v: the task has %g and %g", c.layers, m.Scale, m.Shift)
		}
	}
	f := NewFunctional(task.Shape{4, 5, 3})
	f.Add(layer.Add{}, f.Add(layer.Rescaling{Scale: 1. / 255}, Input), Input)
	m, err := f.Empty()
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := m.Rescaled(); ok {
		t.Errorf("pictures that are taken in as they are too: %q", s.Name)
	}
}

// TestSummaryWidens: a name that is longer than Keras' column does not run into the next one.
func TestSummaryWidens(t *testing.T) {
	f := NewFunctional(task.Shape{4, 5, 3})
	x := f.Add(layer.BatchNormalization{}, Input)
	x = f.Add(layer.GlobalAveragePooling2D{}, x)
	f.Add(layer.Dense{Units: 2}, x)
	m, err := f.Network()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"batch_normalization (BatchNormalization) (None, 4, 5, 3)", "global_average_pooling2d (GlobalAveragePooling2D) (None, 3)"} {
		fields := strings.Join(strings.Fields(m.Summary()), " ")
		if !strings.Contains(fields, want) {
			t.Errorf("no %q in\n%s", want, m.Summary())
		}
	}
}
