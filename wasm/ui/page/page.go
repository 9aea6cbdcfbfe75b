// Package page is the page's state and looks in ordinary Go: events come in,
// panels and the twin's texts come out. The browser is behind the interface Host,
// so that tests run all of it natively.
package page

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"strings"
	"time"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/pad"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/picture"
	"tenfold/wasm/ui/theme"
)

// Host is what the page asks of the browser.
type Host interface {
	Worker
	Trainer
	ChooseFile()
	Paste()
	StartCamera()
	StopCamera()
	PickColor(now color.RGBA)
	RandomPicture()
	SaveTheme(dark bool)
	// Examine looks at the browser, and calls Examined.
	Examine()
	// Copy puts a text on the clipboard.
	Copy(text string)
	// KeepAll has the browser keep all of the page for when there is no network.
	KeepAll()
	// TakeUpdate goes on to the new version, with a picture to come back to, as PNG, and
	// perhaps a run.
	TakeUpdate(picture []byte, run bool)
}

// Mode is where the picture comes from.
type Mode int

const (
	Drawing Mode = iota
	Showing      // a file, a sample or a test picture
	Filming      // the camera's live picture
)

// Page is the state of the page.
type Page struct {
	host  Host
	link  link
	now   time.Time
	theme *theme.Theme

	size       paint.Point // of the window in CSS pixels
	w, h, zoom float64     // the window in units, and CSS pixels a unit
	scale      float64     // pixels a CSS pixel
	scroll     float64
	content    float64 // the height that all panels need

	mode    Mode
	filming bool // the camera was asked for; its first picture may not be there yet
	pad     *pad.Pad
	opening bool // the pad shows the sample that the page opened with
	picture *picture.Picture
	changes int  // of the picture
	stale   bool // the pixels are not those of the picture
	tool    string
	width   float64
	color   color.RGBA
	sample  int
	hasData bool
	truth   string // the class of a random test picture

	pixels  []byte
	probs   []float64 // the last answer, by class
	shown   []float64 // what the bars show on their way there
	glide   time.Time // when the bars set out, from
	from    []float64
	before  []float64 // the shipped network's answer, where another one is in use
	compare bool      // there is one
	millis  float64
	answers int
	calm    bool // no motion

	view   string // the ID of the one that is shown
	back   string // the one before the diagnosis
	train  trainer
	models int    // counts the models that were in use
	serial uint64 // of questions beside the live picture
	former uint64 // the last of them about the network before

	album      album
	gallery    gallery
	evaluation evaluation
	inside     inside
	// Where things lie that are pressed by place.
	matrixAt, tableAt, mapsAt, placeAt, blendAt paint.Rect
	mapsPer                                     int

	findings   []finding // of the diagnosis; nil for none
	findingsAt time.Time
	presenting bool // large type, and both networks side by side

	machine string // the browser's words for itself
	version string // of this program
	pointer paint.Point

	update keeping // of a new version
	all    keeping // of everything for when there is no network

	classes classActions
	known   task.Task // of the network in use

	problem string // what went wrong last, in plain words
	faults  []fault
	hover   string
	gesture gesture
}

// firstQuestion is where questions beside the live picture begin; live pictures count from 1.
const firstQuestion = 1 << 32

// New returns the page that talks to host, with a model as safetensors bytes.
func New(host Host, model []byte, dark, calm, hasData bool) *Page {
	p := &Page{view: views[0].id, host: host, theme: theme.Light, tool: "brush", width: brushes[1].width, calm: calm, hasData: hasData, scale: 1, zoom: 1}
	p.link = link{worker: host, model: model, taken: p.inUse}
	p.train = trainer{job: task.FineTuning, shipped: model, using: task.Shipped, served: hasData}
	p.gallery = gallery{what: task.TestSet, class: -1, zoomed: -1}
	p.evaluation = evaluation{what: task.TestSet, sort: byChance, cell: [2]int{-1, -1}}
	p.inside = inside{class: -1, method: protocol.GradCAM, blend: 50, place: [2]int{16, 16}}
	p.inside.lost()
	p.serial = firstQuestion
	p.color = palette[0].color
	if dark {
		p.theme = theme.Dark
	}
	p.sample = openingSample
	p.pad = opening()
	p.opening, p.stale = true, true
	return p
}

// opening is the pad as the page opens.
func opening() *pad.Pad {
	d := pad.New()
	d.Add(pad.Group(pad.Samples[openingSample].Marks()))
	return d
}

// Opening returns what a network that takes in pictures of a shape sees when the page opens.
func Opening(in task.Shape) []byte { return picture.Shrink(opening().Image, in) }

// Resize tells the window's size in CSS pixels and how many pixels each has.
// Everything grows with windows larger than a laptop's.
func (p *Page) Resize(w, h, scale float64) {
	p.size, p.scale = paint.Point{X: w, Y: h}, scale
	p.rescale()
}

