package main

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// TestTrainOnDoodles trains and evaluates without CIFAR-10, and checks what the
// model's file says about it.
func TestTrainOnDoodles(t *testing.T) {
	out := t.TempDir()
	err := runTrain(t.Context(), []string{"-data", task.Doodles, "-out", out, "-limit", "64", "-test", "30", "-epochs", "1"})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(out, "epoch-01.safetensors")
	f, err := checkpoint.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := task.Measured(m.Measured, task.DoodlesTest); !ok || got.Pictures != 30 || len(m.Measured) != 1 {
		t.Errorf("measured: %+v", m.Measured)
	}
	if s := m.Seen(); !s.Has(task.Doodles, 0) || !s.Has(task.Doodles, 63) || s.Has(task.Doodles, 64) || s.Has(task.TrainSet, 0) {
		t.Errorf("it says that it was trained on %v", s)
	}
	if err := runEvaluate(t.Context(), []string{"-data", task.Doodles, "-model", path, "-out", filepath.Join(out, "evaluate"), "-test", "30"}); err != nil {
		t.Fatal(err)
	}
	if !exists(filepath.Join(out, "evaluate", "predictions.csv")) {
		t.Error("no predictions are written")
	}
}

func TestDoodleSheets(t *testing.T) {
	out := t.TempDir()
	if err := runDoodles(t.Context(), []string{"-out", out, "-size", "16", "-zoom", "1", "-columns", "2"}); err != nil {
		t.Fatal(err)
	}
	for _, name := range cifar10.Task.Classes {
		for _, file := range []string{name + ".png", name + "-ways.png"} {
			r, err := os.Open(filepath.Join(out, file))
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(r)
			r.Close()
			if err != nil || img.Bounds().Dx() != 2*18 || img.Bounds().Dy() < 10*18 {
				t.Errorf("%s: %v, %v", file, img.Bounds(), err)
			}
		}
	}
	for _, bad := range [][]string{{"-zoom", "0"}, {"-columns", "0"}, {"-size", "8"}} {
		if err := runDoodles(t.Context(), append(bad, "-out", out)); err == nil {
			t.Errorf("%v is accepted", bad)
		}
	}
}
