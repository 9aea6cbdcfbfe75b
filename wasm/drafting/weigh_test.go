package drafting

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/design"
	"tenfold/nn/keras"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// TestTrial: however large a network is, what is run to weigh it is bounded, counted in multiply-adds and
// in memory.
func TestTrial(t *testing.T) {
	convolutions := func(filters, n int) string {
		return "model = Sequential([Input((32, 32, 3))" + strings.Repeat(", Conv2D("+strconv.Itoa(filters)+", 3, padding='same', activation='relu')", n) + ", Flatten(), Dense(10, 'softmax')])"
	}
	for name, c := range map[string]struct {
		code     string
		pictures int // of the network itself; 0 where another one stands for it
	}{
		"small":       {convolutions(8, 2), mostPictures},
		"middling":    {convolutions(64, 4), 8},
		"128x8":       {convolutions(128, 8), 1},
		"256x8":       {convolutions(256, 8), 0},
		"400 layers":  {convolutions(64, 390), 0},
		"wide":        {"model = Sequential([Input((32, 32, 3)), Flatten(), Dense(16000), Dense(4000), Dense(10)])", 0},
		"no products": {"model = Sequential([Input((32, 32, 3)), ZeroPadding2D(1000)" + strings.Repeat(", Activation('tanh')", 60) + ", GlobalAveragePooling2D(), Dense(10)])", 0},
	} {
		s, err := keras.Read(c.code, cifar10.Task, task.Recipe{})
		if err != nil {
			t.Fatal(err)
		}
		net := s.Network
		of, pictures, err := trial(net)
		if err != nil {
			t.Fatal(err)
		}
		if (of == net) != (c.pictures > 0) || c.pictures > 0 && (pictures < c.pictures*3/4 || pictures > c.pictures*4/3) {
			t.Errorf("%s: run on %d pictures, the network itself: %v", name, pictures, of == net)
		}
		if w := work(of) * float64(pictures); pictures < 1 || pictures > mostPictures || w > mostWork || of.PredictingBytes(pictures) > mostTried {
			t.Errorf("%s: %d pictures, %g multiply-adds", name, pictures, w)
		}
	}
	s, err := keras.Read(convolutions(256, 8), cifar10.Task, task.Recipe{})
	if err != nil {
		t.Fatal(err)
	}
	packed, err := design.Of(s.Network).Pack()
	if err != nil {
		t.Fatal(err)
	}
	large, err := weigh(protocol.Weigh{Network: packed, Batch: 32, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	small, err := weigh(protocol.Weigh{Network: model.Networks[0].Name, Batch: 32, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if l, s := large.(protocol.Weighed).Seconds, small.(protocol.Weighed).Seconds; !(l > 10*s && s > 0) { // of four hundred times as many products
		t.Errorf("a picture takes %g s of the large network and %g s of the small", l, s)
	}
}

// TestShortest counts the runs by a clock of its own.
func TestShortest(t *testing.T) {
	for took, want := range map[time.Duration]int{5 * time.Second: 2, 300 * time.Millisecond: 3, 100 * time.Millisecond: 9} {
		now, runs := time.Time{}, 0
		best := shortest(func() { runs++; now = now.Add(took) }, func() time.Time { return now })
		if runs != want || best != took {
			t.Errorf("%v: %d runs, want %d; %v", took, runs, want, best)
		}
	}
}
