package desk

import "tenfold/nn/task"

// Reset makes the page ready for the next person: the pretrained network and an empty pad,
// which can be undone. A run is stopped; its weights are kept.
func (d *Desk) Reset() {
	d.Library.Abandon()
	if d.Network.Using != task.Shipped {
		d.Use(task.Shipped, d.Network.Shipped)
	}
	d.Subject.Draw()
	d.Subject.Pad.Clear()
	d.Subject.Drawn()
}
