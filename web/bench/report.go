package main

import (
	"encoding/json"
	"fmt"
	"image/color"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

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
	Ratios   []ratio   `json:"ratios"`          // of medians, beside what is aimed at
	Layers   []layers  `json:"layers"`          // of ours on one core, at batch 32
	Tests    []tested  `json:"tests,omitempty"` // of the shipped model
	Heap     *memory   `json:"heap,omitempty"`
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

// ratio compares two medians, and what they come to by means where that was measured.
type ratio struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Mean   float64 `json:"mean,omitempty"`
	Target float64 `json:"target"`            // 0 if the ratio only says what the machine can do
	AtMost bool    `json:"at_most,omitempty"` // the target is an upper bound
	Met    bool    `json:"met"`
}

type layers struct {
	Name   string        `json:"name"`
	Layers []bench.Layer `json:"layers"`
}

type memory struct {
	Steps int `json:"steps"`
	bench.Heap
}

// result is what a contender came to at a workload, zeros if it was not measured.
func (r *report) result(name, workload string) result {
	for _, v := range r.Results {
		if v.Name == name && v.Workload == workload {
			return v
		}
	}
	return result{}
}

// conclude works the ratios out.
func (r *report) conclude() {
	const b1, b32, b256, training = "inference, batch 1", "inference, batch 32", "inference, batch 256", "training, batch 32"
	add := func(v ratio) {
		if v.Value == 0 || math.IsNaN(v.Value) || math.IsInf(v.Value, 0) {
			return // one of the two was not measured
		}
		v.Met = v.Value >= v.Target
		if v.AtMost {
			v.Met = v.Value <= v.Target
		}
		r.Ratios = append(r.Ratios, v)
	}
	compare := func(name string, a, b result, target float64, atMost bool) {
		add(ratio{Name: name, Value: a.Median / b.Median, Mean: a.Mean / max(b.Mean, 1e-9), Target: target, AtMost: atMost})
	}
	compare("inference, batch 32, SIMD / onnxruntime-web, 1 thread", r.result(plain1, b32), r.result(ort1, b32), 1.4, false)
	compare("inference, batch 32, relaxed SIMD / onnxruntime-web, 1 thread", r.result(relaxed1, b32), r.result(ort1, b32), 2.2, false)
	compare("latency, batch 1, SIMD / onnxruntime-web, 1 thread", r.result(ort1, b1), r.result(plain1, b1), 1.0, true)
	compare("inference, batch 256, SIMD, all cores / onnxruntime-web, all cores", r.result(plainAll, b256), r.result(ortAll, b256), 1.8, false)
	compare("inference, batch 256, relaxed SIMD, all cores / onnxruntime-web, all cores", r.result(relaxedAll, b256), r.result(ortAll, b256), 1.8, false)
	compare("training, SIMD / inference of onnxruntime-web, 1 thread", r.result(plain1, training), r.result(ort1, b32), 0.27, false)
	compare("training, relaxed SIMD / inference of onnxruntime-web, 1 thread", r.result(relaxed1, training), r.result(ort1, b32), 0.45, false)
	compare("training, SIMD, all cores / 1 worker", r.result(plainAll, training), r.result(plain1, training), 0.9*float64(r.Cores), false)
	compare("training, relaxed SIMD, all cores / 1 worker", r.result(relaxedAll, training), r.result(relaxed1, training), 0.9*float64(r.Cores), false)
	compare("training, SIMD, as many workers that share nothing / 1 worker", r.result(plainApart, training), r.result(plain1, training), 0, false)
	compare("native inference, batch 32, all cores / onnxruntime-node", r.result(nativeAll, b32), r.result(ortnAll, b32), 0.8, false)
	add(ratio{Name: "native training, all cores, pictures/s", Value: r.result(nativeAll, training).Median, Target: 700})
	if h := r.Heap; h != nil {
		add(ratio{Name: fmt.Sprintf("memory in use after %d steps / after 20", h.Steps), Value: float64(h.After) / float64(h.Before), Target: 1.01, AtMost: true})
	}
	if l := r.Loading; l != nil {
		add(ratio{Name: "navigation to first prediction, cold cache / compileStreaming", Value: l.First / l.Compile, Target: 1.5, AtMost: true})
		add(ratio{Name: "megabytes before the first prediction", Value: float64(l.Brotli) / 1e6, Target: 6.5, AtMost: true})
	}
	for _, l := range r.Layers {
		roof := l.Layers[len(l.Layers)-1].GFlops
		for _, v := range l.Layers {
			if strings.HasPrefix(v.Name, "conv2d_") && v.GFlops > 0 {
				add(ratio{Name: fmt.Sprintf("%s of %s, forward / practical roof", v.Name, l.Name), Value: v.GFlops / roof, Target: 0.75})
			}
		}
	}
}