// rescale fits the page into its window.
func (p *Page) rescale() {
	w, h := p.size.X, p.size.Y
	p.zoom = min(max(min(w/1280, h/800), 1), 3)
	if p.presenting && p.view != "classify" { // which has large type by itself
		p.zoom *= min(max(w/p.zoom/narrow, 1), presenterZoom)
	}
	p.w, p.h = w/p.zoom, h/p.zoom
	p.scrollBy(0)
}

// Scale is how many pixels a unit has.
func (p *Page) Scale() float64 { return p.scale * p.zoom }

// Background is the colour between the panels.
func (p *Page) Background() color.RGBA { return p.theme.Paper }

// Message takes a message from the worker.
func (p *Page) Message(b []byte, now time.Time) {
	p.At(now)
	event, err := p.link.receive(b, now)
	if f, failed := event.(protocol.Failed); !failed || !p.shownElsewhere(f.ID) {
		p.Report(err)
	}
	defer p.refresh() // what the picture is to the network is known when the network is
	answer, ok := event.(protocol.Classified)
	if !ok || answer.ID != newest || len(answer.Probs) != len(p.task().Classes) {
		p.insideEvent(event)
		if _, another := event.(protocol.Loaded); another {
			p.models++
			p.former = p.serial
			p.another()
			p.gallery.probs = nil
		}
		p.lookInside()
		return
	}
	p.from, p.glide = slices.Clone(p.shown), p.now
	p.probs = wide(answer.Probs)
	if len(p.from) != len(p.probs) { // of another network
		p.from, p.shown = make([]float64, len(p.probs)), make([]float64, len(p.probs))
	}
	if p.compare = len(answer.Compared) == len(p.probs); p.compare {
		p.before = wide(answer.Compared)
	}
	p.millis = answer.Millis
	p.answers++
	p.moveBars()
	p.lookInside()
}

func wide(v []float32) []float64 {
	w := make([]float64, len(v))
	for i := range v {
		w[i] = float64(v[i])
	}
	return w
}

// shownElsewhere says whether the failure of a question need not be told: it was about the
// network before, or the view that asked says it.
func (p *Page) shownElsewhere(id uint64) bool {
	return id > firstQuestion && id <= p.former || id != 0 && id == p.inside.whyID
}

// another goes over to a network that has come into use, whose task and layers may be
// others.
func (p *Page) another() {
	if t := p.task(); len(p.probs) != len(t.Classes) || len(p.pixels) != t.Pixels() {
		p.probs, p.shown, p.before, p.answers, p.compare = nil, nil, nil, 0, false
		p.pixels, p.stale = nil, true
	}
	in := &p.inside
	if in.class >= len(p.task().Classes) {
		in.class = -1
	}
	l := p.layers()
	if in.layer >= len(l) {
		in.layer, in.maps = 0, nil
	}
	if in.filter >= p.channels() || p.hasPlaces() && (in.place[0] >= l[in.layer].Output[0] || in.place[1] >= l[in.layer].Output[1]) {
		p.choose(in.layer, 0)
		in.place = p.middle()
	}
}

// WorkerDied tells that the worker has ended.
func (p *Page) WorkerDied(why string) {
	p.inside.lost()
	p.gallery.asked = 0
	p.Report(p.link.died(why, p.now))
}

// ask sends a question beside the live picture to the worker that classifies, and
// returns its ID.
func (p *Page) ask(question func(id uint64) protocol.Command) uint64 {
	p.serial++
	p.tellLink(question(p.serial))
	return p.serial
}

// tellLink sends a command to the worker that classifies.
func (p *Page) tellLink(c protocol.Command) {
	if p.link.loaded != nil {
		p.Report(p.link.send(c, p.now))
	}
}

// again asks about the live picture once more.
func (p *Page) again() {
	if p.pixels != nil {
		p.Report(p.link.classify(p.pixels, p.now))
	}
}

// changed says that the picture is another. However often that happens between two
// ticks, the network is asked once.
func (p *Page) changed() {
	p.changes++
	p.truth = ""
	p.stale = true
}

// refresh works out what the network sees, if it has changed, and asks it.
func (p *Page) refresh() {
	in := p.task().Input
	if !p.stale || in == nil {
		return
	}
	p.stale = false
	switch {
	case p.mode == Drawing:
		p.pixels = picture.Shrink(p.pad.Image, in)
	case p.picture != nil:
		p.pixels = p.picture.Pixels(in)
	}
	p.Report(p.link.classify(p.pixels, p.now))
}

// Show takes a decoded picture. name is shown beside it.
func (p *Page) Show(img *image.RGBA, name string) {
	p.stopFilming()
	p.pad.End()
	p.mode, p.problem = Showing, ""
	p.picture = picture.New(img, name)
	p.changed()
}

// ShowTest takes a picture of a task's test set and its class.
func (p *Page) ShowTest(of task.Task, pixels []byte, label int) {
	if len(pixels) != of.Pixels() || label < 0 || label >= len(of.Classes) {
		p.Problem("The server sent a test picture that cannot be read.")
		return
	}
	p.Show(picture.Enlarge(pixels, of.Input), "test picture")
	p.truth = of.Classes[label]
}

