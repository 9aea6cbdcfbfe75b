package augment

import (
	"math"
	"slices"
	"testing"

	"tenfold/nn/task"
)

// noise is a data set of pictures of 6x5x3 in three classes.
type noise int

var shape = task.Shape{6, 5, 3}

func (d noise) Len() int { return int(d) }
func (d noise) Picture(i int) ([]byte, int) {
	b := make([]byte, shape.Size())
	for p := range b {
		b[p] = byte(p*(i+3)*11 + i)
	}
	return b, i % 3
}

// kept is noise in memory.
type kept [][]byte

func (d kept) Len() int                    { return len(d) }
func (d kept) Picture(i int) ([]byte, int) { return d[i], i % 3 }

func pictures(n int) kept {
	var all kept
	for i := range n {
		b, _ := noise(n).Picture(i)
		all = append(all, b)
	}
	return all
}

var about = task.Task{Classes: []string{"a", "b", "c"}, Input: shape, Scale: task.Scale, Shift: task.Shift}

// asking are recipes that ask for one augmentation each.
var asking = map[string]task.Recipe{
	"strange":  {Seed: 3, Strange: 1},
	"doodle":   {Seed: 3, Doodles: 1},
	"sketch":   {Seed: 3, Sketch: 1},
	"crop":     {Seed: 3, Zoom: 0.5},
	"flip":     {Seed: 3, Flip: true},
	"turns":    {Seed: 3, Flip: true, Alternate: true},
	"shift":    {Seed: 3, Shift: 2},
	"jitter":   {Seed: 3, Jitter: 0.4},
	"randconv": {Seed: 3, RandConv: 1},
	"cutout":   {Seed: 3, Cutout: 3},
	"mixup":    {Seed: 3, Mixup: 1},
}

// everything asks for all augmentations that can be combined.
var everything = task.Recipe{Seed: 3, Zoom: 0.5, Flip: true, Shift: 2, Reflect: true, Jitter: 0.4, RandConv: 0.5, Cutout: 3, Mixup: 0.4, Sketch: 0.5}

// seen returns the pictures and labels of a step as they are trained on.
func seen(a *Augmenter, epoch, step int, order []int) (pixels [][]byte, labels []task.Label) {
	b := &Batch{Augmenter: a, Epoch: epoch, Step: step, Order: order}
	for i := range order {
		p, _ := b.Picture(i)
		pixels, labels = append(pixels, slices.Clone(p)), append(labels, b.Label(i))
	}
	return pixels, labels
}

// TestAll checks, for each augmentation and for all together, that a picture is changed in the
// same way whenever a step is made, in another way in another step, whatever else is asked
// for, that the data stay as they are, and that nothing is allocated.
func TestAll(t *testing.T) {
	recipes := map[string]task.Recipe{"everything": everything}
	for _, a := range All {
		r, ok := asking[a.Name]
		if !ok || len(a.Name) > 8 {
			t.Fatalf("%s: no recipe in this test asks for it, or its name is too long", a.Name)
		}
		recipes[a.Name] = r
	}
	for _, name := range []string{"doodle", "strange"} { // whose pictures are larger, and which allocate: TestDoodles, TestStrange
		delete(recipes, name)
	}
	order := []int{3, 1, 4, 0, 6, 2}
	for name, r := range recipes {
		data := pictures(7)
		a := New(r, about, data)
		if name != "everything" && (len(a.asked) != 1 || a.asked[0].Name != name) {
			t.Errorf("%s: the recipe asks for %d", name, len(a.asked))
		}
		first, labels := seen(a, 0, 5, order)
		other, _ := seen(a, 1, 6, order)
		again, same := seen(New(r, about, data), 0, 5, order)
		changed, differ := 0, 0
		for i := range first {
			if !slices.Equal(first[i], again[i]) || labels[i] != same[i] {
				t.Errorf("%s: picture %d is changed otherwise when the step is made again", name, i)
			}
			if !slices.Equal(first[i], data[order[i]]) {
				changed++
			}
			if !slices.Equal(first[i], other[i]) {
				differ++
			}
			if labels[i].Class != order[i]%3 {
				t.Errorf("%s: picture %d is of class %d", name, i, labels[i].Class)
			}
		}
		if changed == 0 || differ == 0 {
			t.Errorf("%s: %d of 6 are changed, %d differ in another step", name, changed, differ)
		}
		for i, p := range pictures(7) {
			if !slices.Equal(p, data[i]) {
				t.Errorf("%s: picture %d of the data has changed", name, i)
			}
		}
		b := &Batch{Augmenter: a, Order: order}
		if n := testing.AllocsPerRun(10, func() {
			for i := range order {
				b.Picture(i)
				b.Label(i)
			}
		}); n > 0 {
			t.Errorf("%s allocates %g times a batch", name, n)
		}
	}
}

