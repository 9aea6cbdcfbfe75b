package page

import (
	"fmt"
	"math"
	"slices"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Sizes for those who sit far from the screen: how much larger the other views are, and
// the type of the answers.
const (
	presenterZoom = 1.35
	farDisplay    = 60
	farHeading    = 32
	farBody       = 22
)

// present makes the type large and puts both networks side by side, or no longer.
func (p *Page) present() {
	p.presenting = !p.presenting
	p.rescale()
	if p.presenting {
		p.show("classify")
	}
}

// reset makes the page ready for the next person: the shipped network and an empty pad,
// which can be undone. A run is stopped; its weights are kept.
func (p *Page) reset() {
	if t := &p.train; t.active {
		p.tell(protocol.Stop{})
		t.run++ // what it still says is of no interest
		t.active, t.pending, t.last, t.best = false, nil, nil, nil
		p.host.Awake(false)
	}
	if p.train.using != task.Shipped {
		p.use(task.Shipped, p.train.shipped)
	}
	p.toPad()
	p.pad.Clear()
	p.drawn()
	p.show("classify")
}

func presenting(p *Page) bool { return p.presenting }

// presenterActions belong to all views.
var presenterActions = []*Action{
	{ID: "present", Label: "Present", Long: "Presenter mode: large type, both networks side by side", Icon: "present", Key: "p", Pressed: presenting, Do: (*Page).present, Says: func(p *Page) string {
		if p.presenting {
			return "Stop presenting"
		}
		return ""
	}},
	{ID: "reset", Label: "Start over", Long: "Start over: the shipped network and an empty pad", Icon: "undo", Key: "x", Shown: presenting, Do: (*Page).reset},
}

// presenterPanels is the Classify view for a room: the pad, and what the shipped network
// and the fine-tuned one make of the picture.
func presenterPanels(p *Page, area paint.Rect) []Panel {
	const g = theme.Gap
	c := p.place(area)
	c.pad.X = g
	x := c.pad.X + c.pad.W + g
	w := (area.W - x - 2*g) / 2
	cards := paint.Rect{X: x, Y: c.pad.Y, W: w, H: c.pad.H - theme.Touch - g}
	second := cards
	second.X += w + g
	keys := paint.Rect{X: x, Y: cards.Y + cards.H + g, W: 2*w + g, H: theme.Touch}
	return []Panel{
		p.padPanel(c), p.toolsPanel(c),
		p.networkPanel("shipped", "Shipped", cards, p.shippedAnswer()), p.networkPanel("tuned", "Fine-tuned", second, p.tunedAnswer()),
		p.presenterKeys(keys),
	}
}

// answerOf is what a network makes of the picture.
type answerOf struct {
	known bool
	probs []float64
}

func (p *Page) shippedAnswer() answerOf {
	if p.compare {
		return answerOf{true, p.before}
	}
	return answerOf{p.answers > 0 && p.train.using == task.Shipped, p.shown}
}

func (p *Page) tunedAnswer() answerOf {
	return answerOf{p.compare && p.train.using != task.Shipped, p.shown}
}

// networkPanel is one network's answer, in words and as bars.
func (p *Page) networkPanel(name, label string, r paint.Rect, a answerOf) Panel {
	type key struct {
		w, h, scale float64
		theme       *theme.Theme
		known       bool
		bars        string // in thousandths, and the classes
		buttons     buttons
	}
	k := key{w: r.W, h: r.H, scale: p.Scale(), theme: p.theme, known: a.known}
	k.known = a.known && len(a.probs) > 0
	top := 0
	var rows []answerRow
	for i, v := range a.probs {
		rows = append(rows, answerRow{class: i, name: p.className(i), bar: int(math.Round(1000 * v))})
		if v > a.probs[top] {
			top = i
		}
	}
	var first answerRow
	if len(rows) > 0 {
		first = rows[top]
	}
	if len(rows) > mostRows {
		slices.SortFunc(rows, func(a, b answerRow) int { return b.bar - a.bar })
		rows = rows[:mostRows]
	}
	k.bars = fmt.Sprint(rows)
	var press []part
	var states buttons
	if name == "tuned" && !a.known {
		states, press = p.line([]string{"train-last", "view-train"}, paint.Rect{X: r.X + theme.Pad, Y: r.Y + r.H - theme.Touch - theme.Pad, W: r.W - 2*theme.Pad, H: theme.Touch})
		k.buttons = relative(states, r)
	}
	return Panel{Name: name, Rect: r, Key: k, parts: press, Paint: func(c *paint.Canvas) {
		th := k.theme
		card(c, r, th)
		c.Text(label, paint.Point{X: theme.Pad, Y: 38}, paint.Style{Size: farBody, Weight: paint.Medium, Color: th.Quiet})
		w := r.W - 2*theme.Pad
		if !k.known {
			text := "Looking …"
			if name == "tuned" {
				text = "No other network is in use. Train one, or take up the last, and it answers here beside the shipped one."
			}
			style := paint.Style{Size: farBody, Color: th.Quiet}
			for i, line := range c.Wrap(text, w, style) {
				c.Text(line, paint.Point{X: theme.Pad, Y: 84 + 31*float64(i)}, style)
			}
			p.look(c, states, r, th)
			return
		}
		share := paint.Style{Size: farHeading, Weight: paint.Mono, Color: th.Ink}
		big := paint.Style{Size: farDisplay, Weight: paint.Bold, Color: th.Ink}
		for c.TextWidth(first.name, big) > w && big.Size > farHeading {
			big.Size -= 2
		}
		c.Text(first.name, paint.Point{X: theme.Pad - 1, Y: 104}, big)
		c.Text(percent(float64(first.bar)/1000), paint.Point{X: theme.Pad, Y: 146}, share)
		from, step := 164.0, (r.H-164-theme.Pad)/float64(max(len(rows), 10))
		const left = 124
		for i, row := range rows {
			y := from + step*(float64(i)+0.5)
			ink, col := th.Quiet, theme.Mix(th.Class(row.class), th.Panel, 0.5)
			if row.class == first.class {
				ink, col = th.Ink, th.Class(row.class)
			}
			c.Text(c.Fit(row.name, left-8, paint.Style{Size: farBody}), paint.Point{X: theme.Pad, Y: y + 8}, paint.Style{Size: farBody, Color: ink})
			bar := paint.Rect{X: theme.Pad + left, Y: y - 10, W: w - left, H: 20}
			c.Box(bar, 10, th.Soft)
			if bar.W *= float64(row.bar) / 1000; bar.W > 0 {
				c.Box(bar, min(10, bar.W/2), col)
			}
		}
	}}
}

// presenterKeys are the two buttons of the mode.
func (p *Page) presenterKeys(r paint.Rect) Panel {
	states, press := p.line([]string{"reset", "present"}, r)
	th := p.theme
	return Panel{Name: "presenter", Rect: r, Key: p.viewKey(r, states), parts: press, Paint: func(c *paint.Canvas) {
		c.Clear(th.Paper)
		p.look(c, states, r, th)
	}}
}

// sideBySide says both answers, for the twin.
func (p *Page) sideBySide() string {
	if !p.presenting {
		return ""
	}
	words := func(label string, a answerOf) string {
		top := 0
		for i, v := range a.probs {
			if v > a.probs[top] {
				top = i
			}
		}
		if !a.known || len(a.probs) == 0 {
			return label + ": no answer"
		}
		return fmt.Sprintf("%s: %s %s", label, p.className(top), percent(a.probs[top]))
	}
	tuned := p.tunedAnswer()
	tuned.probs = p.probs
	return words("Shipped", p.shippedAnswer()) + ". " + words("Fine-tuned", tuned)
}
