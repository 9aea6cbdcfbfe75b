package sketch

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
)

// scene returns a picture with a thing in its middle.
func scene(shape task.Shape) []byte {
	h, w, c := shape[0], shape[1], shape[2]
	pixels := make([]byte, shape.Size())
	for y := range h {
		for x := range w {
			dx, dy := float64(x)/float64(w)-0.5, float64(y)/float64(h)-0.5
			for k := range c {
				v := byte(200 - 20*k)
				if dx*dx+dy*dy < 0.09 {
					v = byte(40 + 60*k)
				}
				pixels[(y*w+x)*c+k] = v
			}
		}
	}
	return pixels
}

// TestDraw: each style draws the same from the same seed and another from another, of pictures
// of any shape, and never a blank sheet of a picture that has a thing in it.
func TestDraw(t *testing.T) {
	for _, shape := range []task.Shape{{32, 32, 3}, {48, 20, 3}, {28, 28, 1}, {96, 96, 3}, {8, 8, 3}} {
		pixels := scene(shape)
		for _, s := range Styles {
			var a, b Artist
			draw := func(ar *Artist, seed uint64) []byte {
				dst := make([]byte, shape.Size())
				ar.Draw(dst, pixels, shape, rand.New(rand.NewPCG(seed, 0)), s.Name)
				return dst
			}
			one, other := draw(&a, 1), draw(&a, 2)
			if !bytes.Equal(one, draw(&b, 1)) || !bytes.Equal(one, draw(&a, 1)) {
				t.Errorf("%v: %s draws another picture from the same seed", shape, s.Name)
			}
			if bytes.Equal(one, other) {
				t.Errorf("%v: %s draws the same from two seeds", shape, s.Name)
			}
			for seed := range uint64(20) {
				d := draw(&a, seed)
				if least, most := minMax(d); shape[0] >= 20 && most-least < 40 {
					t.Errorf("%v: %s, seed %d: a blank sheet", shape, s.Name, seed)
				}
			}
		}
	}
}

func minMax(p []byte) (least, most int) {
	least = 255
	for _, v := range p {
		least, most = min(least, int(v)), max(most, int(v))
	}
	return least, most
}

// TestStylesByShare: a style that is not named is drawn by its share.
func TestStylesByShare(t *testing.T) {
	count := map[string]int{}
	all := 0
	for _, s := range Styles {
		all += s.share
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 1000 * all {
		count[style(rng, "").Name]++
	}
	for _, s := range Styles {
		if got := count[s.Name]; got < 900*s.share || got > 1100*s.share {
			t.Errorf("%s: %d times, want about %d", s.Name, got, 1000*s.share)
		}
	}
}

// TestSheet leaves a sheet of drawings of real pictures, a row a style, to be looked at.
func TestSheet(t *testing.T) {
	dir := os.Getenv("TENFOLD_DATA")
	if dir == "" {
		t.Skip("TENFOLD_DATA is not set: make data fetches the pictures, then make test sets it")
	}
	b, err := os.ReadFile(filepath.Join(dir, "cifar-10-batches-bin", "test_batch.bin"))
	if err != nil {
		t.Fatal(err)
	}
	var set cifar10.Set
	if err := set.Add("test_batch.bin", b); err != nil {
		t.Fatal(err)
	}
	const columns, scale = 20, 2
	sheet := image.NewRGBA(image.Rect(0, 0, columns*34*scale, (len(Styles)+1)*34*scale))
	var a Artist
	dst := make([]byte, 3072)
	for column := range columns {
		pixels, _ := set.Picture(column)
		show(sheet, pixels, column, 0, scale)
		for row, s := range Styles {
			a.Draw(dst, pixels, cifar10.Task.Input, rand.New(rand.NewPCG(uint64(column), uint64(row))), s.Name)
			show(sheet, dst, column, row+1, scale)
		}
	}
	path := filepath.Join("..", "..", "artifacts", "sketches.png")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, sheet); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func show(sheet *image.RGBA, pixels []byte, column, row, scale int) {
	for y := range 32 * scale {
		for x := range 32 * scale {
			p := pixels[3*(y/scale*32+x/scale):]
			i := sheet.PixOffset(column*34*scale+x, row*34*scale+y)
			copy(sheet.Pix[i:], []byte{p[0], p[1], p[2], 255})
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	shape := task.Shape{32, 32, 3}
	pixels, dst := scene(shape), make([]byte, shape.Size())
	for _, s := range append([]Style{{Name: ""}}, Styles...) {
		b.Run(fmt.Sprintf("style=%s", s.Name), func(b *testing.B) {
			var a Artist
			rng := rand.New(rand.NewPCG(1, 1))
			b.ReportAllocs()
			for b.Loop() {
				a.Draw(dst, pixels, shape, rng, s.Name)
			}
		})
	}
}
