package evaluate

import (
	"math"
	"slices"
)

// Doubt returns the largest probability, in three digits, that the most probable class is below in
// no more than a share of each result's pictures: for a picture below it, the network may say that
// it recognises none of the classes. Source:
// Hendrycks, Gimpel 2017, https://arxiv.org/abs/1610.02136.
func Doubt(share, temperature float64, of ...*Result) float64 {
	least := 1.0
	for _, r := range of {
		all := r.certainty(temperature)
		slices.Sort(all)
		least = min(least, all[min(int(share*float64(len(all))), len(all)-1)])
	}
	return math.Floor(least*1000) / 1000
}

// Doubted returns the share of the pictures whose most probable class is less probable.
func (r *Result) Doubted(doubt, temperature float64) float64 {
	n := 0
	for _, p := range r.certainty(temperature) {
		if p < doubt {
			n++
		}
	}
	return share(n, len(r.Predictions))
}

// certainty returns the probability of each picture's most probable class.
func (r *Result) certainty(temperature float64) []float64 {
	all := make([]float64, len(r.Predictions))
	for i, p := range r.Predictions {
		all[i] = math.Exp(r.logProb(i, p.Class, temperature))
	}
	return all
}
