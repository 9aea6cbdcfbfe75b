package page

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"html"
	"image"
	"image/png"
	"strconv"
	"strings"
)

// historyCSV is the run's epochs as the native trainer writes them.
func (p *Page) historyCSV() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"epoch", "lr", "loss", "accuracy", "val_loss", "val_accuracy", "seconds"})
	for _, e := range p.train.epochs {
		f := func(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
		w.Write([]string{strconv.Itoa(e.Epoch), f(e.Rate), f(e.Train.Loss), f(e.Train.Accuracy), f(e.Val.Loss), f(e.Val.Accuracy), f(e.Seconds)})
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

// report is one page about the run: recipe, seed, curves, accuracy, machine, version.
func (p *Page) report() []byte {
	t := &p.train
	var b strings.Builder
	row := func(name, value string) {
		fmt.Fprintf(&b, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n", html.EscapeString(name), html.EscapeString(value))
	}
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Tenfold: a training run</title>\n" +
		"<style>body{font:16px/1.5 system-ui,sans-serif;max-width:960px;margin:2rem auto;padding:0 1rem;color:#1b1d21}table{border-collapse:collapse;margin:1rem 0}th,td{text-align:left;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #e3e4e8;font-weight:400}th{color:#5c6270}td{font-variant-numeric:tabular-nums}img{max-width:100%}</style>\n" +
		"<h1>A training run</h1>\n<table>\n")
	if text := t.heldOut(); text != "" {
		row("Result", text)
	}
	row("Pictures", fmt.Sprintf("%d trained on, %d in %s", t.began.Trained, t.began.HeldOut, onWords(t.began.On)))
	for _, f := range fields {
		row(f.Label, f.text(t.ran()))
	}
	seconds := 0.0
	for _, e := range t.epochs {
		seconds += e.Seconds
	}
	row("Time of training", fmt.Sprintf("%.0f s on %d workers", seconds, max(t.state.Workers, 1)))
	row("Memory of the worker", fmt.Sprintf("%.0f MB", float64(t.state.Memory)/1e6))
	row("Machine", p.machine)
	row("Tenfold", p.version)
	row("Address", "#"+address(t.ran()))
	b.WriteString("</table>\n<p><img alt=\"Accuracy, loss and learning rate over the epochs\" src=\"data:image/png;base64,")
	b.WriteString(base64.StdEncoding.EncodeToString(encodePNG(p.chartImage())))
	b.WriteString("\"></p>\n<table>\n<tr><th>Epoch</th><th>Learning rate</th><th>Loss</th><th>Accuracy</th><th>Validation loss</th><th>Validation accuracy</th></tr>\n")
	for _, e := range t.epochs {
		fmt.Fprintf(&b, "<tr><td>%d</td><td>%.2g</td><td>%.4f</td><td>%.4f</td><td>%.4f</td><td>%.4f</td></tr>\n", e.Epoch, e.Rate, e.Train.Loss, e.Train.Accuracy, e.Val.Loss, e.Val.Accuracy)
	}
	b.WriteString("</table>\n</html>\n")
	return []byte(b.String())
}

// records are the person's pictures in CIFAR-10's layout: the class, then the planes of
// red, green and blue.
func (t *trainer) records() []byte {
	var out []byte
	for _, m := range t.stored.Mine {
		channels := t.stored.Task.Input[2]
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
