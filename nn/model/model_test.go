package model

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/layer"
	"tenfold/nn/task"
)

func TestTutorialSummary(t *testing.T) {
	m := Tutorial()
	s := m.Summary()
	for _, want := range []string{
		"conv2d (Conv2D)              (None, 32, 32, 16)        448\n", "conv2d_3 (Conv2D)            (None, 16, 16, 64)        18496\n",
		"flatten (Flatten)            (None, 4096)              0\n", "dense (Dense)                (None, 256)               1048832\n",
		"Total params: 1,084,234\n",
	} {
		if !strings.Contains(s, want) {
			t.Errorf("the summary lacks %q:\n%s", want, s)
		}
	}
	if m.Describe().Params != 1084234 {
		t.Errorf("%d parameters", m.Describe().Params)
	}
}

func small(t testing.TB) *Network {
	t.Helper()
	m, err := New(task.Shape{4, 4, 2}, layer.Conv2D{Filters: 3, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "relu"},
		layer.MaxPool2D{}, layer.Flatten{}, layer.Dense{Units: 5}, layer.Activation{Function: "softmax"})
	if err != nil {
		t.Fatal(err)
	}
	m.Name, m.Classes = "small", []string{"a", "b", "c", "d", "e"}
	m.Measured = []task.Measurement{{On: task.TestSet, Pictures: 9, Metrics: task.Metrics{Loss: 1.5, Accuracy: 0.5}}}
	if err := m.Init(7); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestInitIsDrawnFromTheSeed(t *testing.T) {
	a, b := Tutorial(), Tutorial()
	a.Init(1)
	b.Init(1)
	for i, w := range a.Weights() {
		if !slices.Equal(w.Data, b.Weights()[i].Data) {
			t.Fatalf("%s differs", w.Path)
		}
		limit := math.Inf(1)
		switch w.Path {
		case "conv2d/kernel":
			limit = math.Sqrt(6. / (27 + 144))
		case "dense/kernel":
			limit = math.Sqrt(6. / (4096 + 256))
		case "dense/bias":
			limit = 0
		}
		top := 0.0
		for _, v := range w.Data {
			top = max(top, math.Abs(float64(v)))
		}
		if top > limit || !math.IsInf(limit, 1) && top < 0.95*limit {
			t.Errorf("%s reaches to %g, want nearly %g", w.Path, top, limit)
		}
	}
	b.Init(2)
	if slices.Equal(a.Weights()[0].Data, b.Weights()[0].Data) {
		t.Error("another seed draws the same")
	}
}

func TestPredictorTakesAnyNumberOfPictures(t *testing.T) {
	m := small(t)
	size := m.Input.Size()
	x := make([]float32, 7*size)
	for i := range x {
		x[i] = float32(math.Sin(float64(i)))
	}
	_, want := m.Predictor(1).Predict(x)
	logits, got := m.Predictor(3).Predict(x) // 3, 3 and 1
	if len(got) != 7*5 || len(logits) != 7*5 {
		t.Fatalf("%d probabilities", len(got))
	}
	for i := range got {
		if math.Abs(float64(got[i]-want[i])) > 1e-6 {
			t.Fatalf("probability %d: %g in a batch, %g alone", i, got[i], want[i])
		}
	}
	for i := 0; i < len(got); i += 5 {
		sum := float32(0)
		for _, p := range got[i : i+5] {
			sum += p
		}
		if math.Abs(float64(sum-1)) > 1e-6 {
			t.Errorf("probabilities sum to %g", sum)
		}
	}
}

func TestFileRoundTrip(t *testing.T) {
	m := small(t)
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	for p, tolerance := range map[checkpoint.Precision]float64{checkpoint.F32: 0, checkpoint.F16: 1e-3} {
		b, err := f.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		g, err := checkpoint.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Open(g)
		if err != nil {
			t.Fatal(err)
		}
		if back.Summary() != m.Summary() || !slices.Equal(back.Measured, m.Measured) || !slices.Equal(back.Classes, m.Classes) {
			t.Errorf("%s: the model came back as\n%s", p, back.Summary())
		}
		for i, w := range m.Weights() {
			for j, v := range w.Data {
				if math.Abs(float64(v-back.Weights()[i].Data[j])) > tolerance*math.Abs(float64(v)) {
					t.Fatalf("%s: %s[%d] = %g, was %g", p, w.Path, j, back.Weights()[i].Data[j], v)
				}
			}
		}
	}
}

// TestTemperature writes a temperature into a file; all else in it stays as it is.
func TestTemperature(t *testing.T) {
	f, err := small(t).File()
	if err != nil {
		t.Fatal(err)
	}
	if m, err := Open(f); err != nil || m.Temperature != 0 || m.Describe().Temperature != 0 {
		t.Errorf("without one: %g, error %v", m.Temperature, err)
	}
	for _, bad := range []float64{0, -1, 0.049, 20.5, math.NaN(), math.Inf(1)} {
		if err := Calibrate(f, bad, 0); err == nil || !strings.Contains(err.Error(), "want a number from 0.05 to 20") || f.Metadata["temperature"] != "" {
			t.Errorf("%g: error %v", bad, err)
		}
	}
	for _, bad := range []float64{-0.1, 1, math.NaN(), math.Inf(1)} {
		if err := Calibrate(f, 1, bad); err == nil || f.Metadata["doubt"] != "" || f.Metadata["temperature"] != "" {
			t.Errorf("a doubt of %g: error %v", bad, err)
		}
	}
	const want = 1.2345678901234567
	if err := Calibrate(f, want, 0.25); err != nil {
		t.Fatal(err)
	}
	m, err := Open(f)
	if err != nil || m.Temperature != want || m.Describe().Temperature != want || m.Doubt != 0.25 || m.Describe().Doubt != 0.25 {
		t.Fatalf("%g and %g, error %v", m.Temperature, m.Doubt, err)
	}
	again, err := m.File()
	if err != nil || again.Metadata["temperature"] != f.Metadata["temperature"] || again.Metadata["doubt"] != f.Metadata["doubt"] {
		t.Errorf("written again it is %q, was %q (%v)", again.Metadata["temperature"], f.Metadata["temperature"], err)
	}
	if err := Calibrate(f, 2, 0); err != nil || f.Metadata["doubt"] != "" {
		t.Errorf("with another temperature the doubt is still %q (%v)", f.Metadata["doubt"], err)
	}
}

func TestOpenRefusesWhatIsNoModel(t *testing.T) {
	good := func() *checkpoint.File {
		f, err := small(t).File()
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	for name, spoil := range map[string]func(f *checkpoint.File){
		"no architecture": func(f *checkpoint.File) { delete(f.Metadata, "architecture") },
		"unknown layer": func(f *checkpoint.File) {
			f.Metadata["architecture"] = strings.Replace(f.Metadata["architecture"], "Flatten", "LSTM", 1)
		},
		"huge layer": func(f *checkpoint.File) {
			f.Metadata["architecture"] = strings.Replace(f.Metadata["architecture"], `"units":5`, `"units":1000000000000`, 1)
		},
		"huge input": func(f *checkpoint.File) {
			f.Metadata["architecture"] = strings.Replace(f.Metadata["architecture"], `[4,4,2]`, `[400000,400000,2]`, 1)
		},
		"no classes":  func(f *checkpoint.File) { f.Metadata["task"] = `{"classes":[],"input":[4,4,2],"scale":1}` },
		"few classes": func(f *checkpoint.File) { f.Metadata["task"] = `{"classes":["a"],"input":[4,4,2],"scale":1}` },
		"old, none":   func(f *checkpoint.File) { delete(f.Metadata, "task") },
		"other size":  func(f *checkpoint.File) { f.Metadata["task"] = `{"classes":["a","b"],"input":[9,9,3]}` },
		"no number":   func(f *checkpoint.File) { f.Metadata["temperature"] = "warm" },
		"not finite":  func(f *checkpoint.File) { f.Metadata["temperature"] = "NaN" },
		"too hot":     func(f *checkpoint.File) { f.Metadata["temperature"] = "20.1" },
		"too cold":    func(f *checkpoint.File) { f.Metadata["temperature"] = "0.04" },
		"frozen":      func(f *checkpoint.File) { f.Metadata["temperature"] = "-1" },
		"no doubt":    func(f *checkpoint.File) { f.Metadata["doubt"] = "1" },
		"no tensor":   func(f *checkpoint.File) { f.Tensors = f.Tensors[1:] },
		"wrong shape": func(f *checkpoint.File) { f.Tensors[0].Shape = []int{54} },
		"many layers": func(f *checkpoint.File) {
			b, _ := json.Marshal(architecture{task.Shape{1}, slices.Repeat([]placed{{Config: layer.Config{ClassName: "Flatten", Config: []byte("{}")}}}, 1001)})
			f.Metadata["architecture"] = string(b)
		},
	} {
		f := good()
		spoil(f)
		if _, err := Open(f); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestLoadLeavesTheModelOnAnError(t *testing.T) {
	m := small(t)
	f, err := small(t).File()
	if err != nil {
		t.Fatal(err)
	}
	f.Tensors[0].Data = make([]float32, len(f.Tensors[0].Data))
	f.Tensors[len(f.Tensors)-1].Shape = []int{1}
	before := slices.Clone(m.Weights()[0].Data)
	if err := m.Load(f); err == nil || !slices.Equal(before, m.Weights()[0].Data) {
		t.Errorf("the model changed, error %v", err)
	}
}

func TestWrongLayersNameTheLayer(t *testing.T) {
	_, err := New(task.Shape{4, 4, 1}, layer.Flatten{}, layer.Conv2D{Filters: 1, KernelSize: [2]int{3, 3}})
	if err == nil || !strings.Contains(err.Error(), "layer 2 (conv2d)") {
		t.Errorf("error %v", err)
	}
}

// FuzzOpen reads any bytes as a model, and runs what is one on a small picture.
func FuzzOpen(f *testing.F) {
	add := func(file *checkpoint.File, err error) {
		if err != nil {
			f.Fatal(err)
		}
		b, err := file.Encode(checkpoint.F16)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	add(small(f).File())
	add(residual(f).File())
	for _, arch := range hostile() {
		if len(arch) < 1000 {
			add(&checkpoint.File{Metadata: map[string]string{"architecture": arch, "classes": `["a","b"]`}}, nil)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := checkpoint.Decode(b)
		if err != nil {
			return
		}
		m, err := Open(file)
		if err != nil {
			return
		}
		m.Summary()
		if n := m.Input.Size(); n <= 3*32*32 {
			m.Predictor(1).Predict(make([]float32, n))
		}
	})
}

// TestPredictorIsTheLayersInTurn compares the predictor, which joins layers and
// takes pictures one by one, with the operations run one after the other.
func TestPredictorIsTheLayersInTurn(t *testing.T) {
	m := Tutorial()
	if err := m.Init(7); err != nil {
		t.Fatal(err)
	}
	const n = 5
	x := make([]float32, n*m.Input.Size())
	for i := range x {
		x[i] = float32(math.Sin(float64(i)*0.7)) / 2
	}
	want := x
	for _, s := range m.Steps(n) {
		y := make([]float32, n*s.Out.Size())
		var w [][]float32
		for _, t := range s.Weights {
			w = append(w, t.Data)
		}
		s.Op.Forward(layer.Pass{Layer: s.Number}, y, [][]float32{want}, w)
		want = y
	}
	for _, batch := range []int{1, 3, 5, 8} {
		_, got := m.Predictor(batch).Predict(x)
		for i := range want {
			if math.Abs(float64(got[i]-want[i])) > 1e-6 {
				t.Fatalf("batch %d: probability %d is %g, want %g", batch, i, got[i], want[i])
			}
		}
	}
}

// TestTold writes what is known of a model's training and evaluation into a file; what cannot be is
// left out when it is read.
func TestTold(t *testing.T) {
	m := small(t)
	m.Report = &task.Evaluation{Metrics: task.Metrics{Loss: 1, Accuracy: 0.5}, Pictures: 2, Top2: 1, Temperature: 1}
	for range m.Classes {
		m.Report.Classes = append(m.Report.Classes, task.ClassMetrics{})
		m.Report.Confusion = append(m.Report.Confusion, make([]int, len(m.Classes)))
	}
	m.History = []task.Epoch{{Epoch: 1, Rate: 0.1, Val: task.Metrics{Accuracy: 0.4}}}
	f, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Open(f)
	if err != nil || !reflect.DeepEqual(again.Report, m.Report) || !reflect.DeepEqual(again.History, m.History) || again.Describe().Report == nil {
		t.Fatalf("%+v and %+v, error %v", again.Report, again.History, err)
	}
	for _, bad := range []string{"", "{}", `{"Pictures":2,"Confusion":[[1]]}`, strings.Replace(f.Metadata["report"], `"accuracy":0.5`, `"accuracy":5`, 1), strings.Replace(f.Metadata["report"], `[0,`, `[-1,`, 1)} {
		f.Metadata["report"] = bad
		if m, err := Open(f); err != nil || m.Report != nil {
			t.Errorf("%.60s: %+v, error %v", bad, m.Report, err)
		}
	}
}
