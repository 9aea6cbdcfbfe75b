package train

import (
	"bytes"
	"fmt"
	"strings"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/ask"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// exporting is the network in use on its way out, in another tool's format.
type exporting struct {
	exported ask.Question[int, protocol.Exported]
	count    int    // of those that were asked for
	ending   string // of the last one's format
	command  *protocol.Export
}

// middle is the grey of the picture that an exported network says its answer to, where none is shown.
const middle = 128

// formats returns the choice of a format to export the network in use in.
func (v *View) formats() widget.Node {
	w := &words.Train
	s := widget.Select{ID: "weights-format", Long: w.OutAsLong, Options: []widget.Option{{Label: w.OutAs}}, Set: v.export}
	for _, f := range w.Formats {
		s.Options = append(s.Options, widget.Option{Value: f.Name, Label: f.Title})
	}
	switch {
	case v.desk.Network.Loaded == nil:
		s.Disabled = words.Network.Loading
	case v.exported.Pending():
		s.Disabled = w.Exporting
	}
	return s
}

// export asks for the network in use in the format of an ending.
func (v *View) export(ending string) {
	if ending == "" {
		return
	}
	n := v.desk.Network
	pixels := v.desk.Pixels()
	if pixels == nil {
		pixels = bytes.Repeat([]byte{middle}, n.Task().Pixels())
	}
	v.count++
	v.ending = ending
	v.exported.Want(v.count, func() uint64 {
		v.command = &protocol.Export{ID: n.Serial(), Model: n.File, Ending: ending, Picture: bytes.Clone(pixels)}
		return v.command.ID
	})
}

// out takes what the worker that drafts says.
func (v *View) out(e protocol.Event) {
	switch e := e.(type) {
	case protocol.Exported:
		if v.exported.Answered(e.ID, e) {
			name := "tenfold" + strings.TrimSuffix(v.ending, ".zip") + ".zip"
			v.desk.Host.Download(name, "application/zip", e.File)
			v.desk.Say(fmt.Sprintf(words.Train.Exported, name))
		}
	case protocol.Failed:
		if why := network.Plain(e.Message); v.exported.Failed(e.ID, why) {
			v.desk.Say(words.Sentence(why))
		}
	case view.DraftsLost:
		v.exported.Failed(v.exported.ID(), words.Network.Ended)
	}
}

// Update implements view.View. What else the view has to say is said when something is pressed.
func (v *View) Update() []protocol.Command {
	c := v.command
	v.command = nil
	if c == nil {
		return nil
	}
	return []protocol.Command{*c}
}
