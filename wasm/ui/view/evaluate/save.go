package evaluate

import (
	"bytes"
	"encoding/csv"
	"image"
	"image/png"
	"strconv"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// saveMatrix gives the user the matrix as a picture.
func (v *View) saveMatrix() {
	m := v.matrix()
	m.Selected = nil
	side := min(max(200+40*float64(len(m.Classes)), 560), 2400)
	v.savePNG("confusion.png", side, widget.Card{Name: "matrix", Title: v.result.title(), Body: m})
}

// saveGrid gives the user the pictures that are shown, with their predictions.
func (v *View) saveGrid() {
	v.savePNG("predictions.png", 720, widget.Card{Name: "grid", Title: v.result.title(), Body: v.grid(150)})
}

// title says what a picture that is saved is of.
func (r *result) title() string { return r.name + ", " + words.Evaluate.Parts[r.what] }

// savePNG gives the user a card as a picture, w units wide.
func (v *View) savePNG(name string, w float64, card widget.Card) {
	const scale = 2
	card.Ground = widget.Flat
	l := widget.Lay(card, paint.Rect{W: w}, scale)
	c := paint.NewCanvas(w, l.Height, scale)
	l.Panels[0].Paint(c, theme.Light, "", paint.Point{})
	v.desk.Host.Download(name, "image/png", encoded(c.Image))
}

func encoded(img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// saveCSV gives the user all predictions, as the native trainer writes them too.
func (v *View) saveCSV() {
	r := v.result
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"picture", "true", "predicted", "score"})
	for i := range r.True {
		w.Write([]string{strconv.Itoa(r.number(i)), r.className(int(r.True[i])), r.className(int(r.Class[i])), strconv.FormatFloat(float64(r.Score[i]), 'f', 6, 32)})
	}
	w.Flush()
	v.desk.Host.Download("predictions.csv", "text/csv", b.Bytes())
}
