package page

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
)

// swatchOf is a picture of one colour that tells its number.
func swatchOf(i int) []byte {
	return bytes.Repeat([]byte{byte(40 + i*37%200), byte(40 + i*91%200), byte(40 + i*13%200)}, 1024)
}

// asks returns the commands of a kind that the page has sent to the worker that owns the
// data, since the last call.
func asks[C protocol.Command](b *browser) (all []C) {
	b.Helper()
	for _, m := range b.trained {
		c, err := protocol.DecodeCommand(m)
		if err != nil {
			b.Fatal(err)
		}
		if c, ok := c.(C); ok {
			all = append(all, c)
		}
	}
	b.trained = nil
	return all
}

// albumOf answers what a page asks about a part of n pictures whose classes go round.
func albumOf(p *Page, b *browser, n int) {
	b.Helper()
	labels := make([]byte, n)
	means := make([][]byte, 10)
	for i := range labels {
		labels[i] = byte(i % 10)
	}
	for i := range means {
		means[i] = swatchOf(i)
	}
	for range 6 { // until the page has no more questions
		p.Panels()
		for _, m := range b.trained {
			c, err := protocol.DecodeCommand(m)
			if err != nil {
				b.Fatal(err)
			}
			switch c := c.(type) {
			case protocol.Survey:
				b.says(protocol.Surveyed{What: c.What, Labels: labels, Means: means})
			case protocol.Look:
				e := protocol.Looked{ID: c.ID, What: c.What, Index: c.Index}
				for _, i := range c.Index {
					e.Pictures = append(e.Pictures, protocol.Labelled{Picture: swatchOf(i), Class: i % 10})
				}
				b.says(e)
			}
		}
		b.trained = nil
	}
}

func newDataPage(t *testing.T, w, h float64, dark bool, n int) (*Page, *browser) {
	p, b := newPage(t, w, h, dark)
	p.Do("view-data")
	b.says(protocol.Ready{})
	b.says(protocol.Stored{Task: cifar10.Task, Test: n, Kept: true})
	albumOf(p, b, n)
	return p, b
}

func twinText(p *Page, id string) string {
	for _, x := range p.Twin().Texts {
		if x.ID == id {
			return x.Text
		}
	}
	return ""
}

// press presses what lies at a place of a panel, as shares of its size.
func press(p *Page, at paint.Rect, x, y float64) {
	e := Pointer{ID: 1, Phase: Down, X: (at.X + x*at.W) * p.zoom, Y: (at.Y + y*at.H) * p.zoom}
	p.Pointer(e)
	e.Phase = Up
	p.Pointer(e)
}

func TestDataView(t *testing.T) {
	p, b := newDataPage(t, 1280, 800, false, 50000)
	if s := twinText(p, "data-status"); !strings.Contains(s, "50,000 pictures") || !strings.Contains(s, "cat 5000") || !strings.Contains(s, "16 drawn at random") {
		t.Errorf("%q", s)
	}
	first := twinText(p, "data-shown")
	if n := strings.Count(first, ","); n != 15 {
		t.Errorf("%d pictures: %q", n+1, first)
	}
	p.Do("data-random")
	albumOf(p, b, 50000)
	if s := twinText(p, "data-shown"); s == first {
		t.Error("another sixteen are the same")
	}
	p.Do("data-class-cat")
	albumOf(p, b, 50000)
	for _, q := range strings.Split(twinText(p, "data-shown"), ", ") {
		if !strings.HasSuffix(q, " cat") {
			t.Errorf("a picture of: %s", q)
		}
	}
	p.Do("data-next")
	albumOf(p, b, 50000)
	b.until("the network says what it is", func() bool { return strings.Contains(twinText(p, "data-picture"), "The network says") })
	if s := twinText(p, "data-picture"); !strings.Contains(s, ": cat. The network says") {
		t.Errorf("%q", s)
	}
	p.Do("data-classify")
	if p.view != "classify" || p.truth != "cat" || p.Pixels()[0] != swatchOf(p.gallery.zoomed)[0] {
		t.Errorf("%s shows a %q", p.view, p.truth)
	}
}

// TestClassifyNeedsNoTrainer opens the page and looks at it: the worker that trains, which
// is large, is not loaded for that.
func TestClassifyNeedsNoTrainer(t *testing.T) {
	p, b := newPage(t, 1280, 800, false)
	p.Twin()
	render(p)
	p.Do("sample")
	b.answer()
	p.Twin()
	if slices.Contains(b.called, "trainer") {
		t.Error("the worker that trains was started")
	}
}

