package page

import (
	"fmt"
	"image"
	"math"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// trainPanels is the Train view: the settings, the run, and what the network still gets
// wrong.
func trainPanels(p *Page, area paint.Rect) []Panel {
	g := theme.Gap
	if p.trainStacked() {
		const gap = 12
		w := min(area.W-2*gap, 560)
		x, y := (area.W-w)/2, area.Y+gap
		var panels []Panel
		for _, next := range []struct {
			h    float64
			make func(paint.Rect) []Panel
		}{
			{runHeight(true), p.runPanels}, {dataHeight, p.dataPanels}, {settingsHeight, p.settingsPanels}, {w + 220, p.wrongPanels}, {p.mineHeight(w), p.minePanels},
		} {
			panels = append(panels, next.make(paint.Rect{X: x, Y: y, W: w, H: next.h})...)
			y += next.h + gap
		}
		return panels
	}
	const left = 328
	right := min(max(area.W*0.26, 300), 400)
	middle := min(area.W-left-right-4*float64(g), 900)
	x := (area.W - left - middle - right - 2*float64(g)) / 2
	y := area.Y + float64(g)
	h := max(area.H-2*float64(g), dataHeight+float64(g)+settingsHeight)
	var panels []Panel
	panels = append(panels, p.dataPanels(paint.Rect{X: x, Y: y, W: left, H: dataHeight})...)
	panels = append(panels, p.settingsPanels(paint.Rect{X: x, Y: y + dataHeight + float64(g), W: left, H: h - dataHeight - float64(g)})...)
	x += left + float64(g)
	panels = append(panels, p.runPanels(paint.Rect{X: x, Y: y, W: middle, H: h})...)
	x += middle + float64(g)
	mine := p.mineHeight(right)
	panels = append(panels, p.wrongPanels(paint.Rect{X: x, Y: y, W: right, H: h - mine - float64(g)})...)
	panels = append(panels, p.minePanels(paint.Rect{X: x, Y: y + h - mine, W: right, H: mine})...)
	return panels
}

const (
	rowHeight      = theme.Touch + 2
	dataHeight     = 46 + 3*26 + 36 + theme.Touch + 16
	settingsHeight = 48 + 8*rowHeight + theme.Touch + 16
)

func runHeight(narrow bool) float64 {
	if narrow {
		return 4*theme.Touch + 560
	}
	return 0
}

// trainStacked says whether the panels of the Train view are above each other.
func (p *Page) trainStacked() bool { return p.w < 1040 }

// dataPanels say what there is to train on.
func (p *Page) dataPanels(r paint.Rect) []Panel {
	t := &p.train
	states, parts := p.line([]string{"train-fetch", "train-choose", "train-forget"}, paint.Rect{X: r.X + theme.Pad, Y: r.Y + r.H - theme.Touch - theme.Pad, W: r.W - 2*theme.Pad, H: theme.Touch})
	type key struct {
		w, h, scale float64
		theme       *theme.Theme
		revision    int
		buttons     buttons
	}
	lines := t.dataLines()
	th := p.theme
	return []Panel{{Name: "train-data", Rect: r, Key: key{r.W, r.H, p.Scale(), th, t.revision, relative(states, r)}, parts: parts, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "Pictures", th)
		for i, l := range lines {
			y := 60 + 26*float64(i)
			c.Text(l[0], paint.Point{X: theme.Pad, Y: y}, paint.Style{Size: theme.Note, Color: th.Ink})
			c.Text(c.Fit(l[1], r.W-150, paint.Style{Size: theme.Note}), paint.Point{X: r.W - theme.Pad, Y: y}, paint.Style{Size: theme.Note, Color: th.Quiet, Align: paint.Right})
		}
		small := paint.Style{Size: theme.Small, Color: th.Quiet}
		for i, line := range c.Wrap(howLong, r.W-2*theme.Pad, small) {
			c.Text(line, paint.Point{X: theme.Pad, Y: 136 + 16*float64(i)}, small)
		}
		p.look(c, states, r, th)
	}}}
}

// howLong says how long what is stored stays.
const howLong = "Kept here for next time. Some browsers clear it after a week unused: download the weights."

