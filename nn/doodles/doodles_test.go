package doodles

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"sync"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
)

var update = flag.Bool("update", false, "rewrite the golden sheet")

// set returns pictures of CIFAR-10's size.
func set(t testing.TB, seed uint64, part Part, n int) *Set {
	t.Helper()
	s, err := New(seed, part, n, cifar10.Task.Input)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryClassIsDrawn(t *testing.T) {
	if len(ways) != len(cifar10.Task.Classes) {
		t.Fatalf("%d lists of ways for %d classes", len(ways), len(cifar10.Task.Classes))
	}
	for class, all := range ways {
		if len(all) < 12 {
			t.Errorf("%s is drawn in %d ways, want a dozen or more", cifar10.Task.Classes[class], len(all))
		}
		names := map[string]bool{}
		for _, w := range all {
			if w.name == "" || names[w.name] {
				t.Errorf("%s: a way is called %q, as another is", cifar10.Task.Classes[class], w.name)
			}
			names[w.name] = true
		}
	}
}

func TestSameSeedSamePictures(t *testing.T) {
	const n = 500
	a, b, longer := set(t, 3, Train, n), set(t, 3, Train, n), set(t, 3, Train, 2*n)
	for i := n - 1; i >= 0; i-- { // in another order
		b.Picture(i)
	}
	for i := range n {
		p, label := a.Picture(i)
		q, other := b.Picture(i)
		r, _ := longer.Picture(i)
		if label != other || label != a.Label(i) || !bytes.Equal(p, q) || !bytes.Equal(p, r) {
			t.Fatalf("picture %d is not the same twice", i)
		}
	}
	if p, _ := a.Picture(7); &p[0] != func() *byte { q, _ := a.Picture(7); return &q[0] }() {
		t.Error("a picture that was drawn is drawn again")
	}
}

func TestPartsShareNothing(t *testing.T) {
	const n = 4000
	seen := map[string]string{}
	for _, c := range []struct {
		seed uint64
		part Part
	}{{1, Train}, {1, Test}, {2, Train}, {2, Test}} {
		s := set(t, c.seed, c.part, n)
		for i := range n {
			p, _ := s.Picture(i)
			name := fmt.Sprintf("seed %d, part %d, picture %d", c.seed, c.part, i)
			if other, ok := seen[string(p)]; ok {
				t.Fatalf("%s is %s", name, other)
			}
			seen[string(p)] = name
		}
	}
}

func TestBalance(t *testing.T) {
	train, test := Load()
	if train.Len() != TrainLen || test.Len() != TestLen {
		t.Errorf("%d and %d pictures", train.Len(), test.Len())
	}
	for _, s := range []*Set{train, test, train.Head(2000)} {
		count := make([]int, len(ways))
		for i := range s.Len() {
			count[s.Label(i)]++
		}
		for class, n := range count {
			if n != s.Len()/len(ways) {
				t.Errorf("%d of %d pictures are of class %d", n, s.Len(), class)
			}
		}
	}
}

// TestEveryWayIsReached checks that no way is left out of the data set, and that none is chosen
// much more often than others.
func TestEveryWayIsReached(t *testing.T) {
	s := set(t, Seed, Train, TrainLen)
	count := make([][]int, len(ways))
	for class := range ways {
		count[class] = make([]int, len(ways[class]))
	}
	for i := range s.Len() {
		class := s.Label(i)
		count[class][s.random(i, 0).IntN(len(ways[class]))]++
	}
	for class, ns := range count {
		want := float64(TrainLen) / float64(len(ways)*len(ns))
		for way, n := range ns {
			if math.Abs(float64(n)-want) > 6*math.Sqrt(want) {
				t.Errorf("%s, %s: %d drawings, want about %.0f", cifar10.Task.Classes[class], ways[class][way].name, n, want)
			}
		}
	}
}

// TestNeverBlank draws each way in all sizes and many styles, and checks that there is
// something to see: enough pixels that are not like their neighbours.
func TestNeverBlank(t *testing.T) {
	sizes := []task.Shape{{16, 16, 3}, {32, 32, 3}, {33, 47, 3}, {96, 64, 3}, {512, 512, 3}, {16, 512, 3}}
	for class := range ways {
		for way := range ways[class] {
			for seed := range uint64(30) {
				size := sizes[1]
				if seed < uint64(len(sizes)) {
					size = sizes[seed]
				}
				pix, err := Example(seed, class, way, size)
				if err != nil {
					t.Fatal(err)
				}
				if len(pix) != size.Size() {
					t.Fatalf("%d bytes of shape %v", len(pix), size)
				}
				if n := edges(pix, size); n < 14 {
					t.Errorf("%s, %s, seed %d, %v: %d pixels differ from their neighbours", cifar10.Task.Classes[class], ways[class][way].name, seed, size, n)
				}
			}
		}
	}
}

// edges counts pixels that differ by a quarter of the range from their neighbour at the right, and
// from that below.
func edges(pix []byte, shape task.Shape) int {
	h, w := shape[0], shape[1]
	n := 0
	differ := func(at, other int) {
		d := 0
		for c := range 3 {
			d += abs(int(pix[at+c]) - int(pix[other+c]))
		}
		if d > 60 {
			n++
		}
	}
	for y := range h {
		for x := range w {
			at := (y*w + x) * 3
			if x+1 < w {
				differ(at, at+3)
			}
			if y+1 < h {
				differ(at, at+3*w)
			}
		}
	}
	return n
}

func abs(n int) int { return max(n, -n) }

// TestColoursGiveNothingAway checks that classes cannot be told apart by their colours: means and
// spreads over many pictures agree, of all pixels and of those at the border.
func TestColoursGiveNothingAway(t *testing.T) {
	const each = 1500
	s := set(t, 5, Train, each*len(ways))
	border := make([][3]float64, len(ways))
	all := make([][3]float64, len(ways))
	bright := make([]float64, len(ways))
	for i := range s.Len() {
		pix, class := s.Picture(i)
		lum := 0.0
		for p := 0; p < len(pix); p += 3 {
			y, x := p/3/cifar10.Side, p/3%cifar10.Side
			edge := y == 0 || x == 0 || y == cifar10.Side-1 || x == cifar10.Side-1
			for c := range 3 {
				v := float64(pix[p+c])
				all[class][c] += v / cifar10.Side / cifar10.Side / each
				if edge {
					border[class][c] += v / (4*cifar10.Side - 4) / each
				}
			}
			lum += luma(rgb{float64(pix[p]), float64(pix[p+1]), float64(pix[p+2])})
		}
		if lum/cifar10.Side/cifar10.Side > 128 {
			bright[class] += 1.0 / each
		}
	}
	for class, name := range cifar10.Task.Classes {
		for other := range class {
			for c, colour := range []string{"red", "green", "blue"} {
				if d := math.Abs(border[class][c] - border[other][c]); d > 12 {
					t.Errorf("%s and %s: %s at the border differs by %.1f", name, cifar10.Task.Classes[other], colour, d)
				}
				// how much ink there is depends on the shape, which is what is to be learned
				if d := math.Abs(all[class][c] - all[other][c]); d > 25 {
					t.Errorf("%s and %s: %s differs by %.1f", name, cifar10.Task.Classes[other], colour, d)
				}
				// but not its hue
				d := math.Abs((all[class][c] - all[class][1]) - (all[other][c] - all[other][1]))
				if d > 6 {
					t.Errorf("%s and %s: the hue of %s differs by %.1f", name, cifar10.Task.Classes[other], colour, d)
				}
			}
			if d := math.Abs(bright[class] - bright[other]); d > 0.1 {
				t.Errorf("%s and %s: %.2f and %.2f of the pictures are bright", name, cifar10.Task.Classes[other], bright[class], bright[other])
			}
		}
	}
}

func TestWrongSets(t *testing.T) {
	for _, c := range []struct {
		part  Part
		n     int
		shape task.Shape
	}{
		{0, 1, task.Shape{32, 32, 3}}, {3, 1, task.Shape{32, 32, 3}}, {Train, -1, task.Shape{32, 32, 3}},
		{Train, 1, task.Shape{32, 32, 1}}, {Train, 1, task.Shape{15, 32, 3}}, {Train, 1, task.Shape{32, 513, 3}}, {Train, 1, task.Shape{32, 32}},
	} {
		if _, err := New(1, c.part, c.n, c.shape); err == nil {
			t.Errorf("part %d, %d pictures of %v are accepted", c.part, c.n, c.shape)
		}
	}
	for _, c := range [][2]int{{-1, 0}, {len(ways), 0}, {0, -1}, {0, 99}} {
		if _, err := Example(1, c[0], c[1], cifar10.Task.Input); err == nil {
			t.Errorf("way %d of class %d is accepted", c[1], c[0])
		}
	}
}

func TestSeveralAtOnce(t *testing.T) {
	s, want := set(t, 9, Test, 200), set(t, 9, Test, 200)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range s.Len() {
				s.Picture(i)
			}
		})
	}
	wg.Wait()
	for i := range s.Len() {
		p, _ := s.Picture(i)
		q, _ := want.Picture(i)
		if !bytes.Equal(p, q) {
			t.Fatalf("picture %d differs where several goroutines draw", i)
		}
	}
}

