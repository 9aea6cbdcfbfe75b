package page

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// answerKey is what the answer's panels depend on. The bars are counted in pixels,
// so that a movement that cannot be seen paints nothing.
type answerKey struct {
	w, h, scale float64
	theme       *theme.Theme
	rows        string // all of rows, which cannot be compared
	class       string
	share       string
	words       string
	timing      string
	comparison  string
	label       int // the row under the pointer, from 1
	teach       buttonState
}

// answerRow is one class's bar.
type answerRow struct {
	class       int
	name, share string
	bar         int  // in pixels
	before      int  // the shipped network's, in pixels; -1 for none
	full        bool // in full colour
}

// mostRows is how many classes stand in the order that the network has them in, so that one
// finds each at its place. Of more, the most probable ones are shown.
const mostRows = 12

// rows are the bars that are shown, of a panel of a width.
func (p *Page) rows(w float64) []answerRow {
	order := p.order()
	top := topThree(order)
	if len(order) <= mostRows {
		order = slices.Sorted(slices.Values(order))
	} else {
		order = order[:mostRows]
	}
	var all []answerRow
	for _, i := range order {
		r := answerRow{class: i, name: p.className(i), bar: int(math.Round(p.shown[i] * w)), before: -1, share: fmt.Sprintf("%.1f %%", 100*p.probs[i])}
		if p.compare {
			r.before = int(math.Round(p.before[i] * w))
		}
		r.full = slices.Contains(top, i) && p.probs[i] >= 0.005
		all = append(all, r)
	}
	return all
}

func (p *Page) answerKey(r paint.Rect) answerKey {
	k := answerKey{w: r.W, h: r.H, scale: p.Scale(), theme: p.theme}
	k.class, k.share, k.words = p.verdict()
	if p.answers > 0 {
		k.timing = p.timing()
	}
	k.comparison = p.comparison()
	return k
}

// answerPanel says what the picture is: in words, and as bars.
func (p *Page) answerPanel(r paint.Rect) Panel {
	k := p.answerKey(r)
	headline := 108.0
	if p.narrow() {
		headline = 44
	}
	wrong := "Wrong? Press the right class."
	if !p.labelled() {
		wrong = "It cannot be taught: its classes or pictures are not those of CIFAR-10."
	}
	rows := p.rows(r.W * k.scale)
	k.rows = fmt.Sprint(rows, wrong)
	stacked := p.narrow()
	bars := paint.Rect{X: theme.Pad + 8, Y: headline, W: r.W - 2*theme.Pad - 16, H: r.H - headline - 60}
	var parts []part
	step := bars.H / float64(max(len(rows), 10))
	labels := p.perClass().labels
	for i, row := range rows {
		a := labels[row.class]
		at := paint.Rect{X: r.X + bars.X - 8, Y: r.Y + bars.Y + float64(i)*step, W: bars.W + 16, H: step}
		parts = append(parts, part{at, a})
		if p.hover == a.ID {
			k.label = i + 1
		}
	}
	var states buttons
	if teach := actionByID("teach"); teach.Shown(p) {
		var ps []part
		states, ps = p.row([]string{"teach"}, []paint.Rect{{X: r.X + r.W - theme.Pad - 8 - 116, Y: r.Y + r.H - theme.Touch - 10, W: 116, H: theme.Touch}})
		parts = append(parts, ps...)
		k.teach = relative(states, r)[0]
	}
	return Panel{Name: "answer", Rect: r, Key: k, parts: parts, Paint: func(c *paint.Canvas) {
		card(c, r, k.theme)
		if stacked {
			c.Text("How probable each class is", paint.Point{X: theme.Pad, Y: 32}, paint.Style{Size: theme.Body, Weight: paint.Medium, Color: k.theme.Ink})
		} else {
			k.paintHeadline(c, paint.Rect{X: theme.Pad + 8, Y: 0, W: r.W - 2*theme.Pad - 16, H: headline})
		}
		if k.label > 0 {
			c.Box(paint.Rect{X: bars.X - 8, Y: bars.Y + float64(k.label-1)*step, W: bars.W + 16, H: step}, 8, k.theme.Soft)
		}
		k.paintBars(c, bars, rows)
		note := paint.Style{Size: theme.Small, Color: k.theme.Quiet}
		lines := []string{k.timing, wrong}
		if k.comparison != "" {
			lines[0] = k.comparison + " (marked). " + k.timing
		}
		if k.label > 0 {
			lines[1] = "Keep as " + rows[k.label-1].name + "."
		}
		for i, line := range lines {
			c.Text(line, paint.Point{X: theme.Pad + 8, Y: r.H - 34 + 17*float64(i)}, note)
		}
		p.look(c, states, r, k.theme)
	}}
}