// task is what the network in use tells apart, also while another worker is being started;
// without classes until there is one.
func (p *Page) task() task.Task {
	if m := p.link.loaded; m != nil {
		p.known = m.Task
	}
	return p.known
}

// data is the task of the data sets; without classes until the worker that has them says it.
func (p *Page) data() task.Task {
	if s := p.train.stored; s != nil {
		return s.Task
	}
	return task.Task{}
}

// film asks for the camera.
func (p *Page) film() {
	p.filming = true
	p.host.StartCamera()
}

// stopFilming ends the camera, also one that is only on its way.
func (p *Page) stopFilming() {
	if p.filming {
		p.filming = false
		p.host.StopCamera()
	}
}

// Frame takes a live picture of the camera.
func (p *Page) Frame(img *image.RGBA) {
	if !p.filming {
		return
	}
	p.mode, p.problem = Filming, ""
	p.picture = picture.New(img, "camera")
	p.changed()
}

// CameraEnded tells that the camera has stopped by itself.
func (p *Page) CameraEnded() {
	p.filming = false
	if p.mode == Filming {
		p.draw()
	}
}

// draw goes back to the pad.
func (p *Page) draw() {
	p.toPad()
	p.changed()
}

func (p *Page) toPad() {
	p.stopFilming()
	p.mode, p.problem = Drawing, ""
}

// Problem tells the person, in plain words, what went wrong and what to do.
func (p *Page) Problem(text string) { p.problem = text }

// Report tells the person of an error, if it is one.
func (p *Page) Report(err error) {
	if err != nil {
		s := err.Error()
		p.problem = strings.ToUpper(s[:1]) + s[1:] + "."
	}
}

// SetColor takes a colour that the person has picked.
func (p *Page) SetColor(c color.RGBA) {
	p.color = c
	if p.tool == "eraser" {
		p.tool = "brush"
	}
}

// dataClass is a class of the data sets.
func (p *Page) dataClass(i int) string {
	if classes := p.data().Classes; i >= 0 && i < len(classes) {
		return classes[i]
	}
	return fmt.Sprint(i)
}

// order returns the classes from the most to the least probable.
func (p *Page) order() []int {
	var order []int
	for i := range p.probs {
		at := len(order)
		for at > 0 && p.probs[order[at-1]] < p.probs[i] {
			at--
		}
		order = append(order, 0)
		copy(order[at+1:], order[at:])
		order[at] = i
	}
	return order
}

// top is the most probable class, -1 before there is an answer.
func (p *Page) top() int {
	if len(p.probs) == 0 {
		return -1
	}
	return p.order()[0]
}

// topThree are the first three, or as many as there are.
func topThree(order []int) []int { return order[:min(3, len(order))] }

// sure is how probable a class must be to be said without "not sure".
const sure = 0.6

// verdict is the answer in words: the class, its share, and how sure it is.
func (p *Page) verdict() (class, share, words string) {
	top := p.top()
	if top < 0 {
		return "", "", ""
	}
	words = "probably"
	if p.probs[top] < sure {
		words = "not sure"
	}
	return p.className(top), percent(p.probs[top]), words
}

// comparison says what the shipped network makes of the picture, where another one is
// in use.
func (p *Page) comparison() string {
	if !p.compare {
		return ""
	}
	top := 0
	for i, v := range p.before {
		if v > p.before[top] {
			top = i
		}
	}
	return fmt.Sprintf("Shipped: %s %s", p.className(top), percent(p.before[top]))
}

func (p *Page) className(i int) string {
	if classes := p.task().Classes; i >= 0 && i < len(classes) {
		return classes[i]
	}
	return ""
}

func percent(v float64) string { return fmt.Sprintf("%.0f %%", 100*v) }

func (p *Page) timing() string { return fmt.Sprintf("%.1f ms in your browser", p.millis) }

func (p *Page) modelLine() string {
	m := p.link.loaded
	if m == nil {
		return "The network is loading"
	}
	if v, ok := task.Measured(m.Measured, task.TestSet); ok {
		return fmt.Sprintf("%s, %.1f%%", m.Name, 100*v.Accuracy)
	}
	if v, ok := task.Measured(m.Measured, task.Validation); ok {
		return fmt.Sprintf("%s, validation %.1f%%", m.Name, 100*v.Accuracy)
	}
	return m.Name
}

// Pixels returns what the network sees now, of its task's shape.
func (p *Page) Pixels() []byte {
	p.refresh()
	return p.pixels
}

// Probs returns the last answer.
func (p *Page) Probs() []float64 { return p.probs }

// Answers is how many answers have come.
func (p *Page) Answers() int { return p.answers }

// Panel is a part of the page that is painted by itself, and again only when its
// key has changed.
type Panel struct {
	Name   string
	Rect   paint.Rect // in units of the window
	Key    any        // comparable; holds everything that the paint depends on
	Paint  func(c *paint.Canvas)
	parts  []part
	scroll func(d float64) // its own, in place of the page's; nil for none
	// area is the part of the panel, in the window, that takes drags and wheel.
	area paint.Rect
}

// part is something in a panel that can be pressed.
type part struct {
	paint.Rect // in units of the window
	action     *Action
}
