package bench

import (
	"time"

	"tenfold/nn/kernel"
	"tenfold/nn/layer"
	"tenfold/nn/model"
)

// Layer is how fast one operation of the network runs, forward and back.
type Layer struct {
	Name   string  `json:"name"`
	Micros float64 `json:"micros"` // a picture, forward
	GFlops float64 `json:"gflops"` // of the direct product; 0 for what has no kernel
	// Of both gradients, the input's and the kernel's, together; 0 for what has no kernel, and
	// for the first layer, whose input needs none.
	BackMicros float64 `json:"back_micros,omitempty"`
	BackGFlops float64 `json:"back_gflops,omitempty"`
	// Channels of the input and the output; 0 for what has no kernel.
	In  int `json:"in,omitempty"`
	Out int `json:"out,omitempty"`
}

// Roof is the name that the practical roof has among the layers: the matrix kernel
// on packed panels that stay in the cache.
const Roof = "roof"

// layers times each operation on a batch, and the roof.
func (b *Bench) layers(r Request, a *Answer) error {
	x := b.pictures[:len(b.pictures)/b.model.Input.Size()*b.model.Input.Size()]
	x = x[:r.Batch*b.model.Input.Size()]
	var ys [][]float32
	for _, s := range b.model.Steps(r.Batch) {
		y := make([]float32, r.Batch*s.Out.Size())
		var in, w [][]float32
		for _, k := range s.In {
			if k == model.Input {
				in = append(in, x)
			} else {
				in = append(in, ys[k])
			}
		}
		flops := 0.0
		l := Layer{Name: s.Name}
		for _, t := range s.Weights {
			w = append(w, t.Data)
			if t.Kernel() {
				flops += 2 * float64(len(t.Data)) * float64(s.Out.Size()) / float64(t.Shape[len(t.Shape)-1])
				l.In, l.Out = t.Shape[len(t.Shape)-2], t.Shape[len(t.Shape)-1]
			}
		}
		seconds := best(r.Times, func() { s.Op.Forward(layer.Pass{Layer: s.Number}, y, in, w) }) / float64(r.Batch)
		l.Micros, l.GFlops = seconds*1e6, flops/seconds/1e9
		if flops > 0 && s.In[0] != model.Input {
			seconds := back(s, r.Times, y, in, w) / float64(r.Batch)
			l.BackMicros, l.BackGFlops = seconds*1e6, 2*flops/seconds/1e9
		}
		a.Layers = append(a.Layers, l)
		ys = append(ys, y)
	}
	a.Layers = append(a.Layers, roof(r.Times))
	return nil
}

// back returns the seconds that the gradients of the input and of the kernel, its first
// weight, take together.
func back(s model.Step, times int, y []float32, in, w [][]float32) float64 {
	dy, dx, dw := make([]float32, len(y)), make([]float32, len(in[0])), make([]float32, len(w[0]))
	for i := range dy {
		dy[i] = float32(i%7-3) / 8
	}
	s.Op.Forward(layer.Pass{Layer: s.Number, Training: true}, y, in, w)
	return best(times, func() {
		s.Op.Grad(0, dx, dy, in, y, w)
		s.Op.Grad(len(in), dw, dy, in, y, w)
	})
}

// roof times the product of a packed panel.
func roof(times int) Layer {
	const m, k, repeat = 64, 256, 20
	n := 2 * max(kernel.Lanes(), 4)
	x, w, y := make([]float32, m*k), make([]float32, k*n), make([]float32, m*n)
	p := &kernel.Matmul{M: m, N: n, K: k, CM: n, AM: k, AK: 1, BK: n, AOff: []int{0}, BOff: []int{0}}
	seconds := best(times, func() {
		for range repeat {
			kernel.Mul(y, x, w, p)
		}
	}) / repeat
	return Layer{Name: Roof, Micros: seconds * 1e6, GFlops: 2 * m * k * float64(n) / seconds / 1e9 * float64(kernel.Workers())}
}

// best returns the shortest time of f in seconds over the given number of
// rounds, each of which takes some milliseconds: the browser's clock is coarse.
func best(rounds int, f func()) float64 {
	const least = 2 * time.Millisecond
	times, shortest := 1, 0.0
	for done := 0; done < max(rounds, 1); {
		start := time.Now()
		for range times {
			f()
		}
		spent := time.Since(start)
		if spent < least {
			times *= 2
			continue
		}
		if s := spent.Seconds() / float64(times); done == 0 || s < shortest {
			shortest = s
		}
		done++
	}
	return shortest
}
