package widget

import (
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// update rewrites the golden pictures: go test ./wasm/ui/widget -update. Look at them
// before they are committed.
var update = flag.Bool("update", false, "write the golden pictures anew")

var classes = []string{"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"}

// photo returns a picture of 32 x 32 pixels.
func photo(seed int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 32, 32))
	for y := range 32 {
		for x := range 32 {
			img.SetRGBA(x, y, color.RGBA{uint8(40 + seed*60%200 + 2*x), uint8(90 + 4*y), uint8(220 - seed*40%120 - 2*y), 255})
		}
	}
	return img
}

func curve(n int, f func(x float64) float64) (all []paint.Point) {
	for i := range n + 1 {
		x := 3 * float64(i) / float64(n)
		all = append(all, paint.Point{X: x, Y: f(x)})
	}
	return all
}

func confusion() [][]float64 {
	all := make([][]float64, len(classes))
	for i := range all {
		all[i] = make([]float64, len(classes))
		for j := range all[i] {
			all[i][j] = float64((i*7+j*3)%5) / 100
		}
		all[i][i] = 0.62 + float64(i%4)*0.05
	}
	all[2][7] = math.NaN()
	all[3][5] = 0.21
	return all
}

// sample returns a view with every widget.
func sample() Node {
	nothing := func() {}
	word := func(string) {}
	controls := Card{Name: "controls", Title: "Recipe", Aside: Row{Gap: 8, Items: []Node{
		Hug(Button{ID: "tune", Label: "Fine-tune", Toggle: true, Pressed: true, Do: nothing}),
		Hug(Button{ID: "tutorial", Label: "Tutorial", Toggle: true, Do: nothing}),
	}}, Body: Column{Gap: 12, Items: []Node{
		Text{Text: "Teaches the network in use with the pictures that are stored here. It takes about 20 seconds an epoch.", Quiet: true},
		Column{Gap: 8, Items: []Node{
			Select{ID: "data", Label: "Train on", Value: "test", Options: []Option{{"test", "CIFAR-10 test set"}, {"mine", "My pictures"}}, Set: word},
			Number{ID: "epochs", Label: "Epochs", Value: "3", Set: word},
			Number{ID: "rate", Label: "Learning rate", Value: "0,5x", Invalid: "“0,5x” is not a number. Try 0.0005.", Set: word},
			Number{ID: "decay", Label: "Learning-rate decay", Value: "0.9", Hint: "an epoch", Disabled: "A run is going on", Set: word},
			Select{ID: "optimizer", Label: "Optimizer", Value: "adamax", Options: []Option{{"adamax", "Adamax"}}, Hint: "Adamax forgives a learning rate that is a little too high.", Disabled: "A run is going on", Set: word},
		}},
		Column{Items: []Node{
			Checkbox{ID: "flip", Label: "Random horizontal flip", On: true, Set: func(bool) {}},
			Checkbox{ID: "dropout", Label: "Dropout", Set: func(bool) {}},
		}},
		Slider{ID: "blend", Label: "Picture or heat map", Value: 0.4, Max: 1, Step: 0.05, Text: "40%", Set: func(float64) {}},
		Row{Gap: 8, Items: []Node{
			Button{ID: "start", Label: "Start", Icon: "start", Primary: true, Do: nothing},
			Button{ID: "stop", Label: "Stop", Icon: "stop", Disabled: "Nothing is running", Do: nothing},
		}},
		Row{Gap: 8, Items: []Node{
			Button{ID: "undo", Long: "Undo", Icon: "undo", Key: "Z", Do: nothing}, Button{ID: "brush", Long: "A thin brush", Dot: 5, Toggle: true, Pressed: true, Do: nothing},
			Swatch{ID: "red", Name: "red", Color: color.RGBA{200, 40, 40, 255}, Pressed: true, Do: nothing}, Swatch{ID: "blue", Name: "blue", Color: color.RGBA{50, 90, 180, 255}, Do: nothing},
			Link{ID: "source", Label: "Source", URL: "https://example.org"},
		}},
		Progress{ID: "progress", Label: "Epoch 2 of 3, 812 pictures/s, 21 s left", Share: 0.56},
	}}}
	answer := Card{Name: "answer", Body: Column{Gap: 12, Items: []Node{
		Row{Items: []Node{Text{Text: "ship", Size: theme.Display, Weight: paint.Bold, Lines: 1}, Hug(Text{ID: "share", Text: "91%", Size: theme.Title, Mono: true, Live: true})}},
		Text{Text: "very sure", Size: theme.Body, Quiet: true},
		Bars{ID: "bar", Rows: []Bar{
			{Name: "automobile", Share: 0.011, Mark: 0.02, Color: Class(1)},
			{Name: "ship", Share: 0.912, Mark: 0.21, Color: Class(8), Strong: true},
			{Name: "truck", Share: 0.061, Mark: 0.74, Color: Class(9), Strong: true, Do: nothing},
			{Name: "Segelschiff mit drei Masten", Share: 0.45, Color: Class(4), Strong: true},
		}},
		Chart{ID: "accuracy", Title: "Accuracy", XTitle: "epoch", H: 190, Format: func(v float64) string { return percentOf(v) }, Series: []Series{
			{Name: "training", Color: Class(3), Points: curve(40, func(x float64) float64 { return 0.7 + 0.04*x + 0.01*math.Sin(9*x) })},
			{Name: "validation", Color: Accent, Dots: true, Points: curve(3, func(x float64) float64 { return 0.745 + 0.012*x })},
		}},
		Grid{Columns: 4, Gap: 8, Items: []Node{
			Image{ID: "p0", Name: "a ship", Picture: photo(0), Caption: "ship\n0.91", Square: true, Do: nothing},
			Image{ID: "p1", Name: "a cat", Picture: photo(1), Caption: "× automobile\nis truck", Framed: true, Frame: Warning, Square: true, Do: nothing},
			Image{ID: "p2", Name: "a dog", Picture: photo(2), Caption: "dog\n0.77", Smooth: true, Pressed: true, Square: true, Do: nothing},
			Image{ID: "p3", Name: "nothing yet", Caption: "…", Square: true},
		}},
		Custom{ID: "own", Name: "a picture of the view's own", H: 32, Key: 1, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
			c.Polygon([]paint.Point{{X: r.X, Y: r.Y + r.H}, {X: r.X + r.W, Y: r.Y + r.H}, {X: r.X + r.W, Y: r.Y}}, th.Class(6))
		}},
	}}}
	matrix := Column{Gap: 16, Items: []Node{
		Card{Name: "matrix", Title: "Confusion matrix", Aside: Button{ID: "counts", Label: "Counts", Toggle: true, Do: nothing}, Body: Matrix{
			ID: "matrix", Classes: classes, Cells: confusion(), Most: 1, Measure: "Share of the true class, in percent", Selected: &Cell{3, 5}, Press: func(int, int) {},
		}},
		Stretch(Card{Name: "table", Title: "Classes", Body: Table{
			ID: "table", Columns: []TableColumn{{Title: "Class"}, {Title: "Precision", Mono: true, Align: paint.Right}, {Title: "Recall", Mono: true, Align: paint.Right}, {Title: "Pictures", Mono: true, Align: paint.Right}},
			Rows: [][]string{{"airplane", "77.1%", "80.2%", "1,000"}, {"automobile", "88.0%", "85.4%", "1,000"}, {"Σκάφος, with a long name", "66.0%", "61.2%", "12"}},
			Dots: []Tone{Class(0), Class(1), Class(2)}, Selected: map[int]bool{1: true}, Press: func(int) {},
		}}),
		Card{Name: "toast", Ground: Inked, Body: Row{Gap: 8, Items: []Node{Text{Text: "There is a new version of this page."}, Hug(Button{ID: "later", Label: "Later", Plain: true, Do: nothing}), Hug(Button{ID: "take", Label: "Take it", Primary: true, Do: nothing})}}},
	}}
	return Row{Gap: 16, Wrap: true, Items: []Node{controls, answer, Flex(1.2, matrix)}}
}