// TestScrolling scrolls through 50,000 pictures: each time only those that come into
// sight are asked for, and what is kept is bounded.
func TestScrolling(t *testing.T) {
	p, b := newDataPage(t, 1280, 800, false, 50000)
	p.Do("data-all")
	p.Panels()
	if n := len(asks[protocol.Look](b)[0].Index); n < 30 || n > 60 {
		t.Errorf("%d pictures are asked for at first", n)
	}
	var grid paint.Rect
	for _, panel := range p.Panels() {
		if panel.Name == "data-photos" {
			grid = panel.Rect
		}
	}
	for range 250 {
		p.Wheel(grid.X+100, grid.Y+200, 2500)
		p.Panels()
		for _, l := range asks[protocol.Look](b) {
			if len(l.Index) > 60 {
				t.Fatalf("%d pictures at once", len(l.Index))
			}
			e := protocol.Looked{What: l.What, Index: l.Index}
			for _, i := range l.Index {
				e.Pictures = append(e.Pictures, protocol.Labelled{Picture: swatchOf(i), Class: i % 10})
			}
			b.says(e)
		}
	}
	if n := len(p.album.pictures); n > keepPictures {
		t.Errorf("%d pictures are kept", n)
	}
	if p.gallery.top < 500000 || p.scroll != 0 {
		t.Errorf("scrolled to %g, the page to %g", p.gallery.top, p.scroll)
	}
	p.Wheel(grid.X+100, grid.Y+200, 1e9)
	p.Panels()
	last := p.photos()[len(p.photos())-1]
	found := false
	for _, l := range asks[protocol.Look](b) {
		for _, i := range l.Index {
			found = found || i == last
		}
	}
	if !found {
		t.Error("the last picture cannot be scrolled to")
	}
}

// TestMyPictures looks at the person's own pictures and removes one.
func TestMyPictures(t *testing.T) {
	p, b := newDataPage(t, 1280, 800, false, 20)
	b.says(protocol.Stored{Task: cifar10.Task, Test: 20, Mine: []protocol.Labelled{{Picture: swatchOf(1), Class: 1}, {Picture: swatchOf(2), Class: 2}}})
	if shows(p, "data-remove") {
		t.Error("a test picture can be removed")
	}
	p.Do("data-mine")
	albumOf(p, b, 2)
	p.Do("data-next")
	albumOf(p, b, 2)
	at := p.gallery.zoomed
	p.Do("data-remove")
	if d := asks[protocol.Drop](b); len(d) != 1 || d[0].Index != at {
		t.Errorf("%+v", d)
	}
	b.says(protocol.Stored{Task: cifar10.Task, Test: 20, Mine: []protocol.Labelled{{Picture: swatchOf(2), Class: 2}}})
	if p.gallery.zoomed != -1 {
		t.Error("the picture that was removed is still enlarged")
	}
}

func TestEmptyData(t *testing.T) {
	p, b := newDataPage(t, 1280, 800, false, 0)
	if s := twinText(p, "data-status"); !strings.Contains(s, "none here yet") {
		t.Errorf("%q", s)
	}
	render(p)
	p.Do("data-bring")
	if p.view != "train" {
		t.Error("the one button does not lead to the Train view")
	}
	b.says(protocol.Stored{Task: cifar10.Task, Test: 20, Kept: true})
	p.Do("view-data")
	albumOf(p, b, 20)
	if s := twinText(p, "data-status"); !strings.Contains(s, "20 pictures") {
		t.Errorf("what was brought is not seen: %q", s)
	}
}

// evaluated is a result on 200 pictures: of each class 15 are right, and the rest are
// taken for the next class.
func evaluated(id uint64) protocol.Evaluated {
	e := protocol.Evaluated{ID: id, What: task.TestSet, Report: task.Evaluation{
		Metrics: task.Metrics{Loss: 0.6845, Accuracy: 0.75}, Pictures: 200, Top2: 0.9, ECE: 0.043, ECEAfter: 0.012, Temperature: 1.21,
	}}
	for i := range 10 {
		row := make([]int, 10)
		row[i], row[(i+1)%10] = 15, 5
		e.Report.Confusion = append(e.Report.Confusion, row)
		e.Report.Classes = append(e.Report.Classes, task.ClassMetrics{Precision: 0.75, Recall: 0.75, F1: 0.75, Support: 20})
		e.Report.Bins = append(e.Report.Bins, task.Bin{Pictures: 20, Confidence: 0.05 + 0.1*float64(i), Accuracy: 0.09 * float64(i)})
	}
	for i := range 200 {
		class := i % 10
		if i >= 150 {
			class = (class + 1) % 10
		}
		e.True, e.Class, e.Score = append(e.True, byte(i%10)), append(e.Class, byte(class)), append(e.Score, float32(i%50)/50)
	}
	return e
}

