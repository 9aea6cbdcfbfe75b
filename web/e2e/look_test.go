package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/explain"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/subject"
)

// views are looked at in three sizes and both themes.
var sizes = map[string]look{
	"phone":  {width: 360, height: 740, scale: 2, phone: true},
	"laptop": {width: 1280, height: 800, scale: 1},
	"large":  {width: 2560, height: 1440, scale: 1},
}

// TestLookScreens keeps screenshots of Data, Evaluate and Model with real data.
func TestLookScreens(t *testing.T) {
	p := ready(t, laptop, 2000)
	inSizes := func(view string) {
		for name, size := range sizes {
			p.resize(size)
			p.shots(view + "-" + name)
		}
	}
	p.click("view-data")
	p.wait(`(document.getElementById("data-shown")?.textContent ?? "") !== ""`)
	p.press("data-next")
	p.wait(`(document.getElementById("data-picture")?.textContent ?? "").includes("network says")`)
	inSizes("data")
	p.press("data-all")
	inSizes("data-all")
	p.click("view-evaluate")
	p.press("evaluate-start")
	p.waitLong(`(document.getElementById("evaluate-status")?.textContent ?? "").startsWith("done")`)
	inSizes("evaluate")
	p.click("view-model")
	p.wait(`(document.getElementById("model-reasons")?.textContent ?? "") !== ""`)
	p.press("model-stimulus")
	p.wait(`(document.getElementById("model-excited")?.textContent ?? "").includes("done")`)
	p.press("model-nine")
	p.waitLong(`(document.getElementById("model-excited")?.textContent ?? "").includes("strongest response")`)
	inSizes("model")
}

// native opens a pretrained network and the first n real test pictures.
func native(t *testing.T, name string, n int) (*model.Sequential, *cifar10.Set) {
	t.Helper()
	var data cifar10.Set
	if err := data.Add("test_batch.bin", testSet(t, n)); err != nil {
		t.Fatal(err)
	}
	f, err := checkpoint.ReadFile("../model/" + name + ".safetensors")
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	return m, &data
}

