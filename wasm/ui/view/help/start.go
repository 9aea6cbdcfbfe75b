package help

import (
	"fmt"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// startCards say what the page can and cannot do.
func (v *View) startCards(_ float64) []card {
	t := &words.Help
	lead := newCard("help-lead", "",
		widget.Text{Text: v.lead(), Size: theme.Heading},
		widget.Row{Wrap: true, Items: []widget.Node{widget.Hug(widget.Button{
			ID: "help-tour", Label: t.Tour, Long: t.TourLong, Icon: "start", Primary: true, Do: func() { part.StartTour(v.desk) },
		})}},
	).as(wide)
	return []card{
		lead,
		newCard("help-can", t.Can, list("evaluate", widget.Accent, t.CanItems)...).as(paired),
		newCard("help-cannot", t.Cannot, list("notice", widget.Warning, v.limits())...).as(paired),
		newCard("help-private", t.Private, list("evaluate", widget.Accent, t.PrivateItems)...).as(wide),
	}
}

func (v *View) lead() string {
	n := len(v.desk.Network.Task().Classes)
	if n == 0 {
		return words.Help.LeadUnknown
	}
	return fmt.Sprintf(words.Help.Lead, figure.Spelled(n))
}

// limits returns what there is to know of the answers of the network in use.
func (v *View) limits() []string {
	t := &words.Help
	all := []string{t.KnowsUnknown}
	if classes := v.desk.Network.Task().Classes; len(classes) > 0 {
		all[0] = fmt.Sprintf(t.Knows, figure.Spelled(len(classes)), names(classes, 12))
	}
	all = append(all, t.Always)
	kind := v.desk.Network.Using
	if c, ok := t.Cards[kind]; ok && v.known(kind) {
		all = append(all, c.Learned)
		if m, ok := task.Measured(v.pretrained[kind].Measured, task.TestSet); ok {
			all = append(all, fmt.Sprintf(t.RightOn, figure.Percent(m.Accuracy), figure.Count(m.Pictures)))
		}
		all = append(all, fmt.Sprintf(t.Drawings, figure.Percent(float64(drawingsRight[kind])/drawings), figure.Count(drawings)))
	}
	return append(all, t.Weight)
}

// drawingsRight is how many of how many drawings by people and artists a pretrained network
// gets right: MEASUREMENTS.md says of which, and how that was measured.
var drawingsRight = map[string]int{"tenfold": 138, "tutorial": 74}

const drawings = 182

// names lists classes, or the first few of them.
func names(classes []string, most int) string {
	if len(classes) <= most {
		return strings.Join(classes, ", ")
	}
	return fmt.Sprintf(words.Help.AndMore, strings.Join(classes[:most], ", "), figure.Count(len(classes)-most))
}

// known reports whether a network that comes with the page is the one that its card is of: where
// the server was told to send another, that has another name.
func (v *View) known(kind string) bool {
	m := v.pretrained[kind]
	return m != nil && m.Name == words.Network.Kinds[kind]
}

// list returns a list of texts with an icon before each.
func list(icon string, tone widget.Tone, texts []string) (all []widget.Node) {
	for _, text := range texts {
		all = append(all, item(icon, tone, plain(text)))
	}
	return all
}
