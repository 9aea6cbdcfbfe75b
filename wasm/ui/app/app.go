// Package app puts the page together: events come in, panels and the document's twin come
// out. It knows the views only by their list. The browser is behind the interface desk.Host,
// so that tests run all of it natively.
package app

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"time"

	"tenfold/nn/filename"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// App is the page.
type App struct {
	desk  *desk.Desk
	views []entry
	shown string // the view that was shown when the address was set last
	back  string // the view before Help

	size       paint.Point // of the window in CSS pixels
	w, h, zoom float64     // the window in units, and CSS pixels a unit
	scale      float64     // pixels a CSS pixel
	scroll     float64

	bar, body, tabs, tour, toast *widget.Layout
	stale                        bool    // the layouts are not those of the state
	revision                     int     // of the layouts
	twin                         Twin    // of that revision, without the last three
	foot                         float64 // height that the tour takes from the view, in units

	asked   int // the subject's changes when the network was asked
	seen    int // and the network then
	pointer paint.Point
	hover   string
	gesture gesture
	carried *carried     // nil for nothing
	update  desk.Keeping // of a new version
	dark    bool         // the theme that was chosen
	colours Colours
}

// New returns the page that talks to host, with the file of the network that it opens with.
// served is what the server has of CIFAR-10, in pictures by set.
func New(host desk.Host, pretrained []byte, dark, calm bool, served map[string]int) *App {
	d := desk.New(host, pretrained, served)
	d.Calm, d.View = calm, first
	a := &App{desk: d, scale: 1, zoom: 1, stale: true, asked: -1, shown: first, back: first, dark: dark}
	a.dress()
	for _, v := range views {
		a.views = append(a.views, entry{v, v.new(d)})
	}
	return a
}

// ask asks the network about the subject, if that or the network is another. However often the
// subject changes between two frames, it is asked once: to scale a drawing takes its time.
func (a *App) ask() {
	d := a.desk
	if d.Network.Task().Input == nil || d.Subject.Changes == a.asked && d.Network.Models == a.seen {
		return
	}
	a.asked, a.seen = d.Subject.Changes, d.Network.Models
	if pixels := d.Pixels(); pixels != nil {
		d.Report(d.Network.Classify(pixels))
		return
	}
	d.Network.Nothing()
	a.settle()
}

// settle is called when something has happened: the views say what they have to say.
func (a *App) settle() {
	d := a.desk
	for _, v := range a.views {
		for _, c := range v.View.Update() {
			a.send(c)
		}
	}
	if d.View != a.shown {
		a.went()
	}
	a.rescale() // a view may have begun or ended presenting
}

// went follows a change of the view.
func (a *App) went() {
	a.shown, a.scroll, a.hover = a.desk.View, 0, ""
	a.rescale()
	if v := a.current(); v.data {
		a.desk.Library.Need() // the worker keeps the pictures
	}
	a.desk.Host.SetAddress(a.address(), true)
	for _, v := range a.views { // what a view asks for when it is shown
		for _, c := range v.View.Update() {
			a.send(c)
		}
	}
}

// send brings a view's command to the worker that it is for.
func (a *App) send(c protocol.Command) {
	d := a.desk
	switch c := c.(type) {
	case protocol.Classify, protocol.Inspect, protocol.TakeApart, protocol.Explain, protocol.Stimulate, protocol.Temper:
		d.Report(d.Network.Tell(c))
	case protocol.Design, protocol.Weigh, protocol.Convert, protocol.Export, protocol.ExportPage:
		d.Report(d.Drafts.Ask(c))
	case protocol.Evaluate:
		d.Library.Ask(c.ID, c)
	case protocol.Excite:
		d.Library.Ask(c.ID, c)
	case protocol.Cancel: // each ignores what it was not asked
		d.Report(d.Network.Tell(c))
		if d.Library.Started() {
			d.Library.Tell(c)
		}
	default:
		d.Library.Tell(c)
	}
}

func (a *App) handle(e protocol.Event) {
	if e == nil {
		return
	}
	for _, v := range a.views {
		v.View.Handle(e)
	}
}

