package picture_test

import (
	"cmp"
	"image"
	"image/draw"
	_ "image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/cifar10/archive"
	"tenfold/nn/doodles"
	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/nn/teach"
)

// drawn are drawings with their classes, as the bytes that a network is shown.
type drawn struct {
	pixels [][]byte
	labels []int
}

func (d *drawn) Len() int                    { return len(d.labels) }
func (d *drawn) Picture(i int) ([]byte, int) { return d.pixels[i], d.labels[i] }

func (d *drawn) add(pixels []byte, label int) {
	d.pixels, d.labels = append(d.pixels, pixels), append(d.labels, label)
}

// drawings reads the folder of KIND/CLASS/*.png that TENFOLD_DRAWINGS names: drawings by people and
// artists, which are not part of the project. They are prepared as the page prepares an upload, and
// the second time not at all. Of each kind, and all of them under "all".
func drawings(t *testing.T) (prepared, whole map[string]*drawn) {
	t.Helper()
	root := os.Getenv("TENFOLD_DRAWINGS")
	if root == "" {
		t.Skip("no drawings are part of the project: TENFOLD_DRAWINGS names a folder of KIND/CLASS/*.png")
	}
	files, err := filepath.Glob(filepath.Join(root, "*", "*", "*.png"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no drawings in %s (%v)", root, err)
	}
	prepared, whole = map[string]*drawn{}, map[string]*drawn{}
	for _, file := range files {
		folder := filepath.Dir(file)
		class := slices.Index(cifar10.Task.Classes, filepath.Base(folder))
		if class < 0 {
			t.Fatalf("%s: its folder is not one of the classes", file)
		}
		img := decoded(t, file)
		for _, kind := range []string{filepath.Base(filepath.Dir(folder)), "all"} {
			if prepared[kind] == nil {
				prepared[kind], whole[kind] = &drawn{}, &drawn{}
			}
			prepared[kind].add(picture.Open(img, "").Pixels(cifar10.Task.Input), class)
			whole[kind].add(picture.New(img, "").Pixels(cifar10.Task.Input), class)
		}
	}
	return prepared, whole
}

// TestDrawings measures the shipped network on drawings, each prepared as the page prepares an upload.
// TENFOLD_MODEL names another network. MEASUREMENTS.md has the figures.
func TestDrawings(t *testing.T) {
	m := opened(t, cmp.Or(os.Getenv("TENFOLD_MODEL"), "../../web/model/tutorial.safetensors"))
	prepared, whole := drawings(t)
	for kind, set := range prepared {
		r, unprepared := run(t, m, set), run(t, m, whole[kind])
		_, off := r.Calibration(m.Temperature)
		t.Logf("%s: %.3f of %d right, %.3f without the page's preparation; calibration error %.3f", kind, r.Accuracy, set.Len(), unprepared.Accuracy, off)
		for class, row := range r.Confusion {
			t.Logf("%s: %10s is taken for %2d", kind, m.Classes[class], row)
		}
		if kind == "all" && r.Accuracy < 0.3 {
			t.Errorf("%.2f of the drawings are right; they have been prepared in another way than the page's", r.Accuracy)
		}
	}
}

// TestTeachDrawings teaches the network that reads drawings up to five drawings of a class that it gets
// wrong: all are right then, and of others, doodles and where they are at hand photographs, at most one
// in a hundred is lost.
func TestTeachDrawings(t *testing.T) {
	const path, n = "../../web/model/tenfold.safetensors", 2000
	prepared, _ := drawings(t)
	all := prepared["all"]
	made, err := doodles.New(doodles.Seed, doodles.Test, n, cifar10.Task.Input)
	if err != nil {
		t.Fatal(err)
	}
	others := map[string]evaluate.Data{"doodles": made}
	if dir := os.Getenv("TENFOLD_DATA"); dir != "" {
		set, err := archive.LoadTest(dir)
		if err != nil {
			t.Fatal(err)
		}
		photographs := evaluate.Subset{Data: set}
		for i := range n {
			photographs.Index = append(photographs.Index, i)
		}
		others["photographs"] = photographs
	}
	fresh := opened(t, path)
	predictions, before := run(t, fresh, all).Predictions, map[string]float64{}
	for kind, set := range others {
		before[kind] = run(t, fresh, set).Accuracy
	}
	for class, name := range fresh.Classes {
		own, rest := evaluate.Subset{Data: all}, evaluate.Subset{Data: all}
		for i, p := range predictions {
			if p.True == class && p.Class != class && own.Len() < 5 {
				own.Index = append(own.Index, i)
			} else {
				rest.Index = append(rest.Index, i)
			}
		}
		if own.Len() == 0 {
			continue
		}
		m := opened(t, path)
		r, err := teach.Teach(m, own)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d of %d right after; the other drawings %.3f before, %.3f after", name, r.After, r.Pictures, run(t, fresh, rest).Accuracy, run(t, m, rest).Accuracy)
		if r.After != own.Len() {
			t.Errorf("%s: %+v", name, r)
		}
		for kind, set := range others {
			after := run(t, m, set).Accuracy
			t.Logf("%s: %s %.4f before, %.4f after", name, kind, before[kind], after)
			if after < before[kind]-0.01 {
				t.Errorf("%s: %s %.4f before, %.4f after", name, kind, before[kind], after)
			}
		}
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
	m := opened(t, cmp.Or(os.Getenv("TENFOLD_MODEL"), "../../web/model/tenfold.safetensors"))
	var prepared, whole drawn
	for i := range n {
		pixels, class := set.Picture(i)
		img := picture.Enlarge(pixels, large)
		prepared.add(picture.Open(img, "").Pixels(cifar10.Task.Input), class)
		whole.add(picture.New(img, "").Pixels(cifar10.Task.Input), class)
	}
	with, without := run(t, m, &prepared), run(t, m, &whole)
	t.Logf("%.3f of %d right, %.3f without preparation", with.Accuracy, n, without.Accuracy)
	if with.Accuracy < without.Accuracy-0.02 {
		t.Error("the preparation makes drawings harder to read")
	}
}

// decoded returns a picture as the page has it once the browser has decoded it.
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

// opened is the network in a file.
func opened(t *testing.T, path string) *model.Network {
	t.Helper()
	f, err := checkpoint.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// run evaluates a network on pictures.
func run(t *testing.T, m *model.Network, set evaluate.Data) *evaluate.Result {
	t.Helper()
	r, err := evaluate.Run(t.Context(), m, set, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
