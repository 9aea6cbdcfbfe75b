package task

// Evaluation sums up a model's answers to labelled pictures.
type Evaluation struct {
	Metrics
	Pictures  int
	Top2      float64        // share whose class is among the two most probable ones
	Classes   []ClassMetrics // by class
	Confusion [][]int        // by true class (row) and predicted class (column)

	// How far the probabilities can be trusted. The temperature is fitted on a share of
	// the pictures that is held out of both errors.
	Bins        []Bin
	ECE         float64 // expected calibration error
	Temperature float64 // what logits are divided by
	ECEAfter    float64 // with the temperature
}

// Of reports whether an evaluation is of the given number of classes, and its numbers are possible.
func (e *Evaluation) Of(classes int) bool {
	sound := func(all ...float64) bool {
		for _, v := range all {
			if !(v >= 0 && v <= 1) {
				return false
			}
		}
		return true
	}
	if e.Pictures < 1 || len(e.Classes) != classes || len(e.Confusion) != classes || len(e.Bins) > 100 ||
		!sound(e.Accuracy, e.Top2, e.ECE, e.ECEAfter) || !(e.Loss >= 0 && e.Temperature > 0) || e.Loss-e.Loss != 0 || e.Temperature-e.Temperature != 0 {
		return false
	}
	for i, row := range e.Confusion {
		c := e.Classes[i]
		if len(row) != classes || !sound(c.Precision, c.Recall, c.F1) || c.Support < 0 {
			return false
		}
		for _, n := range row {
			if n < 0 || n > e.Pictures {
				return false
			}
		}
	}
	for _, b := range e.Bins {
		if b.Pictures < 0 || !sound(b.Confidence, b.Accuracy) {
			return false
		}
	}
	return true
}

// ClassMetrics are the measures of one class, 0 to 1, 0 where there is nothing to
// measure.
type ClassMetrics struct {
	Precision, Recall, F1 float64
	Support               int // pictures of the class
}

// Bin are the pictures whose most probable class has a probability in one of equal
// parts of 0 to 1.
type Bin struct {
	Pictures             int
	Confidence, Accuracy float64 // means
}

// Comparison sets two models' answers to the same pictures side by side.
type Comparison struct {
	First, Second         Metrics
	Both, Neither         int     // pictures that both get right, and that neither does
	OnlyFirst, OnlySecond int     // that only one of them gets right
	Differ                int     // pictures that they take for different classes
	P                     float64 // McNemar's test: how likely such a difference is by chance
}

// Views of a picture in an evaluation, of whose answers the mean is taken.
const (
	OneView    = ""       // the picture as it is
	MirrorView = "mirror" // the picture and its mirror image
	ShiftViews = "shifts" // these, and both moved by a pixel along a diagonal, either way
)
