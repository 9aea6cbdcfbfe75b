package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/doodles"
	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/words"
)

// byHand are the classes as a person draws them first: strokes with the mouse over a square of
// 100 by 100, x and y in turn. No program made them.
var byHand = map[string][][]float64{
	"airplane": {
		{8, 52, 16, 44, 74, 42, 88, 24, 95, 24, 91, 48, 82, 56, 20, 58, 8, 52},
		{44, 50, 62, 80, 72, 80, 62, 50}, {44, 42, 58, 26, 66, 26, 60, 42},
		{24, 49, 26, 49}, {34, 48, 36, 48}, {70, 47, 72, 47},
	},
	"automobile": {
		{6, 66, 6, 52, 26, 48, 36, 32, 66, 32, 78, 48, 94, 52, 94, 66, 6, 66},
		{32, 48, 39, 37, 49, 37, 49, 48, 32, 48}, {53, 48, 53, 37, 63, 37, 71, 48, 53, 48},
		ring(27, 67, 9), ring(74, 67, 9), ring(27, 67, 3), ring(74, 67, 3),
	},
	"bird": {
		ring(46, 55, 22, 15), ring(72, 36, 11), {82, 34, 95, 38, 82, 42}, {74, 33, 75, 34},
		{36, 52, 48, 68, 62, 54}, {25, 54, 6, 44, 8, 60, 26, 62}, {42, 70, 42, 88, 36, 92}, {52, 70, 52, 88, 46, 92},
	},
	"cat": {
		ring(50, 56, 30, 27), {24, 43, 22, 10, 42, 30}, {58, 30, 78, 10, 76, 43},
		ring(39, 50, 3), ring(61, 50, 3), {46, 60, 54, 60, 50, 65, 46, 60},
		{50, 65, 46, 71, 40, 70}, {50, 65, 54, 71, 60, 70},
		{34, 61, 8, 56}, {34, 65, 8, 67}, {66, 61, 92, 56}, {66, 65, 92, 67},
	},
	"deer": {
		ring(58, 52, 22, 12), {38, 48, 28, 28}, {46, 43, 37, 27}, {37, 27, 28, 22, 14, 29, 16, 35, 28, 34},
		{29, 22, 23, 10, 14, 5}, {23, 10, 27, 2}, {34, 22, 40, 10, 50, 6}, {40, 10, 37, 2}, {24, 27, 25, 28},
		{43, 61, 42, 92}, {50, 63, 50, 92}, {68, 62, 67, 92}, {75, 59, 76, 92}, {79, 47, 85, 44, 82, 52},
	},
	"dog": {
		ring(50, 52, 25, 28), {28, 36, 14, 32, 8, 58, 18, 68, 27, 52}, {72, 36, 86, 32, 92, 58, 82, 68, 73, 52},
		ring(41, 44, 3), ring(59, 44, 3), {44, 56, 56, 56, 50, 63, 44, 56}, {46, 58, 54, 58, 50, 61},
		{50, 63, 50, 69, 42, 73, 36, 69}, {50, 69, 58, 73, 64, 69}, {46, 73, 46, 82, 54, 82, 54, 73},
	},
	"frog": {
		ring(50, 58, 34, 22), ring(30, 36, 10), ring(70, 36, 10), ring(30, 36, 3), ring(70, 36, 3),
		{24, 60, 36, 69, 50, 71, 64, 69, 76, 60}, {20, 70, 6, 84, 24, 86, 34, 78}, {80, 70, 94, 84, 76, 86, 66, 78},
	},
	"horse": {
		ring(56, 50, 24, 13), {36, 46, 24, 22}, {46, 40, 36, 16}, {36, 16, 28, 12, 8, 28, 12, 36, 26, 32},
		{31, 13, 32, 4, 37, 14}, {36, 16, 42, 22, 40, 28, 47, 34, 46, 40}, {25, 20, 26, 21},
		{40, 60, 38, 92}, {48, 62, 48, 92}, {66, 62, 64, 92}, {75, 58, 77, 92}, {79, 45, 90, 52, 88, 74}, {79, 48, 86, 56, 84, 72},
	},
	"ship": {
		{8, 64, 92, 64, 76, 86, 24, 86, 8, 64}, {48, 64, 48, 10}, {52, 14, 84, 58, 52, 58, 52, 14}, {44, 20, 18, 58, 44, 58, 44, 20},
		{4, 92, 16, 88, 28, 92, 40, 88, 52, 92, 64, 88, 76, 92, 88, 88, 96, 92},
	},
	"truck": {
		{36, 22, 94, 22, 94, 66, 36, 66, 36, 22}, {36, 36, 20, 36, 8, 52, 8, 66, 36, 66},
		{14, 50, 22, 41, 31, 41, 31, 50, 14, 50}, ring(23, 68, 8), ring(60, 68, 8), ring(80, 68, 8),
	},
}