func newEvaluatePage(t *testing.T, w, h float64, dark bool) (*Page, *browser) {
	p, b := newDataPage(t, w, h, dark, 200)
	p.Do("view-evaluate")
	p.Do("evaluate-start")
	started := asks[protocol.Evaluate](b)
	if len(started) != 1 || started[0].What != task.TestSet || len(started[0].Model) == 0 || len(started[0].Beside) != 0 {
		t.Fatalf("%d evaluations", len(started))
	}
	b.says(protocol.Measuring{ID: started[0].ID, Done: 100, Total: 200, PicturesPerSec: 812})
	if s := twinText(p, "evaluate-status"); s != "evaluating 100 of 200, 812 pictures/s" {
		t.Errorf("%q", s)
	}
	b.says(evaluated(started[0].ID + 5)) // of another one
	if p.evaluation.result != nil {
		t.Error("the result of another evaluation counts")
	}
	b.says(evaluated(started[0].ID))
	albumOf(p, b, 200)
	return p, b
}

func TestEvaluateView(t *testing.T) {
	p, b := newEvaluatePage(t, 1280, 800, false)
	for id, want := range map[string]string{
		"evaluate-status":    "done: Tutorial CNN on 200 pictures (test set)",
		"evaluate-result":    "accuracy 0.7500, loss 0.6845, top-2 accuracy 0.9000, expected calibration error 0.0430, with the temperature 1.21 0.0120",
		"evaluate-classes":   "cat precision 0.750 recall 0.750 F1 0.750 support 20",
		"evaluate-confusion": "cat taken for cat 15, deer 5",
	} {
		if s := twinText(p, id); !strings.Contains(s, want) {
			t.Errorf("%s: %q", id, s)
		}
	}
	p.Panels()
	press(p, p.matrixAt, 0.45, 0.35) // cats taken for deer
	shown := twinText(p, "evaluate-shown")
	if strings.Count(shown, "pred deer") != 5 || strings.Count(shown, "true cat") != 5 || p.evaluation.cell != [2]int{3, 4} {
		t.Errorf("%q", shown)
	}
	p.SetChooser("evaluate-true", "")
	p.SetChooser("evaluate-predicted", "")
	p.Do("evaluate-mistakes")
	shown = twinText(p, "evaluate-shown")
	if !strings.HasPrefix(shown, "199 pred airplane score 0.980 true truck") || strings.Count(shown, ";") != 15 {
		t.Errorf("%q", shown)
	}
	p.Do("evaluate-doubts")
	if s := twinText(p, "evaluate-shown"); !strings.HasPrefix(s, "0 pred airplane score 0.000 true airplane") {
		t.Errorf("%q", s)
	}
	for _, id := range []string{"evaluate-csv", "evaluate-matrix-png", "evaluate-grid-png"} {
		p.Do(id)
	}
	if len(b.downloads) != 3 {
		t.Fatalf("%d files", len(b.downloads))
	}
	if s := string(b.downloads[0].content); !strings.HasPrefix(s, "picture,true,predicted,score\n0,airplane,airplane,0.000000\n") || strings.Count(s, "\n") != 201 {
		t.Errorf("%.80q", s)
	}
	before := p.Probs()
	p.Do("evaluate-temper")
	b.until("the bars use the temperature", func() bool { return !slices.Equal(p.Probs(), before) })
	p.Do("evaluate-temper")
	b.until("the bars are as before", func() bool { return slices.Equal(p.Probs(), before) })
}

