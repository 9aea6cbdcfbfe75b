package model_test

import (
	"bytes"
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"testing"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/subject"
	"tenfold/wasm/ui/widget"
)

// inModel opens the Model view and waits until nothing is asked any more.
func inModel(t *testing.T, w, h float64, dark bool) *apptest.Browser {
	t.Helper()
	b := apptest.Open(t, w, h, dark)
	b.Press("view-model")
	b.Trains(200)
	quiet(b)
	return b
}

// quiet waits until the newest picture is answered and the view has no more questions. The
// worker answers in order: once it has refused a question of no one's, all before are answered,
// and if nobody has taken a serial number meanwhile, no more were asked.
func quiet(b *apptest.Browser) {
	b.Helper()
	const noOnes = 1 << 50
	d := b.Desk()
	for again := true; again; {
		b.Settled()
		d.Message = ""
		before := d.Network.Serial()
		if err := d.Network.Tell(protocol.TakeApart{ID: noOnes}); err != nil {
			b.Fatal(err)
		}
		b.Until("the worker refuses a question", func() bool { return strings.Contains(d.Message, "a picture of 0 bytes") })
		again = d.Network.Serial() != before+1
	}
	d.Message = ""
	b.Set("model-why", b.Leaf("model-why").Value) // has the message go
}

// value returns what a leaf shows, in words.
func value(b *apptest.Browser, id string) string {
	b.Helper()
	f := b.Leaf(id)
	if f.Value != "" {
		return f.Value
	}
	return f.Name
}

// apart are the numbers that model-products names for a convolution.
type apart struct {
	row, column, filter, channel, channels int
	one, all, bias, sum                    float64
	rest                                   string
}

func takenApart(b *apptest.Browser) (a apart) {
	b.Helper()
	s := value(b, "model-products")
	_, err := fmt.Sscanf(s, "row %d, column %d of map %d: products with channel %d of the input %f, with all %d channels %f, and the bias %f, are %f", &a.row, &a.column, &a.filter, &a.channel, &a.one, &a.channels, &a.all, &a.bias, &a.sum)
	if err != nil {
		b.Fatalf("%q: %v", s, err)
	}
	if math.Abs(a.all+a.bias-a.sum) > 2e-4 {
		b.Errorf("%q", s)
	}
	_, a.rest, _ = strings.Cut(s, ", are ")
	return a
}

// stroke draws on the picture of the Model view.
func stroke(b *apptest.Browser, places ...[2]float64) {
	b.Helper()
	b.Reveal("model-draw")
	f, z := b.Leaf("model-draw"), b.Twin().Zoom
	var pts []paint.Point
	for _, at := range places {
		pts = append(pts, paint.Point{X: (f.Rect.X + at[0]*f.Rect.W) * z, Y: (f.Rect.Y + at[1]*f.Rect.H) * z})
	}
	b.Stroke(1, pts...)
}

func TestModelView(t *testing.T) {
	b := inModel(t, 1280, 800, false)
	if s := b.Text("model-summary"); !strings.Contains(s, "19 layers, 1,084,234 parameters") || !strings.Contains(s, " ms") {
		t.Errorf("%q", s)
	}
	if row := b.Leaf("model-table").Cells()[3]; !slices.Equal(row[:4], []string{"conv2d_1", "32 × 32 × 32", "4,640", "4,718,592"}) || row[4] == "" {
		t.Errorf("%q", row)
	}
	if s := b.Text("model-layer-maps"); !strings.HasPrefix(s, "conv2d: 16 feature maps of 32 × 32, from ") {
		t.Errorf("%q", s)
	}
	b.Set("model-layer", "2")
	b.Set("model-filter", "5")
	if o := b.Leaf("model-filter").Options; o[5].Label != "Feature map 6 of 32" {
		t.Errorf("%q", o[5].Label)
	}
	b.Press("model-right")
	b.Press("model-down")
	quiet(b)
	a := takenApart(b)
	if a.row != 18 || a.column != 18 || a.filter != 6 || a.channels != 16 {
		t.Errorf("%+v", a)
	}
	total := 0.0
	for i := range a.channels {
		c := takenApart(b)
		if c.channel != i+1 {
			t.Errorf("channel %d, want %d", c.channel, i+1)
		}
		total += c.one
		b.Press("model-input")
	}
	if math.Abs(total-a.all) > 2e-3 || takenApart(b).channel != 1 {
		t.Errorf("the channels sum to %g, want %g", total, a.all)
	}
	b.PressAt("model-place", 0.01, 0.99)
	quiet(b)
	if a := takenApart(b); a.row != 32 || a.column != 1 {
		t.Errorf("%+v", a)
	}
	b.Do("model-table-13") // a dense one, which is scrolled out of sight
	quiet(b)
	if s := b.Text("model-layer-maps"); !strings.HasPrefix(s, "dense: 256 units, from ") || b.Leaf("model-filter").Options[0].Label != "Unit 1 of 256" {
		t.Errorf("%q", s)
	}
	b.Press("model-next")
	if s := b.Leaf("model-layer").Value; s != "14" {
		t.Errorf("the layer is %s", s)
	}
	b.Press("model-prev")
	at := b.Leaf("model-net-13").Rect.Center() // the network is scrolled to it
	b.Wheel(at.X, at.Y, -1e6)
	b.Press("model-net-0")
	quiet(b)
	if s := b.Leaf("model-layer").Value; s != "0" || b.Leaf("model-prev").Disabled == "" {
		t.Errorf("the layer is %s", s)
	}
	b.PressAt("model-maps", 0.99, 0.99)
	if s := b.Leaf("model-filter").Value; s != "15" {
		t.Errorf("the map is %s", s)
	}
	b.Render()
}

