package page

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// gallery is the state of the Data view.
type gallery struct {
	what    string // the part that is shown
	class   int    // the only class that is shown, -1 for all
	ordered bool   // all in order, not sixteen at random
	draws   uint64 // of sixteen
	top     float64
	zoomed  int // the picture that is enlarged, -1 for none
	cells   int // cells of a row, as they were laid out last

	shown []int // the pictures that are shown, or can be scrolled to
	of    galleryKey
	probs []float32 // what the network says of the enlarged one; nil while it is asked
	asked uint64
}

type galleryKey struct {
	what     string
	class    int
	ordered  bool
	draws    uint64
	revision int
}

// sixteen is how many pictures are drawn at random, as the tutorial shows them.
const sixteen = 16

// parts are the parts of the data, as they are called on the page.
var parts = []struct{ what, name string }{{task.TestSet, "Test set"}, {task.TrainSet, "Training set"}, {task.Mine, "My pictures"}}

func partName(what string) string {
	for _, q := range parts {
		if q.what == what {
			return q.name
		}
	}
	return what
}

// photos are the numbers of the pictures that the Data view shows.
func (p *Page) photos() []int {
	g := &p.gallery
	labels := p.labels(g.what)
	of := galleryKey{g.what, g.class, g.ordered, g.draws, len(labels)}
	if of == g.of {
		return g.shown
	}
	g.of, g.shown = of, nil
	for i, l := range labels {
		if g.class < 0 || int(l) == g.class {
			g.shown = append(g.shown, i)
		}
	}
	if !g.ordered {
		rng := rand.New(rand.NewPCG(g.draws, 1))
		n := min(sixteen, len(g.shown))
		for i := range n {
			j := i + rng.IntN(len(g.shown)-i)
			g.shown[i], g.shown[j] = g.shown[j], g.shown[i]
		}
		g.shown = g.shown[:n]
	}
	g.top = 0
	return g.shown
}

// counts are the pictures of each class.
func counts(labels []byte, classes int) []int {
	n := make([]int, classes)
	for _, l := range labels {
		if int(l) < len(n) {
			n[l]++
		}
	}
	return n
}

// enlarge shows a picture large, with what the network says of it.
func (p *Page) enlarge(index int) {
	g := &p.gallery
	g.zoomed, g.probs = index, nil
	p.askEnlarged()
}

// askEnlarged asks the network about the enlarged picture, when it is there.
func (p *Page) askEnlarged() {
	g := &p.gallery
	if g.zoomed < 0 || g.probs != nil {
		return
	}
	if b := p.photo(g.what, g.zoomed); b != nil && g.asked == 0 {
		g.asked = p.ask(func(id uint64) protocol.Command { return protocol.Classify{ID: id, Pictures: b} })
	}
}

// beside goes to the picture before or behind the enlarged one.
func (p *Page) beside(step int) {
	g := &p.gallery
	shown := p.photos()
	if len(shown) == 0 {
		return
	}
	at := 0
	for i, n := range shown {
		if n == g.zoomed {
			at = (i + step + len(shown)) % len(shown)
		}
	}
	p.enlarge(shown[at])
	g.reveal(at)
}

// dataActions lists what can be done in the Data view; a new one adds a line.
var dataActions = func() []*Action {
	var all []*Action
	for _, q := range parts {
		all = append(all, &Action{
			ID: "data-" + q.what, Label: q.name, Icon: "none", Pressed: func(p *Page) bool { return p.gallery.what == q.what },
			Do: func(p *Page) { p.gallery.what, p.gallery.zoomed = q.what, -1 },
		})
	}
	all = append(all, onlyClass(-1, ""))
	zoomed := func(p *Page) bool { return p.gallery.zoomed >= 0 }
	some := func(p *Page) bool { return len(p.photos()) > 0 }
	return append(all,
		&Action{ID: "data-random", Label: "Another sixteen", Long: "Show another sixteen pictures", Icon: "random", Key: "n", Enabled: some, Do: func(p *Page) {
			p.gallery.ordered, p.gallery.draws, p.gallery.zoomed = false, p.gallery.draws+1, -1
		}},
		&Action{ID: "data-all", Label: "All in order", Long: "Show all pictures in order", Icon: "more", Key: "a", Enabled: some, Pressed: func(p *Page) bool { return p.gallery.ordered }, Do: func(p *Page) {
			p.gallery.ordered = !p.gallery.ordered
		}},
		&Action{ID: "data-up", Label: "Up", Long: "Scroll the pictures up", Icon: "upload", Key: "PageUp", Shown: func(p *Page) bool { return p.gallery.ordered }, Do: func(p *Page) { p.gallery.top -= 6 * photoSide }},
		&Action{ID: "data-down", Label: "Down", Long: "Scroll the pictures down", Icon: "download", Key: "PageDown", Shown: func(p *Page) bool { return p.gallery.ordered }, Do: func(p *Page) { p.gallery.top += 6 * photoSide }},
		&Action{ID: "data-prev", Label: "Before", Long: "Enlarge the picture before", Icon: "undo", Key: "ArrowLeft", Enabled: some, Do: func(p *Page) { p.beside(-1) }},
		&Action{ID: "data-next", Label: "Next", Long: "Enlarge the next picture", Icon: "redo", Key: "ArrowRight", Enabled: some, Do: func(p *Page) { p.beside(1) }},
		&Action{ID: "data-classify", Label: "Classify", Long: "Show this picture in Classify", Icon: "draw", Enabled: zoomed, Do: func(p *Page) {
			if b := p.photo(p.gallery.what, p.gallery.zoomed); b != nil {
				p.ShowTest(p.data(), b, p.zoomedClass())
				p.show("classify")
			}
		}},
		&Action{ID: "data-remove", Label: "Remove", Long: "Remove this picture from my pictures", Icon: "clear", Shown: func(p *Page) bool { return p.gallery.what == task.Mine && zoomed(p) }, Do: func(p *Page) {
			p.tell(protocol.Drop{Index: p.gallery.zoomed})
		}},
		&Action{ID: "data-bring", Label: "Bring pictures", Long: "Go to the Train view to bring pictures", Icon: "in-down", Shown: func(p *Page) bool { return p.empty(p.gallery.what) }, Do: func(p *Page) { p.show("train") }},
	)
}()