// TestDrawsAreApart checks that what an augmentation draws does not follow from which others
// there are.
func TestDrawsAreApart(t *testing.T) {
	data, order := pictures(7), []int{3, 1, 4, 0, 6, 2}
	for _, a := range All[1 : len(All)-1] {
		var of [2][]byte
		for i, r := range []task.Recipe{asking[a.Name], asking[a.Name]} {
			if i == 1 {
				r.Mixup = 1 // whose part is taken out again
			}
			b := &Batch{Augmenter: New(r, about, data), Step: 9, Order: order}
			b.render(&b.one, 2, 1)
			of[i] = slices.Clone(b.one.Pixels)
		}
		if !slices.Equal(of[0], of[1]) {
			t.Errorf("%s draws something else beside mixup", a.Name)
		}
	}
}

// TestOtherShapes leaves pictures of other shapes alone.
func TestOtherShapes(t *testing.T) {
	other := about
	other.Input = task.Shape{6, 5, 1}
	data := pictures(7)
	b := &Batch{Augmenter: New(asking["cutout"], other, data), Order: []int{1}}
	if p, label := b.Picture(0); !slices.Equal(p, data[1]) || label != 1 {
		t.Errorf("%v, %d", p, label)
	}
	grey := kept{make([]byte, 30), make([]byte, 30), make([]byte, 30)}
	for i := range grey[1] {
		grey[1][i] = byte(7 * i)
	}
	b = &Batch{Augmenter: New(everything, other, grey), Order: []int{1, 2}}
	if p, _ := b.Picture(0); len(p) != 30 || slices.Equal(p, grey[1]) {
		t.Errorf("a grey picture became %v", p)
	}
}