// TestGolden compares ten drawings of each class with those that were looked at when they were
// committed. Processors that join a product and a sum may round otherwise, so that a few bytes
// may be off by a few levels.
func TestGolden(t *testing.T) {
	const name, columns, side = "testdata/sheet.png", 10, 48
	sheet := image.NewRGBA(image.Rect(0, 0, columns*side, len(ways)*side))
	for class := range ways {
		for i := range columns {
			pix, err := Example(uint64(100+i), class, (i*3+class)%len(ways[class]), task.Shape{side, side, 3})
			if err != nil {
				t.Fatal(err)
			}
			for p := range side * side {
				at := sheet.PixOffset(i*side+p%side, class*side+p/side)
				copy(sheet.Pix[at:], pix[3*p:3*p+3])
				sheet.Pix[at+3] = 255
			}
		}
	}
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, sheet); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	off := 0
	for y := range sheet.Rect.Dy() {
		for x := range sheet.Rect.Dx() {
			r, g, b, _ := img.At(x, y).RGBA()
			at := sheet.PixOffset(x, y)
			for c, v := range []uint32{r, g, b} {
				if abs(int(v>>8)-int(sheet.Pix[at+c])) > 3 {
					off++
				}
			}
		}
	}
	if off > sheet.Rect.Dx()*sheet.Rect.Dy()/1000 {
		t.Errorf("%d bytes differ from %s; -update rewrites it: look at it then", off, name)
	}
}

func BenchmarkPicture(b *testing.B) {
	s := set(b, 1, Train, 1<<30)
	pix := make([]byte, s.shape.Size())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		rng := s.random(i, 0)
		all := ways[s.Label(i)]
		s.draw(pix, i, all[rng.IntN(len(all))].draw, rng)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pictures/s")
}
