package e2e

import (
	"math"
	"regexp"
	"strconv"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/train"
)

// resnet is a file of ResNet-20 with weights drawn from seed 4.
func resnet(t *testing.T) []byte {
	t.Helper()
	m := model.ResNet20()
	if err := m.Init(4); err != nil {
		t.Fatal(err)
	}
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode(checkpoint.F32)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestResNet20 opens a residual network in the page and trains it there from random weights for
// two epochs on real pictures, and natively on the same ones: the curves of the loss agree. Then
// every view shows it.
func TestResNet20(t *testing.T) {
	p := ready(t, laptop, 2000)
	p.bring("resnet20.safetensors", resnet(t))
	p.wait(`document.getElementById("train-from")?.value === "file"`)
	for id, value := range map[string]string{"train-epochs": "2", "train-rate": "0.003", "train-seed": "4", "train-flips": "false"} {
		p.set(id, value)
	}
	p.press("train-start")
	p.waitLong(trainStatus("done"))
	curve := p.text("train-chart-loss")
	t.Log(curve)

	var data cifar10.Set
	if err := data.Add("test_batch.bin", testSet(t, 2000)); err != nil {
		t.Fatal(err)
	}
	rest, held := evaluate.Split(&data, 0.2, 4)
	f, err := checkpoint.Decode(resnet(t))
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	recipe := task.TutorialRecipe
	recipe.Epochs, recipe.Seed, recipe.Rate = 2, 4, 0.003
	r, err := train.NewRun(m, recipe, rest)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := train.Fit(t.Context(), r, held); err != nil {
		t.Fatal(err)
	}
	var want []float64
	for _, e := range r.History {
		want = append(want, e.Train.Loss, e.Val.Loss)
	}
	t.Log(want)
	var got []float64
	for _, s := range regexp.MustCompile(`[0-9]+\.[0-9]+`).FindAllString(curve, -1) {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, x)
	}
	for _, w := range want { // training's loss, then the held-out pictures'
		near := false
		for _, g := range got {
			near = near || math.Abs(g-w) < 0.03*w
		}
		if !near {
			t.Errorf("no loss near %.3f in %q", w, curve)
		}
	}

	p.click("view-evaluate")
	p.press("evaluate-start")
	p.waitLong(`(document.getElementById("evaluate-status")?.textContent ?? "").startsWith("done")`)
	p.click("view-model")
	p.wait(`(document.getElementById("model-reasons")?.textContent ?? "") !== ""`)
	p.shot("resnet-model")
}
