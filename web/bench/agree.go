package main

import (
	"fmt"
	"math"
	"slices"

	"tenfold/nn/bench"
)

// agreed is on how many pictures all must agree.
const agreed = 32

// near is by which part the lengths of gradients may differ: of the second network's Winograd's
// transforms move some by 0.003 (MEASUREMENTS.md). A way back that is wrong is far off.
const near = 0.01

// agree asks all contenders for their answers, and those that train for their gradients,
// and returns an error if they differ.
func agree(all []*contender, r *report) error {
	first := map[string]*contender{} // of each network
	probs, norms := map[string][]float32{}, map[string]map[string]float64{}
	for _, c := range all {
		about, err := c.put(bench.Request{Do: "about"})
		if err != nil {
			return err
		}
		if v := (version{c.name, about.Kernel}); !slices.Contains(r.Versions, v) {
			r.Versions = append(r.Versions, v)
		}
		a, err := c.put(bench.Request{Do: "probs", Batch: agreed})
		if err != nil {
			return err
		}
		if first[c.network] == nil {
			first[c.network], probs[c.network] = c, a.Probs
		}
		if err := alike(c.name, a.Probs, first[c.network].name, probs[c.network]); err != nil {
			return err
		}
		if !slices.Contains(c.can, "train") || c.slow {
			continue
		}
		if a, err = c.put(bench.Request{Do: "gradients", Batch: agreed}); err != nil {
			return err
		}
		if norms[c.network] == nil {
			norms[c.network] = a.Gradients
		}
		if err := parallel(c.name, a.Gradients, norms[c.network], near); err != nil {
			return err
		}
	}
	return nil
}

// alike returns an error if probabilities differ by more than 1e-4, or say nothing: those of a
// network that answers all pictures alike.
func alike(name string, got []float32, other string, want []float32) error {
	if len(got) == 0 || len(got) != len(want) {
		return fmt.Errorf("%s answers with %d probabilities, want %d", name, len(got), len(want))
	}
	largest, least, most := 0.0, got[0], got[0]
	for i, p := range got {
		largest = max(largest, math.Abs(float64(p-want[i])))
		least, most = min(least, p), max(most, p)
	}
	if !(largest <= 1e-4) {
		return fmt.Errorf("%s and %s differ by %g in a probability: nothing is timed", name, other, largest)
	}
	if most-least < 0.01 {
		return fmt.Errorf("%s: all probabilities lie between %g and %g, so that agreement says nothing: nothing is timed", name, least, most)
	}
	return nil
}

// parallel returns an error if the lengths of gradients differ by more than a part of them.
func parallel(name string, got, want map[string]float64, bound float64) error {
	if len(got) == 0 || len(got) != len(want) {
		return fmt.Errorf("%s answers with %d gradients, want %d", name, len(got), len(want))
	}
	for path, norm := range got {
		if w := want[path]; !(math.Abs(norm-w) <= bound*w) {
			return fmt.Errorf("%s: the gradient of %s is %g long, want %g: nothing is timed", name, path, norm, w)
		}
	}
	return nil
}
