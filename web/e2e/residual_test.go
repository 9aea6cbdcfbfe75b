package e2e

import (
	"math"
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
	return encoded(t, m, checkpoint.F32)
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
	type losses struct{ Training, Validation float64 }
	got := eval[[]losses](p, `JSON.parse(localStorage.runs).find((r) => r.Epochs.length === 2).Epochs.map((e) => ({ Training: e.train.loss, Validation: e.val.loss }))`)

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
	// Rounding that differs in the last bit moves the mean of an epoch's steps by half a percent;
	// what is held out is measured with moving statistics that have seen 100 steps, and by a third.
	for i, e := range r.History {
		t.Logf("epoch %d: loss %.3f in training and %.3f in validation in the page, %.3f and %.3f natively", e.Epoch, got[i].Training, got[i].Validation, e.Train.Loss, e.Val.Loss)
		if math.Abs(got[i].Training-e.Train.Loss) > 0.02*e.Train.Loss || math.Abs(got[i].Validation-e.Val.Loss) > 0.5*e.Val.Loss {
			t.Errorf("epoch %d: the page's curve is not the native one", e.Epoch)
		}
	}

	p.click("view-evaluate")
	p.press("evaluate-start")
	p.waitLong(`(document.getElementById("evaluate-status")?.textContent ?? "").startsWith("done")`)
	p.click("view-model")
	p.wait(`(document.getElementById("model-reasons")?.textContent ?? "") !== ""`)
	p.shot("resnet-model")
}
