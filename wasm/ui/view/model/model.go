// Package model is the Model view: the network as one picture, what each layer makes of the
// current picture, how one number is computed, and why the network answers as it does.
package model

import (
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/ask"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/view"
)

// View is the view's state.
type View struct {
	desk *desk.Desk

	// What is chosen, as it was chosen: see chosen.
	layer, channel int
	place          [2]int // row and column of the number that is taken apart; -1 for the middle
	input          int    // the channel of the input whose products are shown
	class          int    // whose reasons are shown; -1 for the most probable
	method         string // protocol.GradCAM or Occlusion
	blend          float64

	seen  map[int]*seen    // what each layer makes of the picture, as it was asked last
	tried map[int]moment   // of what layers were asked about last
	turn  int              // the layer whose turn it is
	times map[int]*timings // of the layers

	maps  ask.Question[lookKey, protocol.Inspected]
	apart ask.Question[apartKey, protocol.TakenApart]
	why   ask.Question[whyKey, protocol.Explained]
	climb ask.Question[wish, protocol.Stimulated]
	nine  ask.Question[wish, protocol.Excited]

	climbs, nines wish // what the user has asked for; wishes count from 1
	wishes        int
	climbed       *protocol.Stimulated
	measuring     protocol.Measuring
	cancels       []uint64

	network, table float64    // how far they are scrolled
	drawing        bool       // a stroke has begun on the view's picture
	at             [2]float64 // where the maps were pressed; negative for nowhere
}

// moment is a picture and a network.
type moment struct{ changes, models int }

type lookKey struct {
	moment
	layer int
}

type apartKey struct {
	moment
	layer, channel int
	place          [2]int
}

type whyKey struct {
	moment
	class  int
	method string
}

// wish is something that takes a while, which the user has asked for.
type wish struct{ number, models, layer, channel int }

// climbSteps is how many steps gradient ascent makes.
const climbSteps = 200

// New returns the view as the page opens.
func New(d *desk.Desk) *View {
	return &View{
		desk: d, class: -1, method: protocol.GradCAM, blend: 0.5, place: [2]int{-1, -1}, at: [2]float64{-1, -1},
		seen: map[int]*seen{}, tried: map[int]moment{}, times: map[int]*timings{},
	}
}

// Handle implements view.View.
func (v *View) Handle(e protocol.Event) {
	switch e := e.(type) {
	case protocol.Loaded:
		v.seen, v.times, v.climbed, v.turn = map[int]*seen{}, map[int]*timings{}, nil, 0
		v.choose(min(v.layer, max(len(v.layers())-1, 0)), 0)
	case protocol.Inspected:
		if v.maps.Answered(e.ID, e) {
			v.look(e)
		}
	case protocol.TakenApart:
		v.apart.Answered(e.ID, e)
	case protocol.Explained:
		v.why.Answered(e.ID, e)
	case protocol.Stimulated:
		v.stimulated(e)
	case protocol.Excited:
		v.nine.Answered(e.ID, e)
	case protocol.Measuring:
		if v.nine.Pending() && e.ID == v.nine.ID() {
			v.measuring = e
		}
	case protocol.Cancelled:
		v.failed(e.ID, "")
	case protocol.Failed: // it is not asked again until something else must be shown
		v.failed(e.ID, network.Plain(e.Message))
	case view.Lost:
		v.maps.Lost()
		v.apart.Lost()
		v.why.Lost()
		clear(v.tried)
		v.climbs = wish{} // it is not known whether the worker has died of it
		v.climb.Forget()
	case view.LibraryLost:
		v.nines = wish{}
		v.nine.Forget()
	}
}

func (v *View) failed(id uint64, why string) {
	v.maps.Failed(id, why)
	v.apart.Failed(id, why)
	v.why.Failed(id, why)
	if v.climb.Failed(id, why) {
		v.climbs = wish{}
	}
	if v.nine.Failed(id, why) {
		v.nines = wish{}
	}
}

func (v *View) stimulated(e protocol.Stimulated) {
	took := false
	if e.Done {
		took = v.climb.Answered(e.ID, e)
	} else {
		took = v.climb.Progress(e.ID, e)
	}
	if l, c := v.chosen(); took && e.Layer == l && e.Channel == c {
		v.climbed = &e
	}
}

// Update implements view.View.
func (v *View) Update() (all []protocol.Command) {
	for _, id := range v.cancels {
		all = append(all, protocol.Cancel{ID: id})
	}
	v.cancels = nil
	d := v.desk
	if v.drawing && d.View != desk.Model { // a key has led elsewhere meanwhile
		v.drawing = false
		d.Subject.EndStroke(false)
	}
	if d.View != desk.Model || d.Network.Loaded == nil || len(v.layers()) == 0 {
		return all
	}
	send := func(make func(id uint64) protocol.Command) func() uint64 {
		return func() uint64 {
			id := d.Network.Serial()
			all = append(all, make(id))
			return id
		}
	}
	v.askWishes(send)
	pixels := d.Pixels()
	if pixels == nil {
		return all
	}
	now := v.moment()
	layer, channel := v.chosen()
	if l, ok := v.wanted(now); ok && !v.maps.Pending() {
		v.maps.Want(lookKey{now, l}, send(func(id uint64) protocol.Command {
			v.tried[l], v.turn = now, l+1
			return protocol.Inspect{ID: id, Picture: pixels, Layer: l}
		}))
	}
	place := v.spot()
	v.apart.Want(apartKey{now, layer, channel, place}, send(func(id uint64) protocol.Command {
		return protocol.TakeApart{ID: id, Picture: pixels, Layer: layer, Filter: channel, Y: place[0], X: place[1]}
	}))
	if class := v.explained(); class >= 0 {
		v.why.Want(whyKey{now, class, v.method}, send(func(id uint64) protocol.Command {
			return protocol.Explain{ID: id, Picture: pixels, Class: class, Method: v.method}
		}))
	}
	return all
}

// askWishes asks for what takes a while.
func (v *View) askWishes(send func(func(id uint64) protocol.Command) func() uint64) {
	if w := v.climbs; w.number > 0 {
		v.climb.Want(w, send(func(id uint64) protocol.Command {
			return protocol.Stimulate{ID: id, Layer: w.layer, Channel: w.channel, Steps: climbSteps, Seed: 1}
		}))
	}
	if w := v.nines; w.number > 0 {
		v.nine.Want(w, send(func(id uint64) protocol.Command {
			return protocol.Excite{ID: id, What: task.TestSet, Layer: w.layer, Channel: w.channel, Model: v.desk.Network.File}
		}))
	}
}
