package app

import (
	"bytes"
	"image/png"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/subject"
	"tenfold/wasm/ui/words"
)

// version is which version of the page there is, and what the browser keeps of it.
type version struct {
	desk   *desk.Desk
	window *window
	update desk.Keeping // of a new version
}

// Updated is called when a new version of the page waits.
func (v *version) Updated() { v.update, v.window.stale = desk.Offered, true }

// Keeps is called when the browser keeps this version of the page, so that it can keep the
// rest of it too.
func (v *version) Keeps() { v.desk.Keeping, v.window.stale = desk.Offered, true }

func (v *version) keepAll() {
	v.desk.Keeping = desk.Begun
	v.desk.Say(words.App.Keeping)
	v.desk.Host.KeepAll()
}

// KeptAll is called when everything is kept, or when that failed, with the reason.
func (v *version) KeptAll(err error) {
	d := v.desk
	d.Keeping = desk.Complete
	d.Say(words.App.Kept)
	if err != nil {
		d.Keeping = desk.Offered
		d.Report(err)
	}
	v.window.stale = true
}

// take moves to the new version. A run is paused first, which keeps it.
func (v *version) take() {
	v.update = desk.Begun
	if v.desk.Library.Run.Running() {
		v.desk.Library.Tell(protocol.Pause{})
		return // until it says that it has paused
	}
	v.takeNow()
}

func (v *version) takeNow() {
	v.update = desk.Complete
	var b bytes.Buffer
	if s := v.desk.Subject; s.Mode != subject.Drawing {
		if err := png.Encode(&b, s.Picture.Image); err != nil {
			panic(err) // a buffer takes everything
		}
	}
	v.desk.Host.TakeUpdate(b.Bytes(), v.desk.Library.Run.Active)
}

// paused moves to the new version if that was waiting for the run to pause.
func (v *version) paused() {
	if v.update == desk.Begun && v.desk.Library.Run.Paused() {
		v.takeNow()
	}
}
