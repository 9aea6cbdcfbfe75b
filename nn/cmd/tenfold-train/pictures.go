package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math/rand/v2"
	"path/filepath"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/palette/moreland"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	plotdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"tenfold/nn/checkpoint"
	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// drawAll draws the pictures of an evaluation, and the curves if there is a
// history.
func drawAll(dir string, m *model.Network, history []task.Epoch, test evaluate.Data, r *evaluate.Result, seed uint64) error {
	if len(history) > 0 {
		if err := drawCurves(filepath.Join(dir, "curves.png"), m.Name, history); err != nil {
			return err
		}
	}
	if err := drawConfusion(filepath.Join(dir, "confusion.png"), m.Name, m.Classes, r.Confusion); err != nil {
		return err
	}
	return drawPredictions(filepath.Join(dir, "predictions.png"), m.Task, test, r, seed)
}

// drawSamples draws random pictures with their labels.
func drawSamples(path string, t task.Task, data evaluate.Data, seed uint64) error {
	return drawGrid(path, t.Input, data, seed, 1, func(i int) ([]string, color.Color) {
		_, label := data.Picture(i)
		return []string{t.Classes[label]}, color.Black
	})
}

// drawPredictions draws random pictures titled with the predicted class, its score
// and the true class; a wrong one is marked.
func drawPredictions(path string, t task.Task, test evaluate.Data, r *evaluate.Result, seed uint64) error {
	classes := t.Classes
	return drawGrid(path, t.Input, test, seed, 3, func(i int) ([]string, color.Color) {
		p := r.Predictions[i]
		ink, mark := color.Color(color.Black), ""
		if p.Class != p.True {
			ink, mark = color.RGBA{176, 32, 32, 255}, "× "
		}
		return []string{mark + "pred: " + classes[p.Class], fmt.Sprintf("score: %.3f", p.Score), "true: " + classes[p.True]}, ink
	})
}

// The grid of pictures.
const (
	gridColumns = 8
	gridRows    = 4
	gridSide    = 128 // the longer one of a picture is at least this
	gridGap     = 24
	gridLine    = 20
)

// drawGrid draws random pictures of a shape under lines of text.
func drawGrid(path string, shape task.Shape, data evaluate.Data, seed uint64, lines int, title func(i int) ([]string, color.Color)) error {
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 15, DPI: 72})
	if err != nil {
		return err
	}
	zoom := max((gridSide+max(shape[0], shape[1])-1)/max(shape[0], shape[1]), 1)
	width, high := max(shape[1]*zoom, gridSide)+gridGap, shape[0]*zoom
	height := high + gridGap + lines*gridLine
	img := image.NewRGBA(image.Rect(0, 0, gridColumns*width+gridGap, gridRows*height+gridGap))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	rng := rand.New(rand.NewPCG(seed, 2))
	for n := range min(gridColumns*gridRows, data.Len()) {
		i := rng.IntN(data.Len())
		x, y := gridGap+n%gridColumns*width, gridGap+n/gridColumns*height
		texts, ink := title(i)
		for l, s := range texts {
			d := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, y+l*gridLine+12)}
			d.DrawString(s)
		}
		pixels, _ := data.Picture(i)
		at := image.Rect(0, 0, shape[1]*zoom, high).Add(image.Pt(x, y+lines*gridLine))
		src := rgba(pixels, shape)
		draw.NearestNeighbor.Scale(img, at, src, src.Rect, draw.Src, nil)
	}
	return checkpoint.Replace(path, func(w io.Writer) error { return png.Encode(w, img) })
}

// rgba returns a picture of shape [h,w,c], c being 1 or 3.
func rgba(pixels []byte, shape task.Shape) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, shape[1], shape[0]))
	c := shape[2]
	for i := range shape[0] * shape[1] {
		for k := range 3 {
			img.Pix[4*i+k] = pixels[i*c+min(k, c-1)]
		}
		img.Pix[4*i+3] = 255
	}
	return img
}

