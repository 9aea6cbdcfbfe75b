// Package app puts the page together: events come in, panels and the document's twin come
// out. It knows the views only by their list. The browser is behind the interface desk.Host,
// so that tests run all of it natively.
package app

import (
	"fmt"
	"image"
	"image/color"

	"tenfold/nn/filename"
	"tenfold/nn/task"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// App is the page: it takes what has happened and passes it to those whom it concerns.
type App struct {
	desk  *desk.Desk
	views []entry

	window
	gesture
	exchange
	version
	router

	dark    bool // the theme that was chosen
	colours Colours
}

// New returns the page that talks to host, with the file of the network that it opens with.
// served is what the server has of CIFAR-10, in pictures by set.
func New(host desk.Host, pretrained []byte, dark, calm bool, served map[string]int) *App {
	d := desk.New(host, pretrained, served)
	d.Calm, d.View = calm, first
	a := &App{desk: d, dark: dark}
	for _, v := range views {
		a.views = append(a.views, entry{v, v.new(d)})
	}
	w := &a.window
	a.window = window{desk: d, scale: 1, zoom: 1, stale: true, trees: trees{
		title:   func() string { return fmt.Sprintf(words.App.Title, a.current().name()) },
		view:    func(w, h float64) widget.Node { return a.current().View.Tree(w, h) },
		bar:     a.topBar,
		tabs:    a.tabBar,
		message: a.message,
		tour:    func() widget.Node { return part.Tour(d) },
	}}
	a.gesture = gesture{desk: d, window: w, settle: a.settle, do: a.do}
	a.exchange = exchange{desk: d, views: a.views, settle: a.settle, asked: -1}
	a.version = version{desk: d, window: w}
	a.router = router{desk: d, window: w, settle: a.settle, views: a.views, shown: first, back: first}
	a.dress()
	return a
}

// settle is called when something has happened: the views say what they have to say.
func (a *App) settle() {
	a.paused()
	a.tell()
	if a.went() {
		a.hover = ""
		a.tell() // what a view asks for when it is shown
	}
	a.rescale() // a view may have begun or ended presenting
}

// do runs what the user has asked for.
func (a *App) do(f func()) {
	a.desk.Message = ""
	f()
	a.settle()
}

// Show takes a decoded picture. name is shown next to it.
func (a *App) Show(img *image.RGBA, name string) { a.ShowOne(img, name, 0, 1) }

// ShowOne takes a decoded picture as the at-th of several that came together. Where the view
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

// CameraEnded is called when the camera has stopped by itself.
func (a *App) CameraEnded() {
	a.desk.Subject.CameraEnded()
	a.settle()
}

// Problem tells the user, in plain words, what went wrong and what to do.
func (a *App) Problem(text string) { a.desk.Say(text); a.stale = true }

// Report tells the user of an error, if it is one.
func (a *App) Report(err error) { a.desk.Report(err); a.stale = true }

// SetColor takes a colour that the user has picked.
func (a *App) SetColor(c color.RGBA) { a.do(func() { a.desk.Subject.SetColor(c) }) }

// File takes a file of weights that the user has chosen.
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

// Given is called when a file of pictures has been chosen; bring passes it to the worker.
func (a *App) Given(bring func()) { a.do(func() { a.desk.Library.WhenReady(bring) }) }

// Brought is called when files have been chosen for the project in use; bring passes them to the
// worker, with an ID, the project, "" for a new one, and the class of those that lie in no folder.
func (a *App) Brought(bring func(id uint64, project string, class int)) {
	a.do(func() {
		d := a.desk
		id := d.Network.Serial()
		if d.View != desk.Classes {
			d.Library.Into = -1
			d.Show(desk.Classes)
		}
		d.Library.Bring(id, func() { bring(id, d.Library.Using, d.Library.Into) })
	})
}

// TakesPictures reports whether files of pictures that are dropped are for the view that is shown.
func (a *App) TakesPictures() bool { return a.desk.View == desk.Classes }

// Left says that an earlier visit has left a run that was cut off.
func (a *App) Left() { a.desk.Library.Need() }

// GoOn is called when the previous version was left in the middle of a run.
func (a *App) GoOn() { a.desk.Library.GoOn() }

// SetMachine takes the browser's words for itself and this program's version.
func (a *App) SetMachine(browser, version string) { a.desk.Machine, a.desk.Version = browser, version }

// Probs returns the last answer's, by class, and Answers is how many have come.
func (a *App) Probs() []float64 { return a.desk.Network.Probs }
func (a *App) Answers() int     { return a.desk.Network.Total }

// Examined takes what there is in the browser.
func (a *App) Examined(b desk.Browser) {
	a.desk.Browser, a.desk.LookedAt = &b, a.desk.Now
	a.stale = true
}

// Fault takes what a callback panicked with: the page continues.
func (a *App) Fault(err error, stack string) {
	a.note(err.Error() + "\n" + stack)
	a.desk.Say(fmt.Sprintf(words.App.Fault, err))
	a.stale = true
}

// note keeps a fault for the report.
func (a *App) note(text string) {
	a.desk.Note(text)
	if a.desk.View == desk.Help {
		a.desk.Host.Examine()
	}
}

// Settled reports whether the newest picture is answered, and no network is waited for.
func (a *App) Settled() bool { return a.desk.Subject.Empty() || a.desk.Network.Settled() }

// Desk returns what the views work with, for tests.
func (a *App) Desk() *desk.Desk { return a.desk }
