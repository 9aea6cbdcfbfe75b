package layer

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// BenchmarkConv2D times the tutorial's convolutions of one picture on every kernel,
// forward and both gradients, in GFLOP/s of the direct product.
func BenchmarkConv2D(b *testing.B) {
	for _, c := range []struct {
		name         string
		side, ci, co int
	}{{"conv1", 32, 3, 16}, {"conv2", 32, 16, 32}, {"conv3", 16, 32, 32}, {"conv4", 16, 32, 64}} {
		l := Conv2D{Filters: c.co, KernelSize: [2]int{3, 3}, Padding: Same}
		in := task.Shape{c.side, c.side, c.ci}
		rng := rand.New(rand.NewPCG(1, 2))
		x, y := one(gentle(rng, in.Size())), make([]float32, c.side*c.side*c.co)
		w := [][]float32{gentle(rng, 9*c.ci*c.co), gentle(rng, c.co)}
		dx, dw := make([]float32, len(x[0])), make([]float32, len(w[0]))
		op := l.Op(1, in)
		for v := range kernel.Variants {
			for name, run := range map[string]func(){
				"forward": func() { op.Forward(Pass{}, y, x, w) },
				"input":   func() { op.Grad(0, dx, y, x, y, w) },
				"weights": func() { op.Grad(1, dw, y, x, y, w) },
			} {
				b.Run(fmt.Sprintf("%s/%s/%s", c.name, name, kernel.Variants[v].Name), func(b *testing.B) {
					defer kernel.Use(&kernel.Variants[v])()
					for b.Loop() {
						run()
					}
					flops := 2 * float64(len(w[0])) * float64(c.side*c.side)
					b.ReportMetric(flops*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
				})
			}
		}
	}
}

// BenchmarkDense times the tutorial's first dense layer for a batch, as BenchmarkConv2D
// does.
func BenchmarkDense(b *testing.B) {
	const in, out = 4096, 256
	for _, n := range []int{1, 15, 16, 17, 32} {
		rng := rand.New(rand.NewPCG(1, 2))
		x, y := one(gentle(rng, n*in)), gentle(rng, n*out)
		w := [][]float32{gentle(rng, in*out), gentle(rng, out)}
		dx, dw := make([]float32, len(x[0])), make([]float32, len(w[0]))
		op := Dense{Units: out}.Op(n, task.Shape{in})
		for _, pass := range []struct {
			name string
			run  func()
		}{
			{"forward", func() { op.Forward(Pass{}, y, x, w) }},
			{"input", func() { op.Grad(0, dx, y, x, y, w) }},
			{"weights", func() { op.Grad(1, dw, y, x, y, w) }},
		} {
			b.Run(fmt.Sprintf("%d/%s/%s", n, pass.name, kernel.Best()), func(b *testing.B) {
				for b.Loop() {
					pass.run()
				}
				b.ReportMetric(2*float64(n*in*out)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}
