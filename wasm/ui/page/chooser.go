package page

// Chooser is something of a view that has one of several values: a select in the twin,
// for what is pressed by place on the canvas.
type Chooser struct {
	ID, Label string
	options   func(p *Page) []Choice
	get       func(p *Page) string
	set       func(p *Page, value string)
}

// choosers lists them; a new one adds a line.
var choosers []*Chooser

func init() { choosers = append(append(choosers, evaluateChoosers...), modelChoosers...) }

// TwinChooser is a chooser's state.
type TwinChooser struct {
	ID, Label, Value string
	Choices          []Choice
}

// SetChooser takes a value that the person has chosen.
func (p *Page) SetChooser(id, value string) {
	for _, c := range choosers {
		if c.ID != id {
			continue
		}
		for _, o := range c.options(p) {
			if o.Value == value {
				p.problem = ""
				c.set(p, value)
				return
			}
		}
	}
}

func (p *Page) twinChoosers() []TwinChooser {
	var all []TwinChooser
	for _, c := range choosers {
		if options := c.options(p); len(options) > 0 {
			all = append(all, TwinChooser{c.ID, c.Label, c.get(p), options})
		}
	}
	return all
}
