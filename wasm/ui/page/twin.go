package page

import (
	"fmt"
	"strings"
)

// Twin is what the page says, for those who do not see the canvas.
type Twin struct {
	Status     string // what goes on
	Prediction string // "ship 91.2%, airplane 5.0%, truck 1.1%"
	Details    string
	Actions    []TwinAction
	Train      string // how the run stands
	Result     string // what came of it
	Keeping    string // how long what is stored stays
	Settings   []TwinField
	Locked     bool // the settings cannot be changed now
	Texts      []TwinText
	Choosers   []TwinChooser
}

// TwinText is what an element of the twin says.
type TwinText struct{ ID, Text string }

// TwinField is a setting's state.
type TwinField struct {
	*Field
	Value string
}

// TwinAction is an action's state.
type TwinAction struct {
	ID, Label, View  string
	Enabled, Pressed bool
}

// Twin returns the page in words.
func (p *Page) Twin() Twin {
	t := Twin{Status: p.status()}
	if p.answers > 0 {
		var parts []string
		for _, i := range topThree(p.order()) {
			parts = append(parts, fmt.Sprintf("%s %.1f%%", p.className(i), 100*p.probs[i]))
		}
		t.Prediction = strings.Join(parts, ", ")
		_, _, words := p.verdict()
		t.Details = fmt.Sprintf("%s. %s. %s", words, p.timing(), p.modelLine())
		if text := p.comparison(); text != "" {
			t.Details += ". " + text
		}
		if text := p.sideBySide(); text != "" {
			t.Details += ". " + text
		}
		if p.truth != "" {
			t.Details += ". It is a test picture of the class " + p.truth
		}
	}
	t.Keeping = howLong
	t.Train, t.Result, t.Locked = p.train.status(), p.train.result(), p.train.active
	t.Texts = []TwinText{
		{"train-memory", p.train.memory()},
		{"data-status", p.dataStatus()}, {"data-shown", p.dataShown()}, {"data-picture", p.dataPicture()},
		{"evaluate-status", p.evaluateStatus()}, {"evaluate-result", p.evaluateResult()}, {"evaluate-classes", p.evaluateClasses()},
		{"evaluate-confusion", p.confusionWords()}, {"evaluate-shown", p.shownWords()}, {"evaluate-comparison", p.comparisonWords()},
		{"model-summary", p.modelTable()}, {"model-layer-maps", p.modelMaps()}, {"model-products", p.modelApart()},
		{"model-excited", p.modelStimulus()}, {"model-reasons", p.modelWhy()},
		{"about-status", p.findingsLine()}, {"about-report", p.findingsText()},
	}
	t.Choosers = p.twinChoosers()
	for _, f := range fields {
		t.Settings = append(t.Settings, TwinField{f, f.get(&p.train.job)})
	}
	for _, a := range p.allActions() {
		if a.Shown == nil || a.Shown(p) {
			t.Actions = append(t.Actions, TwinAction{a.ID, a.name(p), a.View, a.enabled(p), a.Pressed != nil && a.Pressed(p)})
		}
	}
	return t
}

func (p *Page) status() string {
	switch {
	case p.problem != "":
		return p.problem
	case p.link.notice != "":
		return p.link.notice
	case p.link.loaded == nil:
		return "Loading the network."
	case p.answers == 0:
		return "Looking at the picture."
	}
	return "Ready."
}
