package desk

import "tenfold/wasm/ui/network"

// Reset makes the page ready for the next person: the pretrained network and an empty pad,
// which can be undone. A run is stopped; its weights are kept.
func (d *Desk) Reset() {
	d.Library.Abandon()
	if d.Network.Using != network.Opening {
		d.Use(network.Opening, d.Network.Shipped)
	}
	d.Subject.Draw()
	d.Subject.Pad.Clear()
	d.Subject.Drawn()
}
