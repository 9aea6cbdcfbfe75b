package model

import (
	"runtime"
	"strings"
	"testing"

	"tenfold/nn/checkpoint"
)

// TestOpenTakesNoMemoryForWhatIsNotThere opens a few bytes that describe a network of gigabytes.
func TestOpenTakesNoMemoryForWhatIsNotThere(t *testing.T) {
	for name, arch := range map[string]string{
		"weights":     `{"input":[32,32,3],"layers":[{"class_name":"Flatten","config":{}},{"class_name":"Dense","config":{"units":80000}}]}`,
		"activations": `{"input":[4096,4096,3],"layers":[{"class_name":"Flatten","config":{}}]}`,
	} {
		f := &checkpoint.File{Metadata: map[string]string{"architecture": arch, "classes": "[]"}}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		m, err := Open(f)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: a model of %d outputs", name, m.Output().Size())
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%s: %d bytes were allocated (%v)", name, n, err)
		}
		if !strings.HasPrefix(err.Error(), "model: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestMemoryIsGivenBack looks at the buffers of deep networks: a row of layers needs those of its
// two largest activations, ResNet-20, whose shortcuts are read late, one more. None is written to
// before the last reader of what is in it is done.
func TestMemoryIsGivenBack(t *testing.T) {
	for name, c := range map[string]struct {
		m       *Network
		buffers int // of the largest size, at most
		kept    int // how many times as much it would be if all were kept, at least
	}{
		"tutorial": {Tutorial(), 2, 2},
		"tenfold":  {Tenfold(), 2, 2},
		"resnet20": {ResNet20(), 3, 5},
	} {
		steps := Fuse(c.m.Steps(1), false)
		steps = steps[:narrow(steps)]
		place, sizes := place(steps, 0)
		all, largest, used := 0, 0, 0
		for i, s := range steps {
			all, largest = all+s.Out.Size(), max(largest, s.Out.Size())
			if sizes[place[i]] < s.Out.Size() {
				t.Errorf("%s: %s puts %d numbers into a buffer of %d", name, s.Name, s.Out.Size(), sizes[place[i]])
			}
			for _, in := range s.In {
				for between := in + 1; in != Input && between <= i; between++ {
					if place[between] == place[in] {
						t.Errorf("%s: %s writes over what %s still reads of %s", name, steps[between].Name, s.Name, steps[in].Name)
					}
				}
			}
		}
		for _, n := range sizes {
			used += n
		}
		t.Logf("%s: %d numbers of %d, the largest activation has %d", name, used, all, largest)
		if used > c.buffers*largest {
			t.Errorf("%s: the buffers hold %d numbers, want at most %d times the largest, %d", name, used, c.buffers, largest)
		}
		if all < c.kept*used {
			t.Errorf("%s: %d numbers in all, %d in the buffers: too little is used again for this to be tested", name, all, used)
		}
		// The predictor has these and no others.
		got := 0
		for _, b := range c.m.Predictor(1).each[0].buffers {
			got += len(b)
		}
		if got != used {
			t.Errorf("%s: the predictor's buffers hold %d numbers, want %d", name, got, used)
		}
	}
}

// TestNamedSummaries looks at what the summary of a row and of a graph print.
func TestNamedSummaries(t *testing.T) {
	if s := Tenfold().Summary(); strings.Contains(s, "Connected to") || !strings.Contains(s, "Total params: 992,362\n") {
		t.Errorf("Tenfold, a row, prints\n%s", s)
	}
	s := ResNet20().Summary()
	var lines []string
	for _, l := range strings.Split(s, "\n") {
		lines = append(lines, strings.Join(strings.Fields(l), " "))
	}
	text := strings.Join(lines, "\n")
	for _, want := range []string{
		"Layer (type) Output Shape Param # Connected to\n",
		"input (InputLayer) (None, 32, 32, 3) 0\n",
		"conv2d (Conv2D) (None, 32, 32, 16) 448 input\n",
		"add (Add) (None, 32, 32, 16) 0 activation\nbatch_normalization_2\n",
		"conv2d_9 (Conv2D) (None, 16, 16, 32) 544 activation_6\n", // the shortcut that has a layer
		"add_3 (Add) (None, 16, 16, 32) 0 conv2d_9\nbatch_normalization_8\n",
		"dense (Dense) (None, 10) 650 flatten\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the summary of ResNet-20 lacks %q:\n%s", want, s)
		}
	}
}
