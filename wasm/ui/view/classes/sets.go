package classes

import (
	"fmt"
	"strconv"
	"strings"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// sets are the data sets that are listed with the projects. They cannot be changed.
var sets = []string{task.TrainSet, task.TestSet, task.Doodles}

// counted is a data set as a project, by what was said of it.
type counted struct {
	of      *protocol.Surveyed
	stored  *protocol.Stored
	project *task.Project
}

// asProject is a data set as a project; how many pictures each class has is known when it was surveyed.
func (v *View) asProject(what string) *task.Project {
	l := v.desk.Library
	if l.Has(what) == 0 {
		return nil
	}
	if c := &v.counted; c.project != nil && c.project.ID == what && c.of == l.Survey(what) && c.stored == l.Stored {
		return c.project
	}
	p := &task.Project{ID: what, Name: words.Classes.Sets[what], Fixed: true}
	for i, name := range l.Task().Classes {
		p.Classes = append(p.Classes, task.ProjectClass{Name: name, Colour: i})
	}
	for _, label := range l.Labels(what) {
		if int(label) < len(p.Classes) {
			p.Classes[label].Pictures++
		}
	}
	v.counted = counted{l.Survey(what), l.Stored, p}
	return p
}

// look shows a data set, or the project in use for "".
func (v *View) look(set string) {
	if v.set != set {
		v.set = set
		v.show(-1)
		v.desk.Library.Again()
	}
}

// choice chooses what is shown: a project, which comes into use, or a data set; nil if there is none.
func (v *View) choice() widget.Node {
	w, l, p := &words.Classes, v.desk.Library, v.project()
	s := widget.Select{ID: "project", Label: w.InUse, Long: w.InUseLong, Disabled: v.busy(), Set: func(id string) {
		if l.Named(id) == nil {
			v.look(id)
			return
		}
		v.look("")
		v.show(-1)
		v.change(protocol.ChangeProject{Project: id, Op: protocol.UseProject})
	}}
	if p != nil {
		s.Value = p.ID
	} else {
		s.Options = append(s.Options, widget.Option{Label: w.ChooseProject})
	}
	for _, q := range l.List {
		s.Options = append(s.Options, widget.Option{Value: q.ID, Label: q.Name})
	}
	for _, what := range sets {
		if l.Has(what) > 0 {
			s.Options = append(s.Options, widget.Option{Value: what, Label: w.Sets[what]})
		}
	}
	if p == nil && len(s.Options) == 1 {
		return nil
	}
	return s
}

// eachOf is how many pictures of each class are copied, 0 where what was typed is no number that can be.
func (v *View) eachOf(p *task.Project) int {
	n, err := strconv.Atoi(strings.TrimSpace(v.each))
	if err != nil || n < 1 || n > mostEach(p) {
		return 0
	}
	return n
}

func mostEach(p *task.Project) int { return task.ProjectPictures / max(len(p.Classes), 1) }

// copying begins a project with what cannot be changed.
func (v *View) copying(p *task.Project) widget.Node {
	w, l := &words.Classes, v.desk.Library
	b := widget.Button{ID: "project-copy", Label: w.Copy, Long: w.CopyLong, Icon: "data", Disabled: v.busy(), Primary: v.set != "", Do: func() {
		c := protocol.CopyProject{ID: v.desk.Network.Serial(), Part: v.part(), Each: v.eachOf(p), Name: fmt.Sprintf(w.Copied, p.Name)}
		l.Bring(c.ID, func() { l.Tell(c) })
	}}
	each := widget.Number{ID: "project-each", Label: w.CopyEach, Long: w.CopyEachLong, Value: v.each, Disabled: v.busy(), Set: func(text string) { v.each = text }}
	if v.eachOf(p) == 0 {
		each.Invalid = fmt.Sprintf(w.BadEach, figure.Count(mostEach(p)))
	}
	if b.Disabled == "" {
		b.Disabled = each.Invalid
	}
	if b.Disabled == "" && l.Has(v.part()) == 0 {
		b.Disabled = w.NoneHere
	}
	return widget.Column{Gap: theme.Grid, Items: []widget.Node{each, widget.Row{Gap: theme.Grid, Items: []widget.Node{widget.Hug(b)}}}}
}

// colour chooses that of a class.
func (v *View) colour(class int) widget.Node {
	w := &words.Classes
	s := widget.Select{ID: "class-colour", Label: w.Colour, Long: w.ColourLong, Value: strconv.Itoa(v.project().Classes[class].Colour), Disabled: v.named(), Set: func(value string) {
		if n, err := strconv.Atoi(value); err == nil {
			v.change(protocol.ChangeProject{Op: protocol.ColourClass, Class: class, Into: n})
		}
	}}
	for i, name := range w.Colours {
		s.Options = append(s.Options, widget.Option{Value: strconv.Itoa(i), Label: name})
	}
	return s
}
