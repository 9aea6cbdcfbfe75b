// Package transfer teaches a trained network classes that it does not know: the input of its last
// dense layer, the features, is computed once for each picture, and a new layer is fitted to them.
// Source: Donahue et al. 2014, DeCAF, https://arxiv.org/abs/1310.1531.
package transfer

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"tenfold/nn/augment"
	"tenfold/nn/evaluate"
	"tenfold/nn/kernel"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Features are what a network makes of pictures: of each one as it is, and of some changed a little.
type Features struct {
	Size   int
	Views  int
	X      []float32 // [n,views,size]
	Labels []int     // of the pictures
}

// chunk is how many pictures go through the network at once.
const chunk = 32

// passes is how many pictures go through the network at most for the sake of changed ones.
const passes = 4000

// views are the ways in which a picture is changed; the first few are used, or all if there are few
// pictures.
var views = []struct {
	mirror bool
	dx, dy int // sixteenths of the side
}{{}, {mirror: true}, {dx: 1, dy: 1}, {mirror: true, dx: -1, dy: 1}, {dx: -1, dy: -1}, {mirror: true, dx: 1, dy: -1}}

// Extractor computes features with a network, and keeps them: a picture is not looked at twice.
type Extractor struct {
	m         *model.Network
	predictor *model.Predictor
	size      int
	kept      map[key][]float32 // of each way of looking
}

// key is a picture, by its own number, in one of the views.
type key struct {
	picture uint64
	view    int
}

// NewExtractor returns one for a network that ends in a dense layer.
func NewExtractor(m *model.Network) (*Extractor, error) {
	trunk, err := m.Trunk()
	if err != nil {
		return nil, fmt.Errorf("transfer: %w", err)
	}
	if at, err := m.Head(); err != nil || len(m.Nodes()[at].Weights) < 2 {
		return nil, errors.Join(err, errors.New("transfer: the network's last layer has no bias"))
	}
	return &Extractor{m, trunk.Predictor(chunk), trunk.Output().Size(), map[key][]float32{}}, nil
}

// Changed returns the views that are used of n pictures, by their numbers: those that are mirrored too,
// if mirror.
func Changed(n int, mirror bool) (numbers []int) {
	most := max(passes/max(n, 1), 1)
	for i, v := range views {
		if len(numbers) < most && (mirror || !v.mirror) {
			numbers = append(numbers, i)
		}
	}
	return numbers
}

// Read computes the features of pictures in some views, where 0 is the picture as it is. Each
// picture has its own number, by which it is recognised. tell, unless nil, is told how
// many are done.
func (e *Extractor) Read(ctx context.Context, data evaluate.Data, numbers []uint64, views []int, tell func(done int)) (*Features, error) {
	f := &Features{Size: e.size, Views: len(views)}
	size := e.m.Input.Size()
	x := make([]float32, 0, chunk*size)
	var waiting []key
	flush := func() {
		y, _ := e.predictor.Predict(x)
		for i, k := range waiting {
			e.kept[k] = y[i*e.size : (i+1)*e.size : (i+1)*e.size]
		}
		x, waiting = x[:0], nil
	}
	for i := range data.Len() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		pixels, label := data.Picture(i)
		if len(pixels) != size {
			return nil, fmt.Errorf("transfer: a picture of %d bytes: want %d", len(pixels), size)
		}
		f.Labels = append(f.Labels, label)
		for _, v := range views {
			k := key{numbers[i], v}
			if e.kept[k] != nil {
				continue
			}
			e.m.Normalize(x[len(x):len(x)+size], e.changed(pixels, v))
			x, waiting = x[:len(x)+size], append(waiting, k)
			if len(waiting) == chunk {
				flush()
			}
		}
		if tell != nil {
			tell(i + 1)
		}
	}
	if len(waiting) > 0 {
		flush()
	}
	for _, n := range numbers {
		for _, v := range views {
			f.X = append(f.X, e.kept[key{n, v}]...)
		}
	}
	return f, nil
}

// changed returns a picture in a view.
func (e *Extractor) changed(pixels []byte, number int) []byte {
	v := views[number]
	if number == 0 {
		return pixels
	}
	shown, in := slices.Clone(pixels), e.m.Input
	if v.mirror {
		augment.Mirror(shown, in)
	}
	moved := make([]byte, len(shown))
	step := max(in[0]/16, 1)
	augment.Move(moved, shown, in, v.dx*step, v.dy*step, augment.Reflect)
	return moved
}

// Fitting. A step is what the steepest curvature of the loss allows, and the steps gather speed:
// Nesterov 1983.
const (
	steps   = 300
	powers  = 20  // steps to the greatest curvature
	penalty = 1.0 // of the squared weights, for one picture a class
)

