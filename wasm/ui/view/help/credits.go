package help

import (
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// creditCards say what the page is made of, and under which licence it is.
func (v *View) creditCards(_ float64) []card {
	t := &words.Help
	all := []card{newCard("help-licence", t.Licence, plain(t.LicenceSays), quiet(t.ThanksSays)).as(wide)}
	for _, c := range t.Credited {
		all = append(all, newCard("help-credit-"+c.ID, "",
			widget.Column{Items: []widget.Node{widget.Link{ID: "help-link-" + c.ID, Label: c.Name, URL: c.URL}, quiet(c.By), plain(c.Says)}}).as(paired))
	}
	return all
}