// dataLines are what is stored, a line each.
func (t *trainer) dataLines() [][2]string {
	s := t.stored
	if s == nil {
		return [][2]string{{"Test set", "…"}, {"Training set", "…"}, {"My pictures", "…"}}
	}
	if s.Coming != "" {
		done := fmt.Sprintf("%.0f MB", float64(s.Done)/1e6)
		if s.Total > 0 {
			done = fmt.Sprintf("%d %% of %.0f MB", 100*s.Done/s.Total, float64(s.Total)/1e6)
		}
		return [][2]string{{"Reading", s.Coming}, {"", done}}
	}
	count := func(n int) string {
		if n == 0 {
			return "none here"
		}
		return fmt.Sprintf("%s, %.1f MB", thousands(n), float64(n*(s.Task.Pixels()+1))/1e6)
	}
	own := fmt.Sprint(len(s.Mine))
	if len(s.Mine) == 0 {
		own = "none yet"
	}
	return [][2]string{{"Test set", count(s.Test)}, {"Training set", count(s.Train)}, {"My pictures", own}}
}

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}

// settingsPanels are the fields, each with two buttons, and Start.
func (p *Page) settingsPanels(r paint.Rect) []Panel {
	t := &p.train
	type row struct {
		label, text string
		less, more  bool // the pointer is over it
	}
	type key struct {
		w, h, scale float64
		theme       *theme.Theme
		rows        [8]row
		locked      bool
		buttons     buttons
		presets     buttons
	}
	k := key{w: r.W, h: r.H, scale: p.Scale(), theme: p.theme, locked: t.active}
	var parts []part
	n := 0
	for _, f := range fields {
		if f.rare != t.rare || n == len(k.rows) {
			continue
		}
		y := r.Y + 48 + float64(n)*rowHeight
		less := paint.Rect{X: r.X + r.W - theme.Pad - 168, Y: y, W: theme.Touch, H: theme.Touch}
		more := paint.Rect{X: r.X + r.W - theme.Pad - theme.Touch, Y: y, W: theme.Touch, H: theme.Touch}
		a, b := fieldActions[f.ID+"-less"], fieldActions[f.ID+"-more"]
		parts = append(parts, part{less, a}, part{more, b})
		k.rows[n] = row{f.Label, f.text(&t.job), p.hover == a.ID, p.hover == b.ID}
		n++
	}
	start, ps := p.line([]string{"train-start", "train-more"}, paint.Rect{X: r.X + theme.Pad, Y: r.Y + 48 + 8*rowHeight + 8, W: r.W - 2*theme.Pad, H: theme.Touch})
	presets, qs := p.row([]string{"train-tune", "train-tutorial"}, grid(paint.Point{X: r.X + r.W - theme.Pad - 176, Y: r.Y + 4}, 176, theme.Touch, 8, 8, 2, 2))
	parts = append(parts, qs...)
	k.buttons, k.presets = relative(start, r), relative(presets, r)
	th := p.theme
	return []Panel{{Name: "train-settings", Rect: r, Key: k, parts: append(parts, ps...), Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "Recipe", th)
		for i, row := range k.rows {
			y := 48 + float64(i)*rowHeight
			ink := th.Ink
			if k.locked {
				ink = th.Quiet
			}
			c.Text(row.label, paint.Point{X: theme.Pad, Y: y + 27}, paint.Style{Size: theme.Note, Color: th.Quiet})
			for side, hover := range []bool{row.less, row.more} {
				box := paint.Rect{X: r.W - theme.Pad - 168 + float64(side)*(168-theme.Touch) + 6, Y: y + 6, W: 32, H: 32}
				back := th.Soft
				if hover && !k.locked {
					back = theme.Mix(th.Soft, th.Ink, 0.08)
				}
				c.Box(box, 8, back)
				c.Icon([]string{"out", "in"}[side], box.Center(), 18, ink)
			}
			style := paint.Style{Size: theme.Note, Weight: paint.Medium, Color: ink}
			text := c.Fit(row.text, 168-2*theme.Touch+12, style)
			if c.TextWidth(row.text, style) > 168-2*theme.Touch+12 {
				style.Size = theme.Small
				text = c.Fit(row.text, 168-2*theme.Touch+12, style)
			}
			c.Text(text, paint.Point{X: r.W - theme.Pad - 84 - c.TextWidth(text, style)/2, Y: y + 27}, style)
		}
		p.look(c, start, r, th)
		p.look(c, presets, r, th)
	}}}
}

// fieldActions are the two buttons of each field.
var fieldActions = func() map[string]*Action {
	all := map[string]*Action{}
	for _, f := range fields {
		for side, up := range map[string]bool{"-less": false, "-more": true} {
			all[f.ID+side] = &Action{ID: f.ID + side, Label: f.Label, Enabled: func(p *Page) bool { return !p.train.active }, Do: func(p *Page) {
				f.turn(&p.train.job, up)
				p.train.revision++
			}}
		}
	}
	return all
}()

