package help

import (
	"fmt"

	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// browserCards returns the diagnosis in full.
func (v *View) browserCards(w float64) []card {
	d, t := v.desk, &words.Help
	found := v.findings()
	var items []widget.Node
	for _, f := range found {
		items = append(items, f.line(w))
	}
	if found == nil {
		items = append(items, quiet(words.Diagnosis.Looking))
	} else {
		items = append(items, quiet(fmt.Sprintf(t.LookedAt, figure.Moment(d.LookedAt))))
	}
	all := []card{newCard("help-diagnosis", t.Report, items...).as(wide)}
	if len(d.Faults) > 0 {
		var faults []widget.Node
		for _, f := range d.Faults {
			faults = append(faults, entry(f.What, widget.Text{Text: f.Where, Size: 12, Mono: true, Quiet: true, Lines: 12}))
		}
		all = append(all, newCard("help-faults", t.FaultsTitle, faults...).as(wide))
	}
	return all
}

// line returns a finding: what was looked at, what was found, and what to do.
func (f finding) line(w float64) widget.Node {
	icon, tone := "evaluate", widget.Accent
	says := []widget.Node{plain(f.value)}
	if f.fix != "" {
		icon, tone = "notice", widget.Warning
		says = append(says, quiet(f.fix))
	}
	return item(icon, tone, fact(w, f.label, says...))
}

var _ view.Addressed = (*View)(nil)
