package help

import (
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// contents returns the table of contents, with how the browser is and what can be done from
// everywhere in Help.
func (v *View) contents(w float64) widget.Node {
	d, t := v.desk, &words.Help
	table := widget.Grid{Columns: 1, Gap: 4}
	switch {
	case w < 330:
		table = widget.Grid{Columns: 2, Gap: theme.Grid}
	case w < besideFrom:
		table = widget.Grid{Columns: 3, Gap: 4}
	case w < view.Narrow:
		table = widget.Grid{Columns: 4, Gap: theme.Grid}
	}
	for _, s := range sections {
		table.Items = append(table.Items, widget.Button{ID: "help-" + s.id, Label: *s.name, Toggle: true, Pressed: s.id == v.section, Do: func() { v.show(s.id) }})
	}
	found := v.findings()
	icon, tone := "evaluate", widget.Accent
	switch {
	case found == nil:
		icon, tone = "about", widget.Quiet
	case missing(found) > 0:
		icon, tone = "notice", widget.Warning
	}
	copying := widget.Button{ID: "about-copy", Label: t.Copy, Long: t.CopyLong, Icon: "paste", Do: v.copy}
	if found == nil {
		copying.Disabled = t.NotLooked
	}
	return widget.Card{
		Name: "help", Title: t.Title,
		Aside: widget.Button{ID: "about-close", Long: t.Close, Icon: "close", Key: "Escape", Plain: true, Do: func() { d.Show(v.back) }},
		Body: widget.Column{Gap: 12, Items: []widget.Node{
			table,
			widget.Row{Gap: 10, Top: true, Items: []widget.Node{
				widget.Fixed(20, sign(icon, tone, "about-report", report(found, d.Faults))),
				widget.Flex(1, widget.Text{ID: "about-status", Text: status(found), Quiet: true, Live: true}),
			}},
			widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{
				copying,
				widget.Button{ID: "about-present", Label: t.Present, Long: t.PresentLong, Icon: "present", Toggle: true, Pressed: d.Presenting, Do: v.present},
			}},
		}},
	}
}

// present makes the type large and shows both networks, or no longer.
func (v *View) present() {
	d := v.desk
	if d.Presenting = !d.Presenting; d.Presenting {
		d.Show(desk.Classify)
	}
}
