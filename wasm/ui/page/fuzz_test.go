package page

import (
	"testing"

	"tenfold/nn/task"
)

// FuzzAddress opens the page at any address: a run that it names, named again, is the
// same, and what is refused changes nothing.
func FuzzAddress(f *testing.F) {
	f.Add(address(&task.FineTuning))
	f.Add("#train?rate=1e999&seed=-1")
	f.Add("#train?limit=%zz")
	f.Fuzz(func(t *testing.T, hash string) {
		job := task.FineTuning
		named, err := fromAddress(&job, hash)
		if err != nil || !named {
			if job != task.FineTuning {
				t.Fatalf("%q was refused (%v) and changed the run to %+v", hash, err, job)
			}
			return
		}
		again := job
		if _, err := fromAddress(&again, address(&job)); err != nil || again != job {
			t.Fatalf("%+v became %+v: %v", job, again, err)
		}
	})
}