// headlinePanel is the answer in words, above the pad of a phone.
func (p *Page) headlinePanel(r paint.Rect) Panel {
	k := p.answerKey(r)
	k.timing, k.comparison = "", ""
	return Panel{Name: "headline", Rect: r, Key: k, Paint: func(c *paint.Canvas) {
		c.Clear(k.theme.Paper)
		th := k.theme
		if k.class == "" {
			c.Text("…", paint.Point{X: 4, Y: 44}, paint.Style{Size: theme.Title, Weight: paint.Bold, Color: th.Quiet})
			return
		}
		big := paint.Style{Size: 32, Weight: paint.Bold, Color: th.Ink}
		c.Text(k.class, paint.Point{X: 4, Y: 42}, big)
		c.Text(k.words, paint.Point{X: 4, Y: 62}, paint.Style{Size: theme.Note, Color: th.Quiet})
		c.Text(k.share, paint.Point{X: r.W - 4, Y: 42}, paint.Style{Size: theme.Title, Weight: paint.Mono, Color: th.Ink, Align: paint.Right})
	}}
}

func (k answerKey) paintHeadline(c *paint.Canvas, r paint.Rect) {
	th := k.theme
	if k.class == "" {
		c.Text("Looking …", paint.Point{X: r.X, Y: 62}, paint.Style{Size: theme.Title, Color: th.Quiet})
		return
	}
	share := paint.Style{Size: theme.Title, Weight: paint.Mono, Color: th.Ink, Align: paint.Right}
	c.Text(k.share, paint.Point{X: r.X + r.W, Y: 62}, share)
	big := paint.Style{Size: theme.Display, Weight: paint.Bold, Color: th.Ink}
	for c.TextWidth(k.class, big) > r.W-c.TextWidth(k.share, share)-16 && big.Size > theme.Title {
		big.Size -= 4
	}
	c.Text(k.class, paint.Point{X: r.X - 2, Y: 62}, big)
	c.Text(k.words, paint.Point{X: r.X, Y: 88}, paint.Style{Size: theme.Body, Color: th.Quiet})
}

func (k answerKey) paintBars(c *paint.Canvas, r paint.Rect, rows []answerRow) {
	th := k.theme
	step := r.H / float64(max(len(rows), 10))
	label := paint.Style{Size: theme.Note, Color: th.Ink}
	figure := paint.Style{Size: theme.Note, Weight: paint.Mono, Color: th.Ink, Align: paint.Right}
	const left, right = 92, 72
	track := r.W - left - right
	height := min(step*0.45, 14)
	for i, row := range rows {
		y := r.Y + step*(float64(i)+0.5)
		col, ink := th.Class(row.class), th.Ink
		if !row.full {
			col, ink = theme.Mix(col, th.Panel, 0.5), th.Quiet
		}
		label.Color, figure.Color = ink, ink
		c.Text(c.Fit(row.name, left-6, label), paint.Point{X: r.X, Y: y + 5}, label)
		c.Text(row.share, paint.Point{X: r.X + r.W, Y: y + 5}, figure)
		bar := paint.Rect{X: r.X + left, Y: y - height/2, W: track, H: height}
		c.Box(bar, height/2, th.Soft)
		bar.W *= min(float64(row.bar)/(k.w*k.scale), 1)
		if bar.W > 0 {
			c.Box(bar, min(height/2, bar.W/2), col)
		}
		if row.before >= 0 {
			x := r.X + left + track*min(float64(row.before)/(k.w*k.scale), 1)
			c.Box(paint.Rect{X: min(x, r.X+left+track-2) - 1, Y: y - height/2 - 3, W: 3, H: height + 6}, 1, th.Ink)
		}
	}
}

