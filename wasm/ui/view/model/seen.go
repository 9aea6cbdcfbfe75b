package model

import (
	"image"
	"image/color"
	"slices"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/widget"
)

// seen is what a layer makes of a picture.
type seen struct {
	*protocol.Inspected
	models int
	strip  []*image.RGBA // of its first maps, or of all units
}

// stripMaps is how many maps of a layer the picture of the network shows at most.
const stripMaps = 8

// look keeps an answer.
func (v *View) look(e protocol.Inspected) {
	s := &seen{Inspected: &e, models: v.desk.Network.Models}
	if e.H*e.W > 1 {
		for k := range min(e.C, stripMaps) {
			s.strip = append(s.strip, mapImage(&e, k))
		}
	} else {
		s.strip = []*image.RGBA{unitImage(e.Maps)}
	}
	v.seen[e.Layer] = s
	for l, us := range e.Micros {
		if v.times[l] == nil {
			v.times[l] = &timings{}
		}
		v.times[l].add(us)
	}
}

// of returns what a layer of the network in use makes of the picture, as far as it is known.
func (v *View) of(layer int) *seen {
	s, all := v.seen[layer], v.layers()
	if s == nil || s.models != v.desk.Network.Models || layer < 0 || layer >= len(all) || s.C != channels(all[layer]) || v.desk.Subject.Empty() {
		return nil
	}
	if pictures(all[layer]) && (s.H != all[layer].Output[0] || s.W != all[layer].Output[1]) {
		return nil
	}
	return s
}

// largest is how many numbers a layer's output may have for it to be looked into without being
// chosen.
const largest = 1 << 19

// wanted returns the layer to ask about next: the chosen one, or the others in turn.
func (v *View) wanted(now moment) (layer int, ok bool) {
	old := func(l int) bool {
		at, asked := v.tried[l]
		return !asked || at != now
	}
	if l, _ := v.chosen(); old(l) {
		return l, true
	}
	all := v.layers()
	for i := range all {
		if l := (v.turn + i) % len(all); old(l) && all[l].Output.Size() <= largest {
			return l, true
		}
	}
	return 0, false
}

// timings are how long a layer took, and their median, which is recomputed after every few.
type timings struct {
	last   []float64 // µs
	count  int
	median float64
}

// The median is that of this many of the last timings, recomputed after every tenth, so that
// figures do not flicker.
const (
	timed     = 41
	takenAnew = 10
)

func (t *timings) add(us float64) {
	t.last = append(t.last, us)
	t.last = t.last[max(len(t.last)-timed, 0):]
	if t.count++; t.count == 1 || t.count%takenAnew == 0 {
		sorted := slices.Sorted(slices.Values(t.last))
		t.median = sorted[len(sorted)/2]
	}
}

// ramp is the colour map by bytes.
var ramp = func() (all [256]color.RGBA) {
	for i := range all {
		all[i] = widget.Cividis(float64(i) / 255)
	}
	return all
}()

// mapImage returns a map in colours.
func mapImage(m *protocol.Inspected, k int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, m.W, m.H))
	size := m.H * m.W
	if len(m.Maps) < (k+1)*size {
		return img
	}
	for i, b := range m.Maps[k*size : (k+1)*size] {
		col := ramp[b]
		copy(img.Pix[4*i:], []byte{col.R, col.G, col.B, 255})
	}
	return img
}

// unitImage returns a row of units in colours; of more than there is room for, every few.
func unitImage(units []byte) *image.RGBA {
	const most = 256
	n := min(len(units), most)
	img := image.NewRGBA(image.Rect(0, 0, n, 1))
	for i := range n {
		col := ramp[units[i*len(units)/n]]
		copy(img.Pix[4*i:], []byte{col.R, col.G, col.B, 255})
	}
	return img
}