// TestDrawing draws in the Model view: everything follows.
func TestDrawing(t *testing.T) {
	b := inModel(t, 1280, 800, false)
	maps, why := b.Text("model-layer-maps"), b.Text("model-reasons")
	stroke(b, [2]float64{0.2, 0.2}, [2]float64{0.8, 0.5}, [2]float64{0.3, 0.9})
	quiet(b)
	if b.Text("model-layer-maps") == maps || b.Text("model-reasons") == why {
		t.Error("the maps and the reasons do not follow the drawing")
	}
	if len(b.Desk().Subject.Pixels(b.Desk().Network.Task().Input)) == 0 {
		t.Error("nothing is drawn")
	}
	b.Desk().Subject.Pad.Clear()
	b.Desk().Subject.Drawn()
	b.Set("model-layer", "3") // settles
	quiet(b)
	before := b.Desk().Network.Serial()
	b.Set("model-layer", "4")
	b.Set("model-why", "2")
	if n := b.Desk().Network.Serial(); n != before+1 {
		t.Errorf("%d questions about an empty pad", n-before-1)
	}
	if s := b.Text("model-layer-maps"); s != "Draw something in Classify, or here." {
		t.Errorf("%q", s)
	}
	b.Render()
	stroke(b, [2]float64{0.2, 0.2}, [2]float64{0.8, 0.8})
	quiet(b)
	if s := b.Text("model-layer-maps"); !strings.HasPrefix(s, "max_pooling2d: ") {
		t.Errorf("%q", s)
	}
}

// TestActivationStep explains the first convolution, whose maps are not below 0: the sum before
// its activation and the number after are both named.
func TestActivationStep(t *testing.T) {
	b := inModel(t, 1280, 800, false)
	low := 0.0
	for k := range 16 {
		b.Set("model-filter", fmt.Sprint(k))
		quiet(b)
		a := takenApart(b)
		var sum, out float64
		if _, err := fmt.Sscanf(a.rest, "%f before ReLU, %f after ReLU", &sum, &out); err != nil {
			t.Fatalf("%q: %v", a.rest, err)
		}
		if math.Abs(out-max(sum, 0)) > 1e-4 {
			t.Errorf("map %d: %g before, %g after", k, sum, out)
		}
		low = min(low, sum)
	}
	if low >= 0 {
		t.Error("no sum is below 0: this has not been tested")
	}
	if w := b.Words(); !strings.Contains(w, "= before ReLU") || !strings.Contains(w, "after ReLU") || !strings.Contains(w, "Channel 1 of 3 (red)") || !strings.Contains(w, "x/255 - 0.5") {
		t.Error(w)
	}
}

