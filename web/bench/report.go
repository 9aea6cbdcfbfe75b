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

// result is a speed in pictures/s.
type result struct {
	Name     string  `json:"name"`
	Where    string  `json:"where"` // "browser" or "native"
	Threads  int     `json:"threads"`
	Workload string  `json:"workload"`
	Median   float64 `json:"median"`
	Min      float64 `json:"min"`
	Max      float64 `json:"max"`
}

// ratio compares two medians.
type ratio struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Target float64 `json:"target"`
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

func (r *report) median(name, workload string) float64 {
	for _, v := range r.Results {
		if v.Name == name && v.Workload == workload {
			return v.Median
		}
	}
	return 0
}

// conclude works the ratios out.
func (r *report) conclude() {
	const b1, b32, b256, training = "inference, batch 1", "inference, batch 32", "inference, batch 256", "training, batch 32"
	add := func(name string, value, target float64, atMost bool) {
		if value == 0 || math.IsNaN(value) || math.IsInf(value, 0) {
			return // one of the two was not measured
		}
		met := value >= target
		if atMost {
			met = value <= target
		}
		r.Ratios = append(r.Ratios, ratio{name, value, target, atMost, met})
	}
	add("inference, batch 32, SIMD / onnxruntime-web, 1 thread", r.median(plain1, b32)/r.median(ort1, b32), 1.4, false)
	add("inference, batch 32, relaxed SIMD / onnxruntime-web, 1 thread", r.median(relaxed1, b32)/r.median(ort1, b32), 2.2, false)
	add("latency, batch 1, SIMD / onnxruntime-web, 1 thread", r.median(ort1, b1)/r.median(plain1, b1), 1.0, true)
	add("inference, batch 256, SIMD, all cores / onnxruntime-web, all cores", r.median(plainAll, b256)/r.median(ortAll, b256), 1.8, false)
	add("inference, batch 256, relaxed SIMD, all cores / onnxruntime-web, all cores", r.median(relaxedAll, b256)/r.median(ortAll, b256), 1.8, false)
	add("training, SIMD / inference of onnxruntime-web, 1 thread", r.median(plain1, training)/r.median(ort1, b32), 0.27, false)
	add("training, relaxed SIMD / inference of onnxruntime-web, 1 thread", r.median(relaxed1, training)/r.median(ort1, b32), 0.45, false)
	add("training, SIMD, all cores / 1 worker", r.median(plainAll, training)/r.median(plain1, training), 0.9*float64(r.Cores), false)
	add("training, relaxed SIMD, all cores / 1 worker", r.median(relaxedAll, training)/r.median(relaxed1, training), 0.9*float64(r.Cores), false)
	add("native inference, batch 32, all cores / onnxruntime-node", r.median(nativeAll, b32)/r.median(ortnAll, b32), 0.8, false)
	if l := r.Loading; l != nil {
		add("navigation to first prediction, cold cache / compileStreaming", l.First/l.Compile, 1.5, true)
		add("megabytes before the first prediction", float64(l.Brotli)/1e6, 6.5, true)
	}
	for _, l := range r.Layers {
		roof := l.Layers[len(l.Layers)-1].GFlops
		for _, v := range l.Layers {
			if strings.HasPrefix(v.Name, "conv2d_") && v.GFlops > 0 {
				add(fmt.Sprintf("%s of %s, forward / practical roof", v.Name, l.Name), v.GFlops/roof, 0.75, false)
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
	fmt.Fprintf(w, "\n\n%-82s%8s%10s\n", "ratios of medians", "", "target")
	for _, v := range r.Ratios {
		sign, met := ">=", ""
		if v.AtMost {
			sign = "<="
		}
		if !v.Met {
			met = "  missed"
		}
		fmt.Fprintf(w, "%-82s%8.2f%5s %.2f%s\n", v.Name, v.Value, sign, v.Target, met)
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
		fmt.Fprintf(w, "\nmemory of a worker that trains: %.1f MB after 20 steps, %.1f MB after %d; %d bytes allocated a step\n", float64(h.Before)/1e6, float64(h.After)/1e6, h.Steps, h.PerStep)
	}
}

func (r *report) cell(name, workload string) string {
	for _, v := range r.Results {
		if v.Name == name && v.Workload == workload {
			return fmt.Sprintf("%.0f (%.0f-%.0f)", v.Median, v.Min, v.Max)
		}
	}
	return "-"
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
	var names []string
	var infer, train plotter.Values
	for i := len(r.Versions) - 1; i >= 0; i-- {
		name := r.Versions[i].Name
		names = append(names, name)
		infer = append(infer, r.median(name, workloads[1].name))
		train = append(train, r.median(name, workloads[3].name))
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