// Message takes a message from the worker that classifies.
func (a *App) Message(b []byte, now time.Time) {
	a.At(now)
	e, err := a.desk.Network.Receive(b)
	if f, failed := e.(protocol.Failed); !failed || !network.Side(f.ID) {
		a.desk.Report(err)
	}
	a.ask() // what the subject is to a network is known when the network is
	a.handle(e)
	a.settle()
}

// WorkerDied tells that the worker that classifies has ended.
func (a *App) WorkerDied(why string) {
	a.desk.Report(a.desk.Network.Died(why))
	a.handle(view.Lost{})
	a.settle()
}

// TrainerMessage takes a message from the worker that trains.
func (a *App) TrainerMessage(b []byte, now time.Time) {
	a.At(now)
	e, text := a.desk.Library.Receive(b)
	if text != "" {
		a.desk.Say(text)
	}
	a.handle(e)
	if a.update == desk.Begun && a.desk.Library.Run.Paused() {
		a.takeNow()
	}
	a.settle()
}

// TrainerDied tells that the worker that trains has ended.
func (a *App) TrainerDied(why string) {
	if text := a.desk.Library.Died(why); text != "" {
		a.desk.Say(text)
	}
	a.handle(view.LibraryLost{})
	a.settle()
}

// DrafterMessage takes a message from the worker that drafts.
func (a *App) DrafterMessage(b []byte, now time.Time) {
	a.At(now)
	e, err := a.desk.Drafts.Receive(b)
	a.desk.Report(err)
	a.desk.Report(a.desk.Drafted(e))
	a.handle(e)
	a.settle()
}

// DrafterDied tells that the worker that drafts has ended.
func (a *App) DrafterDied(why string) {
	a.desk.Report(a.desk.DrafterDied(why))
	a.handle(view.DraftsLost{})
	a.settle()
}

// do runs what a person has asked for.
func (a *App) do(f func()) {
	a.desk.Message = ""
	f()
	a.settle()
}

// Show takes a decoded picture. name is shown beside it.
func (a *App) Show(img *image.RGBA, name string) { a.ShowOne(img, name, 0, 1) }

// ShowOne takes a decoded picture at a place among so many that came together. Where the view
// does not show it, it is said where it went.
func (a *App) ShowOne(img *image.RGBA, name string, at, of int) {
	name = filename.Show(name)
	a.do(func() {
		a.desk.Subject.Show(img, name)
		a.desk.Subject.At, a.desk.Subject.Of = at, of
		if !a.current().subject {
			a.desk.Say(fmt.Sprintf(words.Files.Went, name))
		}
	})
}

// ShowTest takes a picture of a task's test set and its class.
func (a *App) ShowTest(of task.Task, pixels []byte, label int) {
	a.do(func() { a.desk.Report(a.desk.Subject.ShowTest(of, pixels, label)) })
}

// Frame takes a live picture of the camera.
func (a *App) Frame(img *image.RGBA) {
	if a.desk.Subject.Frame(img) {
		a.settle()
	}
}

// CameraEnded tells that the camera has stopped by itself.
func (a *App) CameraEnded() {
	a.desk.Subject.CameraEnded()
	a.settle()
}

// Problem tells the person, in plain words, what went wrong and what to do.
func (a *App) Problem(text string) { a.desk.Say(text); a.stale = true }

// Report tells the person of an error, if it is one.
func (a *App) Report(err error) { a.desk.Report(err); a.stale = true }

// SetColor takes a colour that the person has picked.
func (a *App) SetColor(c color.RGBA) { a.do(func() { a.desk.Subject.SetColor(c) }) }

// File takes a file of weights that the person has chosen.
func (a *App) File(name string, b []byte) {
	name = filename.Show(name)
	a.do(func() { a.desk.Report(a.desk.Open(name, map[string][]byte{name: b})) })
}

// Files takes files of weights that belong together, by their names; name is what they are called.
func (a *App) Files(name string, files map[string][]byte) {
	a.do(func() { a.desk.Report(a.desk.Open(filename.Show(name), files)) })
}

