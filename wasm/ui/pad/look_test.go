package pad

import (
	"image"
	"image/draw"
	"image/png"
	"os"
	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
	"tenfold/wasm/ui/picture"
	"testing"
)

func TestLook(t *testing.T) {
	f, err := checkpoint.ReadFile("/tmp/runs/seed1/epoch-10.safetensors")
	if err != nil {
		t.Skip()
	}
	m, err := model.Open(f)
	if err != nil {
		t.Fatal(err)
	}
	pr := m.Predictor(1)
	sheet := image.NewRGBA(image.Rect(0, 0, 5*200, 2*200))
	for i, s := range Samples {
		p := New()
		p.Add(s.Marks()...)
		px := picture.Shrink(p.Image)
		x := make([]float32, len(px))
		model.Normalize(x, px)
		_, probs := pr.Predict(x)
		top := model.Top(probs)
		t.Logf("%-11s -> %-11s %.2f (own %.2f)", s.Class, m.Classes[top], probs[top], probs[i])
		for y := range 200 {
			for xx := range 200 {
				sheet.Set(i%5*200+xx, i/5*200+y, p.Image.At(xx*640/200, y*640/200))
			}
		}
	}
	_ = draw.Src
	o, _ := os.Create("/tmp/samples.png")
	png.Encode(o, sheet)
	o.Close()
}
