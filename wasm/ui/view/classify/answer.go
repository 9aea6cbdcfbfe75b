package classify

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// headline returns the answer in words and large, w units wide.
func (v *View) headline(w, size float64) widget.Node {
	d, t := v.desk, &words.Classify
	class, share, sure := part.Verdict(d)
	switch {
	case d.Subject.Empty():
		return widget.Heading{ID: "answer-class", Text: t.Empty, Size: fitted(t.Empty, w, theme.Title)}
	case d.Network.Loaded == nil && class == "":
		return widget.Heading{ID: "answer-class", Text: t.Loading, Size: theme.Heading}
	case class == "":
		return widget.Heading{ID: "answer-class", Text: t.Looking, Size: theme.Heading}
	}
	const gap, figures = 12, 108
	return widget.Row{Gap: gap, Items: []widget.Node{
		widget.Flex(1, widget.Heading{ID: "answer-class", Text: class, Size: fitted(class, w-gap-figures, size)}),
		widget.Fixed(figures, widget.Column{Items: []widget.Node{
			widget.Text{ID: "answer-share", Text: share, Size: theme.Heading + 2, Mono: true, Align: paint.Right},
			widget.Text{ID: "answer-sure", Text: sure, Align: paint.Right, Quiet: true},
		}}),
	}}
}

// fitted returns the largest size of bold type, up to most, in which a text is at most w units wide;
// it may need two lines where it is very long.
func fitted(text string, w, most float64) float64 {
	c := paint.Canvas{Scale: 1}
	for size := most; size > theme.Heading; size -= 2 {
		if c.TextWidth(text, paint.Style{Size: size, Weight: paint.Bold}) <= w-2 {
			return size
		}
	}
	return theme.Heading
}

// mostBars is up to how many classes stand in the network's order, so that each is found at
// its place. More are in the order of their probabilities, with this many in sight.
const mostBars = 12

// shownClasses returns the classes from the top, and the three most probable.
func shownClasses(probs []float64) (classes, top []int) {
	order := part.Order(probs)
	top = order[:min(3, len(order))]
	if len(order) > mostBars {
		return order, top
	}
	return slices.Sorted(slices.Values(order)), top
}

// probabilities returns the bars, each of which takes the picture as an example of its class.
func (v *View) probabilities() widget.Node {
	d, w := v.desk, &words.Classify
	probs := d.Network.Probs
	if len(probs) == 0 {
		return nil
	}
	shares, why := v.bars(), ""
	if !d.Labelled() && !d.Owned() {
		why = w.NoTeach
	}
	classes, top := shownClasses(probs)
	all := widget.Bars{ID: "bars"}
	for _, i := range classes {
		class := d.Network.Class(i)
		b := widget.Bar{
			ID: "label-" + class, Name: class, Long: fmt.Sprintf(w.Save, class), Text: figure.Chance(probs[i]), Color: part.Tone(d, i),
			Share:  math.Round(shares[i]*1024) / 1024, // a movement that cannot be seen paints nothing
			Strong: slices.Contains(top, i) && probs[i] >= 0.005, Disabled: why,
			Do: func() { v.save(i) },
		}
		if len(d.Network.Beside) == len(probs) {
			b.Mark = d.Network.Beside[i]
		}
		all.Rows = append(all.Rows, b)
	}
	return all
}

// scrolling returns bars some of which are out of sight, h units high or, for 0, as high as there
// is room.
func (v *View) scrolling(bars widget.Node, h float64) widget.Node {
	return widget.Scroll{ID: "bars-scroll", Node: bars, H: h, Offset: v.scroll, OnScroll: func(to float64) { v.scroll = to }}
}

// save keeps the picture as an example of a class.
func (v *View) save(class int) {
	d, w := v.desk, &words.Classify
	pixels := d.Pixels()
	if pixels == nil {
		return
	}
	if !d.Labelled() {
		d.Library.KeepIn(class, slices.Clone(d.Subject.Pixels(task.Shape{task.ProjectSide, task.ProjectSide, 3})), false)
		d.Say(fmt.Sprintf(w.SavedIn, d.Network.Class(class), d.Library.Project().Name))
		return
	}
	d.Library.Add(d.Network.Task(), slices.Clone(pixels), class)
	if d.Library.Stored == nil { // how many there are is not known yet
		d.Say(fmt.Sprintf(w.Saved, d.Network.Class(class)))
		return
	}
	d.Say(fmt.Sprintf(w.SavedOf, d.Network.Class(class), figure.Things(d.Library.Own()+1, words.Nouns.Picture)))
}

