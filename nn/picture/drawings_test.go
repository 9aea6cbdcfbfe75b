package picture_test

import (
	"cmp"
	"image"
	"image/draw"
	_ "image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/doodles"
	"tenfold/nn/model"
	"tenfold/nn/picture"
	"tenfold/nn/task"
)

// TestDrawings measures the shipped network on drawings by people and artists, each prepared as
// the page prepares an upload. The drawings are other people's and not part of the project:
// TENFOLD_DRAWINGS names a folder KIND/CLASS/*.png of them, and TENFOLD_MODEL another network.
// MEASUREMENTS.md has the figures.
func TestDrawings(t *testing.T) {
	root := os.Getenv("TENFOLD_DRAWINGS")
	if root == "" {
		t.Skip("no drawings are part of the project: TENFOLD_DRAWINGS names a folder of KIND/CLASS/*.png")
	}
	files, err := filepath.Glob(filepath.Join(root, "*", "*", "*.png"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no drawings in %s (%v)", root, err)
	}
	predict := predictor(t, cmp.Or(os.Getenv("TENFOLD_MODEL"), "../../web/model/tutorial.safetensors"))
	right, whole, all, said := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	sure := 0.0
	for _, file := range files {
		class := slices.Index(cifar10.Task.Classes, filepath.Base(filepath.Dir(file)))
		if class < 0 {
			t.Fatalf("%s: its folder is none of the classes", file)
		}
		kind := filepath.Base(filepath.Dir(filepath.Dir(file)))
		img := decoded(t, file)
		probs := predict(picture.Open(img, "").Pixels(cifar10.Task.Input))
		top := slices.Index(probs, slices.Max(probs))
		unprepared := predict(picture.New(img, "").Pixels(cifar10.Task.Input))
		for _, k := range []string{kind, "all"} {
			all[k]++
			if top == class {
				right[k]++
			}
			if slices.Index(unprepared, slices.Max(unprepared)) == class {
				whole[k]++
			}
		}
		said[cifar10.Task.Classes[top]]++
		sure += probs[top]
	}
	for k, n := range all {
		t.Logf("%s: %d of %d right, %.1f%%; as they are, without the page's preparation, %d", k, right[k], n, 100*float64(right[k])/float64(n), whole[k])
	}
	t.Logf("mean confidence %.3f, predictions %v", sure/float64(len(files)), said)
	if share := float64(right["all"]) / float64(len(files)); share < 0.3 {
		t.Errorf("%.2f of the drawings are right; they have been prepared in another way than the page's", share)
	}
}

// TestPreparation measures the preparation of drawings on large ones that a program makes: it must
// not cost a network anything that it knows.
func TestPreparation(t *testing.T) {
	const n = 1000
	large := task.Shape{320, 320, 3}
	set, err := doodles.New(doodles.Seed+1, doodles.Test, n, large)
	if err != nil {
		t.Fatal(err)
	}
	predict := predictor(t, cmp.Or(os.Getenv("TENFOLD_MODEL"), "../../web/model/tenfold.safetensors"))
	prepared, whole, sure := 0, 0, 0.0
	for i := range n {
		pixels, class := set.Picture(i)
		img := picture.Enlarge(pixels, large)
		probs := predict(picture.Open(img, "").Pixels(cifar10.Task.Input))
		if slices.Index(probs, slices.Max(probs)) == class {
			prepared++
		}
		sure += slices.Max(probs)
		if probs := predict(picture.New(img, "").Pixels(cifar10.Task.Input)); slices.Index(probs, slices.Max(probs)) == class {
			whole++
		}
	}
	t.Logf("%d of %d right, %d without preparation; mean confidence %.3f", prepared, n, whole, sure/n)
	if prepared < whole-n/50 {
		t.Error("the preparation makes drawings harder to read")
	}
}

// decoded is a picture as the page has it once the browser has decoded it.
func decoded(t *testing.T, file string) *image.RGBA {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); max(b.Dx(), b.Dy()) > picture.MaxSide {
		t.Fatalf("%s: %v: the browser would shrink it first", file, b.Size())
	}
	rgba := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(rgba, rgba.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(rgba, rgba.Rect, img, img.Bounds().Min, draw.Over)
	return rgba
}

// predictor returns what the network in a file says of a picture's bytes: probabilities with its
// own temperature, as the page shows them.
func predictor(t *testing.T, path string) func(pixels []byte) []float64 {
	t.Helper()
	f, err := checkpoint.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	p := m.Predictor(1)
	return func(pixels []byte) []float64 {
		x := make([]float32, len(pixels))
		m.Task.Normalize(x, pixels)
		logits, _ := p.Predict(x)
		probs, sum := make([]float64, len(logits)), 0.0
		for i, v := range logits {
			probs[i] = math.Exp(float64(v) / cmp.Or(m.Temperature, 1))
			sum += probs[i]
		}
		for i := range probs {
			probs[i] /= sum
		}
		return probs
	}
}
