package e2e

import (
	"encoding/base64"
	"fmt"
	"image"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/explain"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/train"
	"tenfold/wasm/ui/library"
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

// trainingSet returns the first n records of the real training set.
func trainingSet(t *testing.T, n int) []byte {
	t.Helper()
	testSet(t, 1) // skips without the data set
	b, err := os.ReadFile(filepath.Join(os.Getenv("TENFOLD_DATA"), cifar10.Folder, cifar10.TrainFiles[0]))
	if err != nil {
		t.Fatal(err)
	}
	return b[:n*record]
}

// losses notes the loss of each step of a run.
type losses struct {
	of  []float64
	sum float64 // of the epoch so far, over its pictures
	n   int
}

func (l *losses) Step(_ *train.Run, p train.Progress) error {
	sum, n := p.Loss*float64(p.Seen), p.Seen
	l.of = append(l.of, (sum-l.sum)/float64(n-l.n))
	if l.sum, l.n = sum, n; p.Step == p.Steps {
		l.sum, l.n = 0, 0
	}
	return nil
}

func (l *losses) Epoch(*train.Run, task.Epoch, *evaluate.Result) error { return nil }

// stepLosses are the losses of single steps in a run that the page has kept, by the number of the
// step: its curve is their mean that forgets a tenth with each, of which this is the inverse.
func stepLosses(points []library.Point, steps int) map[int]float64 {
	all := map[int]float64{}
	sum, keep := 0.0, 1.0
	for _, p := range points {
		before := sum
		keep *= 0.9
		sum = p.Loss * (1 - keep)
		all[int(math.Round(p.X*float64(steps)))] = (sum - 0.9*before) / 0.1
	}
	return all
}

// kept is the content of a file that the trainer has left in the browser.
func (p *tab) kept(name string) []byte {
	p.Helper()
	text := eval[string](p, fmt.Sprintf(`navigator.storage.getDirectory().then((d) => d.getDirectoryHandle("tenfold")).then((d) => d.getFileHandle(%q)).then((h) => h.getFile())
		.then((f) => new Promise((done) => { const r = new FileReader(); r.onload = () => done(r.result.split(",")[1]); r.readAsDataURL(f); }))`, name))
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		p.Fatal(err)
	}
	return b
}