func TestMirror(t *testing.T) {
	got := []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
	Mirror(got, task.Shape{2, 3, 2})
	if want := []byte{5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestAlternatingFlips checks that each picture is mirrored in every second epoch, half of
// them in the first.
func TestAlternatingFlips(t *testing.T) {
	const n = 45
	data := pictures(n)
	a := New(asking["turns"], about, data)
	var flipped [3][]bool
	for e := range flipped {
		b := &Batch{Augmenter: a, Epoch: e, Step: 7 * e}
		for i := range n {
			b.Order = append(b.Order, (i*7+e)%n) // another order in each epoch
		}
		flipped[e] = make([]bool, n)
		for i, at := range b.Order {
			moved, _ := b.Picture(i)
			flipped[e][at] = !slices.Equal(moved, data[at])
		}
	}
	first := 0
	for i := range n {
		if flipped[0][i] {
			first++
		}
		if flipped[0][i] == flipped[1][i] || flipped[0][i] != flipped[2][i] {
			t.Errorf("picture %d: mirrored %v, %v, %v", i, flipped[0][i], flipped[1][i], flipped[2][i])
		}
	}
	if first < 12 || first > 33 {
		t.Errorf("%d of %d are mirrored in the first epoch", first, n)
	}
}

func TestMove(t *testing.T) {
	in := []byte{
		1, 2, 3,
		4, 5, 6,
	}
	for _, c := range []struct {
		dx, dy int
		edge   func(at, n int) int
		want   []byte
	}{
		{0, 0, Repeat, []byte{1, 2, 3, 4, 5, 6}},
		{1, 0, Repeat, []byte{1, 1, 2, 4, 4, 5}},
		{-1, 1, Repeat, []byte{2, 3, 3, 2, 3, 3}},
		{1, 0, Reflect, []byte{2, 1, 2, 5, 4, 5}},
		{-2, 1, Reflect, []byte{6, 5, 4, 3, 2, 1}},
		{8, 0, Reflect, []byte{1, 1, 1, 4, 4, 4}}, // further than the picture is wide
		{-8, 0, Repeat, []byte{3, 3, 3, 6, 6, 6}},
	} {
		got := make([]byte, 6)
		if Move(got, in, task.Shape{2, 3, 1}, c.dx, c.dy, c.edge); !slices.Equal(got, c.want) {
			t.Errorf("%d, %d: %v, want %v", c.dx, c.dy, got, c.want)
		}
	}
}

// TestEnlarge compares parts with those that were worked out by hand.
func TestEnlarge(t *testing.T) {
	in := []byte{
		0, 40, 80, 120,
		80, 120, 160, 200,
	}
	for _, c := range []struct {
		side, top, left float32
		want            []byte
	}{
		{1, 0.3, 0.7, in},
		{0.5, 0, 0, []byte{0, 10, 30, 50, 20, 30, 50, 70}},
		{0.5, 1, 1, []byte{130, 150, 170, 180, 150, 170, 190, 200}},
	} {
		got := make([]byte, len(in))
		if enlarge(got, in, task.Shape{2, 4, 1}, c.side, c.top, c.left); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// TestRecolour compares with torchvision's formulas, one after the other.
func TestRecolour(t *testing.T) {
	in := []byte{10, 90, 200, 60, 30, 120}
	want := make([]float64, len(in))
	for i, v := range in {
		want[i] = float64(v) * 1.2 // brightness
	}
	light := func(i int) float64 { i -= i % 3; return 0.299*want[i] + 0.587*want[i+1] + 0.114*want[i+2] }
	mean := (light(0) + light(3)) / 2
	for i, v := range want {
		want[i] = mean + (v-mean)*0.7 // contrast
	}
	lights := []float64{light(0), light(3)}
	for i, v := range want {
		want[i] = lights[i/3] + (v-lights[i/3])*1.4 // saturation
	}
	recolour(in, 3, 1.2, 0.7, 1.4)
	for i, v := range in {
		if math.Abs(float64(v)-min(max(want[i], 0), 255)) > 0.51 {
			t.Errorf("number %d is %d, want %.2f", i, v, want[i])
		}
	}
	grey := []byte{100, 200}
	if recolour(grey, 1, 1, 0.5, 3); !slices.Equal(grey, []byte{125, 175}) {
		t.Errorf("grey pixels became %v", grey)
	}
}

// TestConvolve compares with a convolution written as the formula, with zeros outside.
func TestConvolve(t *testing.T) {
	in, _ := noise(1).Picture(0)
	for _, size := range []int{1, 3} {
		kernel := make([]float32, size*size*9)
		for i := range kernel {
			kernel[i] = float32(math.Sin(float64(i*i))) / float32(2*size)
		}
		got := make([]byte, len(in))
		convolve(got, in, shape, kernel, size, 0.25, make([]float32, 3))
		for y := range 6 {
			for x := range 5 {
				for o := range 3 {
					sum := 0.0
					for ky := range size {
						for kx := range size {
							for i := range 3 {
								if yy, xx := y+ky-size/2, x+kx-size/2; yy >= 0 && yy < 6 && xx >= 0 && xx < 5 {
									sum += (float64(in[(yy*5+xx)*3+i]) - centre) * float64(kernel[((ky*size+kx)*3+i)*3+o])
								}
							}
						}
					}
					at := (y*5+x)*3 + o
					want := min(max(0.25*float64(in[at])+0.75*(sum+centre), 0), 255)
					if math.Abs(float64(got[at])-want) > 0.51 {
						t.Fatalf("%dx%d: number %d is %d, want %.2f", size, size, at, got[at], want)
					}
				}
			}
		}
	}
}

// TestRandConvShare counts the pictures that go through.
func TestRandConvShare(t *testing.T) {
	data := pictures(200)
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	got, _ := seen(New(task.Recipe{Seed: 1, RandConv: 0.3}, about, data), 0, 0, order)
	n := 0
	for i, p := range got {
		if !slices.Equal(p, data[i]) {
			n++
		}
	}
	if n < 35 || n > 85 {
		t.Errorf("%d of 200 are changed, want about 60", n)
	}
}

func TestCut(t *testing.T) {
	in := []byte{1, 2, 3, 4, 5, 6}
	for _, c := range []struct {
		top, left, n int
		want         []byte
	}{
		{0, 0, 1, []byte{9, 2, 3, 4, 5, 6}}, {1, 1, 5, []byte{1, 2, 3, 4, 9, 9}}, {-1, -2, 3, []byte{9, 2, 3, 9, 5, 6}}, {5, 0, 2, in},
	} {
		got := slices.Clone(in)
		if cut(got, task.Shape{2, 3, 1}, c.top, c.left, c.n, 9); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v", c, got)
		}
	}
	if g := grey(about); g != 128 {
		t.Errorf("grey is %d", g)
	}
}

// TestMixup checks that a picture and its label are the same mixture, of a picture that was
// changed as it is in its own place, and how large the parts are.
func TestMixup(t *testing.T) {
	data := pictures(60)
	order := make([]int, len(data))
	for i := range order {
		order[i] = (i * 7) % len(data)
	}
	r := task.Recipe{Seed: 8, Flip: true, Cutout: 2}
	plain, _ := seen(New(r, about, data), 0, 4, order)
	r.Mixup = 1
	b := &Batch{Augmenter: New(r, about, data), Step: 4, Order: order}
	parts := 0
	for i := range order {
		got, class := b.Picture(i)
		l := b.Label(i)
		if class != order[i]%3 || l.Class != class || l.Part > 127 {
			t.Fatalf("picture %d: class %d, %+v", i, class, l)
		}
		parts += int(l.Part)
		matches := func(other int) bool {
			for k, v := range got {
				want := (float64(plain[i][k])*float64(255-l.Part) + float64(plain[other][k])*float64(l.Part)) / 255
				if math.Abs(float64(v)-want) > 0.51 {
					return false
				}
			}
			return true
		}
		found := false
		for other := range order {
			found = found || order[other]%3 == l.Other && matches(other)
		}
		if !found {
			t.Errorf("picture %d is no mixture of %d/255 of another of class %d", i, l.Part, l.Other)
		}
	}
	if mean := float64(parts) / 60; mean < 45 || mean > 82 { // of the smaller half of 0 to 255
		t.Errorf("a part is %g/255 in the mean, want about 64", mean)
	}
}

// TestBeta compares the variance of what is drawn with that of the distribution.
func TestBeta(t *testing.T) {
	a := New(task.Recipe{Seed: 5}, about, pictures(1))
	a.one.draw("mixup", 0, 0)
	for _, alpha := range []float64{0.2, 1} {
		sum, squares := 0.0, 0.0
		const n = 4000
		for range n {
			v := beta(&a.one, alpha)
			sum, squares = sum+v, squares+v*v
		}
		mean := sum / n
		if want, got := 1/(4*(2*alpha+1)), squares/n-mean*mean; math.Abs(mean-0.5) > 0.03 || math.Abs(got-want) > 0.1*want {
			t.Errorf("alpha %g: mean %g, variance %g, want 0.5 and %g", alpha, mean, got, want)
		}
	}
}
