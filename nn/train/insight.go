package train

import (
	"math"
	"slices"

	"gorgonia.org/gorgonia"

	"tenfold/nn/evaluate"
	"tenfold/nn/graph"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Insight looks into a run between two steps: at its weights, the gradients of the last step, and
// each layer's output on a few fixed pictures.
type Insight struct {
	Labels []int // of the pictures
	run    *Run
	trace  *model.Trace
	x      []float32
	data   evaluate.Data
}

// NewInsight looks at a run on the first n pictures of data.
func NewInsight(r *Run, data evaluate.Data, n int) (*Insight, error) {
	n = min(n, data.Len())
	i := &Insight{run: r, trace: r.Model.Trace(n), x: make([]float32, n*r.Model.Input.Size()), data: data}
	var err error
	i.Labels, err = evaluate.Batch(i.x, data, r.Model, 0, n)
	return i, err
}

// Picture returns the bytes of picture k, and its class.
func (i *Insight) Picture(k int) ([]byte, int) { return i.data.Picture(k) }

// Look returns what there is to see of each layer, and the class that each picture is taken for
// with its probability.
func (i *Insight) Look() (layers []task.Insight, class []int, score []float32) {
	i.trace.Forward(i.x)
	gradients := map[*model.Weight]task.Spread{}
	for _, l := range i.run.learned {
		w, g := i.run.gradientOf(l)
		gradients[w] = spread(g)
	}
	for at, n := range i.run.Model.Nodes() {
		in := task.Insight{Layer: n.Name, Activations: spread(i.trace.Y[i.trace.Last(at)])}
		in.Dead, in.Units = dead(i.trace.Y[i.trace.Last(at)], n.Out)
		for _, w := range i.run.net.Nodes()[at].Weights {
			if w.Kernel() {
				in.Learns = true
				in.Weights, in.Gradients = spread(w.Data), gradients[w]
			}
		}
		layers = append(layers, in)
	}
	probs := i.trace.Y[len(i.trace.Y)-1]
	classes := len(probs) / len(i.Labels)
	if i.run.Model.Ending() != "softmax" {
		probs = slices.Clone(probs)
		kernel.Softmax(probs, probs, classes)
	}
	for k := range i.Labels {
		row := probs[k*classes : (k+1)*classes]
		c := model.Top(row)
		class, score = append(class, c), append(score, row[c])
	}
	return layers, class, score
}

// gradientOf returns the gradient of a weight in the last step; nil if there is none.
func (r *Run) gradientOf(l gorgonia.ValueGrad) (*model.Weight, []float32) {
	if f, ok := l.(*factoredGrad); ok {
		if len(f.x) == 0 {
			return f.Weight.Weight, nil
		}
		all := make([]float32, 0, len(f.Weight.Weight.Data))
		f.SetFactors(f.x, f.dy)
		for from := 0; from < cap(all); from += f.block() {
			all = append(all, f.gradient(0, from, min(from+f.block(), cap(all)))...)
		}
		return f.Weight.Weight, all
	}
	w := l.(graph.Weight)
	v, err := w.Grad()
	if err != nil {
		return w.Weight, nil
	}
	g, _ := v.Data().([]float32)
	return w.Weight, g
}

// spread returns the mean of numbers and their standard deviation.
func spread(v []float32) task.Spread {
	if len(v) == 0 {
		return task.Spread{}
	}
	sum, squares := 0.0, 0.0
	for _, x := range v {
		sum += float64(x)
	}
	mean := sum / float64(len(v))
	for _, x := range v {
		d := float64(x) - mean
		squares += d * d
	}
	return task.Spread{Mean: mean, Deviation: math.Sqrt(squares / float64(len(v)))}
}

// dead counts the units, or maps, whose output is 0 on all pictures.
func dead(y []float32, shape task.Shape) (dead, units int) {
	units = shape[len(shape)-1]
	alive := make([]bool, units)
	for at, v := range y {
		if v != 0 {
			alive[at%units] = true
		}
	}
	for _, a := range alive {
		if !a {
			dead++
		}
	}
	return dead, units
}