// TestEachKind explains a number of each kind of layer.
func TestEachKind(t *testing.T) {
	b := inModel(t, 1280, 800, false)
	for l, want := range map[int][]string{
		0:  {"Sum over channels", "+ bias", "= before ReLU"},
		1:  {"= before LeakyReLU", "after LeakyReLU"},
		2:  {"= sum", "no activation"},
		4:  {"Largest of the 4"},
		5:  {"25%", "does nothing"},
		12: {"row 1, column 1 of map 1 of dropout_1"},
		13: {"Sum over 4,096 inputs", "+ bias", "map "},
		18: {"Score (logit)", "= after softmax", "airplane", "truck", "%"},
	} {
		b.Set("model-layer", fmt.Sprint(l))
		quiet(b)
		all := b.Words()
		for _, w := range want {
			if !strings.Contains(all, w) {
				t.Errorf("layer %d does not say %q:\n%s", l, w, value(b, "model-products"))
			}
		}
		if !b.Has("model-products") || strings.Contains(all+" ", "-0.000 ") || strings.Contains(all, "no explanation") {
			t.Errorf("layer %d: %s", l, all)
		}
		b.Render()
	}
	b.Set("model-layer", "12")
	b.Set("model-filter", "4000") // of this many the number is typed
	quiet(b)
	if s := value(b, "model-products"); s != "It is row 8, column 7 of map 32 of dropout_1." || b.Leaf("model-filter").Role != widget.RoleNumber {
		t.Errorf("%q", s)
	}
	b.PressAt("model-maps", 0.001, 0.001)
	if s := b.Leaf("model-filter").Value; s != "1" {
		t.Errorf("unit %s", s)
	}
}

// TestResponds generates a picture and finds the nine, stops, and says why it cannot.
func TestResponds(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	b.Press("view-model")
	quiet(b)
	if f := b.Leaf("model-nine"); !strings.Contains(f.Disabled, "test pictures") || !b.Has("train-fetch-test") {
		t.Errorf("%q", f.Disabled)
	}
	b.Trains(200)
	b.Set("model-layer", "2")
	b.Set("model-filter", "5")
	b.Press("model-stimulus")
	if b.Leaf("model-stimulus").Disabled == "" || b.Leaf("model-cancel").Disabled != "" {
		t.Error("it cannot be seen that it is under way")
	}
	b.Until("the picture is made", func() bool { return strings.Contains(b.Text("model-excited"), "iteration 200 of 200") })
	if s := b.Text("model-excited"); !strings.HasPrefix(s, "Generated: iteration 200 of 200") || !strings.Contains(s, "done") {
		t.Errorf("%q", s)
	}
	b.Press("model-nine")
	asked := apptest.Asks[protocol.Excite](b)
	if len(asked) != 1 || asked[0].Layer != 2 || asked[0].Channel != 5 || len(asked[0].Model) == 0 {
		t.Fatalf("%+v", asked)
	}
	b.Says(protocol.Measuring{ID: asked[0].ID, Done: 50, Total: 200})
	if s := b.Text("model-excited"); !strings.Contains(s, "50 of 200") {
		t.Errorf("%q", s)
	}
	b.Says(protocol.Excited{ID: asked[0].ID, Layer: 2, Channel: 5, Values: []float64{2.5}, Pictures: []protocol.Labelled{{Picture: apptest.Plain(3), Class: 3}}})
	if s := b.Text("model-excited"); !strings.Contains(s, "strongest response: cat 2.500") {
		t.Errorf("%q", s)
	}
	b.Press("model-nine") // again, and stopped
	again := apptest.Asks[protocol.Excite](b)
	if len(again) != 1 || again[0].ID == asked[0].ID {
		t.Fatalf("%+v", again)
	}
	b.Press("model-cancel")
	if c := apptest.Asks[protocol.Cancel](b); len(c) != 1 || c[0].ID != again[0].ID {
		t.Errorf("%+v", c)
	}
	b.Says(protocol.Cancelled{ID: again[0].ID})
	if b.Leaf("model-nine").Disabled != "" || b.Leaf("model-cancel").Disabled == "" {
		t.Error("it has not stopped")
	}
	b.Press("model-nine")
	b.Says(protocol.Failed{ID: apptest.Asks[protocol.Excite](b)[0].ID, Message: "training: no such pictures"})
	if s := b.Text("model-excited"); !strings.Contains(s, "no such pictures") || b.Leaf("model-nine").Disabled != "" {
		t.Errorf("%q", s)
	}
	b.Press("model-stimulus")
	b.Press("model-cancel")
	b.Press("model-stimulus") // continues where the first was stopped
	b.Until("another is made", func() bool { return strings.Contains(b.Text("model-excited"), "done") })
	b.Set("model-filter", "6")
	if s := b.Text("model-excited"); s != "" {
		t.Errorf("of another map: %q", s)
	}
}

