// Package evaluate measures a model on labelled pictures. It does not know how
// models are trained.
package evaluate

import (
	"context"
	"fmt"

	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Data are labelled pictures.
type Data interface {
	Len() int
	// Picture returns the i-th picture's bytes, [h,w,c], which must not be changed, and
	// its class.
	Picture(i int) (pixels []byte, label int)
}

// Labelled are data whose classes are known without making their pictures.
type Labelled interface {
	Data
	Label(i int) int
}

// Label returns the class of the i-th picture.
func Label(data Data, i int) int {
	if l, ok := data.(Labelled); ok {
		return l.Label(i)
	}
	_, label := data.Picture(i)
	return label
}

// Prediction is what a model says about one picture.
type Prediction struct {
	True, Class int
	Score       float32 // the probability of Class
}

// Result is the outcome of an evaluation.
type Result struct {
	task.Metrics
	Predictions []Prediction // one a picture, in the data's order
	Logits      []float32    // [n,classes], in the data's order
	Confusion   Confusion
}

// Confusion counts pictures by their true class (row) and predicted class
// (column).
type Confusion [][]int

// NewConfusion returns an empty matrix.
func NewConfusion(classes int) Confusion {
	c := make(Confusion, classes)
	for i := range c {
		c[i] = make([]int, classes)
	}
	return c
}

// Recall returns the share of the class's pictures that were recognised: 0 to 1, and
// 0 if it has none.
func (c Confusion) Recall(class int) float64 {
	n := 0
	for _, v := range c[class] {
		n += v
	}
	return share(c[class][class], n)
}

// Precision returns the share of the pictures taken for the class that belong to it:
// 0 to 1, and 0 if there are none.
func (c Confusion) Precision(class int) float64 {
	n := 0
	for _, row := range c {
		n += row[class]
	}
	return share(c[class][class], n)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// batch is how many pictures are predicted at once.
const batch = 100

// Run evaluates m on data. progress, unless nil, is told after each batch how many
// pictures are done. A cancelled context ends it with the context's error.
func Run(ctx context.Context, m *model.Network, data Data, progress func(done int)) (*Result, error) {
	return RunViews(ctx, m, data, "", progress)
}

// RunViews is Run with each picture looked at in the views of a name, "" for the picture
// itself alone, task.MirrorView or task.ShiftViews. Its logits are the views' mean.
func RunViews(ctx context.Context, m *model.Network, data Data, views string, progress func(done int)) (*Result, error) {
	n, classes := data.Len(), m.Output().Size()
	if n == 0 {
		return nil, fmt.Errorf("evaluate: no pictures")
	}
	v, err := newViewer(m, data, views)
	if err != nil {
		return nil, err
	}
	r := &Result{Confusion: NewConfusion(classes)}
	var loss float64
	for from := 0; from < n; from += batch {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		to := min(from+batch, n)
		logits, probs, labels, err := v.look(from, to)
		if err != nil {
			return nil, err
		}
		r.Logits = append(r.Logits, logits...)
		loss += model.Loss(logits, labels) * float64(to-from)
		for i, label := range labels {
			r.add(label, probs[i*classes:(i+1)*classes])
		}
		if progress != nil {
			progress(to)
		}
	}
	right := 0
	for i := range r.Confusion {
		right += r.Confusion[i][i]
	}
	r.Metrics = task.Metrics{Loss: loss / float64(n), Accuracy: share(right, n)}
	return r, nil
}

func (r *Result) add(label int, probs []float32) {
	top := model.Top(probs)
	r.Predictions = append(r.Predictions, Prediction{label, top, probs[top]})
	r.Confusion[label][top]++
}

// Batch writes the pictures from to to-1 of data into x, as the numbers of m's input, and
// returns their labels.
func Batch(x []float32, data Data, m *model.Network, from, to int) ([]int, error) {
	size, classes := m.Input.Size(), m.Output().Size()
	labels := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		pixels, label := data.Picture(i)
		if len(pixels) != size || label < 0 || label >= classes {
			return nil, fmt.Errorf("evaluate: picture %d has %d bytes and class %d; the model wants %d and a class below %d", i, len(pixels), label, size, classes)
		}
		m.Normalize(x[(i-from)*size:], pixels)
		labels = append(labels, label)
	}
	return labels, nil
}
