package evaluate_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// answered waits for an answer to the newest picture.
func answered(b *apptest.Browser, do func()) []float64 {
	b.Helper()
	before := b.Answers()
	do()
	b.Until("there is an answer", func() bool { return b.Answers() > before && b.App.Settled() })
	return slices.Clone(b.Probs())
}

// TestTemperature has the bars use a fitted temperature: a restarted worker has it too,
// and another network does not.
func TestTemperature(t *testing.T) {
	b := open(t, 1280, 800, false)
	if f := b.Leaf("evaluate-temper"); f.Disabled != "Evaluate first." {
		t.Errorf("%q", f.Disabled)
	}
	e := evaluated(started(b).ID)
	e.Report.Temperature = 3
	b.Says(e)
	plain := slices.Clone(b.Probs())
	soft := answered(b, func() { b.Press("evaluate-temper") })
	if slices.Max(soft) >= slices.Max(plain) {
		t.Fatalf("%v with the temperature, %v without", soft, plain)
	}
	if f := b.Leaf("evaluate-temper"); !f.Pressed || f.Name != "Temperature 3.00 applied" {
		t.Errorf("%q", f.Name)
	}
	if got := answered(b, func() { b.WorkerDied("test") }); !slices.Equal(got, soft) {
		t.Errorf("after the worker has died %v, want %v", got, soft)
	}
	if got := answered(b, func() { b.Press("evaluate-temper") }); !slices.Equal(got, plain) {
		t.Errorf("without it again %v, want %v", got, plain)
	}
	answered(b, func() { b.Press("evaluate-temper") })
	if got := answered(b, func() { b.Desk().Use(task.Given, apptest.Network(t, 1)) }); !slices.Equal(got, plain) {
		t.Errorf("another network with the temperature of the first: %v, want %v", got, plain)
	}
	use(b, "last", networkOf(t, "Another"))
	if f := b.Leaf("evaluate-temper"); f.Pressed || !strings.Contains(f.Disabled, "another network") {
		t.Errorf("with another network: %q", f.Disabled)
	}
}

// TestOwnTemperature has a network whose file carries a temperature: it is applied from the
// start, and can be taken back.
func TestOwnTemperature(t *testing.T) {
	m := model.Tutorial()
	if err := m.Init(1); err != nil {
		t.Fatal(err)
	}
	m.Name, m.Temperature = "Tutorial CNN", 2
	b := apptest.OpenWith(t, 1280, 800, false, apptest.File32(t, m), map[string]string{})
	own := slices.Clone(b.Probs())
	b.Do("view-evaluate")
	b.Trains(200)
	if f := b.Leaf("evaluate-temper"); !f.Pressed || f.Disabled != "" || f.Name != "Own temperature 2.00 applied" {
		t.Errorf("%q %q", f.Name, f.Disabled)
	}
	says(b, "evaluate-own", "carries its own temperature, 2.00, and Classify uses it")
	b.Shot("evaluate-own-temperature")
	trained := answered(b, func() { b.Press("evaluate-temper") })
	for i := range own {
		if want := math.Sqrt(trained[i] / trained[0]); math.Abs(own[i]/own[0]-want) > 1e-4*max(want, 1) {
			t.Errorf("class %d: %g with its own temperature, as trained %g", i, own[i], trained[i])
		}
	}
	says(b, "evaluate-own", "as trained")
	if got := answered(b, func() { b.WorkerDied("test") }); !slices.Equal(got, trained) {
		t.Errorf("after the worker has died %v, want %v", got, trained)
	}
	if got := answered(b, func() { b.Press("evaluate-temper") }); !slices.Equal(got, own) {
		t.Errorf("with its own again %v, want %v", got, own)
	}
	if c := apptest.Asks[protocol.Temper](b); len(c) != 0 {
		t.Errorf("the worker that trains was told %v", c)
	}
}