// onlyClass shows the pictures of one class alone, or for -1 of all.
func onlyClass(i int, name string) *Action {
	a := &Action{ID: "data-class-any", Label: "All classes", View: "data", Pressed: func(p *Page) bool { return p.gallery.class == i }, Do: func(p *Page) { p.gallery.class, p.gallery.zoomed = i, -1 }}
	if i >= 0 {
		a.ID, a.Label, a.Long = "data-class-"+name, name, "Only pictures of: "+name
	}
	return a
}

// empty says whether there is nothing of a part.
func (p *Page) empty(what string) bool {
	s := p.survey(what)
	return s != nil && len(s.Labels) == 0
}

// zoomedClass is the class of the enlarged picture.
func (p *Page) zoomedClass() int {
	g := &p.gallery
	if labels := p.labels(g.what); g.zoomed >= 0 && g.zoomed < len(labels) {
		return int(labels[g.zoomed])
	}
	return 0
}

// dataStatus says what the Data view shows.
func (p *Page) dataStatus() string {
	g := &p.gallery
	if p.view != "data" {
		return ""
	}
	s := p.survey(g.what)
	if s == nil {
		return "looking what pictures there are"
	}
	if len(s.Labels) == 0 {
		return partName(g.what) + ": none here yet"
	}
	n := counts(s.Labels, len(p.data().Classes))
	var each []string
	for i, c := range p.data().Classes {
		each = append(each, fmt.Sprintf("%s %d", c, n[i]))
	}
	text := fmt.Sprintf("%s: %s pictures (%s); ", partName(g.what), thousands(len(s.Labels)), strings.Join(each, ", "))
	what := "of all classes"
	if g.class >= 0 {
		what = "of the class " + p.dataClass(int(g.class))
	}
	if g.ordered {
		return text + fmt.Sprintf("all %s %s in order", thousands(len(p.photos())), what)
	}
	return text + fmt.Sprintf("%d drawn at random %s", len(p.photos()), what)
}

// dataShown names the pictures that are shown.
func (p *Page) dataShown() string {
	if p.view != "data" || p.gallery.ordered {
		return ""
	}
	labels := p.labels(p.gallery.what)
	var all []string
	for _, i := range p.photos() {
		all = append(all, fmt.Sprintf("%d %s", i, p.dataClass(int(labels[i]))))
	}
	return strings.Join(all, ", ")
}

// dataPicture says what the enlarged picture is, and what the network says.
func (p *Page) dataPicture() string {
	g := &p.gallery
	if p.view != "data" || g.zoomed < 0 {
		return ""
	}
	text := fmt.Sprintf("Picture %d: %s. ", g.zoomed, p.dataClass(int(p.zoomedClass())))
	if g.probs == nil {
		return text + "The network is asked."
	}
	var says []string
	for _, i := range topOf(g.probs, 3) {
		says = append(says, fmt.Sprintf("%s %.1f%%", p.className(i), 100*g.probs[i]))
	}
	return text + "The network says " + strings.Join(says, ", ") + "."
}

// topOf are the numbers of the n largest of v, the largest first.
func topOf(v []float32, n int) []int {
	var order []int
	for i := range v {
		at := len(order)
		for at > 0 && v[order[at-1]] < v[i] {
			at--
		}
		order = append(order, 0)
		copy(order[at+1:], order[at:])
		order[at] = i
	}
	return order[:min(n, len(order))]
}