func percentOf(v float64) string { return short(math.Round(1000*v)/10) + "%" }

// render paints a layout as the page does.
func render(l *Layout, w, h, scale float64, th *theme.Theme, hover string, at paint.Point) *image.RGBA {
	all := paint.NewCanvas(w, h, scale)
	all.Clear(th.Paper)
	for i := range l.Panels {
		p := &l.Panels[i]
		c := paint.NewCanvas(p.Rect.W, p.Rect.H, scale)
		p.Paint(c, th, hover, at)
		x, y := int(p.Rect.X*scale+0.5), int(p.Rect.Y*scale+0.5)
		for j := range c.Image.Rect.Dy() {
			for i := range c.Image.Rect.Dx() {
				if col := c.Image.RGBAAt(i, j); col.A == 255 {
					all.Image.SetRGBA(x+i, y+j, col)
				}
			}
		}
	}
	return all.Image
}

func TestLooks(t *testing.T) {
	for _, c := range []struct {
		name   string
		w      float64
		th     *theme.Theme
		hover  string
		across float64 // where the pointer is in the hovered leaf, as a share of its width
	}{
		{"laptop-light", 1280, theme.Light, "start", 0},
		{"laptop-dark", 1280, theme.Dark, "accuracy", 0.6},
		{"phone-light", 360, theme.Light, "matrix-5-5", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := Lay(sample(), paint.Rect{X: 16, Y: 16, W: c.w - 32}, 1)
			if l.Err != nil {
				t.Error(l.Err)
			}
			r := l.Find(c.hover).Rect
			at := paint.Point{X: r.X + c.across*r.W, Y: r.Y + r.H/2}
			compare(t, render(l, c.w, l.Height+32, 1, c.th, c.hover, at), filepath.Join("testdata", c.name+".png"))
		})
	}
}

// compare compares with a picture file. A few levels of difference come from processors
// that fuse a multiplication with an addition.
func compare(t *testing.T, got *image.RGBA, path string) {
	t.Helper()
	if *update {
		save(t, got, path)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != got.Bounds() {
		t.Fatalf("%v, want %v", got.Bounds(), want.Bounds())
	}
	far := 0
	for i := 0; i < len(got.Pix); i += 4 {
		r, g, b, _ := want.At(i/4%got.Rect.Dx(), i/4/got.Rect.Dx()).RGBA()
		d := func(a byte, b uint32) int { return max(int(a)-int(b>>8), int(b>>8)-int(a)) }
		if max(d(got.Pix[i], r), d(got.Pix[i+1], g), d(got.Pix[i+2], b)) > 8 {
			far++
		}
	}
	if far > 20 {
		now := filepath.Join("..", "..", "..", "artifacts", "now-widget-"+filepath.Base(path))
		save(t, got, now)
		t.Errorf("%d pixels differ from %s; see %s", far, path, now)
	}
}

func save(t *testing.T, img image.Image, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}
