package help

import (
	"fmt"
	"strings"

	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// glossaryCards returns the terms that are searched for, by topic.
func (v *View) glossaryCards(w float64) []card {
	all := []card{v.searchCard(w)}
	for i, topic := range words.Glossary {
		var items []widget.Node
		for _, term := range topic.Terms {
			if matches(term, v.search) {
				items = append(items, entry(term.Term, plain(term.Says)))
			}
		}
		if items != nil {
			all = append(all, newCard(fmt.Sprintf("help-topic-%d", i), topic.Name, items...))
		}
	}
	if len(all) == 1 {
		all = append(all, newCard("help-nothing", "", plain(fmt.Sprintf(words.Help.NotFound, v.search))).as(wide))
	}
	return all
}

// searchCard has the field for what is searched for.
func (v *View) searchCard(w float64) card {
	t := &words.Help
	row := widget.Row{Gap: theme.Grid, Top: true, Items: []widget.Node{
		widget.Number{ID: "help-search", Long: t.Search, Value: v.search, Hint: t.SearchHint, Words: true, Live: true, Set: v.find},
	}}
	if v.search != "" {
		row.Items = append(row.Items, widget.Hug(widget.Button{ID: "help-clear", Label: t.ShowAll, Icon: "close", Do: func() { v.find("") }}))
	}
	if w >= besideFrom {
		row.Items[0] = widget.Fixed(w/2-gap, row.Items[0])
	}
	return newCard("help-find", t.Glossary, row).as(wide)
}

// find shows the terms that have a text in them.
func (v *View) find(text string) {
	v.search = text // as it is typed: a space may be followed by a word
	v.addressed()
}

// matches reports whether a term has a text in its names, or, if that has three letters at
// least, in what is said of it.
func matches(term words.Term, text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, name := range append([]string{term.Term}, term.Also...) {
		if strings.Contains(strings.ToLower(name), text) {
			return true
		}
	}
	return len(text) >= 3 && strings.Contains(strings.ToLower(term.Says), text)
}
