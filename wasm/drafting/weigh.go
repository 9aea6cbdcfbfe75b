package drafting

import (
	"time"

	"tenfold/nn/design"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// What is tried of a design. Other messages wait behind it, so how much it is is counted, not only timed.
const (
	mostPictures = 32                     // at once
	mostWork     = 1 << 30                // of one pass, see work: a tenth of a second, or half of one on a phone
	trying       = 900 * time.Millisecond // the browser compiles well what has run for a while
	mostTried    = 1 << 28                // bytes, of a page that may be on a phone
)

// weigh answers a Weigh: the network, or what stands for it, is run on a few pictures, with weights of 0.
func weigh(c protocol.Weigh) (protocol.Event, error) {
	net, err := design.Open(c.Network)
	if err != nil {
		return nil, err
	}
	of, pictures, err := trial(net)
	if err != nil {
		return nil, err
	}
	if err := of.Allocate(); err != nil {
		return nil, err
	}
	p := of.Predictor(pictures)
	x := make([]float32, pictures*of.Input.Size())
	took := shortest(func() { p.Predict(x) }, time.Now)
	one := took.Seconds() / float64(pictures) * work(net) / work(of)
	return protocol.Weighed{ID: c.ID, Bytes: net.TrainingBytes(c.Batch), Seconds: one * model.TrainingCost / sharing(c.Workers)}, nil
}

// trial is what is run to find out how long a network takes, on so many pictures at once: the network
// itself, or where one picture is too much already a small one, whose pace stands for its.
func trial(net *model.Network) (of *model.Network, pictures int, err error) {
	pictures = min(int(mostWork/work(net)), mostPictures)
	if pictures >= 1 && net.PredictingBytes(pictures) < mostTried {
		return net, pictures, nil
	}
	f := model.NewFunctional(task.Shape{32, 32, 64})
	for range 2 {
		f.Add(layer.Conv2D{Filters: 64, KernelSize: [2]int{3, 3}, Padding: layer.Same, Activation: "relu"})
	}
	if of, err = f.Empty(); err != nil {
		return nil, 0, err
	}
	return of, min(int(mostWork/work(of)), mostPictures), nil
}

// work is what a network does for a picture, in multiply-adds: its own, and so many for each number that a
// layer puts out as to write and read it takes.
func work(net *model.Network) float64 {
	const touching = 8
	sum := 1.0
	for _, l := range net.Describe().Layers {
		sum += float64(l.MultiplyAdds) + touching*float64(l.Output.Size())
	}
	return sum
}

// shortest is how long a run takes, by a clock. The first one is not counted, in which the browser
// compiles; of the others there are as many as end in time, and at least one.
func shortest(run func(), now func() time.Time) time.Duration {
	began := now()
	run()
	best := time.Duration(0)
	for {
		start := now()
		run()
		took := max(now().Sub(start), 1)
		if best == 0 || took < best {
			best = took
		}
		if now().Sub(began)+took > trying {
			return best
		}
	}
}

// sharing is how many times faster so many workers are than one: the second and each further one
// adds four fifths.
func sharing(workers int) float64 { return 1 + 0.8*float64(max(workers, 1)-1) }
