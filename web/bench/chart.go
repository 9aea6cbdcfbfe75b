package main

import (
	"fmt"
	"image/color"
	"os"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// palette is orange and blue of Okabe and Ito, which colour-blind people tell apart.
var palette = []color.Color{color.RGBA{0xe6, 0x9f, 0, 0xff}, color.RGBA{0, 0x72, 0xb2, 0xff}}

// chart draws inference and training of all as bars, of one network above the other.
func (r *report) chart(path string) error {
	var panels [][]*plot.Plot
	rows := 0
	for _, c := range []struct{ title, infer, train string }{
		{"The tutorial's network, batches of 32", b32, training},
		{"The second network, inference on 32, training on 128", second32, second128},
	} {
		p, n, err := r.panel(c.title+", pictures/s: inference (blue), training (orange)", c.infer, c.train)
		if err != nil {
			return err
		}
		if n > 0 {
			panels = append(panels, []*plot.Plot{p})
		}
		rows = max(rows, n)
	}
	if len(panels) == 0 {
		return fmt.Errorf("nothing was measured that a chart could show")
	}
	height := vg.Length(rows*len(panels)) * 1.1 * vg.Centimeter
	image := vgimg.New(26*vg.Centimeter, height)
	all := draw.New(image)
	for i, row := range plot.Align(panels, draw.Tiles{Rows: len(panels), Cols: 1, PadY: vg.Centimeter}, all) {
		panels[i][0].Draw(row[0])
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := (vgimg.PngCanvas{Canvas: image}).WriteTo(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// panel draws two workloads of all that can do one of them, and says how many they are.
func (r *report) panel(title, infer, train string) (*plot.Plot, int, error) {
	p := plot.New()
	p.Title.Text = title
	p.X.Min = 0
	p.Y.Label.Text = " " // room for the names
	var names []string
	for _, v := range slices.Backward(r.Results) {
		if (v.Workload == infer || v.Workload == train) && !slices.Contains(names, v.Name) {
			names = append(names, v.Name)
		}
	}
	if len(names) == 0 {
		return p, 0, nil
	}
	for i, workload := range []string{train, infer} {
		var v plotter.Values
		for _, name := range names {
			v = append(v, r.result(name, workload).Median)
		}
		bars, err := plotter.NewBarChart(v, vg.Points(9))
		if err != nil {
			return nil, 0, err
		}
		bars.Horizontal, bars.LineStyle.Width = true, 0
		bars.Offset = vg.Points(float64(i)*10 - 5)
		bars.Color = palette[i]
		p.Add(bars)
	}
	p.NominalY(names...)
	p.Title.Padding, p.Y.Tick.Label.Font.Size = vg.Points(8), vg.Points(9)
	p.X.Max *= 1.02
	return p, len(names), nil
}
