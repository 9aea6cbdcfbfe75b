package main

import (
	"context"
	"fmt"
	"os"
	"slices"

	"tenfold/nn/bench"
)

type workload struct {
	name    string
	network string
	do      string
	batch   int
}

// The workloads' names, which results have.
const (
	b1, b32, b256 = "inference, batch 1", "inference, batch 32", "inference, batch 256"
	training      = "training, batch 32"
	second32      = "second network, inference, batch 32"
	second128     = "second network, training, batch 128"
)

// workloads are what is timed.
var workloads = []workload{
	{b1, tutorial, "infer", 1},
	{b32, tutorial, "infer", 32},
	{b256, tutorial, "infer", most},
	{training, tutorial, "train", 32},
	{second32, second, "infer", 32},
	{second128, second, "train", 128},
}

// warm is for how many milliseconds each works before it is measured: for a while a browser
// still compiles, on the cores that it shares.
const warm = 2000

// fewest is how many calls a round has at least, so that their median is one.
const fewest = 3

// measure times all contenders at all workloads, in turn. What counts in a round is the
// median of its calls: the first finds its data in no cache, and what else a machine does
// falls on some of the others.
func measure(all []*contender, f flags, r *report) error {
	times := map[[2]string]int{} // how often fills millis
	rates, pace := map[[2]string][]float64{}, map[[2]string]float64{}
	for round := range f.rounds {
		for _, w := range workloads {
			for _, c := range all {
				if !timed(f.only, c, w) || c.slow && round > 0 {
					continue
				}
				key := [2]string{c.name, w.name}
				pictures := float64(w.batch)
				if c.apart() {
					pictures *= float64(c.threads)
				}
				if times[key] == 0 {
					n, err := c.warmUp(w, f.millis)
					if err != nil {
						return err
					}
					times[key] = n
				}
				a, err := c.put(bench.Request{Do: w.do, Batch: w.batch, Times: times[key]})
				if err != nil {
					return err
				}
				rates[key] = append(rates[key], pictures/a.Median*1000)
				pace[key] += a.Mean / 1000 / pictures
			}
		}
		fmt.Fprintf(os.Stderr, "\rround %d of %d", round+1, f.rounds)
	}
	fmt.Fprintln(os.Stderr)
	for _, c := range all {
		for _, w := range workloads {
			key := [2]string{c.name, w.name}
			if v := rates[key]; c.network == w.network && len(v) > 0 {
				slices.Sort(v)
				r.Results = append(r.Results, result{c.name, c.where, c.threads, w.name, v[len(v)/2], v[0], v[len(v)-1], float64(len(v)) / pace[key]})
			}
		}
	}
	return nil
}

// warmUp works at a workload until compilation has settled, and returns how often it fits
// into the given number of milliseconds.
func (c *contender) warmUp(w workload, millis float64) (int, error) {
	a, err := c.put(bench.Request{Do: w.do, Batch: w.batch, Times: 1})
	if err != nil {
		return 0, err
	}
	if c.slow {
		return max(int(millis/a.Median), 1), nil
	}
	if a, err = c.put(bench.Request{Do: w.do, Batch: w.batch, Times: max(int(min(warm, 4*millis)/a.Median), 2)}); err != nil {
		return 0, err
	}
	return max(int(millis/a.Median), fewest), nil
}

// look times the layers of ours with one core, measures the accuracy if there is the test
// set, and watches the memory of a worker that trains.
func look(tab context.Context, all []*contender, f flags, r *report) error {
	for _, c := range all {
		if c.name != plain1 && c.name != relaxed1 && c.name != native1 {
			continue
		}
		if f.only.MatchString("page: layers") {
			a, err := c.put(bench.Request{Do: "layers", Batch: 32, Times: 3 * f.rounds})
			if err != nil {
				return err
			}
			r.Layers = append(r.Layers, layers{c.name, c.network, a.Layers})
		}
		if c.network != tutorial || !f.all() {
			continue
		}
		if f.data != "" {
			a, err := c.put(bench.Request{Do: "test"})
			if err != nil {
				return err
			}
			r.Tests = append(r.Tests, tested{c.name, *a.Test})
		}
		if c.name == relaxed1 && f.heap > 0 {
			a, err := c.put(bench.Request{Do: "heap", Batch: 32, Times: f.heap})
			if err != nil {
				return err
			}
			r.Heap = &memory{tutorial, 32, f.heap, *a.Heap}
		}
	}
	if f.heap > 0 && f.only.MatchString("page: memory") {
		return weigh(tab, r)
	}
	return nil
}

// weigh looks at the memory that a fresh worker takes for training the second network.
func weigh(tab context.Context, r *report) error {
	const steps = 24 // the first 20 are not counted; memory grows in the first two
	w := row{name: "memory", threads: 1}
	c, err := ours("relaxed.wasm")(starter{tab: tab}, w, second)
	if err != nil {
		return err
	}
	c.row = w
	a, err := c.put(bench.Request{Do: "heap", Batch: 128, Times: steps})
	if err == nil {
		r.Second = &memory{second, 128, steps, *a.Heap}
	}
	return err
}