// notes returns what there is to know of the answer, in reading order.
func (v *View) notes() []widget.Node {
	d, w := v.desk, &words.Classify
	note := func(id, text string) widget.Node {
		return widget.Text{ID: id, Text: text, Size: theme.Small, Quiet: true}
	}
	if d.Subject.Empty() {
		return []widget.Node{widget.Text{ID: "answer-empty", Text: w.EmptyMore, Quiet: true}, note("private", w.Private)}
	}
	if len(d.Network.Probs) == 0 {
		return []widget.Node{note("private", w.Private)}
	}
	var all []widget.Node
	if part.Doubted(d) {
		all = append(all, widget.Text{ID: "answer-none", Text: part.Doubt(d), Size: theme.Small})
	}
	if text := v.marks(); text != "" {
		all = append(all, note("answer-marks", text))
	}
	all = append(all, v.teaching())
	if t := d.Library.Taught; t != nil {
		all = append(all, note("taught", part.Taught(t)))
	}
	return append(all,
		note("answer-timing", part.Timing(d)+" "+w.Private),
		note("answer-honest", v.honest()),
	)
}

// marks returns the legend of the other network's answer; "" where it is in use itself.
func (v *View) marks() string {
	d, w := v.desk, &words.Classify
	if len(d.Network.Beside) == 0 {
		return ""
	}
	top := part.Order(d.Network.Beside)[0]
	text := w.MarksBlack
	if d.Theme.Dark {
		text = w.MarksWhite
	}
	return fmt.Sprintf(text, words.Network.Kinds[network.Opening], d.Network.Class(top), figure.Chance(d.Network.Beside[top]))
}

// teaching says how a wrong answer is put right, with the button that does.
func (v *View) teaching() widget.Node {
	d, w := v.desk, &words.Classify
	hint := widget.Text{ID: "answer-wrong", Text: w.Wrong, Size: theme.Small, Quiet: true}
	if d.Owned() && !d.Labelled() {
		hint.Text = w.WrongOwn
		b := widget.Button{ID: "learn-again", Label: w.LearnAgain, Long: w.LearnAgainLong, Icon: "classes", Do: func() { d.Show("classes") }}
		return widget.Row{Gap: 12, Items: []widget.Node{widget.Flex(1, hint), widget.Fixed(116, b)}}
	}
	if !d.Labelled() {
		hint.Text = w.NoTeach
	}
	if d.Library.Own() == 0 {
		return hint
	}
	b := widget.Button{ID: "teach", Label: w.Teach, Long: w.TeachLong, Icon: "start", Do: d.Teach}
	switch {
	case !d.Labelled():
		b.Disabled = w.NoTeach
	case d.Library.Teaching():
		b.Disabled = w.Teaching
	case !d.Library.CanTeach():
		b.Disabled = w.Running
	}
	return widget.Row{Gap: 12, Items: []widget.Node{widget.Flex(1, hint), widget.Fixed(116, b)}}
}

// honest says what an answer of the network cannot be.
func (v *View) honest() string {
	d, w := v.desk, &words.Classify
	text := w.Only
	switch m := d.Network.Loaded; {
	case m == nil:
	case m.Doubt > 0:
		text = w.OnlyDoubts
	case strings.HasPrefix(m.Name, words.Network.Kinds[task.TutorialCNN]) && d.Network.Using != task.Given: // or what it was trained on here
		text = w.OnlyPhotos
	}
	return fmt.Sprintf(text, figure.Spelled(len(d.Network.Task().Classes)))
}

// answerCard has the answer, w units wide: in words, as bars, and what there is to know. size is
// that of the class' name; 0 where the headline stands elsewhere. The bars are as far apart as
// the card's height lets them, or not.
func (v *View) answerCard(w, size float64, spread bool) widget.Node {
	c := widget.Column{Gap: 8}
	title := ""
	if size > 0 {
		c.Items = append(c.Items, v.headline(w-2*theme.Pad, size))
	} else {
		title = words.Classify.Bars
		if len(v.desk.Network.Probs) == 0 {
			title = words.Classify.Answer
		}
	}
	bars := v.probabilities()
	if len(v.desk.Network.Probs) > mostBars {
		h := 0.0 // what is there
		if !spread {
			h = mostBars * theme.Touch
		}
		bars = v.scrolling(bars, h)
	}
	if spread {
		c.Items = append(c.Items, widget.Stretch(bars))
	} else {
		c.Items = append(c.Items, bars)
	}
	c.Items = append(c.Items, v.notes()...)
	return widget.Card{Name: "answer", Title: title, Body: c}
}