// print writes the tables.
func (r *report) print(w io.Writer) {
	fmt.Fprintf(w, "%s, %d cores, %s, medians of %d rounds (min to max), pictures/s\n\n%-34s", r.CPU, r.Cores, r.Browser, r.Rounds, "")
	for _, l := range workloads {
		fmt.Fprintf(w, "%23s", l.name)
	}
	name := ""
	for _, v := range r.Results {
		if v.Name != name {
			name = v.Name
			fmt.Fprintf(w, "\n%-34s", name)
			for _, l := range workloads {
				fmt.Fprintf(w, "%23s", r.cell(name, l.name))
			}
		}
	}
	fmt.Fprintf(w, "\n\n%-82s%8s%10s%10s\n", "ratios", "medians", "target", "means")
	for _, v := range r.Ratios {
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
		fmt.Fprintf(w, "%-82s%8.2f%10s%10s%s\n", v.Name, v.Value, target, mean, met)
	}
	for _, l := range r.Layers {
		fmt.Fprintf(w, "\n%s, forward, batch 32\n", l.Name)
		for _, v := range l.Layers {
			fmt.Fprintf(w, "  %-18s%9.2f µs a picture", v.Name, v.Micros)
			if v.GFlops > 0 {
				fmt.Fprintf(w, "%9.1f GFLOP/s", v.GFlops)
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
	}
	if h := r.Heap; h != nil {
		fmt.Fprintf(w, "\nmemory of a worker that trains: %.2f MB in use after 20 steps, %.2f MB after %d; %.0f MB from the system, %d bytes allocated a step\n", float64(h.Before)/1e6, float64(h.After)/1e6, h.Steps, float64(h.System)/1e6, h.PerStep)
	}
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

// palette is orange and blue of Okabe and Ito, which colour-blind people tell apart.
var palette = []color.Color{color.RGBA{0xe6, 0x9f, 0, 0xff}, color.RGBA{0, 0x72, 0xb2, 0xff}}

// chart draws inference and training of all as bars, the fastest of each on top.
func (r *report) chart(path string) error {
	p := plot.New()
	p.Title.Text = "The tutorial's network, batches of 32, pictures/s: inference (blue), training (orange)"
	p.X.Min = 0
	p.Y.Label.Text = " " // room for the names
	var names []string
	var infer, train plotter.Values
	for i := len(r.Versions) - 1; i >= 0; i-- {
		name := r.Versions[i].Name
		names = append(names, name)
		infer = append(infer, r.result(name, workloads[1].name).Median)
		train = append(train, r.result(name, workloads[3].name).Median)
	}
	for i, v := range []plotter.Values{train, infer} {
		bars, err := plotter.NewBarChart(v, vg.Points(9))
		if err != nil {
			return err
		}
		bars.Horizontal, bars.LineStyle.Width = true, 0
		bars.Offset = vg.Points(float64(i)*10 - 5)
		bars.Color = palette[i]
		p.Add(bars)
	}
	p.NominalY(names...)
	p.Title.Padding, p.Y.Tick.Label.Font.Size = vg.Points(8), vg.Points(9)
	p.X.Max *= 1.02
	return p.Save(26*vg.Centimeter, vg.Length(len(names))*1.1*vg.Centimeter, path)
}
