package classes

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/ask"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// room is what a room shares: projects, each under a code.
type room struct {
	looked, shares bool // the server was asked whether it does, and it does
	most           int  // bytes that it takes of a project

	key    string // the teacher's, as it was typed
	keyed  bool   // the server has taken it
	locked bool   // it was needed, and there was none that is right
	bare   bool   // no pictures are put up
	put    []shared
	shown  string // the code of one of them, in large type

	code   string // that is to be fetched, as it was typed
	packed ask.Question[uint64, protocol.Saved]
	asking *desk.RoomAsk // what is under way
	far    desk.RoomSaid // how much of it
	after  func()        // is done when the key has been taken
	wrong  string        // why the last thing did not work
}

// shared is a project that was put up, as the server says it.
type shared struct {
	Code     string    `json:"code"`
	Name     string    `json:"name"`
	Classes  int       `json:"classes"`
	Pictures int       `json:"pictures"`
	Network  bool      `json:"network"`
	Until    time.Time `json:"until"`
}

// about is what the server says of itself.
type about struct {
	Share bool     `json:"share"`
	Most  int      `json:"most"`
	List  []shared `json:"list"`
}

// askRoom asks once whether the server shares.
func (v *View) askRoom() {
	if v.desk.View == "classes" && !v.room.looked {
		v.room.looked = true
		v.desk.Host.Room(desk.RoomAsk{What: desk.RoomAbout})
	}
}

// toRoom asks the server something.
func (v *View) toRoom(q desk.RoomAsk) {
	v.room.wrong, v.room.asking, v.room.far = "", &q, desk.RoomSaid{}
	v.desk.Host.Room(q)
}

// hearRoom takes what concerns the room.
func (v *View) hearRoom(e protocol.Event) {
	switch e := e.(type) {
	case view.Room:
		v.said(e.RoomSaid)
	case protocol.Saved:
		if v.room.packed.Answered(e.ID, e) {
			v.toRoom(desk.RoomAsk{What: desk.RoomPutUp, Key: v.room.key, Most: v.room.most})
		}
	case protocol.Measuring:
		if e.ID == v.room.packed.ID() {
			v.room.far = desk.RoomSaid{Done: e.Done, Total: e.Total}
		}
	case protocol.Cancelled:
		v.room.packed.Failed(e.ID, "")
	case protocol.Failed:
		if why := network.Plain(e.Message); v.room.packed.Failed(e.ID, why) {
			v.room.wrong = words.Sentence(why)
		}
	case view.LibraryLost:
		if v.room.packed.Failed(v.room.packed.ID(), words.Room.Lost) {
			v.room.wrong = words.Room.Lost
		}
	}
}

// said takes what the server says.
func (v *View) said(s desk.RoomSaid) {
	if s.Status == desk.RoomGoing {
		v.room.far = s
		return
	}
	q := v.room.asking
	if q == nil { // the first question, which nobody has asked
		var a about
		if s.Status == 200 && json.Unmarshal([]byte(s.Text), &a) == nil && a.Share {
			v.room.shares, v.room.most = true, a.Most
		}
		return
	}
	v.room.asking = nil
	after := v.room.after
	v.room.after = nil
	switch {
	case s.Status == desk.RoomLeft:
		if q.What == desk.RoomAbout {
			v.forgetKey()
		}
	case s.Status < 200 || s.Status > 299:
		v.refused(s)
	case s.What == desk.RoomAbout:
		var a about
		if err := json.Unmarshal([]byte(s.Text), &a); err != nil {
			v.room.wrong = fmt.Sprintf(words.Room.Other, s.Status, err)
			return
		}
		v.room.put, v.room.keyed, v.room.locked = a.List, true, false
		if after != nil {
			after()
		}
	case s.What == desk.RoomPutUp:
		var one shared
		if err := json.Unmarshal([]byte(s.Text), &one); err != nil {
			v.room.wrong = fmt.Sprintf(words.Room.Other, s.Status, err)
			return
		}
		v.room.put, v.room.shown = append([]shared{one}, v.room.put...), one.Code
	case s.What == desk.RoomDelete:
		v.gone(s.Code)
	case s.What == desk.RoomFetch:
		v.room.code = ""
	}
}

// forgetKey drops the teacher's key, and what it has shown.
func (v *View) forgetKey() {
	r := &v.room
	r.key, r.keyed, r.locked, r.put, r.shown = "", false, false, nil, ""
}

// gone drops a project that is not there any more.
func (v *View) gone(code string) {
	for i, one := range v.room.put {
		if one.Code == code {
			v.room.put = append(v.room.put[:i:i], v.room.put[i+1:]...)
			v.desk.Say(fmt.Sprintf(words.Room.Deleted, one.Name))
			break
		}
	}
	v.room.shown = ""
}