// runPanels show how the run goes: buttons, progress, charts.
func (p *Page) runPanels(r paint.Rect) []Panel {
	t := &p.train
	const per = 4
	rows := 2.0
	ids := []string{"train-pause", "train-step", "train-stop", "train-revert", "train-best", "train-csv", "train-png", "train-report"}
	if t.offer != nil && !t.active {
		ids = []string{"train-resume", "train-discard", "train-best", "train-revert", "train-csv", "train-png", "train-report", "train-weights"}
	} else if !t.active {
		ids = []string{"train-last", "train-best", "train-revert", "train-weights", "train-csv", "train-png", "train-report", "train-link"}
	}
	top := r.Y + 108
	if p.trainStacked() {
		top += 20
	}
	rects := grid(paint.Point{X: r.X + theme.Pad, Y: top}, r.W-2*theme.Pad, theme.Touch, 8, 8, per, len(ids))
	states, parts := p.row(ids, rects)
	chartsY := top + rows*(theme.Touch+8) + 12 - r.Y
	area := paint.Rect{X: theme.Pad, Y: chartsY, W: r.W - 2*theme.Pad, H: r.H - chartsY - theme.Pad}
	at := math.NaN()
	if in := plot(area); p.pointer.X > r.X+in.X && p.pointer.X < r.X+in.X+in.W && p.pointer.Y > r.Y+area.Y && p.pointer.Y < r.Y+r.H {
		at = math.Round((p.pointer.X-r.X-in.X)/in.W*200) / 200
	}
	type key struct {
		w, h, scale float64
		theme       *theme.Theme
		revision    int
		buttons     buttons
		at          int
		status      string
	}
	k := key{r.W, r.H, p.Scale(), p.theme, t.revision, relative(states, r), -1, t.status()}
	if !math.IsNaN(at) {
		k.at = int(at * 200)
	}
	th := p.theme
	return []Panel{{Name: "train-run", Rect: r, Key: k, parts: parts, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		p.paintRun(c, r)
		p.look(c, states, r, th)
		p.paintCharts(c, area, at)
	}}}
}

// paintRun paints what is said of the run, and its progress.
func (p *Page) paintRun(c *paint.Canvas, r paint.Rect) {
	t, th := &p.train, p.theme
	headline, share := t.headline()
	c.Text(headline, paint.Point{X: theme.Pad, Y: 38}, paint.Style{Size: theme.Heading, Weight: paint.Bold, Color: th.Ink})
	if share != "" {
		c.Text(share, paint.Point{X: r.W - theme.Pad, Y: 38}, paint.Style{Size: theme.Heading, Weight: paint.Mono, Color: th.Ink, Align: paint.Right})
	}
	bar := paint.Rect{X: theme.Pad, Y: 52, W: r.W - 2*theme.Pad, H: 8}
	c.Box(bar, 4, th.Soft)
	if done := t.done(); done > 0 {
		bar.W = max(bar.W*done, 8)
		c.Box(bar, 4, th.Accent)
	}
	style := paint.Style{Size: theme.Note, Color: th.Quiet}
	var lines []string
	for _, l := range t.lines() {
		lines = append(lines, c.Wrap(l, r.W-2*theme.Pad, style)...)
	}
	most := 2
	if p.trainStacked() {
		most = 3
	}
	for i, line := range lines[:min(len(lines), most)] {
		c.Text(line, paint.Point{X: theme.Pad, Y: 80 + 18*float64(i)}, style)
	}
}

// lines are the run's status in two lines, as the canvas says it.
func (t *trainer) lines() []string {
	s := t.state
	if !t.active || t.began.Trained == 0 {
		text := t.status()
		lines := []string{strings.ToUpper(text[:1]) + text[1:] + "."}
		if t.finished != nil && t.began.Job.Data == task.TestSet && t.heldOut() != "" {
			lines = append(lines, unfair)
		}
		return lines
	}
	where := fmt.Sprintf("Epoch %d of %d, step %d of %d", s.Epoch, s.Epochs, s.Step, s.Steps)
	switch s.State {
	case protocol.Paused:
	case protocol.Validating:
		where += ", validating"
	default:
		where += fmt.Sprintf(", %.0f pictures/s, %s", s.PicturesPerSec, left(s.Left))
	}
	if n := len(t.epochs); s.Step == 0 && n > 0 { // there is no loss of this epoch
		last := t.epochs[n-1].Train
		return []string{where, fmt.Sprintf("Last epoch: loss %.3f, accuracy %.1f %%", last.Loss, 100*last.Accuracy)}
	}
	return []string{where, fmt.Sprintf("Loss %.3f, accuracy %.1f %% in training", s.Mean.Loss, 100*s.Mean.Accuracy)}
}

