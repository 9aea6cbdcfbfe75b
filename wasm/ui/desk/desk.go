// Package desk is what all views work with: the subject, the network in use, the library, and
// the browser. Views know it and not each other.
package desk

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"time"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/drafts"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/subject"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/words"
)

// Host is what the page asks of the browser.
type Host interface {
	network.Worker
	library.Host
	drafts.Host
	subject.Camera
	ChooseFile() // of a picture
	ChooseData() // of pictures or weights to train with
	// ChoosePictures opens a chooser of files, or of a folder, for the project in use.
	ChoosePictures(folder bool)
	ShowFile(i int) // the i-th of the pictures that came together, or the first after the last
	Paste()         // a picture
	// FetchNetwork gets one of network.Pretrained, and calls Fetched.
	FetchNetwork(name string)
	// FetchKit gets the files of an exported page, and calls Kit.
	FetchKit()
	// Room asks the server what a room shares, and calls RoomSaid, now and then with how far it is.
	// What is fetched is opened.
	Room(RoomAsk)
	// LeaveRoom ends that.
	LeaveRoom()
	RandomPicture() // of the test set on the server
	PickColor(now color.RGBA)
	SaveTheme(dark bool)
	// Examine looks at the browser, and calls Examined.
	Examine()
	// Copy puts a text on the clipboard; one that begins with # is an address of the page.
	Copy(text string)
	// Download gives the user a file.
	Download(name, kind string, content []byte)
	// SetAddress changes the part of the page's address behind the #. A visit to another view
	// is an entry of the browser's history, a change within one is not.
	SetAddress(hash string, visit bool)
	// KeepAll has the browser keep the whole page for use offline.
	KeepAll()
	// TakeUpdate goes on to the new version, with a picture to come back to, as PNG, empty where
	// the drawing is shown, and perhaps a run.
	TakeUpdate(picture []byte, run bool)
}

// Desk is what all views work with. It says which view is shown and what the user should
// know.
type Desk struct {
	Host    Host
	Subject *subject.Subject
	Network *network.Network
	Library *library.Library
	Drafts  *drafts.Drafts

	Now        time.Time
	Theme      *theme.Theme
	Calm       bool // no motion
	Presenting bool // large type, and both networks side by side
	View       string
	Message    string // in plain words; "" for none
	Machine    string // the browser's words for itself
	Version    string // of this program
	Faults     []Fault
	Keeping    Keeping // of everything for use offline
	Tour       int     // the step of the tour, from 1; 0 for none, or TourOffered

	Browser  *Browser  // as it was looked at last; nil before
	LookedAt time.Time // when
	Asking   *Asking   // what a file that is being opened does not say; nil for nothing

	files   map[string][]byte         // of the networks of network.Pretrained that are at hand
	awaited map[string][]func([]byte) // and what those that are not are wanted for
	opening map[uint64]string         // files that are being converted, by the question's ID
	wanted  string                    // that which was last to come into use
}

// Keeping is how far something is that the browser keeps.
type Keeping int

const (
	Absent    Keeping = iota // there is none, or it cannot be
	Offered                  // the user may have it
	Postponed                // not now
	Begun
	Complete
)

// Fault is something that went wrong in the program itself, in full.
type Fault struct{ What, Where string }

// New returns the desk of a page that has just been opened, with the file of network.Opening.
// served is what the server has of CIFAR-10, in pictures by set.
func New(host Host, opening []byte, served map[string]int) *Desk {
	d := &Desk{
		Host: host, Theme: theme.Light, Subject: subject.New(host),
		files: map[string][]byte{network.Opening: opening}, awaited: map[string][]func([]byte){},
		Drafts: drafts.New(host), opening: map[uint64]string{},
	}
	d.Network = network.New(host, opening, d.taken)
	d.Library = library.New(host, served, func(kind string, file []byte) {
		d.Report(d.Network.Use(network.Offer{Kind: kind, Model: file}))
	})
	d.Library.Job = network.FineTuning(network.Opening)
	d.offerTour()
	return d
}