// topBar holds the name, the views, the model and the theme.
func (p *Page) topBar() Panel {
	r := paint.Rect{W: p.w, H: theme.TopBar}
	type key struct {
		w, scale float64
		theme    *theme.Theme
		model    string
		hover    string
		scrolled bool
		view     string
		all      keeping
	}
	k := key{p.w, p.Scale(), p.theme, p.modelLine(), "", p.scroll > 0, p.view, p.all}
	var parts []part
	left := p.w - 8
	for _, a := range []*Action{themeAction, aboutAction, actionByID("offline")} {
		if a.Shown == nil || a.Shown(p) {
			left -= theme.Touch
			parts = append(parts, part{paint.Rect{X: left, Y: 6, W: theme.Touch, H: theme.Touch}, a})
		}
	}
	icons := parts
	tabs, tabsAt := tabbed(), []paint.Rect(nil)
	if !p.narrow() {
		measure := paint.Canvas{Scale: p.Scale()}
		x := 160.0 - tabSpace/2
		for i, v := range tabs {
			w := measure.TextWidth(v.name, paint.Style{Size: theme.Body, Weight: paint.Medium}) + tabSpace
			tabsAt = append(tabsAt, paint.Rect{X: x, Y: 0, W: w, H: theme.TopBar})
			parts = append(parts, part{tabsAt[i], tabActions[i]})
			x += w
		}
	}
	for _, q := range parts {
		if p.hover == q.action.ID {
			k.hover = p.hover
		}
	}
	return Panel{Name: "top", Rect: r, Key: k, parts: parts, Paint: func(c *paint.Canvas) {
		th := k.theme
		c.Clear(th.Paper)
		c.Box(paint.Rect{Y: r.H - 1, W: r.W, H: 1}, 0, th.Line)
		logo(c, paint.Rect{X: 16, Y: 16, W: 24, H: 24}, th)
		c.Text("Tenfold", paint.Point{X: 50, Y: 35}, paint.Style{Size: theme.Heading, Weight: paint.Bold, Color: th.Ink})
		for i, at := range tabsAt {
			style := paint.Style{Size: theme.Body, Weight: paint.Medium, Color: th.Quiet}
			tab := tabs[i]
			if tab.id == k.view || k.hover == tabActions[i].ID {
				style.Color = th.Accent
			}
			c.Text(tab.name, paint.Point{X: at.X + tabSpace/2, Y: 34}, style)
			if tab.id == k.view {
				c.Box(paint.Rect{X: at.X + tabSpace/2, Y: r.H - 3, W: at.W - tabSpace, H: 3}, 1.5, th.Accent)
			}
		}
		if room := left - 182; room > 80 { // a phone's bar has none for the model
			chip := paint.Style{Size: theme.Small, Weight: paint.Medium, Color: th.Quiet, Align: paint.Right}
			text := c.Fit(k.model, room, chip)
			w := c.TextWidth(text, chip)
			box := paint.Rect{X: left - w - 32, Y: 14, W: w + 24, H: 28}
			c.Box(box, 14, th.Line)
			c.Box(box.Inset(1), 13, th.Panel)
			c.Text(text, paint.Point{X: box.X + box.W - 12, Y: 32}, chip)
		}
		for _, i := range icons {
			name, ink := i.action.Icon, th.Quiet
			switch {
			case i.action == themeAction && !th.Dark:
				name = "dark"
			case i.action.ID == "offline" && k.all == begun:
				ink = theme.Mix(th.Quiet, th.Paper, 0.5)
			case i.action.ID == "offline" && k.all == complete, i.action == aboutAction && k.view == about:
				ink = th.Accent
			}
			if ink == th.Quiet && k.hover == i.action.ID {
				ink = th.Ink
			}
			c.Icon(name, i.Center(), 22, ink)
		}
	}}
}

// tabSpace is between two tabs.
const tabSpace = 28

