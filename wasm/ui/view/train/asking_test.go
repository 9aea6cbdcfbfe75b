package train_test

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/ui/app/apptest"
)

// asked opens the page and a file of Keras' that says nothing about its task.
func asked(t testing.TB, w, h float64, dark bool) *apptest.Browser {
	t.Helper()
	b := apptest.Open(t, w, h, dark)
	file, err := os.ReadFile("../../../../nn/convert/testdata/keras2.h5")
	if err != nil {
		t.Fatal(err)
	}
	b.File("cifar.009.hdf5", file)
	b.Until("the page asks about it", func() bool { return b.Desk().Asking != nil })
	return b
}

// TestAsking opens a file that says nothing about its task: nothing changes until the user has said
// it, and then it is as they say.
func TestAsking(t *testing.T) {
	b := asked(t, 1280, 800, false)
	d := b.Desk()
	using, job := d.Network.Using, d.Library.Job
	if s := b.Twin().Status; d.View != "train" || !strings.Contains(s, "cifar.009.hdf5 does not say all that is needed") {
		t.Errorf("%s: %q", d.View, s)
	}
	if c, s := b.Leaf("train-task-classes"), b.Leaf("train-task-scaling"); c.Value != "class 1\nclass 2\nclass 3" || s.Value != "centred" || len(s.Options) != len(task.Scalings)+1 {
		t.Errorf("proposed are %q and %q of %d", c.Value, s.Value, len(s.Options))
	}
	for typed, want := range map[string]string{
		"ship\ncat":        "2 names for 3 outputs",
		"ship\ncat\ncat":   `two classes are called "cat"`,
		"ship\n \ncat\n":   "no readable name",
		"a\nb\nc\nd\n\n\n": "4 names for 3 outputs",
	} {
		b.Set("train-task-classes", typed)
		if f := b.Leaf("train-task-classes"); f.Invalid == "" || !strings.Contains(b.Text("train-task-wrong"), want) && !strings.Contains(strings.ToLower(b.Text("train-task-wrong")), want) || b.Leaf("train-task-use").Disabled == "" {
			t.Errorf("%q: %q, %q", typed, f.Invalid, b.Text("train-task-wrong"))
		}
	}
	b.Set("train-task-classes", "ship\r\n  cat \nhorse\n\n")
	if b.Has("train-task-wrong") || b.Has("train-task-mean") {
		t.Error("what is right is called wrong, or a mean is asked for")
	}
	b.Set("train-task-scaling", "standard")
	b.Set("train-task-deviation", "0")
	if b.Leaf("train-task-deviation").Invalid == "" || b.Leaf("train-task-use").Disabled == "" {
		t.Error("a deviation of 0 is taken")
	}
	b.Set("train-task-mean", "100,5")
	b.Set("train-task-deviation", "50")
	if d.Network.Using != using || d.Library.Job != job || d.Library.Given != nil {
		t.Error("something changed before the person has answered")
	}
	b.Press("train-task-use")
	b.Until("the network is in use", func() bool { return d.Network.Using == task.Given && d.Network.Settled() })
	if got := d.Network.Task(); !slices.Equal(got.Classes, []string{"ship", "cat", "horse"}) || math.Abs(got.Scale-0.02) > 1e-12 || math.Abs(got.Shift+2.01) > 1e-12 {
		t.Errorf("it is used as %+v", got)
	}
	if b.Has("train-task-use") || d.Asking != nil {
		t.Error("it still asks")
	}
}

// TestAskingLeft leaves a file out, and drops another one over it.
func TestAskingLeft(t *testing.T) {
	b := asked(t, 1280, 800, false)
	d := b.Desk()
	using := d.Network.Using
	b.Press("train-task-cancel")
	if d.Asking != nil || b.Has("train-task-use") || d.Network.Using != using || !strings.Contains(b.Twin().Status, "cifar.009.hdf5 is left out") {
		t.Errorf("%q", b.Twin().Status)
	}
	b = asked(t, 1280, 800, false)
	d = b.Desk()
	b.File("own.safetensors", apptest.Network(t, 2))
	b.Until("the other one is in use", func() bool { return d.Network.Using == task.Given && d.Network.Settled() })
	if d.Asking != nil || d.Library.GivenName != "own.safetensors" {
		t.Errorf("it still asks about the first, or uses %s", d.Library.GivenName)
	}
}

// TestAskingLooks draws the question on a phone and a laptop.
func TestAskingLooks(t *testing.T) {
	for _, c := range []struct {
		w, h float64
		dark bool
	}{{390, 844, false}, {390, 844, true}, {1280, 800, false}, {1000, 700, true}} {
		b := asked(t, c.w, c.h, c.dark)
		b.Set("train-task-scaling", "standard")
		b.Render()
		b.Shot(fmt.Sprintf("asking-%g-%v", c.w, c.dark))
	}
}
