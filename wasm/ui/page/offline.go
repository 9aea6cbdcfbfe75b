package page

import (
	"image"

	"tenfold/wasm/protocol"
)

// keeping is how far something is that the browser keeps.
type keeping int

const (
	absent    keeping = iota // there is none, or it cannot be
	offered                  // the person may have it
	postponed                // not now
	begun
	complete
)

// Updated tells that a new version of the page waits.
func (p *Page) Updated() { p.update = offered }

// Keeps tells that the browser keeps this version of the page, so that it can keep the
// rest of it too.
func (p *Page) Keeps() { p.all = offered }

// KeptAll tells that everything is kept, or why not.
func (p *Page) KeptAll(err error) {
	p.all = complete
	p.problem = "Everything is kept now: the page opens and trains without a network."
	if err != nil {
		p.all = offered
		p.Report(err)
	}
}

// newVersion is what the page says of one.
const newVersion = "A new version of this page is here. Press to take it. Training goes on from where it is, and the picture stays."

// take goes on to the new version. A run is paused first, which keeps it.
func (p *Page) take() {
	p.update = begun
	if p.train.running() {
		p.tell(protocol.Pause{})
		return // until it says that it has paused
	}
	p.takeNow()
}

func (p *Page) takeNow() {
	p.update = complete
	var img image.Image = p.pad.Image
	if p.mode != Drawing && p.picture != nil {
		img = p.picture.Image
	}
	p.host.TakeUpdate(encodePNG(img), p.train.active)
}

// GoOn tells that the version before was left in the middle of a run.
func (p *Page) GoOn() {
	p.train.goOn = true
	p.need()
}

// offlineActions belong to all views.
var offlineActions = []*Action{
	{ID: "update", Label: "Reload for the new version", Icon: "redo", Shown: func(p *Page) bool { return p.update == offered || p.update == postponed }, Do: (*Page).take},
	{ID: "later", Label: "Later", Long: "Keep to this version for now", Icon: "none", Shown: func(p *Page) bool { return p.update == offered }, Do: func(p *Page) { p.update = postponed }},
	{
		ID: "offline", Label: "Make everything available offline", Icon: "in-down", Key: "o",
		Shown:   func(p *Page) bool { return p.all != absent },
		Enabled: func(p *Page) bool { return p.all == offered },
		Pressed: func(p *Page) bool { return p.all == complete },
		Do: func(p *Page) {
			p.all = begun
			p.problem = "Keeping everything for when there is no network."
			p.host.KeepAll()
		},
	},
}
