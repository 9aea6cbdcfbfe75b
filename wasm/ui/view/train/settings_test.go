package train_test

import (
	"reflect"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/view/train"
	"tenfold/wasm/ui/widget"
)

func TestAddress(t *testing.T) {
	d := desk.New(&apptest.Browser{TB: t, Memory: map[string]string{}}, nil, nil)
	v := train.New(d)
	if v.Address() != "" {
		t.Errorf("the address of the usual settings is %q", v.Address())
	}
	job := task.Tutorial
	job.Seed, job.Shift, job.L2, job.Workers = 42, 3, 1e-4, 2
	job.Recipe.Optimizer, job.Schedule, job.WarmUp, job.WeightDecay, job.Momentum, job.Nesterov = task.Muon, task.OneCycle, 0.5, 0.01, 0.85, true
	job.ClipNorm, job.Average, job.AverageMomentum, job.Smoothing = 2, task.EMA, 0.98, 0.1
	job.Alternate, job.Reflect, job.Zoom, job.Jitter, job.RandConv, job.Cutout, job.Mixup, job.Doodles, job.Sketch = true, true, 0.2, 0.3, 0.4, 5, 0.6, 0.1, 0.2
	d.Library.Job = job
	at := v.Address()
	d.Library.Job = task.FineTuning
	if err := v.Visit(at); err != nil || d.Library.Job != job {
		t.Errorf("%v: %q is %+v", err, at, d.Library.Job)
	}
	if err := v.Visit("rate=5&epochs=-3"); err == nil || d.Library.Job != job {
		t.Errorf("%v: %+v", err, d.Library.Job)
	}
	b := apptest.Open(t, 1280, 800, false)
	b.Address("#train?epochs=7&seed=9")
	if j := b.Desk().Library.Job; b.Desk().View != "train" || j.Epochs != 7 || j.Seed != 9 {
		t.Errorf("%q %+v", b.Desk().View, j)
	}
	b.Address("#train?epochs=lots")
	if s := b.Twin().Status; !strings.Contains(s, "The address: Epochs") || b.Desk().Library.Job.Epochs != 7 {
		t.Errorf("%q", s)
	}
}

// FuzzAddress visits any address: the settings that it names, named again, are the same, and
// what is refused changes nothing.
func FuzzAddress(f *testing.F) {
	f.Add("batch=32&data=train&rate=0.5")
	f.Add("rate=1e999&seed=-1")
	f.Add("limit=%zz")
	f.Add("from=use&holdout=-0&l2=1e-400")
	d := desk.New(&apptest.Browser{TB: f, Memory: map[string]string{}}, nil, nil)
	v := train.New(d)
	f.Fuzz(func(t *testing.T, at string) {
		d.Library.Job = task.FineTuning
		if err := v.Visit(at); err != nil {
			if d.Library.Job != task.FineTuning {
				t.Fatalf("%q was refused (%v) and changed the settings to %+v", at, err, d.Library.Job)
			}
			return
		}
		job := d.Library.Job
		if err := v.Visit(v.Address()); err != nil || d.Library.Job != job {
			t.Fatalf("%+v became %+v: %v", job, d.Library.Job, err)
		}
	})
}

// settings returns the leaves of all settings.
func settings(b *apptest.Browser) (all []*widget.Leaf) {
	for _, f := range b.Twin().Leaves {
		if (f.Role == widget.RoleNumber || f.Role == widget.RoleSelect) && strings.HasPrefix(f.ID, "train-") {
			all = append(all, f)
		}
	}
	return all
}