// TestResNet20 opens a residual network in the page and trains it there from random weights for
// two epochs on pictures of the training set, and natively on the same ones from the same seed:
// the losses of the same steps agree, and so does what the weights that the page has come to are
// worth on what is held out. Then every view shows it.
func TestResNet20(t *testing.T) {
	const pictures, batch, epochs = 1280, 32, 2
	set := trainingSet(t, pictures)
	l := laptop
	l.script += noWebGL
	p := fresh(t, l)
	p.click("view-train")
	p.bring(cifar10.TrainFiles[0], set)
	p.wait(`document.getElementById("train-forget")?.disabled === false`)
	p.bring("resnet20.safetensors", resnet(t))
	p.wait(`document.getElementById("train-from")?.value === "file"`)
	for _, f := range [][2]string{
		{"train-data", task.TrainSet}, {"train-epochs", "2"}, {"train-optimizer", task.SGD}, {"train-rate", "0.001"}, {"train-batch", "32"},
		{"train-holdout", "0.2"}, {"train-flips", "false"}, {"train-seed", "4"}, {"train-workers", "1"},
	} {
		p.set(f[0], f[1])
	}
	p.press("train-start")
	p.waitLong(trainStatus("done"))
	page := eval[library.Run](p, fmt.Sprintf(`JSON.parse(localStorage.runs).find((r) => r.Epochs.length === %d)`, epochs))

	var data cifar10.Set
	if err := data.Add(cifar10.TrainFiles[0], set); err != nil {
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
	recipe.Epochs, recipe.Batch, recipe.Seed, recipe.Optimizer, recipe.Rate = epochs, batch, 4, task.SGD, 0.001
	r, err := train.NewRun(m, recipe, rest)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var native losses
	if err := train.Fit(t.Context(), r, held, &native); err != nil {
		t.Fatal(err)
	}
	// What differs in the last bit moves outputs over the kinks of rectifiers, and so grows with the
	// steps: natively, with and without Winograd's transforms, to 0.0005 in 16 steps and 0.008 in 64.
	// Adamax's first steps go by the gradients' signs alone, and a higher rate shakes: with both,
	// single losses are a tenth apart.
	got := stepLosses(page.Curve.Points, r.Steps())
	seen := 0
	for step, want := range native.of {
		loss, ok := got[step+1]
		if !ok { // the page is told of a step twice a second
			continue
		}
		seen++
		most := 0.025
		switch {
		case step == 0:
			most = 1e-5
		case step < 16:
			most = 2e-3
		}
		off := math.Abs(loss-want) / want
		t.Logf("step %d: loss %.6f in the page, %.6f natively, off by %.2g", step+1, loss, want, off)
		if !(off < most) {
			t.Errorf("step %d: the loss is %g in the page and %g natively, off by %.2g", step+1, loss, want, off)
		}
	}
	if _, ok := got[1]; !ok || seen < 5 || seen != len(got) {
		t.Errorf("the page has %d points, of which %d are steps", len(got), seen)
	}
	for i, e := range r.History {
		in := page.Epochs[i]
		t.Logf("epoch %d: loss %.6f in training and %.6f in validation in the page, %.6f and %.6f natively", e.Epoch, in.Train.Loss, in.Val.Loss, e.Train.Loss, e.Val.Loss)
		if !(math.Abs(in.Train.Loss-e.Train.Loss) < 3e-3*e.Train.Loss && math.Abs(in.Val.Loss-e.Val.Loss) < 1e-2*e.Val.Loss) {
			t.Errorf("epoch %d: the page's curve is not the native one", e.Epoch)
		}
	}
	if h := r.History; h[1].Train.Loss > 0.9*h[0].Train.Loss {
		t.Errorf("it has not learned: %+v", h)
	}

	if f, err = checkpoint.Decode(p.kept("last.safetensors")); err != nil {
		t.Fatal(err)
	}
	if m, err = model.Open(f); err != nil {
		t.Fatal(err)
	}
	again, err := evaluate.Run(t.Context(), m, held, nil)
	if err != nil {
		t.Fatal(err)
	}
	other, err := train.NewRun(m, recipe, rest) // for the penalties of its weights
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if is, said := other.Penalised(again.Metrics), page.Epochs[epochs-1].Val; !(math.Abs(is.Loss-said.Loss) < 1e-3) || is.Accuracy != said.Accuracy {
		t.Errorf("the page says that its weights come to %+v, natively they come to %+v", said, is)
	}

	p.press("evaluate-held-out")
	p.press("evaluate-start")
	p.waitLong(`(document.getElementById("evaluate-status")?.textContent ?? "").startsWith("done")`)
	if result, want := p.text("evaluate-result"), fmt.Sprintf("accuracy %.1f%%, loss %.3f", 100*again.Accuracy, again.Loss); !strings.HasPrefix(result, want) {
		t.Errorf("Evaluate says %q, natively it is %s", result, want)
	}
	p.explains(m, held)
	p.shot("resnet-model")
}

// explains looks at the reasons that the Model view shows for a picture: the class that the network
// in use, m, answers, and the place and the height of the strongest.
func (p *tab) explains(m *model.Network, data evaluate.Data) {
	p.Helper()
	trace, predictor := m.Trace(1), m.Predictor(1)
	x := make([]float32, m.Input.Size())
	var shown []byte
	var best explain.Map
	class, top := 0, 0
	for i := range data.Len() { // the picture for whose answer there is the strongest reason
		pixels, _ := data.Picture(i)
		m.Normalize(x, pixels)
		_, probs := predictor.Predict(x)
		answer := model.Top(probs)
		reasons, err := explain.GradCAM(trace, x, answer)
		if err != nil {
			p.Fatal(err)
		}
		sum := 0.0
		for _, v := range reasons.Values {
			sum += float64(v)
		}
		if math.IsNaN(sum) || math.IsInf(sum, 0) || sum < 0 {
			p.Errorf("picture %d: the reasons sum to %g", i, sum)
		}
		at := model.Top(reasons.Values)
		if shown == nil || reasons.Values[at] > best.Values[top] {
			shown, best, class, top = slices.Clone(pixels), reasons, answer, at
		}
	}
	img := image.NewRGBA(image.Rect(0, 0, cifar10.Side, cifar10.Side))
	for j := range cifar10.Side * cifar10.Side {
		copy(img.Pix[4*j:], append(shown[3*j:3*j+3:3*j+3], 255))
	}
	before := eval[int](p, "tenfold.answers")
	p.upload("strongest.png", pngOf(img))
	p.wait(fmt.Sprintf("tenfold.answers > %d", before))
	p.click("view-model")
	p.wait(`/ × /.test(document.getElementById("model-reasons")?.textContent ?? "")`)
	var strongest float64
	said := p.text("model-reasons")
	place := fmt.Sprintf("at row %d, column %d of %d × %d", top/best.W+1, top%best.W+1, best.H, best.W)
	_, number, _ := strings.Cut(said, "strongest, ")
	if _, err := fmt.Sscanf(number, "%f,", &strongest); err != nil {
		p.Fatalf("%q: %v", said, err)
	}
	want := float64(best.Values[top])
	p.Logf("reasons: %q, natively %s %s: %g", said, m.Classes[class], place, want)
	if !strings.HasPrefix(said, m.Classes[class]+" by ") || !strings.HasSuffix(said, place) || want < 0.01 || math.Abs(strongest-want) > 1e-3*(1+want) {
		p.Errorf("the page says %q, natively it is %s %s: %g", said, m.Classes[class], place, want)
	}
}
