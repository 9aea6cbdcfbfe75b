package graph

import (
	"errors"
	"math"
	"testing"
)

// TestSharesMakeAWhole splits a batch of three in two and one, and adds the results of the
// two graphs, including the product of their factors.
func TestSharesMakeAWhole(t *testing.T) {
	const pictures, classes = 3, 4
	for _, l2 := range []float64{0, 0.1} {
		m := small(t, l2)
		options := Options{L2: l2}
		whole, err := New(m, pictures, options)
		if err != nil {
			t.Fatal(err)
		}
		defer whole.Close()
		fill(whole, pictures)
		loss, logits, err := whole.Step()
		if err != nil {
			t.Fatal(err)
		}
		logits = append([]float32{}, logits...)

		plan := NewPlan(m, pictures, options)
		if len(plan.Factored) != 1 || plan.Early != 2 || plan.Weights[plan.Factored[0].Index].Path != "dense/kernel" {
			t.Fatalf("%+v", plan)
		}
		f := plan.Factored[0]
		xs, dys := make([]float32, pictures*f.In), make([]float32, pictures*f.Out)
		sums := make([][]float64, len(plan.Weights))
		for from, to := range map[int]int{0: 2, 2: 3} {
			awaited := 0
			options := options
			options.NoPenalty = from > 0
			options.Link = &Link{
				Plan:  &plan,
				Await: func() error { awaited++; return nil },
				Factors: func(i int, x, dy []float32) {
					copy(xs[from*f.In:to*f.In], x)
					copy(dys[from*f.Out:to*f.Out], dy)
					if n := len(x) / f.In; n != to-from && n != pictures || len(dy) != n*f.Out {
						t.Errorf("factors of %d and %d elements for %d pictures", len(x), len(dy), to-from)
					}
				},
			}
			g, err := New(m, pictures, options) // more than the share has
			if err != nil {
				t.Fatal(err)
			}
			defer g.Close()
			fill(g, pictures) // what another step has left does not matter
			if _, _, err := g.Step(); err != nil {
				t.Fatal(err)
			}
			awaited = 0
			x, labels := g.Batch(to-from, pictures)
			all, allLabels := whole.Batch(pictures, pictures)
			copy(x, all[from*len(all)/pictures:])
			copy(labels, allLabels[from*classes:])
			g.Pass.First = from
			part, l, err := g.Step()
			if err != nil || awaited != 1 {
				t.Fatalf("%v, awaited %d times", err, awaited)
			}
			loss -= part
			for i, v := range l {
				if d := math.Abs(float64(v - logits[from*classes+i])); d > 1e-6 {
					t.Errorf("a logit of the part from %d differs by %g", from, d)
				}
			}
			for i, w := range g.Weights() {
				v, err := w.Grad()
				if err != nil {
					t.Fatal(err)
				}
				for k, d := range v.Data().([]float32) {
					if sums[i] == nil {
						sums[i] = make([]float64, len(w.Data))
					}
					sums[i][k] += float64(d)
				}
			}
		}
		product := make([]float32, f.In*f.Out)
		f.SetFactors(xs, dys)
		f.GradRows(0, product, 0, 1)
		f.GradRows(0, product[f.Out:], 1, f.In)
		for k, v := range product {
			sums[f.Index][k] = float64(v)
		}
		if math.Abs(loss) > 1e-6 {
			t.Errorf("l2 %g: the parts' losses leave %g", l2, loss)
		}
		for i, w := range whole.Weights() {
			v, err := w.Grad()
			if err != nil {
				t.Fatal(err)
			}
			for k, want := range v.Data().([]float32) {
				if d := math.Abs(sums[i][k] - float64(want)); d > 1e-6 {
					t.Errorf("l2 %g: %s[%d] differs by %g of %g", l2, w.Path, k, d, want)
					break
				}
			}
		}
	}
}

// TestAShareThatIsGivenUp checks for the error itself.
func TestAShareThatIsGivenUp(t *testing.T) {
	m := small(t, 0)
	plan := NewPlan(m, 3, Options{})
	gone := errors.New("gone")
	told := false
	g, err := New(m, 3, Options{Link: &Link{Plan: &plan, Await: func() error { return gone }, Factors: func(int, []float32, []float32) { told = true }}})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if _, _, err := g.Step(); !errors.Is(err, gone) || told {
		t.Errorf("%v, told factors: %v", err, told)
	}
}
