package train

import (
	"testing"

	"tenfold/nn/checkpoint"
	"tenfold/nn/task"
)

// FuzzResume takes any bytes for a run that was left: one that is taken up makes a step,
// if there is one to make, and can be left again.
func FuzzResume(f *testing.F) {
	other := recipe
	other.Optimizer, other.Average, other.GlobalClipNorm, other.Mixup = task.Muon, task.Lookahead, 1, 0.2
	for _, recipe := range []task.Recipe{recipe, other} {
		r, err := NewRun(network(f, 5), recipe, stripes(45))
		if err != nil {
			f.Fatal(err)
		}
		defer r.Close()
		for range 2 {
			file, err := r.File()
			if err != nil {
				f.Fatal(err)
			}
			b, err := file.Encode(checkpoint.F32)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
			if err := r.Step(); err != nil {
				f.Fatal(err)
			}
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := checkpoint.Decode(b)
		if err != nil {
			return
		}
		r, err := Resume(file, stripes(45))
		if err != nil {
			return
		}
		defer r.Close()
		if !r.EpochDone() {
			_ = r.Step() // a loss that is not a number is an error
		}
		if _, err := r.File(); err != nil {
			t.Fatal(err)
		}
	})
}