// Fetched takes the file of a pretrained network that the page has asked for, or why there is none.
func (a *App) Fetched(name string, file []byte, err error) {
	a.desk.Fetched(name, file, err)
	a.settle()
}

// Kit takes the files of an exported page, or why there are none.
func (a *App) Kit(files map[string][]byte, err error) {
	a.handle(view.Kit{Files: files, Err: err})
	a.settle()
}

// RoomSaid takes what the server says of what a room shares.
func (a *App) RoomSaid(s desk.RoomSaid) {
	a.handle(view.Room{RoomSaid: s})
	a.settle()
}

// Given tells that a file of pictures was chosen, which bring hands to the worker.
func (a *App) Given(bring func()) { a.do(func() { a.desk.Library.WhenReady(bring) }) }

// Brought tells that files were chosen for the project in use, which bring hands to the worker, with
// an ID, the project, "" for a new one, and the class of those that lie in no folder.
func (a *App) Brought(bring func(id uint64, project string, class int)) {
	a.do(func() {
		d := a.desk
		id := d.Network.Serial()
		if d.View != "classes" {
			d.Library.Into = -1
			d.Show("classes")
		}
		d.Library.Bring(id, func() { bring(id, d.Library.Using, d.Library.Into) })
	})
}

// TakesPictures says whether files of pictures that are dropped are for the view that is shown.
func (a *App) TakesPictures() bool { return a.desk.View == "classes" }

// Left says that an earlier visit has left a run that was cut off.
func (a *App) Left() { a.desk.Library.Need() }

// GoOn tells that the version before was left in the middle of a run.
func (a *App) GoOn() { a.desk.Library.GoOn() }

// SetMachine takes the browser's words for itself and this program's version.
func (a *App) SetMachine(browser, version string) { a.desk.Machine, a.desk.Version = browser, version }

// Probs are the last answer's, by class, and Answers is how many have come.
func (a *App) Probs() []float64 { return a.desk.Network.Probs }
func (a *App) Answers() int     { return a.desk.Network.Total }

// Examined takes what there is in the browser.
func (a *App) Examined(b desk.Browser) {
	a.desk.Browser, a.desk.LookedAt = &b, a.desk.Now
	a.stale = true
}

// Fault takes what a callback ended with: the page goes on.
func (a *App) Fault(err error, stack string) {
	a.note(err.Error() + "\n" + stack)
	a.desk.Say(fmt.Sprintf(words.App.Fault, err))
	a.stale = true
}

// note keeps a fault for the report.
func (a *App) note(text string) {
	a.desk.Note(text)
	if a.desk.View == helpID {
		a.desk.Host.Examine()
	}
}

// current is the view that is shown.
func (a *App) current() entry {
	for _, v := range a.views {
		if v.id == a.desk.View {
			return v
		}
	}
	return a.views[0]
}

// address is that of the present view: its name, and what of its state it names.
func (a *App) address() string {
	v := a.current()
	if s, ok := v.View.(view.Addressed); ok {
		if at := s.Address(); at != "" {
			return v.id + "?" + at
		}
	}
	return v.id
}

// Address takes the part of the page's address behind the #, and goes where it leads.
func (a *App) Address(hash string) {
	name, at, _ := strings.Cut(strings.TrimPrefix(hash, "#"), "?")
	if name == "" {
		name = first // where the page was opened
	}
	for _, v := range a.views {
		if v.id != name {
			continue
		}
		if s, ok := v.View.(view.Addressed); ok && at != "" {
			a.desk.Report(s.Visit(at))
		}
		a.desk.Show(v.id)
		a.shown = v.id // it is the address already
		a.scroll = 0
		if v.data {
			a.desk.Library.Need()
		}
		a.rescale()
		a.settle()
	}
}

// Settled says whether the newest picture is answered, and no network is waited for.
func (a *App) Settled() bool { return a.desk.Subject.Empty() || a.desk.Network.Settled() }

// Desk is what the views work with, for tests.
func (a *App) Desk() *desk.Desk { return a.desk }
