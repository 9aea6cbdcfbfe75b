package main

import (
	"fmt"
	"math"
	"strings"

	"tenfold/nn/bench"
)

// conclude works the ratios out.
func (r *report) conclude() {
	r.compareInference()
	r.compareTraining()
	r.compareSecond()
	r.watch()
	for _, l := range r.Layers {
		r.compareLayers(l)
	}
}

// compareInference compares the tutorial's network's speed.
func (r *report) compareInference() {
	r.compare("inference, batch 32, relaxed SIMD / LiteRT.js, 1 thread", r.result(relaxed1, b32), r.result(litert1, b32), 2.2)
	r.compare("inference, batch 32, SIMD / LiteRT.js, 1 thread", r.result(plain1, b32), r.result(litert1, b32), 1.8)
	r.compare("inference, batch 32, SIMD / onnxruntime-web, 1 thread", r.result(plain1, b32), r.result(ort1, b32), 1.4)
	r.compare("inference, batch 32, relaxed SIMD / onnxruntime-web, 1 thread", r.result(relaxed1, b32), r.result(ort1, b32), 2.2)
	ours, theirs := r.result(plain1, b1), r.result(ort1, b1)
	r.add(ratio{Name: "latency, batch 1, SIMD / onnxruntime-web, 1 thread", Value: theirs.Median / ours.Median, Mean: theirs.Mean / ours.Mean, Target: 1, AtMost: true})
	r.compare("inference, batch 256, SIMD, all cores / onnxruntime-web, all cores", r.result(plainAll, b256), r.result(ortAll, b256), 1.8)
	r.compare("inference, batch 256, relaxed SIMD, all cores / onnxruntime-web, all cores", r.result(relaxedAll, b256), r.result(ortAll, b256), 1.8)
	r.compare("native inference, batch 32, all cores / onnxruntime-node", r.result(nativeAll, b32), r.result(ortnAll, b32), 0.8)
}

// compareTraining compares the tutorial's network's.
func (r *report) compareTraining() {
	r.compare("training, relaxed SIMD / onnxruntime-web 1.19/training, 1 thread", r.result(relaxed1, training), r.result(ortTraining1, training), 4.5)
	r.compare("training, SIMD / onnxruntime-web 1.19/training, 1 thread", r.result(plain1, training), r.result(ortTraining1, training), 0)
	r.compare("training, SIMD / inference of onnxruntime-web, 1 thread", r.result(plain1, training), r.result(ort1, b32), 0.27)
	r.compare("training, relaxed SIMD / inference of onnxruntime-web, 1 thread", r.result(relaxed1, training), r.result(ort1, b32), 0.45)
	r.compare("training, SIMD, all cores / 1 worker", r.result(plainAll, training), r.result(plain1, training), 0.9*float64(r.Cores))
	r.compare("training, relaxed SIMD, all cores / 1 worker", r.result(relaxedAll, training), r.result(relaxed1, training), 0.9*float64(r.Cores))
	r.compare("training, SIMD, as many workers that share nothing / 1 worker", r.result(plainApart, training), r.result(plain1, training), 0)
	r.compare("native training, all cores / PyTorch", r.result(nativeAll, training), r.result(torchAll, training), 0)
	r.add(ratio{Name: "native training, all cores, pictures/s", Value: r.result(nativeAll, training).Median, Target: 700})
}

// compareSecond compares the second network's.
func (r *report) compareSecond() {
	best := faster(r.result(litert1, second32), r.result(ort1, second32))
	name := fmt.Sprintf("%s, relaxed SIMD / %s", second32, best.Name)
	r.compare(name, r.result(relaxed1, second32), best, 1.8)
	r.compare("second network, native training, batch 128, all cores / PyTorch", r.result(nativeAll, second128), r.result(torchAll, second128), 2.5)
	r.compare(second128+", relaxed SIMD, all cores / 1 worker", r.result(relaxedAll, second128), r.result(relaxed1, second128), 0.9*float64(r.Cores))
	// What two workers should reach on the tutorial's network, by batch size.
	const want, where = 180, 1500
	page, tutorials := r.result(relaxedAll, second128), r.result(relaxedAll, training)
	r.compare(fmt.Sprintf("%s, all cores / the tutorial's (target %d/%d)", second128, want, where), page, tutorials, want/float64(where))
	r.add(ratio{Name: second128 + ", all cores, pictures/s", Value: page.Median})
}

// faster returns the better of two peers; neither if one was not measured.
func faster(a, b result) result {
	switch {
	case a.Median == 0 || b.Median == 0:
		return result{}
	case a.Median > b.Median:
		return a
	}
	return b
}

// watch compares what is not a contender's speed: memory, and the page's first prediction.
func (r *report) watch() {
	if h := r.Heap; h != nil {
		r.add(ratio{Name: fmt.Sprintf("memory in use after %d steps / after 20", h.Steps), Value: float64(h.After) / float64(h.Before), Target: 1.01, AtMost: true})
	}
	if h := r.Second; h != nil {
		r.add(ratio{Name: fmt.Sprintf("gigabytes of a worker that trains the second network, batch %d", h.Batch), Value: float64(h.Memory) / 1e9, Target: 1, AtMost: true})
	}
	if l := r.Loading; l != nil {
		r.add(ratio{Name: "navigation to first prediction, cold cache / compileStreaming", Value: l.First / l.Compile, Target: 1.5, AtMost: true})
		r.add(ratio{Name: "megabytes before the first prediction", Value: float64(l.Brotli) / 1e6, Target: 6.5, AtMost: true})
	}
}

// compareLayers compares convolutions with the practical roof.
func (r *report) compareLayers(of layers) {
	roof := of.Layers[len(of.Layers)-1].GFlops
	for _, l := range of.Layers {
		if !strings.HasPrefix(l.Name, "conv2d_") || l.GFlops == 0 {
			continue
		}
		switch {
		case of.Network == tutorial:
			r.add(ratio{Name: fmt.Sprintf("%s of %s, forward / practical roof", l.Name, of.Name), Value: l.GFlops / roof, Target: 0.75})
		case l.In == 64 && l.Out >= 128:
			name := fmt.Sprintf("conv2d of 64 to %d channels of %s, ", l.Out, of.Name)
			r.add(ratio{Name: name + "forward / practical roof", Value: l.GFlops / roof, Target: 2.2})
			r.add(ratio{Name: name + "both gradients / practical roof", Value: l.BackGFlops / roof, Target: 1.6})
		}
	}
}

// compare adds the ratio of two medians, and of the means.
func (r *report) compare(name string, a, b result, target float64) {
	r.add(ratio{Name: name, Value: a.Median / b.Median, Mean: a.Mean / max(b.Mean, 1e-9), Target: target})
}

// add adds a ratio, unless one of the two was not measured.
func (r *report) add(v ratio) {
	if v.Value == 0 || math.IsNaN(v.Value) || math.IsInf(v.Value, 0) {
		return
	}
	v.Met = v.Value >= v.Target
	if v.AtMost {
		v.Met = v.Value <= v.Target
	}
	r.Ratios = append(r.Ratios, v)
}

// layers are those of a network on one of ours.
type layers struct {
	Name    string        `json:"name"`
	Network string        `json:"network"`
	Layers  []bench.Layer `json:"layers"`
}