// headline is the run in a word, and the accuracy that it has reached.
func (t *trainer) headline() (text, share string) {
	if n := len(t.epochs); n > 0 {
		share = fmt.Sprintf("%.1f %%", 100*t.epochs[n-1].Val.Accuracy)
	}
	switch {
	case t.running():
		text = "Training"
		if t.state.Workers > 1 {
			text += fmt.Sprintf(" on %d cores", t.state.Workers)
		}
	case t.paused():
		text = "Paused"
	case t.finished != nil && t.finished.Stopped:
		text = "Stopped"
	case t.finished != nil:
		text = "Trained"
	case t.offer != nil:
		text = "A run can be resumed"
	default:
		text = "Train the network"
	}
	return text, share
}

// done is the share of the run that is done.
func (t *trainer) done() float64 {
	s := t.state
	switch {
	case t.stored != nil && t.stored.Coming != "" && t.stored.Total > 0:
		return float64(t.stored.Done) / float64(t.stored.Total)
	case t.finished != nil && !t.finished.Stopped:
		return 1
	case s.Epochs == 0 || s.Steps == 0:
		return 0
	}
	return (float64(s.Epoch-1) + float64(s.Step)/float64(s.Steps)) / float64(s.Epochs)
}

// paintCharts paints the three charts above each other.
func (p *Page) paintCharts(c *paint.Canvas, area paint.Rect, at float64) {
	t, th := &p.train, p.theme
	charts := t.charts(th, math.NaN())
	if !math.IsNaN(at) {
		charts = t.charts(th, at*charts[0].epochs)
	}
	rate := min(area.H*0.2, 110)
	h := (area.H - rate - 2*12) / 2
	y := area.Y
	for i, g := range charts {
		r := paint.Rect{X: area.X, Y: y, W: area.W, H: h}
		if i == 2 {
			r.H = rate
		}
		g.paint(c, r, th)
		if i == 0 && g.empty() {
			in := plot(r)
			text := "The curves will be here."
			style := paint.Style{Size: theme.Note, Color: th.Quiet}
			w := c.TextWidth(text, style) + 16
			c.Box(paint.Rect{X: in.X + (in.W-w)/2, Y: in.Y + in.H/2 - 16, W: w, H: 30}, 8, th.Panel)
			c.Text(text, paint.Point{X: in.X + (in.W-w)/2 + 8, Y: in.Y + in.H/2 + 4}, style)
		}
		y += r.H + 12
	}
}

// line places the buttons of ids that are shown in a row of equal widths.
func (p *Page) line(ids []string, r paint.Rect) (buttons, []part) {
	var shown []string
	for _, id := range ids {
		if a := actionByID(id); a.Shown == nil || a.Shown(p) {
			shown = append(shown, id)
		}
	}
	return p.row(shown, grid(paint.Point{X: r.X, Y: r.Y}, r.W, r.H, 8, 8, max(len(shown), 1), len(shown)))
}

// relative are buttons as a part of the key of the panel at r: where it lies does not
// matter.
func relative(states buttons, r paint.Rect) buttons {
	for i := range states {
		if states[i].id != "" {
			states[i].rect.X, states[i].rect.Y = states[i].rect.X-r.X, states[i].rect.Y-r.Y
		}
	}
	return states
}

func title(c *paint.Canvas, text string, th *theme.Theme) {
	c.Text(text, paint.Point{X: theme.Pad, Y: 32}, paint.Style{Size: theme.Body, Weight: paint.Medium, Color: th.Ink})
}

// chartImage is the charts as a picture to save.
func (p *Page) chartImage() *image.RGBA {
	const w, h = 960, 720
	c := paint.NewCanvas(w, h, 1)
	c.Box(paint.Rect{W: w, H: h}, 0, p.theme.Panel)
	p.paintCharts(c, paint.Rect{X: theme.Pad, Y: theme.Pad, W: w - 2*theme.Pad, H: h - 2*theme.Pad}, math.NaN())
	return c.Image
}
