package evaluate

import (
	"math"
	"slices"
)

// Doubt is the largest probability, so far as it has three digits, that the most probable class
// may have of no more than a share of any of the results' pictures: of a picture whose most
// probable class has less, the network may say that it knows none of the classes there. Source:
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

// Doubted is the share of the pictures whose most probable class is less probable.
func (r *Result) Doubted(doubt, temperature float64) float64 {
	n := 0
	for _, p := range r.certainty(temperature) {
		if p < doubt {
			n++
		}
	}
	return share(n, len(r.Predictions))
}

// certainty is the probability of each picture's most probable class.
func (r *Result) certainty(temperature float64) []float64 {
	all := make([]float64, len(r.Predictions))
	for i, p := range r.Predictions {
		all[i] = math.Exp(r.logProb(i, p.Class, temperature))
	}
	return all
}
