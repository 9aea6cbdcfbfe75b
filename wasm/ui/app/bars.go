package app

import (
	"fmt"

	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// topBar holds the name, the views, the network in use, and what belongs to the whole page.
func (a *App) topBar() widget.Node {
	d := a.desk
	named := a.w >= 640 // otherwise the place of the name is the network's
	items := []widget.Node{widget.Space{W: 4}, widget.Fixed(118, logo(true))}
	if !named {
		items[1] = widget.Fixed(40, logo(false))
	}
	if !a.narrow() {
		for _, v := range a.views {
			if v.icon != "" {
				items = append(items, widget.Hug(a.tab(v, false)))
			}
		}
	}
	switch {
	case !named:
		items = append(items, widget.Flex(1, part.Network(d)))
	case a.narrow():
		items = append(items, widget.Space{}, widget.Fixed(260, part.Network(d)))
	default: // the tabs are here too
		items = append(items, widget.Space{}, widget.Fixed(min(a.w*0.22, 260), part.Network(d)))
	}
	for _, b := range a.pageButtons() {
		items = append(items, widget.Fixed(theme.Touch, b))
	}
	return bar("top", edge(a.scroll > 0, true), widget.Row{Gap: 4, Items: append(items, widget.Space{W: 4})})
}

// pageButtons belong to all views.
func (a *App) pageButtons() []widget.Node {
	d, w := a.desk, &words.App
	var all []widget.Node
	if d.Keeping != desk.Absent {
		b := widget.Button{ID: "offline", Long: w.Offline, Icon: "in-down", Key: "o", Plain: true, Do: a.keepAll}
		switch d.Keeping {
		case desk.Begun:
			b.Disabled = w.OfflineBegun
		case desk.Complete:
			b.Disabled = w.OfflineKept
		}
		all = append(all, b)
	}
	if d.Presenting && d.View != first { // where it has its own button
		all = append(all, widget.Button{ID: "reset", Long: words.Classify.StartOverLong, Icon: "undo", Key: "x", Plain: true, Do: func() {
			d.Reset()
			d.Show(first)
		}})
	}
	return append(all,
		widget.Button{ID: "present", Long: w.Present, Icon: "present", Key: "p", Plain: true, Toggle: true, Pressed: d.Presenting, Do: a.present},
		widget.Button{ID: ButtonOf(desk.Help), Long: w.Help, Icon: "about", Key: "?", Plain: true, Toggle: true, Pressed: d.View == desk.Help, Do: a.toggleHelp},
		a.themeButton(),
	)
}

// present makes the type large and puts both networks side by side, or no longer.
func (a *App) present() {
	d := a.desk
	d.Presenting = !d.Presenting
	if d.Presenting {
		d.Show(first)
	}
	a.rescale()
}

// tab returns a view's.
func (a *App) tab(v entry, bottom bool) widget.Node {
	return widget.Tab{ID: ButtonOf(v.id), Label: v.name(), Long: fmt.Sprintf(words.App.ViewLong, v.name()), Icon: v.icon, Bottom: bottom, Pressed: a.desk.View == v.id, Do: func() { a.desk.Show(v.id) }}
}

// tabBar holds the views at the lower edge of a phone.
func (a *App) tabBar() widget.Node {
	var items []widget.Node
	for _, v := range a.views {
		if v.icon != "" {
			items = append(items, a.tab(v, true))
		}
	}
	return bar("tabs", edge(true, false), widget.Row{Items: items})
}

// bar returns a panel at an edge of the window.
func bar(name string, edge, body widget.Node) widget.Node {
	return widget.Card{Name: name, Bare: true, Ground: widget.Flat, Body: widget.Stack{Items: []widget.Node{edge, body}}}
}

// edge returns the line between a bar and what is scrolled under it.
func edge(there, below bool) widget.Node {
	return widget.Custom{H: theme.TopBar, Key: [2]bool{there, below}, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		if below {
			r.Y += r.H - 1
		}
		if r.H = 1; there {
			c.Box(r, 0, th.Line)
		}
	}}
}

// message returns what the user must know now, nil for nothing.
func (a *App) message() widget.Node {
	d, w := a.desk, &words.App
	text, buttons := d.Message, []widget.Node(nil)
	switch {
	case text != "":
	case d.Network.Notice != "":
		text = d.Network.Notice
	case a.update == desk.Offered:
		text = w.Update
		buttons = []widget.Node{
			widget.Hug(widget.Button{ID: "update", Label: w.Reload, Long: w.ReloadLong, Primary: true, Do: a.take}),
			widget.Hug(widget.Button{ID: "later", Label: w.Later, Long: w.LaterLong, Do: func() { a.update = desk.Postponed }}),
		}
	default:
		return nil
	}
	if buttons == nil {
		buttons = []widget.Node{widget.Fixed(theme.Touch, widget.Button{ID: "close", Long: w.Close, Icon: "close", Key: "Escape", Plain: true, Do: a.closeMessage})}
	}
	return widget.Card{Name: "message", Ground: widget.Inked, Bare: true, Body: widget.Row{Gap: 8, Items: append([]widget.Node{
		widget.Space{W: 8}, widget.Flex(1, widget.Text{Text: text})}, append(buttons, widget.Space{W: 4})...)}}
}

func (a *App) closeMessage() { a.desk.Message, a.desk.Network.Notice = "", "" }

// logo is the page's sign, with its name where there is room.
func logo(named bool) widget.Node {
	return widget.Custom{H: theme.TopBar, Name: words.App.Name, Key: named, Paint: func(c *paint.Canvas, r paint.Rect, th *theme.Theme) {
		sign(c, paint.Rect{X: r.X + 8, Y: r.Y + 16, W: 24, H: 24}, th)
		if !named {
			return
		}
		c.Text(words.App.Name, paint.Point{X: r.X + 42, Y: r.Y + 35}, paint.Style{Size: theme.Heading, Weight: paint.Bold, Color: th.Ink})
	}}
}
