package help

import (
	"fmt"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// tutorialCards returns the tutorial's steps, each with the view where it is.
func (v *View) tutorialCards(_ float64) []card {
	t := &words.Help
	var all []card
	lead := newCard("help-steps", t.Steps, plain(t.StepsLead), widget.Link{ID: "help-link-notebook", Label: t.StepsLink, URL: words.Help.Credited[0].URL})
	all = append(all, lead.as(wide))
	for i, s := range t.TutorialSteps {
		name := viewName(s.View)
		all = append(all, newCard("help-step-"+s.ID, fmt.Sprintf("%d. %s", i+1, s.Name),
			widget.Text{Text: s.Code, Size: theme.Small, Weight: paint.Mono, Quiet: true},
			widget.Row{Gap: 12, Items: []widget.Node{
				widget.Flex(1, plain(s.Says)),
				widget.Hug(widget.Button{ID: "help-go-" + s.ID, Label: name, Long: fmt.Sprintf(t.Go, name), Do: func() { v.desk.Show(s.View) }}),
			}},
		).as(paired))
	}
	return all
}