// TestCompared evaluates a network that was trained here beside the shipped one.
func TestCompared(t *testing.T) {
	p, b := newEvaluatePage(t, 1280, 800, false)
	p.use("last", otherModel(t))
	b.until("it is in use", func() bool { return p.train.using == "last" })
	p.Do("evaluate-start")
	started := asks[protocol.Evaluate](b)
	if len(started) != 1 || !bytes.Equal(started[0].Beside, p.train.shipped) || bytes.Equal(started[0].Model, p.train.shipped) {
		t.Fatalf("%d evaluations", len(started))
	}
	e := evaluated(started[0].ID)
	e.Comparison = &task.Comparison{First: task.Metrics{Accuracy: 0.77}, Second: task.Metrics{Accuracy: 0.79}, OnlyFirst: 30, OnlySecond: 60, Differ: 120, P: 0.002}
	b.says(e)
	if s := twinText(p, "evaluate-comparison"); !strings.Contains(s, "Shipped 77.0%, this one 79.0%") || !strings.Contains(s, "30 only the shipped one") || !strings.Contains(s, "unlikely to be chance") {
		t.Errorf("%q", s)
	}
	for name, seen := range map[string][2]int{"This network": {799, 50}, "The shipped network": {0, 50}} {
		p.Do("evaluate-start")
		again := asks[protocol.Evaluate](b)
		e.ID, e.Seen, e.BesideSeen = again[len(again)-1].ID, seen[0], seen[1]
		b.says(e)
		s := twinText(p, "evaluate-comparison")
		if !strings.Contains(s, name+" was trained on ") || strings.Contains(s, "McNemar") || strings.Contains(s, "chance") {
			t.Errorf("on pictures that it was trained on: %q", s)
		}
		if said := strings.HasPrefix(twinText(p, "evaluate-result"), "This network was trained on 799 of these pictures"); said != (seen[0] > 0) {
			t.Errorf("%q", twinText(p, "evaluate-result"))
		}
	}
	e.Beside = bytes.Repeat([]byte{3}, 200)
	b.says(e) // is dropped: it was answered already
	p.Do("evaluate-changed")
	if s := twinText(p, "evaluate-shown"); s != "" {
		t.Errorf("without the other's answers: %q", s)
	}
	p.evaluation.result.Beside = e.Beside
	p.evaluation.draws = 0
	if s := twinText(p, "evaluate-shown"); strings.Count(s, "shipped cat") != 16 || strings.Contains(s, "pred cat") {
		t.Errorf("%q", s)
	}
	p.Do("evaluate-start")
	id := asks[protocol.Evaluate](b)[0].ID
	p.Do("evaluate-stop")
	if c := asks[protocol.Cancel](b); len(c) != 1 || c[0].ID != id {
		t.Errorf("%+v", c)
	}
	b.says(protocol.Cancelled{ID: id})
	if s := twinText(p, "evaluate-status"); !strings.HasPrefix(s, "done") {
		t.Errorf("%q", s)
	}
	p.Do("evaluate-start")
	b.says(protocol.Failed{ID: p.evaluation.id, Message: "training: no such pictures"})
	if p.evaluation.id != 0 || !strings.Contains(p.problem, "no such pictures") {
		t.Errorf("%q", p.problem)
	}
}

// inModel opens the Model view and waits until it has everything that it shows.
func inModel(t *testing.T, w, h float64, dark bool) (*Page, *browser) {
	p, b := newPage(t, w, h, dark)
	p.Do("view-model")
	b.says(protocol.Ready{})
	b.says(protocol.Stored{Task: cifar10.Task, Test: 200, Kept: true})
	b.settled()
	return p, b
}

// settled waits until nothing is asked any more.
func (b *browser) settled() {
	b.Helper()
	b.page.Panels()
	b.until("the Model view is complete", func() bool {
		in := &b.page.inside
		return in.maps != nil && in.maps.Layer == in.layer && in.why != nil && in.asked == 0 && in.apartD == 0 && in.whyID == 0 && (!b.page.isConv() || in.apart != nil)
	})
}