// drawCurves draws a network's loss and accuracy by epoch, trained and validated.
func drawCurves(path, network string, history []task.Epoch) error {
	curves := []struct {
		title string
		of    func(task.Metrics) float64
	}{
		{"loss", func(m task.Metrics) float64 { return m.Loss }},
		{"accuracy", func(m task.Metrics) float64 { return m.Accuracy }},
	}
	var plots []*plot.Plot
	for _, c := range curves {
		p := plot.New()
		p.Title.Text, p.X.Label.Text = network+": "+c.title, "epoch"
		p.Add(plotter.NewGrid())
		for i, part := range []string{"training", "test"} {
			var pts plotter.XYs
			for _, e := range history {
				m := e.Train
				if i == 1 {
					m = e.Val
				}
				pts = append(pts, plotter.XY{X: float64(e.Epoch), Y: c.of(m)})
			}
			line, points, err := plotter.NewLinePoints(pts)
			if err != nil {
				return err
			}
			line.Width = vg.Points(2)
			line.Color = []color.Color{color.RGBA{36, 87, 214, 255}, color.RGBA{199, 119, 0, 255}}[i]
			points.Color = line.Color
			p.Add(line, points)
			p.Legend.Add(part, line)
		}
		p.Legend.Top = c.title == "loss"
		plots = append(plots, p)
	}
	return writePlots(path, 24*vg.Centimeter, 10*vg.Centimeter, []float64{0, 0.5, 1}, plots)
}

// viridis are five colours of the map of that name, https://bids.github.io/colormap/.
var viridis = []color.Color{
	color.RGBA{68, 1, 84, 255}, color.RGBA{59, 82, 139, 255}, color.RGBA{33, 145, 140, 255},
	color.RGBA{94, 201, 98, 255}, color.RGBA{253, 231, 37, 255},
}

// drawConfusion draws a network's confusion matrix with the class names, the counts and a
// colour bar.
func drawConfusion(path, network string, classes []string, c evaluate.Confusion) error {
	colors, err := moreland.NewLuminance(viridis)
	if err != nil {
		return err
	}
	top := 1
	for _, row := range c {
		for _, n := range row {
			top = max(top, n)
		}
	}
	colors.SetMin(0)
	colors.SetMax(float64(top))
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = network+": confusion matrix", "predicted", "true"
	heat := plotter.NewHeatMap(matrix(c), colors.Palette(256))
	heat.Min, heat.Max = 0, float64(top)
	p.Add(heat)
	labels, err := counts(c, top)
	if err != nil {
		return err
	}
	p.Add(labels)
	var x, y []plot.Tick
	for i, name := range classes {
		x = append(x, plot.Tick{Value: float64(i), Label: name})
		y = append(y, plot.Tick{Value: float64(len(classes) - 1 - i), Label: name})
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = plot.ConstantTicks(x), plot.ConstantTicks(y)
	p.X.Tick.Label.Rotation, p.X.Tick.Label.XAlign, p.X.Tick.Label.YAlign = 0.7, text.XRight, text.YCenter
	bar := plot.New()
	bar.Title.Text = " "
	bar.Add(&plotter.ColorBar{ColorMap: colors, Vertical: true})
	bar.HideX()
	bar.Y.Label.Text = "pictures"
	return writePlots(path, 24*vg.Centimeter, 20*vg.Centimeter, []float64{0, 0.87, 1}, []*plot.Plot{p, bar})
}

// matrix is a confusion matrix as a grid whose first row is at the top.
type matrix evaluate.Confusion

func (m matrix) Dims() (c, r int)   { return len(m), len(m) }
func (m matrix) Z(c, r int) float64 { return float64(m[len(m)-1-r][c]) }
func (m matrix) X(c int) float64    { return float64(c) }
func (m matrix) Y(r int) float64    { return float64(r) }

// counts returns the numbers in the cells, light on dark and dark on light.
func counts(c evaluate.Confusion, top int) (*plotter.Labels, error) {
	var xy plotter.XYLabels
	for i, row := range c {
		for j, n := range row {
			xy.XYs = append(xy.XYs, plotter.XY{X: float64(j), Y: float64(len(c) - 1 - i)})
			xy.Labels = append(xy.Labels, fmt.Sprint(n))
		}
	}
	labels, err := plotter.NewLabels(xy)
	if err != nil {
		return nil, err
	}
	for i := range labels.TextStyle {
		s := &labels.TextStyle[i]
		s.XAlign, s.YAlign = text.XCenter, text.YCenter
		if n := c[i/len(c)][i%len(c)]; n < top/2 {
			s.Color = color.White
		}
	}
	return labels, nil
}

// writePlots draws plots side by side; at are their edges as shares of the
// width.
func writePlots(path string, w, h vg.Length, at []float64, plots []*plot.Plot) error {
	img := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(110))
	canvas := plotdraw.New(img)
	for i, p := range plots {
		left, right := vg.Length(at[i])*w, vg.Length(at[i+1])*w
		p.Draw(plotdraw.Crop(canvas, left+vg.Points(8), right-w-vg.Points(8), vg.Points(8), -vg.Points(8)))
	}
	return checkpoint.Replace(path, func(out io.Writer) error {
		_, err := vgimg.PngCanvas{Canvas: img}.WriteTo(out)
		return err
	})
}
