package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tenfold/nn/bench"
)

// report is bench.json.
type report struct {
	CPU      string    `json:"cpu"`
	Cores    int       `json:"cores"`
	Browser  string    `json:"browser"`
	Rounds   int       `json:"rounds"`
	Versions []version `json:"versions"`
	Results  []result  `json:"results"`         // of each contender at each workload that it can do
	Ratios   []ratio   `json:"ratios"`          // of medians, with the target
	Layers   []layers  `json:"layers"`          // of ours on one core, at batch 32
	Tests    []tested  `json:"tests,omitempty"` // of the shipped model
	Heap     *memory   `json:"heap,omitempty"`
	Second   *memory   `json:"second_heap,omitempty"` // of a worker that trains the second network
	Loading  *loading  `json:"loading,omitempty"`
}

type tested struct {
	Name string `json:"name"`
	bench.Test
}

type version struct {
	Name    string `json:"name"`
	Version string `json:"version"` // what the contender says it is, or its kernel
}

// result is a speed in pictures/s, by the median call of each round: the median, least and
// most of the rounds. The mean is over all calls of all rounds, with all that disturbs them.
type result struct {
	Name     string  `json:"name"`
	Where    string  `json:"where"` // "browser" or "native"
	Threads  int     `json:"threads"`
	Workload string  `json:"workload"`
	Median   float64 `json:"median"`
	Min      float64 `json:"min"`
	Max      float64 `json:"max"`
	Mean     float64 `json:"mean"`
}

// ratio compares two medians, and also the means if those were measured.
type ratio struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Mean   float64 `json:"mean,omitempty"`
	Target float64 `json:"target"`            // 0 if the ratio only says what the machine can do
	AtMost bool    `json:"at_most,omitempty"` // the target is an upper bound
	Met    bool    `json:"met"`
}

type memory struct {
	Network string `json:"network"`
	Batch   int    `json:"batch"`
	Steps   int    `json:"steps"`
	bench.Heap
}

// result returns a contender's result at a workload, zeros if it was not measured.
func (r *report) result(name, workload string) result {
	for _, v := range r.Results {
		if v.Name == name && v.Workload == workload {
			return v
		}
	}
	return result{}
}

// print writes the tables.
func (r *report) print(w io.Writer) {
	fmt.Fprintf(w, "%s, %d cores, %s, medians of %d rounds (min to max), pictures/s\n", r.CPU, r.Cores, r.Browser, r.Rounds)
	r.printResults(w, tutorial, "the tutorial's network")
	r.printResults(w, second, "the second network")
	fmt.Fprintf(w, "\n%-102s%8s%10s%10s\n", "ratios", "medians", "target", "means")
	for _, v := range r.Ratios {
		r.printRatio(w, v)
	}
	for _, l := range r.Layers {
		fmt.Fprintf(w, "\n%s, %s network, batch 32, µs a picture and GFLOP/s of the direct product, forward and both gradients\n", l.Name, l.Network)
		for _, v := range l.Layers {
			fmt.Fprintf(w, "  %-28s%9.2f", v.Name, v.Micros)
			if v.GFlops > 0 {
				fmt.Fprintf(w, "%9.1f", v.GFlops)
			}
			if v.BackGFlops > 0 {
				fmt.Fprintf(w, "%12.2f%9.1f", v.BackMicros, v.BackGFlops)
			}
			fmt.Fprintln(w)
		}
	}
	for i, v := range r.Tests {
		if i == 0 {
			fmt.Fprintf(w, "\naccuracy of the shipped model on %d test pictures\n", v.Pictures)
		}
		fmt.Fprintf(w, "  %-34s%.4f, loss %.6f\n", v.Name, v.Accuracy, v.Loss)
	}
	if l := r.Loading; l != nil {
		fmt.Fprintf(w, "\nfirst prediction %.0f ms after navigation, the canvas %.0f ms, compileStreaming of their programs %.0f ms; %d bytes\n", l.First, l.Canvas, l.Compile, l.Brotli)
		l.printSlow(w)
	}
	for _, h := range []*memory{r.Heap, r.Second} {
		if h != nil {
			fmt.Fprintf(w, "\nmemory of a worker that trains the %s network at batch %d: %.0f MB; %.2f MB in use after 20 steps, %.2f MB after %d, %d bytes allocated a step\n",
				h.Network, h.Batch, float64(h.Memory)/1e6, float64(h.Before)/1e6, float64(h.After)/1e6, h.Steps, h.PerStep)
		}
	}
}

// printResults writes the table of a network, if anything was measured with it.
func (r *report) printResults(w io.Writer, network, title string) {
	var names, columns []string
	for _, l := range workloads {
		if l.network == network {
			columns = append(columns, l.name)
		}
	}
	for _, v := range r.Results {
		if slices.Contains(columns, v.Workload) && !slices.Contains(names, v.Name) {
			names = append(names, v.Name)
		}
	}
	if len(names) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%-42s", title)
	for _, c := range columns {
		fmt.Fprintf(w, "%23s", strings.TrimPrefix(c, "second network, "))
	}
	for _, name := range names {
		fmt.Fprintf(w, "\n%-42s", name)
		for _, c := range columns {
			fmt.Fprintf(w, "%23s", r.cell(name, c))
		}
	}
	fmt.Fprintln(w)
}

func (r *report) printRatio(w io.Writer, v ratio) {
	sign, mean, met := ">=", "", ""
	if v.AtMost {
		sign = "<="
	}
	if v.Mean > 0 {
		mean = fmt.Sprintf("%.2f", v.Mean)
	}
	if !v.Met {
		met = "  missed"
	}
	target := fmt.Sprintf("%s %.2f", sign, v.Target)
	if v.Target == 0 {
		target = ""
	}
	fmt.Fprintf(w, "%-102s%8.2f%10s%10s%s\n", v.Name, v.Value, target, mean, met)
}

func (r *report) cell(name, workload string) string {
	v := r.result(name, workload)
	if v.Name == "" {
		return "-"
	}
	return fmt.Sprintf("%.0f (%.0f-%.0f)", v.Median, v.Min, v.Max)
}

// write leaves bench.json and bench.png in a folder.
func (r *report) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "bench.json"), append(b, '\n'), 0o644); err != nil {
		return err
	}
	return r.chart(filepath.Join(dir, "bench.png"))
}