// TestFields gives every field its values, and types nonsense into it.
func TestFields(t *testing.T) {
	b := open(t, 1280, 800, false)
	if len(settings(b)) != 8 {
		t.Errorf("%d settings at first", len(settings(b)))
	}
	b.Press("train-more")
	all := settings(b)
	// Of the job itself: the data, what weights, how many are held out, the limit, the workers.
	if want := reflect.TypeFor[task.Recipe]().NumField() + 5; len(all) != want {
		t.Errorf("%d settings, want %d", len(all), want)
	}
	for _, f := range all {
		before := b.Desk().Library.Job
		if f.Title == "" || !strings.Contains(f.Title, ": ") {
			t.Errorf("%s is not explained", f.ID)
		}
		b.Set(f.ID, f.Value)
		if b.Desk().Library.Job != before {
			t.Errorf("%s does not take its own %q", f.ID, f.Value)
		}
		for _, o := range f.Options {
			b.Set(f.ID, o.Value)
			if got := b.Leaf(f.ID).Value; got != o.Value {
				t.Errorf("%s is %q, want %q", f.ID, got, o.Value)
			}
		}
		if f.Role != widget.RoleNumber {
			continue
		}
		was := b.Desk().Library.Job
		b.Set(f.ID, "nonsense")
		g := b.Leaf(f.ID)
		if b.Desk().Library.Job != was || g.Invalid == "" || g.Value != "nonsense" {
			t.Errorf("%s takes nonsense: %q, %q", f.ID, g.Value, g.Invalid)
		}
		if s := b.Leaf("train-start").Disabled; !strings.Contains(s, g.Invalid) || b.Text("train-why") != s {
			t.Errorf("Start says %q", s)
		}
		b.Set(f.ID, f.Value)
		if g := b.Leaf(f.ID); g.Invalid != "" || b.Leaf("train-start").Disabled != "" {
			t.Errorf("%s is still wrong: %q", f.ID, g.Invalid)
		}
	}
	for text, want := range map[string]float64{"1000": 1000, " 0,5 ": 0.5, "1e-3": 0.001} {
		b.Set("train-rate", text)
		if got := b.Desk().Library.Job.Rate; got != want {
			t.Errorf("a rate of %q is %g", text, got)
		}
	}
}

// TestPresets fills the settings in, drops what was typed, and proposes the training set.
func TestPresets(t *testing.T) {
	b := open(t, 1280, 800, false)
	if !b.Leaf("train-tune").Pressed {
		t.Error("fine-tuning is not what is proposed")
	}
	b.Set("train-batch", "many")
	b.Press("train-tutorial")
	if b.Desk().Library.Job != task.Tutorial || !b.Leaf("train-tutorial").Pressed || b.Leaf("train-batch").Invalid != "" {
		t.Errorf("%+v", b.Desk().Library.Job)
	}
	b.Press("train-tune")
	if s := b.Text("train-plan"); !strings.Contains(s, "80% of the test set and validates on the rest") || b.Has("train-propose") {
		t.Errorf("the plan is %q", s)
	}
	b.Press("train-doodles")
	if b.Desk().Library.Job != task.Doodling || !b.Leaf("train-doodles").Pressed {
		t.Errorf("%+v", b.Desk().Library.Job)
	}
	if s := b.Text("train-plan"); !strings.HasPrefix(s, "Trains on the doodles, validates on others.") || !strings.Contains(s, "10,000") {
		t.Errorf("the plan is %q", s)
	}
	b.Press("train-tune")
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 10000, Train: 50000})
	b.Press("train-propose")
	if s := b.Text("train-plan"); s != "Trains on the training set, validates on the test set." || b.Has("train-propose") {
		t.Errorf("the plan is %q", s)
	}
	begun(t, b)
	if b.Leaf("train-rate").Disabled == "" || b.Leaf("train-tune").Disabled == "" {
		t.Error("the settings can be changed while a run goes on")
	}
}

// TestLongLink has a network that is too large for an address: no link is copied that others would cut.
func TestLongLink(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Press("train-link")
	if b.Copied == "" {
		t.Fatal("no link is copied")
	}
	b.Copied = ""
	job := &b.Desk().Library.Job
	job.From, job.Network = task.Random, task.DesignPrefix+strings.Repeat("x", 1900)
	b.Press("train-link")
	if s := b.Twin().Status; b.Copied != "" || !strings.HasPrefix(s, "This network is too large for an address.") {
		t.Errorf("%d characters are copied; status %q", len(b.Copied), s)
	}
}
