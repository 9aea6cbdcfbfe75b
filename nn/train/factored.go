package train

import (
	"tenfold/nn/graph"
	"tenfold/nn/kernel"
)

// factoredGrad is a kernel whose gradient is known by its factors. It is multiplied out where
// the optimiser uses it, some rows at a time that stay in the cache: as a whole it would
// go to memory and come back. It implements gorgonia.ValueGrad for all but Grad.
type factoredGrad struct {
	graph.Weight
	graph.Factored
	x, dy  []float32    // the factors of a batch: [n,in], [n,out]
	memory [2][]float32 // for those of several shares
	rows   [][]float32  // a worker's
}

// factoredGrads returns those of a plan.
func factoredGrads(p graph.Plan) []*factoredGrad {
	var all []*factoredGrad
	for _, f := range p.Factored {
		p := &factoredGrad{Factored: f}
		for range kernel.Workers() {
			p.rows = append(p.rows, make([]float32, p.block()))
		}
		all = append(all, p)
	}
	return all
}

// block returns how many weights are learned at once: whole rows.
func (p *factoredGrad) block() int { return max(updateBlock/p.Out, 1) * p.Out }

// gradient returns that of the weights from from to to-1, valid until the worker's next one.
func (p *factoredGrad) gradient(worker, from, to int) []float32 {
	g := p.rows[worker][:to-from]
	p.GradRows(worker, g, from/p.Out, to/p.Out)
	return g
}

// collect makes x and dy memory for the factors of n pictures.
func (p *factoredGrad) collect(n int) {
	for i, size := range []int{p.In, p.Out} {
		if len(p.memory[i]) < n*size {
			p.memory[i] = make([]float32, n*size)
		}
	}
	p.x, p.dy = p.memory[0][:n*p.In], p.memory[1][:n*p.Out]
}

// of returns the factors of the pictures from from to to-1.
func (p *factoredGrad) of(from, to int) (x, dy []float32) {
	return p.x[from*p.In : to*p.In], p.dy[from*p.Out : to*p.Out]
}
