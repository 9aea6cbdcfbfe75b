// Package classes is the Classes view: a person's own data sets, their classes and pictures, and a
// network that learns to tell them apart.
package classes

import (
	"fmt"
	"image"
	"slices"
	"strings"

	"tenfold/nn/picture"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/ask"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// View is the view's state.
type View struct {
	desk *desk.Desk

	set     string // a data set that is looked at in place of the project in use; "" for none
	counted counted
	each    string       // how many pictures of each class are copied, as it was typed
	class   int          // that is shown, -1 for all
	page    int          // of its pictures
	picked  map[int]bool // pictures, by their numbers
	photos  map[int]*image.RGBA
	of      int // the album's revision that photos are of

	coming  *protocol.Importing // the last import; nil for none
	share   string              // of each class that is held out, in percent, as it was typed
	mirror  bool
	far     protocol.Measuring // of what takes a while
	learned ask.Question[uint64, protocol.Learned]
	saved   ask.Question[uint64, protocol.Saved]
	paged   ask.Question[uint64, protocol.PageExported]
	found   ask.Question[uint64, protocol.Found] // the pictures that are shown alone, if any
	packing bool                                 // the page is being put together
	titled  string                               // what it is called
	sure    string                               // the project whose deletion was asked for once
	fitted  string                               // which pictures of which project the state is of
	head    []byte                               // the network that has learned last, which may not be in use yet
	recording
	room   room
	cell   *[2]int     // of the matrix, whose pictures are shown
	corner widget.Cell // of the part of it that is seen
	asked  uint64      // counts what was asked for
	send   []protocol.Command
}

// New returns the view as the page opens.
func New(d *desk.Desk) *View {
	return &View{desk: d, class: -1, picked: map[int]bool{}, photos: map[int]*image.RGBA{}, each: "100", share: "20", mirror: true, recording: recording{rate: 5, delay: "0"}}
}

// project is the one that is shown: that in use, a data set as one, or nil if there is none.
func (v *View) project() *task.Project {
	if v.set != "" {
		return v.asProject(v.set)
	}
	return v.desk.Library.Project()
}

// part is the part of the data that the pictures of what is shown are.
func (v *View) part() string {
	if v.set != "" {
		return v.set
	}
	return protocol.ProjectData(v.project().ID)
}

// Handle implements view.View.
func (v *View) Handle(e protocol.Event) {
	v.hearRoom(e)
	switch e := e.(type) {
	case protocol.Projects:
		v.fit()
	case protocol.Importing:
		if c := v.coming; c != nil && !c.Done && c.ID != e.ID { // it was refused
			v.desk.Say(words.Sentence(e.Why))
			break
		}
		v.coming = &e
		v.look("")
	case protocol.Measuring:
		if e.ID == v.learned.ID() || e.ID == v.saved.ID() || e.ID == v.found.ID() {
			v.far = e
		}
	case protocol.Learned:
		if v.learned.Answered(e.ID, e) {
			v.head = v.desk.Library.Last
			if v.desk.View != "classes" {
				v.desk.Say(words.Classes.Learned)
			}
		}
	case protocol.Found:
		if v.found.Answered(e.ID, e) {
			v.page = 0
		}
	case protocol.Saved:
		if v.saved.Answered(e.ID, e) {
			v.desk.Say(fmt.Sprintf(words.Classes.Saved, e.Name))
			if e.Lost > 0 {
				v.desk.Say(fmt.Sprintf(words.Classes.SavedLost, e.Name, figure.Things(e.Lost, words.Nouns.Picture)))
			}
		}
	case view.Kit:
		v.pack(e)
	case protocol.PageExported:
		if v.paged.Answered(e.ID, e) {
			v.packing = false
			name := v.titled + words.Classes.PageFile
			v.desk.Host.Download(name, "application/zip", e.File)
			v.desk.Say(fmt.Sprintf(words.Classes.Paged, name))
		}
	case view.DraftsLost:
		if v.paged.Failed(v.paged.ID(), words.Classes.Lost) {
			v.packing = false
		}
	case protocol.Opened:
		if f := e.Networks[e.Using]; f != nil {
			v.desk.Use("last", f)
		}
	case protocol.Cancelled:
		v.learned.Failed(e.ID, "")
		v.saved.Failed(e.ID, "")
		v.found.Failed(e.ID, "")
	case protocol.Failed:
		why := network.Plain(e.Message)
		v.learned.Failed(e.ID, why)
		v.saved.Failed(e.ID, why)
		if v.found.Failed(e.ID, why) {
			v.desk.Say(words.Sentence(why))
		}
		if v.paged.Failed(e.ID, why) {
			v.packing = false
			v.desk.Say(words.Sentence(why))
		}
	case view.LibraryLost:
		v.learned.Failed(v.learned.ID(), words.Classes.Lost)
		v.saved.Failed(v.saved.ID(), words.Classes.Lost)
		v.found.Failed(v.found.ID(), words.Classes.Lost)
		if c := v.coming; c != nil && !c.Done {
			c.Done, c.Why = true, words.Classes.Lost
		}
	}
}

// fit drops what of the state the project in use does not have any more.
func (v *View) fit() {
	p := v.desk.Library.Project()
	if p == nil {
		v.page = 0
		if v.set == "" {
			v.class = -1
		}
		return
	}
	l := v.learned.Answer()
	if l != nil && (l.Project != p.ID || len(l.Report.Classes) != len(p.Classes)) {
		v.head = nil
	}
	if key := fmt.Sprint(p.ID, " ", p.Order, " ", len(p.Classes)); key != v.fitted { // the pictures have other numbers
		v.fitted, v.cell = key, nil
		clear(v.picked)
		v.found.Forget()
		if !v.learned.Pending() {
			v.learned.Forget()
		}
	}
	if v.set == "" && v.class >= len(p.Classes) {
		v.class = len(p.Classes) - 1
	}
}

// Update implements view.View.
func (v *View) Update() []protocol.Command {
	all := v.send
	v.send = nil
	l := v.desk.Library
	if l.Into = v.class; v.set != "" { // the project in use has other classes
		l.Into = -1
	}
	v.take()
	v.askRoom()
	if v.desk.View != "classes" {
		return all
	}
	if p := v.project(); p != nil && l.Has(v.part()) > 0 {
		what := v.part()
		l.WantSurvey(what)
		if seen := v.seen(); len(seen) > 0 {
			l.WantPhotos(what, seen)
		}
		if wrong := v.wrong(); len(wrong) > 0 {
			l.WantPhotos(what, wrong)
		}
	}
	return all
}

// perPage is how many pictures are shown at once.
const perPage = 48

// pictures are the numbers of those of the class that is shown.
func (v *View) pictures() (all []int) {
	p := v.project()
	if p == nil {
		return nil
	}
	if f := v.found.Answer(); f != nil {
		return f.Index
	}
	for i, label := range v.desk.Library.Labels(v.part()) {
		if v.class < 0 || int(label) == v.class {
			all = append(all, i)
		}
	}
	return all
}

// seen are those of them that are in sight.
func (v *View) seen() []int {
	all := v.pictures()
	v.page = min(v.page, max(len(all)-1, 0)/perPage)
	return all[min(v.page*perPage, len(all)):min((v.page+1)*perPage, len(all))]
}

// label is the class of a picture, -1 where it is not known.
func (v *View) label(i int) int {
	labels := v.desk.Library.Labels(v.part())
	if i < 0 || i >= len(labels) {
		return -1
	}
	return int(labels[i])
}

// name is that of a class of the project in use.
func (v *View) name(class int) string {
	if p := v.project(); p != nil && class >= 0 && class < len(p.Classes) {
		return p.Classes[class].Name
	}
	return ""
}

// photo is a picture, nil while it is on its way.
func (v *View) photo(i int) *image.RGBA {
	l := v.desk.Library
	if v.of != l.Revision {
		clear(v.photos)
		v.of = l.Revision
	}
	if img, ok := v.photos[i]; ok {
		return img
	}
	b := l.Photo(v.part(), i)
	if b == nil {
		return nil
	}
	img := picture.Enlarge(b, l.Shape(v.part()))
	v.photos[i] = img
	return img
}

// change changes the project in use.
func (v *View) change(c protocol.ChangeProject) {
	if p := v.project(); p != nil && c.Project == "" {
		c.Project = p.ID
	}
	v.desk.Library.Change(c)
}

// busy says that pictures are coming in, or why else nothing can be changed now; "" if it can.
func (v *View) busy() string {
	switch {
	case v.coming != nil && !v.coming.Done:
		return words.Classes.Importing
	case v.learned.Pending():
		return words.Classes.Learning
	case v.found.Pending():
		return words.Classes.Searching
	case v.saved.Pending(), v.room.packed.Pending():
		return words.Classes.Saving
	}
	return ""
}

// stays is why nothing of what is shown can be changed now; "" if it can.
func (v *View) stays() string {
	if v.set != "" {
		return fmt.Sprintf(words.Classes.Stays, words.Classes.Sets[v.set])
	}
	return v.busy()
}

// named is why its name and its classes cannot be changed now; "" if they can.
func (v *View) named() string {
	if p := v.project(); v.set == "" && p.Fixed {
		return words.Classes.OwnStays
	}
	return v.stays()
}

// find shows pictures that may be wrong where they are, or, with "", all again.
func (v *View) find(how string) {
	v.page, v.class = 0, -1
	clear(v.picked)
	v.found.Forget()
	p, d := v.project(), v.desk
	if how == "" || p == nil {
		return
	}
	v.far = protocol.Measuring{}
	v.asked++
	v.found.Want(v.asked, func() uint64 {
		c := protocol.Find{ID: d.Network.Serial(), Project: p.ID, How: how}
		if how == protocol.Disagreeing {
			c.Model = d.Network.File
		}
		d.Library.Ask(c.ID, c)
		return c.ID
	})
}

// show shows a class, -1 for all.
func (v *View) show(class int) {
	v.class, v.page = class, 0
	v.found.Forget()
	clear(v.picked)
}

// pick picks a picture, or no longer.
func (v *View) pick(i int) {
	if v.picked[i] {
		delete(v.picked, i)
	} else {
		v.picked[i] = true
	}
}

// picks are the pictures that are picked.
func (v *View) picks() (all []int) {
	for i := range v.picked {
		all = append(all, i)
	}
	slices.Sort(all)
	return all
}

// keep puts what is shown in Classify into the class that is shown.
func (v *View) keep() {
	d := v.desk
	pixels := d.Subject.Pixels(task.Shape{task.ProjectSide, task.ProjectSide, 3})
	if pixels == nil || v.class < 0 {
		return
	}
	d.Library.KeepIn(v.class, slices.Clone(pixels), false)
}

// holdOut is the share of each class that is held out, 0 where what was typed is none.
func (v *View) holdOut() float64 {
	var percent float64
	if _, err := fmt.Sscan(strings.TrimSuffix(strings.TrimSpace(v.share), "%"), &percent); err != nil || !(percent >= 1 && percent <= 90) {
		return 0
	}
	return percent / 100
}

// learn gives the network in use the classes of the project.
func (v *View) learn() {
	p, d := v.project(), v.desk
	v.far, v.cell = protocol.Measuring{}, nil
	v.learned.Forget()
	v.asked++
	v.learned.Want(v.asked, func() uint64 {
		id := d.Network.Serial()
		d.Library.Learn(id, protocol.Learn{Project: p.ID, Model: d.Network.File, HoldOut: v.holdOut(), Mirror: v.mirror, Seed: 1})
		return id
	})
}

// save gives the person the project as a file.
func (v *View) save() {
	p, d := v.project(), v.desk
	c := protocol.SaveProject{Project: p.ID}
	file := v.head
	if v.desk.Owned() {
		file = d.Network.File
	}
	if file != nil {
		const name = "network"
		c.Networks, c.Using = map[string][]byte{name: file}, name
	}
	v.far = protocol.Measuring{}
	v.saved.Forget()
	v.asked++
	v.saved.Want(v.asked, func() uint64 {
		c.ID = d.Network.Serial()
		d.Library.Ask(c.ID, c)
		return c.ID
	})
}

// export begins to put a page together.
func (v *View) export() {
	v.packing, v.titled = true, v.project().Name
	v.desk.Host.FetchKit()
}

// pack puts the page together from its files.
func (v *View) pack(kit view.Kit) {
	d := v.desk
	if !v.packing {
		return
	}
	if kit.Err != nil {
		v.packing = false
		d.Report(kit.Err)
		return
	}
	v.paged.Forget()
	v.asked++
	v.paged.Want(v.asked, func() uint64 {
		c := protocol.ExportPage{ID: d.Network.Serial(), Title: v.titled, Model: d.Network.File, Kit: kit.Files}
		v.send = append(v.send, c)
		return c.ID
	})
}

// cancel ends what is under way.
func (v *View) cancel(id uint64) {
	if id != 0 {
		v.send = append(v.send, protocol.Cancel{ID: id})
	}
}

// wrong are the pictures of the chosen cell of the matrix, or those that were held out and taken for
// another class, at most so many as are shown.
func (v *View) wrong() (all []int) {
	l := v.learned.Answer()
	if l == nil || v.set != "" {
		return nil
	}
	for k, i := range l.Index {
		t, c := int(l.True[k]), int(l.Class[k])
		if v.cell != nil && *v.cell == [2]int{t, c} || v.cell == nil && t != c {
			if all = append(all, i); len(all) == mostWrong {
				break
			}
		}
	}
	return all
}

// mostWrong is how many are shown.
const mostWrong = 12