// refused says why something did not work.
func (v *View) refused(s desk.RoomSaid) {
	w := &words.Room
	text := strings.TrimSpace(s.Text)
	switch s.Status {
	case desk.RoomSilent:
		v.room.wrong = w.Silent
	case 403:
		v.room.wrong, v.room.keyed, v.room.locked = w.WrongKey, false, true
	case 404:
		v.room.wrong = fmt.Sprintf(w.WrongCode, s.Code)
		if s.What == desk.RoomDelete {
			v.gone(s.Code)
		}
	case 400:
		v.room.wrong = w.Cut
	case 408:
		v.room.wrong = w.Slow
	case 413:
		v.room.wrong = fmt.Sprintf(w.Large, figure.Megabytes(float64(s.Total)), figure.Megabytes(float64(v.room.most)))
	case 422:
		v.room.wrong = fmt.Sprintf(w.Refused, text)
	case 429:
		v.room.wrong = w.Guessed
	case 503:
		v.room.wrong = w.Busy
	case 507:
		v.room.wrong = fmt.Sprintf(w.Full, text)
	default:
		v.room.wrong = fmt.Sprintf(w.Other, s.Status, text)
	}
}

// putUp puts the project up, once the server has taken the key.
func (v *View) putUp() {
	switch {
	case v.room.keyed:
		v.packUp()
	case strings.TrimSpace(v.room.key) == "":
		v.room.locked, v.room.wrong = true, ""
	default:
		v.toRoom(desk.RoomAsk{What: desk.RoomAbout, Key: v.room.key})
		v.room.after = v.packUp
	}
}

// packUp has the project's .zip made; what follows comes with Saved.
func (v *View) packUp() {
	p, d := v.project(), v.desk
	if p == nil {
		return
	}
	c := protocol.SaveProject{Project: p.ID, Bare: v.room.bare, Up: true}
	file := v.head
	if d.Owned() {
		file = d.Network.File
	}
	if file != nil {
		const name = "network"
		c.Networks, c.Using = map[string][]byte{name: file}, name
	}
	v.room.wrong, v.room.far = "", desk.RoomSaid{}
	v.room.packed.Forget()
	v.asked++
	v.room.packed.Want(v.asked, func() uint64 {
		c.ID = d.Network.Serial()
		d.Library.Ask(c.ID, c)
		return c.ID
	})
}

// roomCard fetches projects of the room, and puts them up; nil where nothing is shared.
func (v *View) roomCard() widget.Node {
	w := &words.Room
	if !v.room.shares {
		return nil
	}
	items := []widget.Node{widget.Text{Text: w.About, Quiet: true}, v.fetching()}
	if v.project() != nil {
		items = append(items, v.puttingUp()...)
	}
	if v.room.asking != nil || v.room.packed.Pending() {
		items = append(items, v.underWay())
	}
	if v.room.wrong != "" {
		items = append(items, widget.Text{ID: "room-why", Text: v.room.wrong, Tone: widget.Warning, Live: true})
	}
	items = append(append(items, v.large()...), v.list(), v.forgetting())
	return widget.Card{Name: "classes-room", Title: w.Title, Body: widget.Column{Gap: 12, Items: items}}
}

// roomBusy is why nothing can be asked of the room now, "" if it can.
func (v *View) roomBusy() string {
	if v.room.asking != nil {
		return words.Room.Asking
	}
	return v.busy()
}

// fetching takes a code and fetches its project.
func (v *View) fetching() widget.Node {
	w := &words.Room
	code := strings.TrimSpace(v.room.code)
	fetch := widget.Button{ID: "room-fetch", Label: w.Fetch, Long: w.FetchLong, Icon: "in-down", Disabled: v.roomBusy(), Do: func() {
		v.toRoom(desk.RoomAsk{What: desk.RoomFetch, Code: code})
	}}
	if fetch.Disabled == "" && code == "" {
		fetch.Disabled = w.NoCode
	}
	return widget.Row{Gap: theme.Grid, Items: []widget.Node{
		widget.Hug(widget.Text{Text: w.Code}),
		widget.Number{ID: "room-code", Long: w.CodeLong, Value: v.room.code, Words: true, Live: true, Disabled: v.roomBusy(), Set: func(text string) { v.room.code = text }},
		widget.Hug(fetch),
	}}
}