// taken is called when a network comes into use. Training starts from it then, so that
// nothing that was learned is lost, unless the settings want random weights or a saved run.
func (d *Desk) taken(o network.Offer) {
	l := d.Library
	switch from := l.Job.From; {
	case o.Back: // the settings are back too, and are as the user has left them
		if o.Kind == task.Given {
			l.Given, l.GivenName = o.Model, o.Name
		}
		return
	case o.Kind == task.Given:
	case network.IsPretrained(o.Kind):
		if from == library.InUse || network.IsPretrained(from) {
			l.Job.From = o.Kind
		}
		return
	case (network.IsPretrained(from) || from == task.Given) && !l.Failed():
		l.Job.From = library.InUse
		return
	default:
		return
	}
	l.Given, l.GivenName, l.Job.From = o.Model, o.Name, task.Given
	if o.Name != "" {
		d.Show(Train)
		d.Say(fmt.Sprintf(words.Files.InUse, o.Name))
	}
}

// At tells the time, before anything happens.
func (d *Desk) At(now time.Time) { d.Now, d.Network.Now, d.Library.Now = now, now, now }

// Say tells the user something in plain words.
func (d *Desk) Say(text string) { d.Message = text }

// Report tells the user of an error, if it is one.
func (d *Desk) Report(err error) {
	if err != nil {
		d.Message = words.Sentence(err.Error())
	}
}

// Show goes to a view. A camera that was on is off there.
func (d *Desk) Show(view string) {
	if view != d.View {
		d.Subject.Rest()
	}
	d.View = view
}

// Use classifies with another network, if the worker takes it.
func (d *Desk) Use(kind string, model []byte) {
	d.wanted = kind
	d.Report(d.Network.Use(network.Offer{Kind: kind, Model: model}))
}

// Restore classifies with the network that was in use before the page's program had to start
// again; name is that of its file, if it is from one.
func (d *Desk) Restore(kind, name string, model []byte) {
	d.Report(d.Network.Use(network.Offer{Kind: kind, Name: name, Model: model, Back: true}))
}

// Pixels returns what the network in use sees of the subject; nil if there is nothing to see.
func (d *Desk) Pixels() []byte { return d.Subject.Pixels(d.Network.Task().Input) }

// Teach makes the network in use right on the user's own pictures.
func (d *Desk) Teach() {
	d.Library.Teach(d.Network.Serial(), d.Network.File)
	d.Say(words.App.Teaching)
}

// Recall uses the network of the last run, or of its best epoch, or of an earlier run.
func (d *Desk) Recall(kind string) {
	switch l := d.Library; {
	case kind == "last" && l.Last != nil:
		d.Use(kind, l.Last)
	case kind == "best" && l.Best != nil:
		d.Use(kind, l.Best)
	default:
		l.Tell(protocol.Recall{Kind: kind})
	}
}

// Labelled reports whether the classes of the network in use are those of the data sets, as far
// as they are known: whether its pictures can be kept and taught.
func (d *Desk) Labelled() bool { return d.Suits(task.TestSet) }

// Suits reports whether the network in use tells the classes of a part of the data apart, as far as they
// are known.
func (d *Desk) Suits(what string) bool {
	of := d.Library.TaskOf(what, d.Network.Task().Input)
	return len(of.Classes) == 0 || d.Network.Task().Fits(of) == nil
}

// Owned reports whether the network in use tells the classes of the user's project in use apart, so
// that pictures can be put into those.
func (d *Desk) Owned() bool {
	p := d.Library.Project()
	if p == nil || d.Network.Loaded == nil {
		return false
	}
	return slices.EqualFunc(p.Classes, d.Network.Task().Classes, func(c task.ProjectClass, name string) bool { return c.Name == name })
}

// Note keeps a fault of the program for the report, the last five of them.
func (d *Desk) Note(text string) {
	what, where, _ := strings.Cut(strings.TrimSpace(text), "\n")
	d.Faults = append(d.Faults, Fault{what, where})
	d.Faults = d.Faults[max(len(d.Faults)-5, 0):]
}
