package help

import (
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// creditCards say what the page is made of, and under which licence it is.
func (v *View) creditCards(_ float64) []card {
	t := &words.Help
	grid := widget.Grid{MinCell: 280, Gap: gap}
	for _, c := range t.Credited {
		grid.Items = append(grid.Items, widget.Column{Items: []widget.Node{
			widget.Link{ID: "help-link-" + c.ID, Label: c.Name, URL: c.URL}, quiet(c.By), plain(c.Says),
		}})
	}
	return []card{
		newCard("help-thanks", t.Thanks, plain(t.ThanksSays), grid).as(wide),
		newCard("help-licence", t.Licence, plain(t.LicenceSays)).as(wide),
	}
}
