package train

import (
	"bytes"
	"encoding/csv"
	"image"
	"image/png"
	"strconv"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/library"
)

// history is a run's epochs as the native trainer writes them. A run that was stopped within an epoch
// has a row more, of a part of an epoch.
func history(r *library.Run) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"epoch", "lr", "loss", "accuracy", "val_loss", "val_accuracy", "seconds"})
	for _, e := range r.Epochs {
		w.Write([]string{strconv.Itoa(e.Epoch), figures(e.Rate), figures(e.Train.Loss), figures(e.Train.Accuracy), figures(e.Val.Loss), figures(e.Val.Accuracy), figures(e.Seconds)})
	}
	if n := len(r.Curve.Points); n > 0 && r.Curve.Points[n-1].X > float64(len(r.Epochs)) {
		p, val := r.Curve.Points[n-1], []string{"", ""}
		if f := r.Finished; f != nil && f.After != (task.Metrics{}) {
			val = []string{figures(f.After.Loss), figures(f.After.Accuracy)}
		}
		w.Write([]string{figures(p.X), figures(r.State.Rate), figures(p.Loss), figures(p.Accuracy), val[0], val[1], ""})
	}
	w.Flush()
	return b.Bytes()
}

func encodePNG(img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// records returns the user's pictures in CIFAR-10's layout: the class, then the plane of each
// channel.
func records(s *protocol.Stored) []byte {
	var out []byte
	for _, m := range s.Mine {
		channels := s.Task.Input[2]
		plane := len(m.Picture) / channels
		b := make([]byte, 1+len(m.Picture))
		b[0] = byte(m.Class)
		for i, v := range m.Picture {
			b[1+i%channels*plane+i/channels] = v
		}
		out = append(out, b...)
	}
	return out
}
