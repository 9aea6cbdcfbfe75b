package layer

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"tenfold/nn/task"
)

func TestDropoutDrawsFromStepAndPicture(t *testing.T) {
	in := task.Shape{1000}
	op := Dropout{Rate: 0.25}.Op(4, in)
	x, y := make([]float32, 4000), make([]float32, 4000)
	for i := range x {
		x[i] = 1
	}
	run := func(p Pass) []float32 {
		p.Dropout = true
		op.Forward(p, y, one(x), nil)
		return append([]float32{}, y...)
	}
	first := run(Pass{Step: 1})
	zeros := 0
	for _, v := range first {
		if v == 0 {
			zeros++
		} else if v != float32(1/0.75) {
			t.Fatalf("an element became %g", v)
		}
	}
	if zeros < 900 || zeros > 1100 {
		t.Errorf("%d of 4000 elements dropped at rate 0.25", zeros)
	}
	if !reflect.DeepEqual(first, run(Pass{Step: 1})) {
		t.Error("the same step drops others")
	}
	for name, p := range map[string]Pass{"step": {Step: 2}, "seed": {Step: 1, Seed: 1}, "layer": {Step: 1, Layer: 1}} {
		if reflect.DeepEqual(first, run(p)) {
			t.Errorf("another %s drops the same", name)
		}
	}
	op.Forward(Pass{Dropout: true, Step: 1, First: 2}, y[:2000], one(x[:2000]), nil)
	if !reflect.DeepEqual(first[2000:], y[:2000]) {
		t.Error("a part of a batch drops others than the whole")
	}
	op.Forward(Pass{Training: true}, y, one(x), nil)
	if !reflect.DeepEqual(x, y) {
		t.Error("dropout works where it is switched off")
	}
}

// TestDropoutIsRandom looks for what a poor generator shows: elements, pictures, steps and
// layers that agree more or less often than independent ones do.
func TestDropoutIsRandom(t *testing.T) {
	const size, pictures = 20_001, 8
	for _, rate := range []float64{0.1, 0.25, 0.5, 0.9} {
		op := Dropout{Rate: rate}.Op(pictures, task.Shape{size})
		x, y := make([]float32, pictures*size), make([]float32, pictures*size)
		for i := range x {
			x[i] = 1
		}
		dropped := func(p Pass) []bool {
			p.Dropout = true
			op.Forward(p, y, one(x), nil)
			all := make([]bool, len(y))
			for i, v := range y {
				all[i] = v == 0
			}
			return all
		}
		// Both of two independent elements are dropped in rate² of all cases.
		both := func(name string, a, b []bool) {
			n := 0
			for i := range a {
				if a[i] && b[i] {
					n++
				}
			}
			want := rate * rate * float64(len(a))
			if sigma := math.Sqrt(want * (1 - rate*rate)); math.Abs(float64(n)-want) > 4.5*sigma {
				t.Errorf("rate %g: %s are both dropped %d times of %d, want %.0f give or take %.0f", rate, name, n, len(a), want, sigma)
			}
		}
		one := dropped(Pass{Seed: 1, Step: 7, Layer: 6})
		for _, ahead := range []int{1, 2, 3, 4, 32, size} {
			both(fmt.Sprintf("elements %d apart", ahead), one[:len(one)-ahead], one[ahead:])
		}
		both("steps", one, dropped(Pass{Seed: 1, Step: 8, Layer: 6}))
		both("layers", one, dropped(Pass{Seed: 1, Step: 7, Layer: 12}))
		both("seeds", one, dropped(Pass{Seed: 2, Step: 7, Layer: 6}))
		n := 0
		for _, d := range one {
			if d {
				n++
			}
		}
		want := rate * float64(len(one))
		if sigma := math.Sqrt(want * (1 - rate)); math.Abs(float64(n)-want) > 4.5*sigma {
			t.Errorf("rate %g: %d of %d dropped, want %.0f give or take %.0f", rate, n, len(one), want, sigma)
		}
	}
}

// TestSpatialDropout checks that a picture's channel is dropped as a whole or kept and multiplied
// by 1/(1-rate), and how many are.
func TestSpatialDropout(t *testing.T) {
	const h, w, c, n, rate = 3, 5, 64, 50, 0.3
	op := SpatialDropout2D{Rate: rate, Seed: 4}.Op(n, task.Shape{h, w, c})
	x, y := make([]float32, n*h*w*c), make([]float32, n*h*w*c)
	for i := range x {
		x[i] = float32(1 + i%17)
	}
	op.Forward(Pass{Training: true, Dropout: true, Seed: 1, Step: 2}, y, one(x), nil)
	dropped := 0
	for p := range n {
		for ch := range c {
			first := p*h*w*c + ch
			gone := y[first] == 0
			if gone {
				dropped++
			}
			for i := first; i < (p+1)*h*w*c; i += c {
				if want := float64(x[i]) / (1 - rate); gone && y[i] != 0 || !gone && math.Abs(float64(y[i])-want) > 1e-5*want {
					t.Fatalf("picture %d, channel %d: %g became %g, where its first place became %g", p, ch, x[i], y[i], y[first])
				}
			}
		}
	}
	if sigma := math.Sqrt(n * c * rate * (1 - rate)); math.Abs(float64(dropped)-n*c*rate) > 4.5*sigma {
		t.Errorf("%d of %d channels dropped, want %.0f give or take %.0f", dropped, n*c, n*c*rate, sigma)
	}
}

// TestGaussianNoise checks that what is added has the mean, the deviation and the shares of a
// normal distribution, whatever it is added to.
func TestGaussianNoise(t *testing.T) {
	const size, n, stddev = 10_001, 6, 0.5
	op := GaussianNoise{Stddev: stddev, Seed: 4}.Op(n, task.Shape{size})
	x, y := make([]float32, n*size), make([]float32, n*size)
	for i := range x {
		x[i] = float32(i%3 - 1)
	}
	op.Forward(Pass{Training: true, Dropout: true, Seed: 1, Step: 2}, y, one(x), nil)
	var sum, squares, product float64
	within := map[float64]int{1: 0, 2: 0, 3: 0}
	for i, v := range y {
		z := (float64(v) - float64(x[i])) / stddev
		sum, squares, product = sum+z, squares+z*z, product+z*float64(x[i])
		for k := range within {
			if math.Abs(z) < k {
				within[k]++
			}
		}
	}
	const all = n * size
	root := math.Sqrt(all)
	if math.Abs(sum)/root > 4.5 || math.Abs(squares-all)/root > 4.5*math.Sqrt2 || math.Abs(product)/root > 4.5 {
		t.Errorf("of %d numbers the mean is %g, the variance %g and the covariance with what they are added to %g", int(all), sum/all, squares/all, product/all)
	}
	for k, got := range within {
		p := math.Erf(k / math.Sqrt2)
		if sigma := math.Sqrt(all * p * (1 - p)); math.Abs(float64(got)-all*p) > 4.5*sigma {
			t.Errorf("%d of %d numbers lie within %g deviations, want %.0f give or take %.0f", got, int(all), k, all*p, sigma)
		}
	}
}