func TestModelView(t *testing.T) {
	p, b := inModel(t, 1280, 800, false)
	if s := twinText(p, "model-summary"); !strings.Contains(s, "conv2d_1, output 32 × 32 × 32, 4,640 parameters, 4.72 M multiply-adds") || !strings.Contains(s, "total 1,084,234 parameters") || !strings.Contains(s, " ms;") {
		t.Errorf("%q", s)
	}
	if s := twinText(p, "model-layer-maps"); !strings.HasPrefix(s, "conv2d: 16 maps of 32 by 32, from ") {
		t.Errorf("%q", s)
	}
	p.SetChooser("model-layer", "2")
	p.SetChooser("model-filter", "5")
	p.Do("model-right")
	p.Do("model-down")
	b.settled()
	var row, column, filter, channel, channels int
	var one, all, bias, sum float64
	s := twinText(p, "model-products")
	if _, err := fmt.Sscanf(s, "row %d, column %d of map %d: products with channel %d of the input %f, with all %d channels %f, and the bias %f, are %f", &row, &column, &filter, &channel, &one, &channels, &all, &bias, &sum); err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	if row != 17 || column != 17 || filter != 5 || channels != 16 || math.Abs(all+bias-sum) > 2e-4 {
		t.Errorf("%q", s)
	}
	total := 0.0
	for range channels {
		total += channelSum(p.inside.apart, p.inside.input)
		p.Do("model-input")
	}
	if math.Abs(total-all) > 1e-3 || p.inside.input != 0 {
		t.Errorf("the channels sum to %g, want %g", total, all)
	}
	before := twinText(p, "model-layer-maps")
	p.Panels()
	area, _ := p.square()
	for i, at := range [][2]float64{{0.2, 0.2}, {0.8, 0.5}, {0.3, 0.9}} { // drawing goes on here, too
		p.Pointer(Pointer{ID: 1, Phase: []Phase{Down, Move, Up}[i], X: area.X + at[0]*area.W, Y: area.Y + at[1]*area.H})
	}
	p.Tick(p.now)
	b.answer()
	b.settled()
	if twinText(p, "model-layer-maps") == before {
		t.Error("the maps do not follow the drawing")
	}
	p.Do("model-stimulus")
	b.until("the stimulus is there", func() bool { return strings.Contains(twinText(p, "model-excited"), "iteration 200 of 200") })
	p.Do("model-nine")
	asked := asks[protocol.Excite](b)
	if len(asked) != 1 || asked[0].Layer != 2 || asked[0].Channel != 5 {
		t.Fatalf("%+v", asked)
	}
	b.says(protocol.Measuring{ID: asked[0].ID, Done: 50, Total: 200})
	if s := twinText(p, "model-excited"); !strings.Contains(s, "50 of 200") {
		t.Errorf("%q", s)
	}
	b.says(protocol.Excited{ID: asked[0].ID, Layer: 2, Channel: 5, Values: []float64{2.5}, Pictures: []protocol.Labelled{{Picture: swatchOf(3), Class: 3}}})
	if s := twinText(p, "model-excited"); !strings.Contains(s, "cat 2.500") {
		t.Errorf("%q", s)
	}
	p.SetChooser("model-why", "3")
	p.Do("model-occlusion")
	b.settled()
	if s := twinText(p, "model-reasons"); !strings.HasPrefix(s, "cat by occlusion: strongest, ") {
		t.Errorf("%q", s)
	}
	press(p, p.blendAt, 0.8, 0.5)
	if p.inside.blend != 80 {
		t.Errorf("the slider is at %d", p.inside.blend)
	}
	p.SetChooser("model-layer", "13") // a dense one
	b.settled()
	if s := twinText(p, "model-layer-maps"); !strings.HasPrefix(s, "dense: 256 units") || twinText(p, "model-products") != "" {
		t.Errorf("%q, %q", s, twinText(p, "model-products"))
	}
	render(p)
}

// TestModelViewSurvivesItsWorker ends the worker while the Model view waits for it.
func TestModelViewSurvivesItsWorker(t *testing.T) {
	p, b := inModel(t, 1280, 800, false)
	p.Do("model-stimulus")
	p.inside.maps, p.inside.asked = nil, 99
	p.WorkerDied("test")
	b.settled()
	if p.inside.climbID != 0 {
		t.Error("the page waits for a stimulus that nobody makes")
	}
}

// lookPages are the three views in states that the golden pictures and the layout are
// tested in.
var lookPages = map[string]func(t *testing.T, w, h float64, dark bool) (*Page, *browser){
	"data": func(t *testing.T, w, h float64, dark bool) (*Page, *browser) {
		p, b := newDataPage(t, w, h, dark, 10000)
		p.Do("data-next")
		albumOf(p, b, 10000)
		p.gallery.probs = []float32{0.9, 0.05, 0.01, 0.01, 0.01, 0.01, 0.01, 0, 0, 0}
		return p, b
	},
	"data-all": func(t *testing.T, w, h float64, dark bool) (*Page, *browser) {
		p, b := newDataPage(t, w, h, dark, 10000)
		p.Do("data-all")
		albumOf(p, b, 10000)
		return p, b
	},
	"data-empty": func(t *testing.T, w, h float64, dark bool) (*Page, *browser) { return newDataPage(t, w, h, dark, 0) },
	"evaluate":   newEvaluatePage,
	"evaluate-empty": func(t *testing.T, w, h float64, dark bool) (*Page, *browser) {
		p, b := newDataPage(t, w, h, dark, 0)
		p.Do("view-evaluate")
		return p, b
	},
	"model": inModel,
	"model-dense": func(t *testing.T, w, h float64, dark bool) (*Page, *browser) {
		p, b := inModel(t, w, h, dark)
		p.SetChooser("model-layer", "13")
		b.settled()
		return p, b
	},
}
