package task

import "slices"

// Validation is what a Measurement is on if its pictures were held out of a run.
const Validation = "validation"

// Measurement is a model's result on pictures.
type Measurement struct {
	On       string `json:"on"` // TestSet, Validation, Mine or DoodlesTest
	Pictures int    `json:"pictures"`
	Metrics
	Unix int64 `json:"unix,omitempty"` // when, s; 0 if it is not known
}

// Measured returns the newest measurement on something, if there is one.
func Measured(all []Measurement, on string) (Measurement, bool) {
	for _, m := range slices.Backward(all) {
		if m.On == on {
			return m, true
		}
	}
	return Measurement{}, false
}

// Seen are the pictures that a model was trained on: for each part, TestSet, TrainSet, Mine or
// Doodles, a bit for each of its pictures, the lowest of the first byte for the first one.
type Seen map[string][]byte

// Add notes that the i-th picture of a part was trained on.
func (s Seen) Add(part string, i int) {
	for len(s[part]) <= i/8 {
		s[part] = append(s[part], 0)
	}
	s[part][i/8] |= 1 << (i % 8)
}

// Has reports whether the i-th picture of a part was trained on.
func (s Seen) Has(part string, i int) bool {
	b := s[part]
	return i/8 < len(b) && b[i/8]>>(i%8)&1 == 1
}

// Clone returns a copy.
func (s Seen) Clone() Seen {
	c := Seen{}
	for part, bits := range s {
		c[part] = slices.Clone(bits)
	}
	return c
}
