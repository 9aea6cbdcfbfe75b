package page

import (
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// view is one of the page's views. A new one adds a line to views and a file.
// One without an icon has no tab.
type view struct {
	id, name, icon string
	panels         func(p *Page, area paint.Rect) []Panel
}

var views = []view{{"classify", "Classify", "draw", classifyPanels}, {"train", "Train", "train", trainPanels}, {"data", "Data", "data", galleryPanels}, {"evaluate", "Evaluate", "evaluate", evaluatePanels}, {"model", "Model", "model", modelPanels}, {about, "About", "", aboutPanels}}

// tabbed are the views that have a tab.
func tabbed() (all []view) {
	for _, v := range views {
		if v.icon != "" {
			all = append(all, v)
		}
	}
	return all
}

// narrow is the width in units under which panels are stacked.
const narrow = 900

func (p *Page) narrow() bool { return p.w < narrow }

// Panels lays the page out. The panels' rectangles do not depend on the picture or
// the answer, so that nothing jumps.
func (p *Page) Panels() []Panel {
	if p.w == 0 {
		return nil
	}
	p.refresh()
	area := paint.Rect{X: 0, Y: theme.TopBar, W: p.w, H: p.h - theme.TopBar - p.bottom()}
	var panels []Panel
	for _, v := range views {
		if v.id == p.view {
			panels = v.panels(p, area)
		}
	}
	p.content = 0
	for i := range panels {
		p.content = max(p.content, panels[i].Rect.Y+panels[i].Rect.H-theme.TopBar+theme.Gap)
	}
	p.scroll = min(max(p.scroll, 0), max(p.content-area.H, 0))
	for i := range panels {
		panels[i].shift(-p.scroll)
	}
	panels = append(panels, p.topBar())
	if p.narrow() {
		panels = append(panels, p.tabBar())
	}
	if text := p.toast(); text != "" {
		panels = append(panels, p.toastPanel(text))
	}
	return panels
}

func (g *Panel) shift(dy float64) {
	g.Rect.Y += dy
	g.area.Y += dy
	for i := range g.parts {
		g.parts[i].Y += dy
	}
}

func (p *Page) scrollBy(d float64) {
	p.scroll = min(max(p.scroll+d, 0), max(p.content-(p.h-theme.TopBar-p.bottom()), 0))
}

// bottom is the height of the bar with the tabs at the lower edge of a phone.
func (p *Page) bottom() float64 {
	if p.narrow() {
		return theme.TopBar
	}
	return 0
}

// columns are the places of the classify view's panels.
type columns struct {
	pad, sees, answer paint.Rect
	side              float64 // of the pad
}

// place lays the classify view out in an area.
func (p *Page) place(area paint.Rect) columns {
	if p.narrow() {
		return p.placeStacked(area)
	}
	const sees = 5*theme.Touch + 4*9 + 2*theme.Pad
	var c columns
	h := area.H - 2*theme.Gap
	c.side = 0.4 * area.W
	var tools float64
	for range 3 { // a smaller pad may need more rows of tools
		tools = p.toolbox(paint.Point{}, c.side).height + 12
		c.side = max(min(h-2*theme.Pad-tools, 0.4*area.W), 300)
	}
	tools = p.toolbox(paint.Point{}, c.side).height + 12
	left := c.side + 2*theme.Pad
	right := min(area.W-left-sees-4*theme.Gap, 480)
	x := (area.W - left - sees - right - 2*theme.Gap) / 2
	y := area.Y + theme.Gap
	height := c.side + 2*theme.Pad + tools
	c.pad = paint.Rect{X: x, Y: y, W: left, H: height}
	c.sees = paint.Rect{X: x + left + theme.Gap, Y: y, W: sees, H: height}
	c.answer = paint.Rect{X: x + left + sees + 2*theme.Gap, Y: y, W: right, H: height}
	return c
}

// placeStacked puts the panels above each other, the answer first, so that it is
// seen while one draws.
func (p *Page) placeStacked(area paint.Rect) columns {
	const gap = 12
	var c columns
	w := min(area.W-2*gap, 560)
	x := (area.W - w) / 2
	c.side = w - 2*12
	c.pad = paint.Rect{X: x, Y: area.Y + 72 + gap, W: w, H: c.side + 2*12 + p.toolbox(paint.Point{}, c.side).height + 10}
	c.answer = paint.Rect{X: x, Y: c.pad.Y + c.pad.H + gap, W: w, H: 10*theme.Touch + 2*theme.Pad + 72}
	c.sees = paint.Rect{X: x, Y: c.answer.Y + c.answer.H + gap, W: w, H: seesHeight(w)}
	return c
}
