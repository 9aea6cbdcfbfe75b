package model_test

import (
	"fmt"
	"strings"
	"testing"

	"tenfold/nn/model"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// TestShots keeps pictures of the view to look at.
func TestShots(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no pictures are kept")
	}
	for name, size := range map[string][2]float64{"phone": {390, 844}, "tablet": {768, 1024}, "small": {1024, 768}, "laptop": {1280, 800}, "low": {1366, 625}, "large": {1920, 1080}} {
		b := inModel(t, size[0], size[1], name == "tablet" || name == "low")
		b.Shot("model-" + name)
		b.Set("model-layer", "0")
		b.Set("model-filter", "5")
		b.Press("model-stimulus")
		b.Until("the picture is made", func() bool { return strings.Contains(b.Text("model-excited"), "done") })
		nine(b)
		b.Shot("model-" + name + "-full")
		b.Reveal("model-summary")
		b.Shot("model-" + name + "-below")
		for _, l := range []string{"4", "12", "13", "18"} {
			b.Set("model-layer", l)
			quiet(b)
			b.Reveal("model-filter")
			b.Shot(fmt.Sprintf("model-%s-layer%s", name, l))
		}
		b.Desk().Subject.Pad.Clear()
		b.Desk().Subject.Drawn()
		b.Set("model-layer", "2")
		b.Reveal("model-draw")
		b.Shot("model-" + name + "-empty")
	}
}

// TestShotsOfGraphs keeps pictures of networks with more than one path.
func TestShotsOfGraphs(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no pictures are kept")
	}
	for name, size := range map[string][2]float64{"phone": {390, 844}, "tablet": {768, 1024}, "laptop": {1280, 800}, "low": {1366, 625}, "large": {1920, 1080}} {
		kinds := map[string]*model.Network{"resnet": model.ResNet20(), "every": every(t)}
		switch name {
		case "low":
			delete(kinds, "resnet")
		case "laptop":
			kinds["tenfold"] = model.Tenfold()
		}
		for kind, m := range kinds {
			b := opened(t, drawn(t, m), size[0], size[1], (name == "tablet" || name == "large") != (kind == "tenfold"))
			for _, l := range map[string][]int{"resnet": {29, 1, 8}, "tenfold": {24}, "every": {13, 7, 30}}[kind] {
				b.Set("model-layer", fmt.Sprint(l))
				b.Set("model-filter", "3")
				quiet(b)
				shot := fmt.Sprintf("graph-%s-%s-%d", kind, name, l)
				b.Shot(shot)
				if name == "phone" {
					for _, id := range []string{"model-maps", fmt.Sprint("model-net-", l), "model-products"} {
						b.Reveal(id)
						b.Shot(shot + "-" + id)
					}
					b.Reveal("model-draw")
				}
			}
			b.Reveal("model-table-8")
			b.Shot(fmt.Sprintf("graph-%s-%s-table", kind, name))
		}
	}
}

// nine answers what was asked about the nine pictures.
func nine(b *apptest.Browser) {
	b.Helper()
	b.Press("model-nine")
	asked := apptest.Asks[protocol.Excite](b)
	if len(asked) != 1 {
		b.Fatalf("%d questions", len(asked))
	}
	e := protocol.Excited{ID: asked[0].ID, Layer: asked[0].Layer, Channel: asked[0].Channel}
	for i := range 9 {
		e.Values = append(e.Values, 3-float64(i)/10)
		e.Pictures = append(e.Pictures, protocol.Labelled{Picture: apptest.Plain(i), Class: i})
	}
	b.Says(e)
}
