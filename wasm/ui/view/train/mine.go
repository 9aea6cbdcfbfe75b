package train

import (
	"fmt"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// mineCard shows the user's own pictures; a press on one removes it.
func (v *View) mineCard() widget.Node {
	w, l := &words.Train, v.desk.Library
	var pictures []widget.Node
	for i := range v.mine[:min(len(v.mine), l.Own())] {
		class := l.Class(l.Stored.Mine[i].Class)
		remove := fmt.Sprintf(w.Remove, class)
		n := widget.Image{ID: fmt.Sprintf("mine-%d", i), Name: remove, Long: remove, Picture: v.mine[i].image, Framed: true, Frame: widget.Class(l.Stored.Mine[i].Class), Caption: class, Do: func() { l.Tell(protocol.Drop{Index: i}) }}
		if l.Run.Active {
			n.Disabled, n.Do = part.Busy(v.desk), nil
		}
		pictures = append(pictures, n)
	}
	items := []widget.Node{widget.Text{Text: w.OwnEmpty, Quiet: true}}
	teach := widget.Button{ID: "train-teach", Label: w.Teach, Long: w.TeachLong, Icon: "start", Disabled: v.cannotTeach(), Do: v.desk.Teach}
	export := widget.Button{ID: "train-export", Label: w.Export, Long: w.ExportLong, Icon: "download", Do: func() {
		v.desk.Host.Download("my-pictures.bin", "application/octet-stream", records(l.Stored))
	}}
	if pictures == nil {
		export.Disabled = w.NoOwn
	} else {
		items = []widget.Node{
			widget.Text{Text: w.OwnHint, Size: theme.Small, Quiet: true},
			widget.Grid{MinCell: 64, Gap: 8, Items: pictures},
		}
	}
	return widget.Card{Name: "train-mine", Title: w.Own, Body: widget.Column{Gap: 8, Items: append(items, widget.Row{Gap: 8, Items: []widget.Node{teach, export}})}}
}

// cannotTeach returns why the user's pictures cannot be taught now, "" if they can.
func (v *View) cannotTeach() string {
	w, l := &words.Train, v.desk.Library
	switch {
	case l.Own() == 0:
		return w.NoOwn
	case l.Teaching():
		return w.NoTeaching
	case l.Run.Active:
		return part.Busy(v.desk)
	case !v.desk.Labelled():
		return w.OtherTask
	}
	return ""
}
