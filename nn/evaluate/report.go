package evaluate

import (
	"math"

	"tenfold/nn/kernel"
	"tenfold/nn/task"
)

// bins is the number of parts that probabilities are divided into to see how far they can
// be trusted, and fitted the share of the pictures that the temperature is fitted on.
const (
	bins   = 10
	fitted = 0.2
)

// Report sums up a result. seed draws the pictures that the temperature
// is fitted on.
func Report(r *Result, data Data, seed uint64) task.Evaluation {
	e := task.Evaluation{Metrics: r.Metrics, Pictures: len(r.Predictions), Confusion: r.Confusion, Top2: r.Top(2), Temperature: 1}
	for c := range r.Confusion {
		e.Classes = append(e.Classes, r.Confusion.Class(c))
	}
	rest, held := Split(data, fitted, seed)
	if len(held.Index) > 0 {
		e.Temperature = r.part(held.Index).Temperature()
	}
	if len(rest.Index) == 0 { // a picture or two
		e.Bins, e.ECE = r.Calibration(1)
		_, e.ECEAfter = r.Calibration(e.Temperature)
		return e
	}
	others := r.part(rest.Index)
	e.Bins, e.ECE = others.Calibration(1)
	_, e.ECEAfter = others.Calibration(e.Temperature)
	return e
}

// part returns the result on some of the pictures.
func (r *Result) part(index []int) *Result {
	n := len(r.Confusion)
	out := &Result{Confusion: NewConfusion(n)}
	for _, i := range index {
		p := r.Predictions[i]
		out.Predictions = append(out.Predictions, p)
		out.Logits = append(out.Logits, r.Logits[i*n:(i+1)*n]...)
		out.Confusion[p.True][p.Class]++
	}
	return out
}

// Class returns the measures of a class.
func (c Confusion) Class(class int) task.ClassMetrics {
	m := task.ClassMetrics{Precision: c.Precision(class), Recall: c.Recall(class)}
	for _, n := range c[class] {
		m.Support += n
	}
	if sum := m.Precision + m.Recall; sum > 0 {
		m.F1 = 2 * m.Precision * m.Recall / sum
	}
	return m
}

// row returns the logits of the i-th picture.
func (r *Result) row(i int) []float32 {
	n := len(r.Confusion)
	return r.Logits[i*n : (i+1)*n]
}

// Top returns the share of pictures whose class is among the k with the largest logits.
func (r *Result) Top(k int) float64 {
	hits := 0
	for i, p := range r.Predictions {
		row, above := r.row(i), 0
		for c, v := range row {
			if v > row[p.True] || v == row[p.True] && c < p.True {
				above++
			}
		}
		if above < k {
			hits++
		}
	}
	return share(hits, len(r.Predictions))
}

// Calibration divides the logits by a temperature and compares the probability of the
// predicted class with how often it is right. The expected calibration error is the mean
// difference, weighted by the pictures in each part. Source: Guo et al. 2017,
// https://arxiv.org/abs/1706.04599.
func (r *Result) Calibration(temperature float64) ([]task.Bin, float64) {
	all := make([]task.Bin, bins)
	for i, p := range r.Predictions {
		score := math.Exp(r.logProb(i, p.Class, temperature))
		b := &all[min(int(score*bins), bins-1)]
		b.Pictures++
		b.Confidence += score
		if p.Class == p.True {
			b.Accuracy++
		}
	}
	ece := 0.0
	for i := range all {
		if b := &all[i]; b.Pictures > 0 {
			b.Confidence /= float64(b.Pictures)
			b.Accuracy /= float64(b.Pictures)
			ece += math.Abs(b.Confidence-b.Accuracy) * float64(b.Pictures) / float64(len(r.Predictions))
		}
	}
	return all, ece
}

// logProb returns the logarithm of a class's probability with the logits divided by a
// temperature.
func (r *Result) logProb(i, class int, temperature float64) float64 {
	row := r.row(i)
	scaled := make([]float32, len(row))
	for c, v := range row {
		scaled[c] = float32(float64(v) / temperature)
	}
	return float64(scaled[class]) - kernel.LogSumExp(scaled)
}

// Temperature returns the divisor of the logits that makes the cross-entropy on these
// pictures smallest, from 1/20 to 20. The loss is convex in its inverse, so it
// is found by golden-section search. Source: Guo et al. 2017.
func (r *Result) Temperature() float64 {
	loss := func(inverse float64) float64 {
		sum := 0.0
		for i, p := range r.Predictions {
			sum -= r.logProb(i, p.True, 1/inverse)
		}
		return sum
	}
	const golden = 0.6180339887498949
	low, high := 0.05, 20.0
	a, b := high-golden*(high-low), low+golden*(high-low)
	fa, fb := loss(a), loss(b)
	for high-low > 1e-4 {
		if fa < fb {
			high, b, fb = b, a, fa
			a = high - golden*(high-low)
			fa = loss(a)
		} else {
			low, a, fa = a, b, fb
			b = low + golden*(high-low)
			fb = loss(b)
		}
	}
	return 2 / (low + high)
}

// Compare sets two results on the same pictures side by side.
func Compare(first, second *Result) task.Comparison {
	c := task.Comparison{First: first.Metrics, Second: second.Metrics}
	for i, p := range first.Predictions {
		q := second.Predictions[i]
		if p.Class != q.Class {
			c.Differ++
		}
		switch one, two := p.Class == p.True, q.Class == q.True; {
		case one && two:
			c.Both++
		case one:
			c.OnlyFirst++
		case two:
			c.OnlySecond++
		default:
			c.Neither++
		}
	}
	c.P = mcnemar(c.OnlyFirst, c.OnlySecond)
	return c
}

// mcnemar is McNemar's exact test: the probability that, of a+b pictures that only one
// model gets right, one has as few as the fewer or less, were both equally good, in
// either direction. Source: McNemar 1947, https://doi.org/10.1007/BF02295996.
func mcnemar(a, b int) float64 {
	n, k := a+b, min(a, b)
	factorial := func(n int) float64 { v, _ := math.Lgamma(float64(n + 1)); return v }
	sum := 0.0
	for i := range k + 1 {
		sum += math.Exp(factorial(n) - factorial(i) - factorial(n-i) - float64(n)*math.Ln2)
	}
	return min(2*sum, 1)
}