// TestAwayWhileDrawing leaves the view by a key while the button is held: the stroke ends.
func TestAwayWhileDrawing(t *testing.T) {
	b := inModel(t, 1280, 800, false)
	f := b.Leaf("model-draw").Rect
	point := func(phase app.Phase, x, y float64) {
		b.Pointer(app.Pointer{ID: 1, Phase: phase, X: f.X + x*f.W, Y: f.Y + y*f.H})
	}
	point(app.Down, 0.2, 0.2)
	point(app.Move, 0.3, 0.2)
	b.Do("view-classify")
	drawn := bytes.Clone(b.Desk().Subject.Pad.Image.Pix)
	point(app.Move, 0.5, 0.6)
	point(app.Move, 0.9, 0.9)
	point(app.Up, 0.9, 0.9)
	b.Desk().Subject.Pad.Extend(pad.Point{X: 0.9, Y: 0.9})
	if !bytes.Equal(drawn, b.Desk().Subject.Pad.Image.Pix) {
		t.Error("the stroke goes on in another view")
	}
}

// TestFill fills the pad: dragging on draws nothing.
func TestFill(t *testing.T) {
	b := inModel(t, 1280, 800, false)
	b.Desk().Subject.Tool = subject.Fill
	stroke(b, [2]float64{0.2, 0.2}, [2]float64{0.8, 0.5}, [2]float64{0.3, 0.9})
	quiet(b)
	pixels := b.Desk().Subject.Pad.Image.Pix
	for i := range pixels {
		if pixels[i] != pixels[i%4] {
			t.Fatal("more than a filling is on the pad")
		}
	}
	b.Desk().Subject.Show(image.NewRGBA(image.Rect(0, 0, 60, 40)), "a picture")
	b.Set("model-why", "1")
	quiet(b)
	if f := b.Leaf("model-draw"); f.Pointer != nil || !strings.Contains(b.Words(), "Choose Draw in Classify") {
		t.Error("it is not said that a picture cannot be drawn on")
	}
}

func TestReasons(t *testing.T) {
	b := inModel(t, 1280, 800, false)
	b.Set("model-why", "3")
	quiet(b)
	if s := b.Text("model-reasons"); !strings.HasPrefix(s, "cat by Grad-CAM: strongest, ") {
		t.Errorf("%q", s)
	}
	b.Press("model-occlusion")
	quiet(b)
	if s := b.Text("model-reasons"); !strings.HasPrefix(s, "cat by occlusion: strongest, ") || !strings.Contains(b.Words(), "covering this lowers the score") {
		t.Errorf("%q", s)
	}
	b.Press("model-class")
	quiet(b)
	if s := b.Text("model-reasons"); !strings.HasPrefix(s, "deer by occlusion: ") || b.Leaf("model-why").Value != "4" {
		t.Errorf("%q", s)
	}
	b.PressAt("model-blend", 0.8, 0.5)
	if f := b.Leaf("model-blend"); f.Name == "" || f.Value < "78" || f.Value > "86" {
		t.Errorf("the slider %q is at %s", f.Name, f.Value)
	}
	before := b.Desk().Network.Serial()
	b.Set("model-blend", "20")
	if n := b.Desk().Network.Serial(); n != before+1 {
		t.Error("the slider asks the worker")
	}
}

// TestSurvivesItsWorker ends the worker while the view waits for it.
func TestSurvivesItsWorker(t *testing.T) {
	b := inModel(t, 1280, 800, false)
	b.Press("model-next")
	quiet(b)
	before := b.Text("model-layer-maps")
	b.Press("model-stimulus")
	stroke(b, [2]float64{0.2, 0.2}, [2]float64{0.8, 0.5}, [2]float64{0.3, 0.9})
	b.WorkerDied("test")
	b.Render()
	quiet(b)
	if s := b.Text("model-layer-maps"); s == before || !strings.HasPrefix(s, "leaky_re_lu: ") || b.Leaf("model-stimulus").Disabled != "" {
		t.Errorf("%q; it waits for a picture that nobody makes: %q", s, b.Leaf("model-stimulus").Disabled)
	}
	b.Press("model-nine")
	b.TrainerDied("test")
	if b.Leaf("model-nine").Disabled != "" {
		t.Error("it waits for pictures that nobody looks for")
	}
}