// tabBar holds the views at the lower edge of a phone.
func (p *Page) tabBar() Panel {
	r := paint.Rect{Y: p.h - p.bottom(), W: p.w, H: p.bottom()}
	type key struct {
		w, scale float64
		theme    *theme.Theme
		view     string
	}
	k := key{w: p.w, scale: p.Scale(), theme: p.theme, view: p.view}
	var parts []part
	tabs := tabbed()
	w := p.w / float64(len(tabs))
	for i := range tabs {
		parts = append(parts, part{paint.Rect{X: float64(i) * w, Y: r.Y, W: w, H: r.H}, tabActions[i]})
	}
	return Panel{Name: "tabs", Rect: r, Key: k, parts: parts, Paint: func(c *paint.Canvas) {
		th := k.theme
		c.Clear(th.Paper)
		c.Box(paint.Rect{W: r.W, H: 1}, 0, th.Line)
		for i, v := range tabs {
			style := paint.Style{Size: theme.Small, Weight: paint.Medium, Color: th.Quiet}
			if v.id == k.view {
				style.Color = th.Accent
			}
			mid := (float64(i) + 0.5) * w
			c.Icon(v.icon, paint.Point{X: mid, Y: 20}, 22, style.Color)
			c.Text(v.name, paint.Point{X: mid - c.TextWidth(v.name, style)/2, Y: 46}, style)
		}
	}}
}

// logo is the page's sign: four bars.
func logo(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
	c.Box(r, 6, th.Accent)
	for i, h := range []float64{0.24, 0.4, 0.66, 0.34} {
		w := r.W * 0.12
		x := r.X + r.W*(0.18+0.175*float64(i))
		c.Box(paint.Rect{X: x, Y: r.Y + r.H*(0.82-h), W: w, H: r.H * h}, 1, color.RGBA(th.OnAccent))
	}
}

// Icon is the page's sign as a picture of so many pixels. A maskable one fills the
// whole square, because the system cuts it to a shape of its own.
func Icon(side int, maskable bool) *image.RGBA {
	c := paint.NewCanvas(24, 24, float64(side)/24)
	if !maskable {
		logo(c, paint.Rect{W: 24, H: 24}, theme.Light)
		return c.Image
	}
	c.Clear(theme.Light.Accent)
	logo(c, paint.Rect{X: 4, Y: 4, W: 16, H: 16}, theme.Light)
	return c.Image
}

// toast is what the person must know now.
func (p *Page) toast() string {
	if p.problem != "" {
		return p.problem
	}
	if p.link.notice == "" && p.update == offered {
		return newVersion
	}
	return p.link.notice
}

// toastPanel shows a message at the lower edge; a press on it closes it.
func (p *Page) toastPanel(text string) Panel {
	w := min(p.w-24, 560)
	style := paint.Style{Size: theme.Note, Color: p.theme.Paper}
	measure := paint.Canvas{Scale: p.Scale()}
	lines := measure.Wrap(text, w-56, style)
	h := float64(len(lines))*20 + 24
	r := paint.Rect{X: (p.w - w) / 2, Y: p.h - p.bottom() - h - 16, W: w, H: h}
	type key struct {
		rect  paint.Rect
		scale float64
		theme *theme.Theme
		text  string
	}
	th := p.theme
	close := &Action{ID: "close", Label: "Close", Do: func(p *Page) { p.problem, p.link.notice = "", "" }}
	press := []part{{r, close}}
	if text == newVersion {
		cross := paint.Rect{X: r.X + r.W - 52, Y: r.Y, W: 52, H: r.H}
		press = []part{{cross, actionByID("later")}, {r, actionByID("update")}}
	}
	return Panel{
		Name: "toast", Rect: r, Key: key{r, p.Scale(), th, text}, parts: press,
		Paint: func(c *paint.Canvas) {
			c.Clear(color.RGBA{})
			c.Box(paint.Rect{W: w, H: h}, theme.Radius, th.Ink)
			for i, line := range lines {
				c.Text(line, paint.Point{X: 16, Y: 27 + 20*float64(i)}, style)
			}
			c.Line([]paint.Point{{X: w - 30, Y: h/2 - 6}, {X: w - 18, Y: h/2 + 6}}, 1.75, th.Paper)
			c.Line([]paint.Point{{X: w - 30, Y: h/2 + 6}, {X: w - 18, Y: h/2 - 6}}, 1.75, th.Paper)
		},
	}
}