// ring is a circle around x, y, or an ellipse if there are two radii.
func ring(x, y float64, r ...float64) []float64 {
	var xy []float64
	for _, p := range round {
		xy = append(xy, x+r[0]*p[0], y+r[len(r)-1]*p[1])
	}
	return xy
}

var round = [][2]float64{{1, 0}, {0.87, 0.5}, {0.5, 0.87}, {0, 1}, {-0.5, 0.87}, {-0.87, 0.5}, {-1, 0}, {-0.87, -0.5}, {-0.5, -0.87}, {0, -1}, {0.5, -0.87}, {0.87, -0.5}, {1, 0}}

// TestRecognises has the page that a visitor opens look at its samples, at drawings that a
// program makes and at ones that are drawn with the mouse.
func TestRecognises(t *testing.T) {
	if !slices.Contains(network.Pretrained, "tenfold") {
		t.Skip("the network that reads drawings does not come with this page")
	}
	p := fresh(t, laptop)
	wrong := func(what string, all map[string]string) (n int) {
		for want, got := range all {
			if strings.Fields(want)[0] != strings.Fields(got)[0] {
				t.Logf("%s: %s is taken for %s", what, want, got)
				n++
			}
		}
		return n
	}
	got := map[string]string{}
	for _, s := range pad.Samples {
		p.changes(func() { p.click("sample-" + s.Class) })
		p.settled()
		got[s.Class] = p.text("prediction")
	}
	if n := wrong("sample", got); n > 0 {
		t.Errorf("%d of %d samples are not recognised", n, len(got))
	}
	large := task.Shape{256, 256, 3}
	set, err := doodles.New(77, doodles.Test, 20, large)
	if err != nil {
		t.Fatal(err)
	}
	clear(got)
	for i := range set.Len() {
		pixels, class := set.Picture(i)
		p.changes(func() { p.upload(fmt.Sprint(i, ".png"), pngOf(picture.Enlarge(pixels, large))) })
		p.settled()
		got[fmt.Sprint(cifar10.Task.Classes[class], " ", i)] = p.text("prediction")
	}
	if n := wrong("doodle", got); n > 1 {
		t.Errorf("%d of %d doodles are not recognised", n, len(got))
	}
	clear(got)
	p.click("draw")
	p.click("brush-small")
	for class, strokes := range byHand {
		p.changes(func() { p.click("clear") })
		for _, s := range strokes {
			var xy []float64
			for i := range s {
				xy = append(xy, []float64{16, 107}[i%2]+s[i]*5.17)
			}
			p.stroke(xy...)
		}
		p.settled()
		got[class] = p.text("prediction")
		p.shot("drawn-" + class)
	}
	if n := wrong("drawing by hand", got); n > 1 {
		t.Errorf("%d of %d drawings by hand are not recognised", n, len(got))
	}
}

// TestAnotherNetwork changes to each network that comes with the page and back: it is fetched when
// it is chosen, and kept for when there is no network.
func TestAnotherNetwork(t *testing.T) {
	p := fresh(t, laptop)
	p.wait(`!!document.getElementById("do-offline")`)
	for _, name := range slices.Concat(network.Pretrained[1:], network.Pretrained[:1]) {
		p.set("network", name)
		p.settled()
		if d, title := p.text("details"), words.Network.Kinds[name]; !strings.Contains(d, title+", test accuracy ") {
			t.Errorf("with %s in use: %q", name, d)
		}
		kept := fmt.Sprintf(`caches.keys().then(async (all) => { for (const name of all) for (const r of await (await caches.open(name)).keys()) if (r.url.includes("/%s.")) return true; return false; })`, name)
		for deadline := time.Now().Add(patience); !eval[bool](p, kept); time.Sleep(100 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("%s is not kept", name)
			}
		}
		p.click("view-evaluate")
		p.wait(`(document.getElementById("evaluate-status")?.textContent ?? "").includes("10,000 pictures of the test set")`)
		p.shot("network-" + name + "-evaluate")
		p.click("view-train")
		p.shot("network-" + name + "-train")
		p.click("view-model")
		p.wait(`(document.getElementById("model-reasons")?.textContent ?? "") !== ""`)
		p.shot("network-" + name + "-model")
		p.click("view-classify")
	}
}
