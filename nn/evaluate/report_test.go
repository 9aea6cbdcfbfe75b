package evaluate

import (
	"math"
	"testing"
)

// result makes a result of logits and true classes.
func result(logits [][]float32, labels ...int) (*Result, toy) {
	r := &Result{Confusion: NewConfusion(len(logits[0]))}
	var data toy
	for i, row := range logits {
		r.Logits = append(r.Logits, row...)
		top := 0
		for c, v := range row {
			if v > row[top] {
				top = c
			}
		}
		r.Predictions = append(r.Predictions, Prediction{True: labels[i], Class: top})
		r.Confusion[labels[i]][top]++
		data = append(data, [2]int{0, labels[i]})
	}
	return r, data
}

func TestReportByHand(t *testing.T) {
	r, data := result([][]float32{{2, 1, 0}, {2, 1, 0}, {0, 3, 1}, {0, 1, 5}}, 0, 1, 1, 0)
	e := Report(r, data, 1)
	if e.Top2 != 0.75 || e.Pictures != 4 {
		t.Errorf("%+v", e)
	}
	if c := e.Classes[0]; c.Precision != 0.5 || c.Recall != 0.5 || c.F1 != 0.5 || c.Support != 2 {
		t.Errorf("class 0: %+v", c)
	}
	if c := e.Classes[1]; c.Precision != 1 || c.Recall != 0.5 || math.Abs(c.F1-2.0/3) > 1e-12 || c.Support != 2 {
		t.Errorf("class 1: %+v", c)
	}
	if c := e.Classes[2]; c.Precision != 0 || c.Recall != 0 || c.F1 != 0 || c.Support != 0 {
		t.Errorf("class 2: %+v", c)
	}
}

// TestCalibration has 100 pictures of 75 % and 100 of 95 %, of which the given numbers are right.
func TestCalibration(t *testing.T) {
	var logits [][]float32
	var labels []int
	add := func(p float64, n, right int) {
		for i := range n {
			logits = append(logits, []float32{float32(math.Log(p / (1 - p))), 0})
			label := 0
			if i >= right {
				label = 1
			}
			labels = append(labels, label)
		}
	}
	add(0.75, 100, 60)
	add(0.95, 100, 90)
	r, _ := result(logits, labels...)
	got, ece := r.Calibration(1)
	if math.Abs(ece-0.5*0.15-0.5*0.05) > 1e-6 {
		t.Errorf("the error is %g", ece)
	}
	if b := got[7]; b.Pictures != 100 || math.Abs(b.Confidence-0.75) > 1e-6 || b.Accuracy != 0.6 {
		t.Errorf("%+v", b)
	}
	if b := got[0]; b.Pictures != 0 || b.Accuracy != 0 {
		t.Errorf("%+v", b)
	}
}

// TestTemperature finds what logits were multiplied by.
func TestTemperature(t *testing.T) {
	for _, factor := range []float64{0.5, 1, 3} {
		var logits [][]float32
		var labels []int
		for _, p := range []float64{0.6, 0.7, 0.8, 0.9} {
			for i := range 1000 { // as often right as it should be
				logits = append(logits, []float32{float32(factor * math.Log(p/(1-p))), 0})
				label := 0
				if float64(i) >= p*1000 {
					label = 1
				}
				labels = append(labels, label)
			}
		}
		r, _ := result(logits, labels...)
		if got := r.Temperature(); math.Abs(got-factor) > 0.01 {
			t.Errorf("temperature %g, want %g", got, factor)
		}
		if _, ece := r.Calibration(r.Temperature()); ece > 0.005 {
			t.Errorf("the error is %g with the temperature", ece)
		}
	}
}

func TestCompare(t *testing.T) {
	first, _ := result([][]float32{{1, 0}, {1, 0}, {0, 1}, {0, 1}, {1, 0}}, 0, 0, 0, 1, 1)
	second, _ := result([][]float32{{1, 0}, {0, 1}, {1, 0}, {0, 1}, {1, 0}}, 0, 0, 0, 1, 1)
	c := Compare(first, second)
	if c.Both != 2 || c.Neither != 1 || c.OnlyFirst != 1 || c.OnlySecond != 1 || c.Differ != 2 || c.P != 1 {
		t.Errorf("%+v", c)
	}
	// Of 10 pictures, 1 or fewer: 2 * (1+10)/1024. Of 30, 8 or fewer: by a table 0.0161.
	for _, q := range []struct {
		a, b int
		want float64
	}{{0, 0, 1}, {1, 9, 22.0 / 1024}, {9, 1, 22.0 / 1024}, {8, 22, 0.01612}, {500, 500, 1}} {
		if got := mcnemar(q.a, q.b); math.Abs(got-q.want) > 1e-4 {
			t.Errorf("%d and %d: %g, want %g", q.a, q.b, got, q.want)
		}
	}
}
