package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"

	"tenfold/nn/checkpoint"
	"tenfold/nn/doodles"
	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// falseAlarms is the share of the pictures of the classes in which the network
// may say that it recognises none.
const falseAlarms = 0.04

// strangers is how many strange pictures of each kind the doubt is tested on.
const strangers = 2000

// fit finds a model's temperature on test pictures, whose result is r, and on
// drawings. Where there are drawings it also finds the doubt.
func fit(ctx context.Context, out io.Writer, m *model.Network, test evaluate.Data, r *evaluate.Result, drawings int) error {
	if drawings == 0 {
		m.Temperature = math.Round(r.Temperature()*1e4) / 1e4 // it is found to about this many digits
		reportCalibration(out, "the pictures", r, m.Temperature)
		return nil
	}
	drawn := openDoodles().test(drawings)
	on, err := evaluate.Run(ctx, m, drawn, nil)
	if err != nil {
		return err
	}
	both := &evaluate.Result{Predictions: slices.Concat(r.Predictions, on.Predictions), Logits: slices.Concat(r.Logits, on.Logits), Confusion: r.Confusion}
	m.Temperature = math.Round(both.Temperature()*1e4) / 1e4
	reportCalibration(out, "the pictures", r, m.Temperature)
	reportCalibration(out, "the drawings", on, m.Temperature)
	m.Doubt = evaluate.Doubt(falseAlarms, m.Temperature, r, on)
	fmt.Fprintf(out, "\nnone of the classes: when none has a probability of %.3f. That is said of\n", m.Doubt)
	fmt.Fprintf(out, "%6.1f%% of the pictures (a false alarm)\n%6.1f%% of the drawings (a false alarm)\n", 100*r.Doubted(m.Doubt, m.Temperature), 100*on.Doubted(m.Doubt, m.Temperature))
	for _, kind := range []struct {
		name string
		draw func([]byte, task.Shape, uint64)
	}{{"drawings of other things", doodles.DrawOther}, {"drawings of things that no training draws", doodles.DrawUnseen}, {"patterns", doodles.Texture}} {
		s, err := evaluate.Run(ctx, m, made{m.Input, kind.draw}, nil)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%6.1f%% of %s\n", 100*s.Doubted(m.Doubt, m.Temperature), kind.name)
	}
	return nil
}

// made are pictures that show none of the classes.
type made struct {
	shape task.Shape
	draw  func(pix []byte, shape task.Shape, number uint64)
}

func (m made) Len() int { return strangers }

func (m made) Picture(i int) ([]byte, int) {
	pix := make([]byte, m.shape.Size())
	m.draw(pix, m.shape, uint64(i))
	return pix, 0
}

// reportCalibration prints what a temperature does to the pictures that it was fitted on.
func reportCalibration(out io.Writer, of string, r *evaluate.Result, temperature float64) {
	_, before := r.Calibration(1)
	_, after := r.Calibration(temperature)
	fmt.Fprintf(out, "\ntemperature %.4f: expected calibration error on %s (%d) %.4f before, %.4f after\n", temperature, of, len(r.Predictions), before, after)
}

// writeFitted writes a model's temperature and doubt into its file, in half precision only if no
// weight changes by that.
func writeFitted(path string, f *checkpoint.File, m *model.Network) error {
	if err := model.Calibrate(f, m.Temperature, m.Doubt); err != nil {
		return err
	}
	precision := checkpoint.F16
	b, err := f.Encode(precision)
	if err != nil {
		return err
	}
	rounded, err := checkpoint.Decode(b)
	if err != nil {
		return err
	}
	for _, t := range f.Tensors {
		if r, err := rounded.Tensor(t.Name); err != nil || !slices.Equal(r.Data, t.Data) {
			precision = checkpoint.F32
			break
		}
	}
	return f.WriteFile(path, precision)
}