// puttingUp is what the teacher does.
func (v *View) puttingUp() []widget.Node {
	w, p := &words.Room, v.project()
	up := widget.Button{ID: "project-share", Label: w.PutUp, Long: w.PutUpLong, Icon: "present", Disabled: v.roomBusy(), Do: v.putUp}
	if up.Disabled == "" {
		up.Disabled = v.stays()
	}
	known := v.head != nil || v.desk.Owned()
	switch {
	case up.Disabled != "":
	case v.room.bare && !known:
		up.Disabled = w.NotLearned
	case p.Pictures() == 0 && !known:
		up.Disabled = w.Nothing
	}
	items := []widget.Node{widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{
		widget.Hug(up),
		widget.Hug(widget.Checkbox{ID: "room-pictures", Label: w.Pictures, Long: w.PicturesLong, On: !v.room.bare, Disabled: v.roomBusy(), Set: func(on bool) { v.room.bare = !on }}),
	}}}
	if v.room.locked {
		items = append(items, widget.Number{ID: "room-key", Label: w.Key, Long: w.KeyLong, Hint: w.NoKey, Value: v.room.key, Words: true, Live: true, Disabled: v.roomBusy(), Set: func(text string) { v.room.key = text }})
	}
	return items
}

// underWay is how far it is, with a way to end it.
func (v *View) underWay() widget.Node {
	w, far := &words.Room, v.room.far
	label, cancel := w.Packing, func() { v.cancel(v.room.packed.ID()) }
	if q := v.room.asking; q != nil {
		cancel = v.desk.Host.LeaveRoom
		of := func(text string) string {
			return fmt.Sprintf(text, figure.Megabytes(float64(far.Done)), figure.Megabytes(float64(far.Total)))
		}
		switch {
		case q.What == desk.RoomPutUp && far.Total > 0 && far.Done == far.Total:
			label = w.Checking
		case q.What == desk.RoomPutUp:
			label = of(w.Sending)
		case q.What == desk.RoomFetch:
			label = of(w.Fetching)
		default:
			label = w.Asking
		}
	}
	share := math.NaN()
	if far.Total > 0 && label != w.Checking {
		share = float64(far.Done) / float64(far.Total)
	}
	return widget.Row{Gap: theme.Grid, Items: []widget.Node{
		widget.Flex(1, widget.Progress{ID: "room-going", Label: label, Share: share}),
		widget.Hug(widget.Button{ID: "room-cancel", Label: w.Cancel, Icon: "close", Do: cancel}),
	}}
}

// largeType is the size of a code that is read from the projector, in units.
const largeType = 56

// large shows the code of one project that was put up, for all to read.
func (v *View) large() []widget.Node {
	w := &words.Room
	for _, one := range v.room.put {
		if one.Code != v.room.shown {
			continue
		}
		what := fmt.Sprintf(w.Up, figure.Things(one.Pictures, words.Nouns.Picture), figure.Things(one.Classes, words.Nouns.Class), figure.Moment(one.Until.Local()))
		remove := widget.Button{ID: "room-delete", Label: w.Delete, Long: w.DeleteLong, Icon: "clear", Disabled: v.roomBusy(), Do: func() {
			v.toRoom(desk.RoomAsk{What: desk.RoomDelete, Key: v.room.key, Code: one.Code})
		}}
		return []widget.Node{
			widget.Text{Text: fmt.Sprintf(w.UpTitle, one.Name), Quiet: true},
			widget.Text{ID: "room-shown", Text: spaced(one.Code), Size: largeType, Mono: true, Live: true, Align: paint.Middle},
			widget.Text{ID: "room-what", Text: what, Size: theme.Small, Quiet: true},
			widget.Row{Gap: theme.Grid, Items: []widget.Node{widget.Hug(remove)}},
		}
	}
	return nil
}

// forgetting puts the teacher's key away; nil where there is none.
func (v *View) forgetting() widget.Node {
	w := &words.Room
	if !v.room.keyed {
		return nil
	}
	b := widget.Button{ID: "room-forget", Label: w.Forget, Long: w.ForgetLong, Icon: "close", Disabled: v.roomBusy(), Do: v.forgetKey}
	return widget.Row{Gap: theme.Grid, Items: []widget.Node{widget.Hug(b)}}
}

// spaced is a code as it is read out, in two halves.
func spaced(code string) string {
	half := len(code) / 2
	return code[:half] + " " + code[half:]
}

// list are the projects that were put up, for the teacher; nil without any.
func (v *View) list() widget.Node {
	w := &words.Room
	if len(v.room.put) == 0 {
		return nil
	}
	t := widget.Table{ID: "room-list", Name: w.List, Selected: map[int]bool{}, Press: func(row int) { v.room.shown = v.room.put[row].Code }, Columns: []widget.TableColumn{
		{Title: w.ListCode, Mono: true}, {Title: w.ListName}, {Title: w.ListPictures, Mono: true, Align: paint.Right},
	}}
	for i, one := range v.room.put {
		t.Rows = append(t.Rows, []string{spaced(one.Code), one.Name, figure.Count(one.Pictures)})
		t.Selected[i] = one.Code == v.room.shown
	}
	return t
}
