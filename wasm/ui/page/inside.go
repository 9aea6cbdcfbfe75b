package page

import (
	"fmt"
	"math"
	"strconv"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// inside is the state of the Model view: what a layer makes of the current picture, one
// of its filters, and why the network answers as it does.
type inside struct {
	layer, filter int
	place         [2]int // row and column of the number that is taken apart
	input         int    // the channel of the input whose products are shown

	maps   *protocol.Inspected
	asked  uint64 // of the Inspect under way; 0 for none
	from   insideKey
	apart  *protocol.TakenApart
	apartD uint64
	want   insideKey // what the products were asked for

	class  int    // whose reasons are shown; -1 for the most probable one
	method string // protocol.GradCAM or Occlusion
	blend  int    // how much of the map is seen, in percent
	why    *protocol.Explained
	whyID  uint64
	whyOf  whyKey
	whyNot string // why there are no reasons

	climb   *protocol.Stimulated
	climbID uint64
	nine    *protocol.Excited
	nineID  uint64
	goes    protocol.Measuring
}

type insideKey struct {
	changes, models, layer, filter int
	place                          [2]int
}

type whyKey struct {
	changes, models, class int
	method                 string
}

// climbSteps is how many steps a stimulus climbs.
const climbSteps = 200

// layers describe the network in use.
func (p *Page) layers() []task.Layer {
	if m := p.link.loaded; m != nil {
		return m.Layers
	}
	return nil
}

// channels is how many maps or units the chosen layer has.
func (p *Page) channels() int {
	if l := p.layers(); p.inside.layer < len(l) {
		shape := l[p.inside.layer].Output
		return shape[len(shape)-1]
	}
	return 1
}

// hasPlaces says whether the chosen layer puts out pictures.
func (p *Page) hasPlaces() bool {
	l := p.layers()
	return p.inside.layer < len(l) && len(l[p.inside.layer].Output) == 3
}

// isConv says whether the chosen layer is a convolution.
func (p *Page) isConv() bool {
	l := p.layers()
	return p.inside.layer < len(l) && l[p.inside.layer].Class == "Conv2D"
}

// whyClass is the class whose reasons are shown.
func (p *Page) whyClass() int {
	if c := p.inside.class; c >= 0 {
		return c
	}
	return p.top()
}

// lookInside asks for what the Model view shows, if the picture, the network or the
// choice is another. One question of a kind is under way.
func (p *Page) lookInside() {
	in := &p.inside
	if p.view != "model" || p.link.loaded == nil || p.pixels == nil || p.answers == 0 {
		return
	}
	pixels := p.pixels
	if key := (insideKey{changes: p.changes, models: p.models, layer: in.layer}); in.asked == 0 && key != in.from {
		in.from = key
		in.asked = p.ask(func(id uint64) protocol.Command {
			return protocol.Inspect{ID: id, Picture: pixels, Layer: in.layer}
		})
	}
	if key := (insideKey{p.changes, p.models, in.layer, in.filter, in.place}); p.isConv() && in.apartD == 0 && key != in.want {
		in.want = key
		in.apartD = p.ask(func(id uint64) protocol.Command {
			return protocol.TakeApart{ID: id, Picture: pixels, Layer: in.layer, Filter: in.filter, Y: in.place[0], X: in.place[1]}
		})
	}
	if key := (whyKey{p.changes, p.models, p.whyClass(), in.method}); key.class >= 0 && in.whyID == 0 && key != in.whyOf {
		in.whyOf, in.whyNot = key, ""
		in.whyID = p.ask(func(id uint64) protocol.Command {
			return protocol.Explain{ID: id, Picture: pixels, Class: key.class, Method: in.method}
		})
	}
}

// insideEvent takes the worker's answers.
func (p *Page) insideEvent(e protocol.Event) {
	in := &p.inside
	switch e := e.(type) {
	case protocol.Inspected:
		if e.ID == in.asked {
			in.asked, in.maps = 0, &e
		}
	case protocol.TakenApart:
		if e.ID == in.apartD {
			in.apartD, in.apart = 0, &e
		}
	case protocol.Explained:
		if e.ID == in.whyID {
			in.whyID, in.why = 0, &e
		}
	case protocol.Stimulated:
		if e.ID == in.climbID {
			in.climb = &e
			if e.Done {
				in.climbID = 0
			}
		}
	case protocol.Failed: // it is not asked again until something else is to be shown
		in.refused(e)
	case protocol.Cancelled:
		in.ceased(e.ID)
	case protocol.Classified:
		if g := &p.gallery; e.ID == g.asked {
			g.asked = 0
			g.probs = e.Probs
		}
	}
}

// lost forgets what was under way to a worker that has died: it is asked again.
func (in *inside) lost() {
	in.asked, in.apartD, in.whyID, in.climbID = 0, 0, 0, 0
	in.from, in.want, in.whyOf = insideKey{changes: -1}, insideKey{changes: -1}, whyKey{changes: -1}
}

// refused takes that the worker could not answer a question.
func (in *inside) refused(e protocol.Failed) {
	switch e.ID {
	case 0:
	case in.asked:
		in.asked, in.maps = 0, nil
	case in.apartD:
		in.apartD, in.apart = 0, nil
	case in.whyID:
		in.whyID, in.why, in.whyNot = 0, nil, plain(e.Message)
	case in.climbID:
		in.climbID = 0
	}
}

func (in *inside) measuring(m protocol.Measuring) {
	if m.ID == in.nineID {
		in.goes = m
	}
}

func (in *inside) ceased(id uint64) {
	if id == in.nineID {
		in.nineID = 0
	}
	if id == in.climbID {
		in.climbID = 0
	}
}

func (in *inside) excited(e protocol.Excited) {
	if e.ID == in.nineID {
		in.nineID, in.nine = 0, &e
	}
}

// choose goes to a layer and one of its filters.
func (p *Page) choose(layer, filter int) {
	in := &p.inside
	if layer != in.layer {
		in.maps, in.layer = nil, layer
		in.place = p.middle()
	}
	in.filter = min(max(filter, 0), p.channels()-1)
	in.input, in.apart, in.climb, in.nine = 0, nil, nil, nil
	if in.climbID != 0 {
		p.tellLink(protocol.Cancel{ID: in.climbID})
	}
	p.lookInside()
}

// middle is the place in the middle of what the chosen layer puts out.
func (p *Page) middle() [2]int {
	if !p.hasPlaces() {
		return [2]int{}
	}
	out := p.layers()[p.inside.layer].Output
	return [2]int{out[0] / 2, out[1] / 2}
}

// step goes to the number beside the one that is taken apart.
func (p *Page) step(dy, dx int) {
	in := &p.inside
	if l := p.layers(); p.hasPlaces() {
		shape := l[in.layer].Output
		in.place = [2]int{min(max(in.place[0]+dy, 0), shape[0]-1), min(max(in.place[1]+dx, 0), shape[1]-1)}
	}
	p.lookInside()
}

func (p *Page) stimulate() {
	in := &p.inside
	in.climb = nil
	in.climbID = p.ask(func(id uint64) protocol.Command {
		return protocol.Stimulate{ID: id, Layer: in.layer, Channel: in.filter, Steps: climbSteps, Seed: 1}
	})
}

func (p *Page) findNine() {
	in := &p.inside
	p.serial++
	in.nineID, in.nine, in.goes = p.serial, nil, protocol.Measuring{}
	p.tell(protocol.Excite{ID: in.nineID, What: task.TestSet, Layer: in.layer, Channel: in.filter, Model: p.link.model})
}

// modelActions lists what can be done in the Model view; a new one adds a line.
var modelActions = []*Action{
	{ID: "model-prev", Label: "Layer before", Long: "The layer before", Icon: "none", Key: "PageUp", Enabled: func(p *Page) bool { return p.inside.layer > 0 }, Do: func(p *Page) { p.choose(p.inside.layer-1, 0) }},
	{ID: "model-next", Label: "Next layer", Long: "The next layer", Icon: "none", Key: "PageDown", Enabled: func(p *Page) bool { return p.inside.layer+1 < len(p.layers()) }, Do: func(p *Page) { p.choose(p.inside.layer+1, 0) }},
	{ID: "model-table", Label: "Layers", Long: "Look into the first layer", Do: (*Page).pressTable},
	{ID: "model-maps", Label: "Maps", Long: "Enlarge the first map", Do: (*Page).pressMaps},
	{ID: "model-place", Label: "Place", Long: "Take the number in the middle apart", Enabled: (*Page).hasPlaces, Do: (*Page).pressPlace},
	{ID: "model-left", Label: "Left", Long: "Take the number at the left apart", Key: "ArrowLeft", Enabled: (*Page).hasPlaces, Do: func(p *Page) { p.step(0, -1) }},
	{ID: "model-right", Label: "Right", Long: "Take the number at the right apart", Key: "ArrowRight", Enabled: (*Page).hasPlaces, Do: func(p *Page) { p.step(0, 1) }},
	{ID: "model-up", Label: "Up", Long: "Take the number above apart", Key: "ArrowUp", Enabled: (*Page).hasPlaces, Do: func(p *Page) { p.step(-1, 0) }},
	{ID: "model-down", Label: "Down", Long: "Take the number below apart", Key: "ArrowDown", Enabled: (*Page).hasPlaces, Do: func(p *Page) { p.step(1, 0) }},
	{ID: "model-input", Label: "Next input", Long: "Show the products with the next channel of the input", Icon: "none", Key: "i", Enabled: (*Page).isConv, Do: func(p *Page) {
		if a := p.inside.apart; a != nil && a.C > 0 {
			p.inside.input = (p.inside.input + 1) % a.C
		}
	}},
	{ID: "model-stimulus", Label: "Climb", Long: "Find the picture that excites this filter most", Icon: "start", Enabled: func(p *Page) bool { return p.inside.climbID == 0 && p.link.loaded != nil }, Do: (*Page).stimulate},
	{ID: "model-nine", Label: "Nine", Long: "Find the nine test pictures that excite this filter most", Icon: "sample", Enabled: func(p *Page) bool {
		return p.inside.nineID == 0 && p.train.stored != nil && p.train.stored.Test > 0
	}, Do: (*Page).findNine},
	{ID: "model-cancel", Label: "Stop", Long: "Stop looking", Icon: "stop", Enabled: func(p *Page) bool { return p.inside.climbID != 0 || p.inside.nineID != 0 }, Do: func(p *Page) {
		if id := p.inside.climbID; id != 0 {
			p.tellLink(protocol.Cancel{ID: id})
		}
		if id := p.inside.nineID; id != 0 {
			p.tell(protocol.Cancel{ID: id})
		}
	}},
	method("model-cam", "Grad-CAM", "Show where the last convolution speaks for the class", protocol.GradCAM),
	method("model-occlusion", "Occlusion", "Show where a grey patch makes the class less probable", protocol.Occlusion),
	{ID: "model-class", Label: "Class", Long: "Explain the next class", Icon: "redo", Says: func(p *Page) string { return p.className(p.whyClass()) }, Do: func(p *Page) {
		p.inside.class = (p.whyClass() + 1) % max(len(p.task().Classes), 1)
		p.lookInside()
	}},
	{ID: "model-blend", Label: "How much of the map is seen", Long: "Show more of the map", Do: (*Page).pressBlend},
}

func method(id, label, long, method string) *Action {
	return &Action{ID: id, Label: label, Long: long, Icon: "none", Pressed: func(p *Page) bool { return p.inside.method == method }, Do: func(p *Page) {
		p.inside.method = method
		p.lookInside()
	}}
}

// modelChoosers choose by number what is pressed by place on the canvas.
var modelChoosers = []*Chooser{
	{ID: "model-layer", Label: "Layer", options: func(p *Page) (all []Choice) {
		for i, l := range p.layers() {
			all = append(all, Choice{strconv.Itoa(i), l.Name})
		}
		return all
	}, get: func(p *Page) string { return strconv.Itoa(p.inside.layer) }, set: func(p *Page, v string) {
		n, _ := strconv.Atoi(v) // it is one of the options
		p.show("model")
		p.choose(n, 0)
	}},
	{ID: "model-filter", Label: "Map or unit", options: func(p *Page) (all []Choice) {
		if p.link.loaded == nil || p.view != "model" {
			return nil
		}
		for i := range p.channels() {
			all = append(all, Choice{strconv.Itoa(i), strconv.Itoa(i)})
		}
		return all
	}, get: func(p *Page) string { return strconv.Itoa(p.inside.filter) }, set: func(p *Page, v string) {
		n, _ := strconv.Atoi(v)
		p.choose(p.inside.layer, n)
	}},
	{ID: "model-why", Label: "Explain the class", options: func(p *Page) []Choice {
		all := []Choice{{"-1", "the most probable"}}
		for i, c := range p.task().Classes {
			all = append(all, Choice{strconv.Itoa(i), c})
		}
		return all
	}, get: func(p *Page) string { return strconv.Itoa(p.inside.class) }, set: func(p *Page, v string) {
		p.inside.class, _ = strconv.Atoi(v)
		p.lookInside()
	}},
}

// layerLine is a row of the summary.
func (p *Page) layerLine(i int) (name, shape, params, adds, time string) {
	l := p.layers()[i]
	name, shape = l.Name, l.Output.String()
	if n := len(l.Output); n > 0 {
		shape = ""
		for k, d := range l.Output {
			if k > 0 {
				shape += " × "
			}
			shape += strconv.Itoa(d)
		}
	}
	if l.Params > 0 {
		params = thousands(l.Params)
	}
	if l.MultiplyAdds > 0 {
		adds = fmt.Sprintf("%.2f M", float64(l.MultiplyAdds)/1e6)
	}
	if m := p.inside.maps; m != nil && i < len(m.Micros) {
		time = fmt.Sprintf("%.2f", m.Micros[i]/1e3)
	}
	return name, shape, params, adds, time
}

// modelTable is the summary in words.
func (p *Page) modelTable() string {
	if p.view != "model" || p.link.loaded == nil {
		return ""
	}
	text := ""
	for i := range p.layers() {
		name, shape, params, adds, ms := p.layerLine(i)
		text += name + ", output " + shape
		if params != "" {
			text += ", " + params + " parameters, " + adds + " multiply-adds"
		}
		if ms != "" {
			text += ", " + ms + " ms"
		}
		text += "; "
	}
	return text + "total " + thousands(p.link.loaded.Params) + " parameters"
}

// modelMaps says what the chosen layer makes of the picture.
func (p *Page) modelMaps() string {
	in := &p.inside
	m := in.maps
	if p.view != "model" || m == nil || m.Layer != in.layer {
		return ""
	}
	text := fmt.Sprintf("%s: %d maps of %d by %d, from %.3f to %.3f", p.layers()[in.layer].Name, m.C, m.H, m.W, m.Low, m.High)
	if m.H == 1 {
		text = fmt.Sprintf("%s: %d units, from %.3f to %.3f", p.layers()[in.layer].Name, m.C, m.Low, m.High)
	}
	if in.filter < len(m.Lows) {
		text += fmt.Sprintf("; number %d is from %.3f to %.3f", in.filter, m.Lows[in.filter], m.Highs[in.filter])
	}
	return text
}

// channelSum is the sum of the products with one channel of the input.
func channelSum(a *protocol.TakenApart, channel int) float64 {
	sum := 0.0
	for i := channel; i < len(a.Patch); i += a.C {
		sum += float64(a.Patch[i]) * float64(a.Kernel[i])
	}
	return sum
}

// modelApart says how the chosen number comes about.
func (p *Page) modelApart() string {
	in := &p.inside
	a := in.apart
	if p.view != "model" || a == nil || !p.isConv() || a.Layer != in.layer {
		return ""
	}
	return fmt.Sprintf("row %d, column %d of map %d: products with channel %d of the input %.4f, with all %d channels %.4f, and the bias %.4f, are %.4f",
		a.Y, a.X, a.Filter, in.input, channelSum(a, in.input), a.C, float64(a.Sum-a.Bias), a.Bias, a.Sum)
}

// modelStimulus says how far the stimulus is, and names the nine pictures.
func (p *Page) modelStimulus() string {
	in := &p.inside
	if p.view != "model" {
		return ""
	}
	text := ""
	if s := in.climb; s != nil {
		text = fmt.Sprintf("stimulus of number %d: iteration %d of %d, excited by %.3f", s.Channel, s.Iteration, climbSteps, s.Excited)
		if s.Done {
			text += ", done"
		}
	}
	if in.nineID != 0 {
		text += fmt.Sprintf(" looking at test pictures, %d of %d", in.goes.Done, in.goes.Total)
	}
	if n := in.nine; n != nil {
		text += " the test pictures that excite it most:"
		for i, q := range n.Pictures {
			text += fmt.Sprintf(" %s %.3f", p.dataClass(q.Class), n.Values[i])
		}
	}
	return text
}

// modelWhy says where the reasons for a class lie.
func (p *Page) modelWhy() string {
	w := p.inside.why
	if p.view != "model" {
		return ""
	}
	if w == nil {
		return p.inside.whyNot
	}
	most, at := math.Inf(-1), 0
	for i, v := range w.Values {
		if float64(v) > most {
			most, at = float64(v), i
		}
	}
	return fmt.Sprintf("%s by %s: strongest, %.4f, at row %d, column %d of %d by %d", p.className(w.Class), w.Method, most, at/w.W, at%w.W, w.H, w.W)
}
