package main

import (
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"tenfold/nn/checkpoint"
	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/teach"
)

func runEvaluate(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("evaluate", flag.ContinueOnError)
	data := fs.String("data", "data", dataHelp)
	path := fs.String("model", "web/model/tutorial.safetensors", "model to measure")
	out := fs.String("out", "runs/evaluate", "folder for predictions.csv and pictures")
	ship := fs.String("ship", "", "also write the model, with its accuracy and in f16, to this `file`")
	calibrate := fs.Bool("calibrate", false, "also fit the temperature on these pictures and write it into the model's file, or that of -ship, without changing a weight")
	views := fs.String("views", "", "look at each picture in several views and take the mean of the logits: mirror or shifts; empty means the picture alone")
	drawn := fs.Int("doodles", 0, "with -calibrate and -ship, also take the first `n` drawings that a program makes, and find out when the network should say that it knows none of the classes; for a network that was trained on drawings")
	limit := fs.Int("test", 0, "measure on the first `n` test pictures only; 0 means all")
	shown := fs.Int("limit", 0, "with -ship, take the moments that teaching needs from the first `n` training pictures only; 0 means all")
	var says asked
	says.flags(fs)
	if err := parse(fs, args); err != nil {
		return err
	}
	opened, err := says.open(*path, nil, os.Stderr)
	if err != nil {
		return err
	}
	m := opened.Network
	if err := m.Classifies(); err != nil {
		return fmt.Errorf("%s: %s", *path, strings.TrimPrefix(err.Error(), "model: "))
	}
	set, err := openTest(*data)
	if err != nil {
		return err
	}
	test := set.test(*limit)
	if *views != "" && (*calibrate || *ship != "") {
		return fmt.Errorf("-views %s: what is written into a model with -calibrate or -ship is measured on the pictures alone; leave one of them out", *views)
	}
	result, err := evaluate.RunViews(ctx, m, test, *views, nil)
	if err != nil {
		return err
	}
	report(os.Stdout, m, test, result)
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	if err := drawAll(*out, m, nil, test, result, 1); err != nil {
		return err
	}
	err = checkpoint.Replace(filepath.Join(*out, "predictions.csv"), func(w io.Writer) error {
		return writePredictions(w, m.Classes, result)
	})
	if err == nil && *calibrate {
		if err = fit(ctx, os.Stdout, m, test, result, *drawn); err == nil && *ship == "" {
			var f *checkpoint.File
			if f, err = checkpoint.ReadFile(*path); err == nil {
				err = writeFitted(*path, f, m)
			}
		}
	}
	if err != nil || *ship == "" {
		return err
	}
	if set, err = openData(*data); err != nil {
		return err
	}
	if len(m.Seen()) == 0 { // a file of an earlier version
		see(m, set.trainPart, set.train(0).Len())
	}
	shownTo := set.train(*shown)
	if *drawn > 0 {
		shownTo = evaluate.Joined{shownTo, openDoodles().train(*drawn)}
	}
	return writeShipped(ctx, *ship, m, shownTo, test, set.testPart)
}

// writeShipped writes the model in f16, with the moments that teaching needs. It is measured
// with the weights that are shipped, which are rounded, on the part of a data set called on.
func writeShipped(ctx context.Context, path string, m *model.Network, train, test evaluate.Data, on string) error {
	var err error
	if m.Moments, err = teach.Moments(ctx, m, train, nil); err != nil {
		return err
	}
	f, err := m.File()
	if err != nil {
		return err
	}
	b, err := f.Encode(checkpoint.F16)
	if err != nil {
		return err
	}
	if f, err = checkpoint.Decode(b); err != nil {
		return err
	}
	if m, err = model.Open(f); err != nil {
		return err
	}
	result, err := evaluate.Run(ctx, m, test, nil)
	if err != nil {
		return err
	}
	report := evaluate.Report(result, test, 1)
	m.Report = &report
	m.Measured = []task.Measurement{{On: on, Pictures: test.Len(), Metrics: result.Metrics}}
	fmt.Printf("with weights in f16: accuracy %.4f, loss %.4f; written to %s\n", result.Accuracy, result.Loss, path)
	if f, err = m.File(); err != nil {
		return err
	}
	return f.WriteFile(path, checkpoint.F16)
}

// report prints the measures of an evaluation of m.
func report(out io.Writer, m *model.Network, data evaluate.Data, r *evaluate.Result) {
	e, classes := evaluate.Report(r, data, 1), m.Classes
	fmt.Fprintf(out, "\n%s: test pictures %d, loss %.4f, accuracy %.4f, top-2 accuracy %.4f\n", m.Name, e.Pictures, e.Loss, e.Accuracy, e.Top2)
	fmt.Fprintf(out, "expected calibration error %.4f, with the temperature %.2f %.4f\n\n", e.ECE, e.Temperature, e.ECEAfter)
	fmt.Fprintf(out, "%-12s%10s%10s%10s%10s\n", "class", "precision", "recall", "F1", "support")
	for i, name := range classes {
		m := e.Classes[i]
		fmt.Fprintf(out, "%-12s%10.3f%10.3f%10.3f%10d\n", name, m.Precision, m.Recall, m.F1, m.Support)
	}
	fmt.Fprintf(out, "\nconfusion matrix: a row is a true class, a column what was predicted\n%-12s", "")
	for _, name := range classes {
		fmt.Fprintf(out, "%6.5s", name)
	}
	fmt.Fprintln(out)
	for i, row := range r.Confusion {
		fmt.Fprintf(out, "%-12s", classes[i])
		for _, n := range row {
			fmt.Fprintf(out, "%6d", n)
		}
		fmt.Fprintln(out)
	}
}

func writePredictions(out io.Writer, classes []string, r *evaluate.Result) error {
	w := csv.NewWriter(out)
	w.Write([]string{"picture", "true", "predicted", "score"})
	for i, p := range r.Predictions {
		w.Write([]string{strconv.Itoa(i), classes[p.True], classes[p.Class], strconv.FormatFloat(float64(p.Score), 'f', 6, 32)})
	}
	w.Flush()
	return w.Error()
}