// TestEvaluateLikeNative evaluates the shipped network on 2,000 real pictures in the page
// and natively: all numbers are the same, the losses to four digits.
func TestEvaluateLikeNative(t *testing.T) {
	m, data := native(t, network.Opening, 2000)
	r, err := evaluate.Run(t.Context(), m, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := evaluate.Report(r, data, 1)
	p := ready(t, laptop, 2000)
	p.click("view-evaluate")
	p.press("evaluate-start")
	p.waitLong(`(document.getElementById("evaluate-status")?.textContent ?? "").startsWith("done")`)
	text := fmt.Sprintf("accuracy %s, loss %s, top-2 accuracy %s, expected calibration error %s, with the temperature %.2f %s", figure.Percent(want.Accuracy), figure.Score(want.Loss), figure.Percent(want.Top2), figure.Percent(want.ECE), want.Temperature, figure.Percent(want.ECEAfter))
	if got := p.text("evaluate-result"); got != text {
		t.Errorf("the page says %q, natively it is %q", got, text)
	}
	for i, c := range want.Classes {
		line := fmt.Sprintf("%s precision %s recall %s F1 %s support %s", cifar10.Task.Classes[i], figure.Percent(c.Precision), figure.Percent(c.Recall), figure.Score(c.F1), figure.Count(c.Support))
		if !strings.Contains(p.text("evaluate-classes"), line) {
			t.Errorf("the page does not say %q", line)
		}
	}
	p.set("evaluate-true", "cat")
	p.set("evaluate-predicted", "dog")
	p.wait(`(document.getElementById("evaluate-shown")?.textContent ?? "").split("; ").every((q) => /pred dog .*true cat$/.test(q))`)
	if n, all := strings.Count(p.text("evaluate-shown"), "true cat"), want.Confusion[3][5]; n != min(all, 16) {
		t.Errorf("%d of %d cats taken for dogs are shown", n, all)
	}
	p.press("evaluate-mistakes")
	p.shot("evaluate-cell")
	p.press("evaluate-temper")
	p.settled()
	t.Log(text)
}

// TestDataLikeNative looks at the real test set in the page.
func TestDataLikeNative(t *testing.T) {
	_, data := native(t, network.Opening, 2000)
	p := ready(t, laptop, 2000)
	p.click("view-data")
	p.wait(`(document.getElementById("data-shown")?.textContent ?? "") !== ""`)
	for _, q := range strings.Split(p.text("data-shown"), ", ") {
		var i int
		var class string
		if _, err := fmt.Sscanf(q, "%d %s", &i, &class); err != nil {
			t.Fatalf("%q: %v", q, err)
		}
		if _, label := data.Picture(i); cifar10.Task.Classes[label] != class {
			t.Errorf("picture %d is called %s, it is %s", i, class, cifar10.Task.Classes[label])
		}
	}
	p.press("data-class-ship")
	p.wait(`(document.getElementById("data-shown")?.textContent ?? "").split(", ").every((q) => q.endsWith(" ship"))`)
	p.press("data-next")
	p.wait(`(document.getElementById("data-picture")?.textContent ?? "").includes("network says")`)
	p.press("data-classify")
	p.settled()
	if text := p.text("details"); !strings.Contains(text, "of the class ship") {
		t.Errorf("%q", text)
	}
	p.press("data-mine")
	p.wait(`(document.getElementById("data-status")?.textContent ?? "").includes("none here yet")`)
	p.shot("data-mine-empty")
}

// TestModelLikeNative looks into the network at the page's opening picture and compares
// with the network's own evaluation.
func TestModelLikeNative(t *testing.T) {
	m, _ := native(t, task.TutorialCNN, 1)
	p := ready(t, laptop, 200)
	p.set("network", task.TutorialCNN)
	x := make([]float32, cifar10.Task.Pixels())
	m.Normalize(x, subject.Opened(m.Input))
	tr := m.Trace(1)
	tr.Forward(x)
	p.click("view-model")
	for _, l := range []int{0, 2, 8, 13} {
		p.set("model-layer", fmt.Sprint(l))
		y := tr.Y[tr.Last(l)]
		want := fmt.Sprintf("from %.3f to %.3f", slices.Min(y), slices.Max(y))
		p.wait(fmt.Sprintf(`(document.getElementById("model-layer-maps")?.textContent ?? "").startsWith(%q)`, m.Describe().Layers[l].Name+":"))
		if got := p.text("model-layer-maps"); !strings.Contains(got, want) {
			t.Errorf("the page says %q, natively it is %s", got, want)
		}
	}
	p.set("model-layer", "8")
	p.set("model-filter", "7")
	p.wait(`(document.getElementById("model-products")?.textContent ?? "").includes("of map 8")`)
	a, err := explain.Convolution(tr, m, 8, 7, 8, 8)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.text("model-products"), fmt.Sprintf("and the bias %.4f, are %.4f", a.Bias, a.Sum); !strings.HasSuffix(got, want) {
		t.Errorf("the page says %q, natively it is %q", got, want)
	}
	for _, c := range []int{8, 3} {
		cam, err := explain.GradCAM(tr, x, c)
		if err != nil {
			t.Fatal(err)
		}
		p.set("model-why", fmt.Sprint(c))
		p.wait(fmt.Sprintf(`(document.getElementById("model-reasons")?.textContent ?? "").startsWith(%q)`, cifar10.Task.Classes[c]+" by Grad-CAM"))
		if got, want := p.text("model-reasons"), fmt.Sprintf("strongest, %.3f", slices.Max(cam.Values)); !strings.Contains(got, want[:len(want)-1]) {
			t.Errorf("the page says %q, natively it is %q", got, want)
		}
	}
	p.press("model-occlusion")
	p.wait(`(document.getElementById("model-reasons")?.textContent ?? "").includes("by occlusion")`)
	p.shot("model-occlusion")
}