// Fit returns the network with a head that tells the classes of the features' labels apart: softmax
// regression on standardised features, in which each class counts the same, with a penalty of its
// squared weights that is the smaller the more pictures there are. yield, unless nil, is called in
// between; its error ends it.
func Fit(m *model.Network, f *Features, of task.Task, yield func() error) (*model.Network, error) {
	classes, n := len(of.Classes), len(f.Labels)*f.Views
	weights, err := balance(f, classes)
	if err != nil {
		return nil, err
	}
	g, err := m.Graft(of)
	if err != nil {
		return nil, fmt.Errorf("transfer: %w", err)
	}
	x, mean, scale := standardise(f)
	op := layer.Dense{Units: classes}.Op(n, task.Shape{f.Size})
	ridge := float32(penalty * float64(classes) / float64(len(f.Labels)))
	rate := 1 / (curvature(x, weights, f) + ridge)
	w := [][]float32{make([]float32, f.Size*classes), make([]float32, classes)}
	ahead := [][]float32{make([]float32, f.Size*classes), make([]float32, classes)}
	grads := [][]float32{make([]float32, f.Size*classes), make([]float32, classes)}
	y, probs := make([]float32, n*classes), make([]float32, n*classes)
	for step := range steps {
		if yield != nil {
			if err := yield(); err != nil {
				return nil, err
			}
		}
		op.Forward(layer.Pass{}, y, [][]float32{x}, ahead)
		kernel.Softmax(probs, y, classes)
		for i := range n {
			label := f.Labels[i/f.Views]
			row := probs[i*classes : (i+1)*classes]
			row[label]--
			for c := range row {
				row[c] *= weights[label]
			}
		}
		momentum := float32(step) / float32(step+3)
		for k := range w {
			op.Grad(k+1, grads[k], probs, [][]float32{x}, y, ahead)
			for i, d := range grads[k] {
				if k == 0 {
					d += ridge * ahead[k][i]
				}
				next := ahead[k][i] - rate*d
				ahead[k][i] = next + momentum*(next-w[k][i])
				w[k][i] = next
			}
		}
	}
	head, err := g.Head()
	if err != nil {
		return nil, err
	}
	place(g.Nodes()[head], w, mean, scale, classes)
	return g, nil
}

// balance returns what a view of each class's pictures counts, all together 1.
func balance(f *Features, classes int) ([]float32, error) {
	count := make([]int, classes)
	for _, l := range f.Labels {
		if l < 0 || l >= classes {
			return nil, fmt.Errorf("transfer: a picture of class %d: there are %d", l, classes)
		}
		count[l]++
	}
	weights := make([]float32, classes)
	for c, n := range count {
		if n == 0 {
			return nil, fmt.Errorf("transfer: there are no pictures of class %d", c)
		}
		weights[c] = 1 / float32(classes*n*f.Views)
	}
	return weights, nil
}

// standardise returns the features with a mean of 0 and a variance of 1, and what brings them there:
// (x - mean) * scale. A feature that never changes becomes 0.
func standardise(f *Features) (x, mean, scale []float32) {
	n := len(f.X) / f.Size
	sum, square := make([]float64, f.Size), make([]float64, f.Size)
	for i, v := range f.X {
		sum[i%f.Size] += float64(v)
	}
	for i, v := range f.X {
		d := float64(v) - sum[i%f.Size]/float64(n)
		square[i%f.Size] += d * d
	}
	mean, scale = make([]float32, f.Size), make([]float32, f.Size)
	for k := range mean {
		mean[k] = float32(sum[k] / float64(n))
		if v := square[k] / float64(n); v > 1e-12 {
			scale[k] = float32(1 / math.Sqrt(v))
		}
	}
	x = make([]float32, len(f.X))
	for i, v := range f.X {
		x[i] = (v - mean[i%f.Size]) * scale[i%f.Size]
	}
	return x, mean, scale
}

// curvature bounds that of the loss: half of the greatest eigenvalue of the features' weighted second
// moments, with a 1 added to the features for the bias, by powers of them.
func curvature(x []float32, weights []float32, f *Features) float32 {
	v := make([]float64, f.Size+1)
	for i := range v {
		v[i] = 1
	}
	greatest := 0.0
	for range powers {
		next := make([]float64, len(v))
		for i := range len(x) / f.Size {
			row := x[i*f.Size : (i+1)*f.Size]
			dot := v[f.Size]
			for k, a := range row {
				dot += float64(a) * v[k]
			}
			dot *= float64(weights[f.Labels[i/f.Views]])
			for k, a := range row {
				next[k] += dot * float64(a)
			}
			next[f.Size] += dot
		}
		norm := 0.0
		for _, a := range next {
			norm += a * a
		}
		norm = math.Sqrt(norm)
		if norm == 0 {
			break
		}
		greatest = norm
		for k := range next {
			next[k] /= norm
		}
		v = next
	}
	return float32(0.5*1.1*greatest) + 1e-6 // the powers come from below
}

// place writes the weights of standardised features as those of the features themselves.
func place(n model.Node, w [][]float32, mean, scale []float32, classes int) {
	kernel, bias := n.Weights[0].Data, n.Weights[1].Data
	copy(bias, w[1])
	for k := range mean {
		for c := range classes {
			v := w[0][k*classes+c] * scale[k]
			kernel[k*classes+c] = v
			bias[c] -= v * mean[k]
		}
	}
}
