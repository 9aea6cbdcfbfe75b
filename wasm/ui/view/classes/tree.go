package classes

import (
	"fmt"
	"math"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/view"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Tree implements view.View.
func (v *View) Tree(w, h float64) widget.Node {
	if v.project() == nil {
		return widget.Column{Gap: theme.Gap, Items: []widget.Node{v.projectCard(), v.roomCard()}}
	}
	if w < view.Narrow {
		return widget.Column{Gap: theme.Gap, Items: []widget.Node{v.projectCard(), v.roomCard(), v.classCard(), v.picturesCard(w), v.learnCard()}}
	}
	return widget.Row{Gap: theme.Gap, Top: true, Items: []widget.Node{
		widget.Flex(1, widget.Column{Gap: theme.Gap, Items: []widget.Node{v.projectCard(), v.roomCard(), v.classCard()}}),
		widget.Flex(1.5, widget.Column{Gap: theme.Gap, Items: []widget.Node{v.picturesCard(w * 0.6), v.learnCard()}}),
	}}
}

// projectCard chooses, names, saves and opens.
func (v *View) projectCard() widget.Node {
	w, p := &words.Classes, v.project()
	create := widget.Button{ID: "project-new", Label: w.New, Long: w.NewLong, Icon: "in", Primary: p == nil, Disabled: v.busy(), Do: func() {
		v.show(0)
		v.desk.Library.Change(protocol.ChangeProject{Op: protocol.NewProject, Name: v.fresh()})
	}}
	open := widget.Button{ID: "project-open", Label: w.Open, Long: w.OpenLong, Icon: "upload", Disabled: v.busy(), Do: func() { v.desk.Host.ChoosePictures(false) }}
	items := []widget.Node{widget.Text{Text: w.About, Quiet: true}}
	if p == nil {
		if c := v.choice(); c != nil && v.desk.Library.Known {
			items = append(items, c)
		}
		if !v.desk.Library.Known {
			items = append(items, widget.Text{ID: "project-status", Text: w.Looking, Quiet: true, Live: true})
		}
		items = append(items, widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{widget.Hug(create), widget.Hug(open)}}, v.progress())
		return widget.Card{Name: "classes-project", Title: w.Title, Body: widget.Column{Gap: 12, Items: items}}
	}
	undo := widget.Button{ID: "project-undo", Long: w.UndoLong, Icon: "undo", Disabled: v.stays(), Do: func() { v.change(protocol.ChangeProject{Op: protocol.UndoProject}) }}
	if undo.Disabled == "" && !p.CanUndo {
		undo.Disabled = w.NoUndo
	}
	save := widget.Button{ID: "project-save", Label: w.Save, Long: w.SaveLong, Icon: "download", Disabled: v.stays(), Do: v.save}
	remove := widget.Button{ID: "project-delete", Label: w.Delete, Long: fmt.Sprintf(w.DeleteLong, p.Name), Icon: "clear", Disabled: v.stays(), Do: func() {
		if v.sure != p.ID { // it cannot be undone
			v.sure = p.ID
			return
		}
		v.sure = ""
		v.show(-1)
		v.change(protocol.ChangeProject{Op: protocol.DeleteProject})
	}}
	if v.sure == p.ID {
		remove.Label = w.DeleteSure
	}
	items = append(items,
		widget.Row{Gap: theme.Grid, Items: []widget.Node{v.choice(), widget.Fixed(theme.Touch, undo)}},
		widget.Number{ID: "project-name", Label: w.Name, Value: p.Name, Words: true, Disabled: v.named(), Set: func(name string) { v.change(protocol.ChangeProject{Op: protocol.RenameProject, Name: name}) }},
		widget.Text{ID: "project-status", Text: v.status(p), Size: theme.Small, Quiet: true, Live: true},
		widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{widget.Hug(create), widget.Hug(open), widget.Hug(save), widget.Hug(v.exportButton()), widget.Hug(remove)}},
	)
	if p.Fixed {
		items = append(items, v.copying(p))
	}
	if v.saved.Pending() {
		items = append(items, v.going("project-saving", w.Saving, v.saved.ID()))
	}
	return widget.Card{Name: "classes-project", Title: w.Title, Body: widget.Column{Gap: 12, Items: items}}
}

// exportButton gives the person a page with the network.
func (v *View) exportButton() widget.Button {
	w := &words.Classes
	b := widget.Button{ID: "project-export", Label: w.Export, Long: w.ExportLong, Icon: "download", Disabled: v.stays(), Do: v.export}
	switch {
	case b.Disabled != "":
	case v.packing:
		b.Disabled = w.Packing
	case !v.desk.Owned():
		b.Disabled = w.NotLearned
	}
	return b
}

// fresh is a name for a new project.
func (v *View) fresh() string {
	for n := 1; ; n++ {
		name := fmt.Sprintf(words.Classes.Fresh, n)
		taken := false
		for _, p := range v.desk.Library.List {
			taken = taken || p.Name == name
		}
		if !taken {
			return name
		}
	}
}

// status says what there is.
func (v *View) status(p *task.Project) string {
	w := &words.Classes
	if v.set != "" {
		return fmt.Sprintf(w.SetStatus, figure.Things(v.desk.Library.Has(v.set), words.Nouns.Picture), figure.Things(len(p.Classes), words.Nouns.Class))
	}
	text := fmt.Sprintf(w.Status, figure.Things(p.Pictures(), words.Nouns.Picture), figure.Things(len(p.Classes), words.Nouns.Class), figure.Megabytes(float64(p.Bytes)))
	if p.Fixed {
		text += " " + w.OfOwn
	}
	return text
}

// going is how far something that takes a while is, with a way to end it.
func (v *View) going(id, label string, question uint64) widget.Node {
	share := math.NaN()
	if v.far.ID == question && v.far.Total > 0 {
		share = float64(v.far.Done) / float64(v.far.Total)
	}
	return widget.Row{Gap: theme.Grid, Items: []widget.Node{
		widget.Flex(1, widget.Progress{ID: id, Label: label, Share: share}),
		widget.Hug(widget.Button{ID: id + "-cancel", Label: words.Classes.Cancel, Icon: "close", Do: func() { v.cancel(question) }}),
	}}
}

// classList is the ID of the list of the classes, and classRow what the IDs of its rows begin with.
const (
	classList = "class-list"
	classRow  = classList + "-"
)

// classCard lists the classes, and changes the chosen one.
func (v *View) classCard() widget.Node {
	w, p := &words.Classes, v.project()
	t := widget.Table{
		ID: classList, Name: w.Classes, Selected: map[int]bool{v.class + 1: true}, Press: func(row int) { v.show(row - 1) },
		Columns: []widget.TableColumn{{Title: w.Class}, {Title: w.Pictures, Mono: true, Align: paint.Right}},
		Rows:    [][]string{{w.All, figure.Count(v.desk.Library.Has(v.part()))}},
		Dots:    []widget.Tone{widget.Quiet},
	}
	for _, c := range p.Classes {
		t.Rows = append(t.Rows, []string{c.Name, figure.Count(c.Pictures)})
		t.Dots = append(t.Dots, widget.Class(c.Colour))
	}
	add := widget.Button{ID: "class-add", Label: w.Add, Long: w.AddLong, Icon: "in", Disabled: v.named(), Do: func() {
		v.show(len(p.Classes))
		v.change(protocol.ChangeProject{Op: protocol.AddClass})
	}}
	if add.Disabled == "" && len(p.Classes) >= task.MaxClasses {
		add.Disabled = fmt.Sprintf(w.Most, task.MaxClasses)
	}
	items := []widget.Node{t}
	if v.class >= 0 && v.class < len(p.Classes) {
		class := v.class
		remove := widget.Button{ID: "class-delete", Label: w.DeleteClass, Long: fmt.Sprintf(w.DeleteClassLong, p.Classes[class].Name), Icon: "clear", Disabled: v.named(), Do: func() {
			v.show(-1)
			v.change(protocol.ChangeProject{Op: protocol.DeleteClass, Class: class})
		}}
		items = append(items, widget.Number{ID: "class-name", Label: w.ClassName, Value: p.Classes[class].Name, Words: true, Disabled: v.named(), Set: func(name string) {
			v.change(protocol.ChangeProject{Op: protocol.RenameClass, Class: class, Name: name})
		}}, v.colour(class), widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{widget.Hug(add), widget.Hug(remove)}})
		if len(p.Classes) > 1 {
			items = append(items, v.into("class-merge", w.Merge, w.MergeLong, v.named(), func(into int) {
				v.show(-1)
				v.change(protocol.ChangeProject{Op: protocol.MergeClass, Class: class, Into: into})
			}))
		}
	} else {
		items = append(items, widget.Row{Gap: theme.Grid, Items: []widget.Node{widget.Hug(add)}})
	}
	return widget.Card{Name: "classes-list", Title: w.Classes, Body: widget.Column{Gap: 12, Items: items}}
}

// into chooses a class that something goes into; why is why it cannot be chosen, "" if it can.
func (v *View) into(id, label, long, why string, do func(into int)) widget.Node {
	s := widget.Select{ID: id, Label: label, Long: long, Disabled: why, Options: []widget.Option{{Label: words.Classes.Choose}}, Set: func(value string) {
		var into int
		if _, err := fmt.Sscan(value, &into); err == nil {
			do(into)
		}
	}}
	for i, c := range v.project().Classes {
		if i != v.class {
			s.Options = append(s.Options, widget.Option{Value: fmt.Sprint(i), Label: c.Name})
		}
	}
	return s
}

// progress is how far an import is, or what came of it; nil if there was none.
func (v *View) progress() widget.Node {
	w, c := &words.Classes, v.coming
	if c == nil {
		return nil
	}
	if !c.Done {
		share := math.NaN()
		if c.Total > 0 {
			share = float64(c.Files) / float64(c.Total)
		}
		return widget.Row{Gap: theme.Grid, Items: []widget.Node{
			widget.Flex(1, widget.Progress{ID: "project-coming", Label: fmt.Sprintf(w.Coming, figure.Count(c.Files), figure.Count(c.Total)), Share: share}),
			widget.Hug(widget.Button{ID: "project-cancel", Label: w.Cancel, Icon: "close", Do: func() { v.cancel(c.ID) }}),
		}}
	}
	text := fmt.Sprintf(w.Came, figure.Things(c.Added, words.Nouns.Picture))
	if c.Known > 0 {
		text += " " + fmt.Sprintf(w.KnownAlready, figure.Count(c.Known))
	}
	skipped := len(c.Skipped) + c.More
	if skipped > 0 {
		text += " " + fmt.Sprintf(w.Skipped, figure.Count(skipped))
	}
	items := []widget.Node{widget.Text{ID: "project-came", Text: text, Live: true}}
	if c.Why != "" {
		items = append(items, widget.Text{ID: "project-why", Text: words.Sentence(c.Why), Tone: widget.Warning, Live: true})
	}
	for i, s := range c.Skipped[:min(len(c.Skipped), listed)] {
		items = append(items, widget.Text{ID: fmt.Sprint("project-skipped-", i), Text: fmt.Sprintf(w.SkippedOne, s.Name, s.Why), Size: theme.Small, Quiet: true})
	}
	if more := skipped - min(len(c.Skipped), listed); more > 0 {
		items = append(items, widget.Text{ID: "project-skipped-more", Text: fmt.Sprintf(w.More, figure.Count(more)), Size: theme.Small, Quiet: true})
	}
	return widget.Column{Gap: 4, Items: items}
}

// listed is how many files that were skipped are named.
const listed = 8

// picturesCard brings pictures in and shows them.
func (v *View) picturesCard(width float64) widget.Node {
	w, p := &words.Classes, v.project()
	title := w.AllPictures
	if v.class >= 0 {
		title = v.name(v.class)
	}
	if f := v.found.Answer(); f != nil {
		title = fmt.Sprintf(w.FoundTitle, figure.Things(len(f.Index), words.Nouns.Picture))
	}
	files := widget.Button{ID: "project-bring", Label: w.Files, Long: w.FilesLong, Icon: "upload", Primary: v.set == "" && p.Pictures() == 0, Disabled: v.stays(), Do: func() { v.desk.Host.ChoosePictures(false) }}
	folder := widget.Button{ID: "project-folder", Label: w.Folder, Long: w.FolderLong, Icon: "classes", Disabled: v.stays(), Do: func() { v.desk.Host.ChoosePictures(true) }}
	keep := widget.Button{ID: "class-keep", Label: w.Keep, Long: w.KeepLong, Icon: "draw", Disabled: v.stays(), Do: v.keep}
	switch {
	case keep.Disabled != "":
	case v.class < 0:
		keep.Disabled = w.NoClass
	case v.desk.Subject.Empty():
		keep.Disabled = w.Nothing
	}
	ways := []widget.Node{widget.Hug(files), widget.Hug(folder), widget.Hug(keep)}
	if !v.filming() {
		ways = append(ways, widget.Hug(v.cameraButton()))
	}
	items := []widget.Node{widget.Row{Gap: theme.Grid, Wrap: true, Items: ways}, v.camera(), v.progress()}
	if v.desk.Library.Has(v.part()) > 0 {
		items = append(items, v.finding())
	}
	all := v.pictures()
	switch {
	case v.found.Pending():
		items = append(items, v.going("class-finding", w.Searching, v.found.ID()))
	case v.found.Answer() != nil && len(all) == 0:
		items = append(items, widget.Text{ID: "class-none", Text: w.NoneFound, Quiet: true})
	case v.desk.Library.Has(v.part()) == 0:
		items = append(items, widget.Text{ID: "class-none", Text: w.None, Quiet: true})
	case len(all) == 0:
		items = append(items, widget.Text{ID: "class-none", Text: w.NoneHere, Quiet: true})
	default:
		items = append(items, v.grid(width), v.pages(len(all)), v.picking())
	}
	return widget.Card{Name: "classes-pictures", Title: title, Body: widget.Column{Gap: 12, Items: items}}
}

// finding chooses among the pictures those that may be wrong where they are.
func (v *View) finding() widget.Node {
	w := &words.Classes
	s := widget.Select{ID: "class-find", Label: w.Show, Long: w.ShowLong, Disabled: v.stays(), Set: v.find, Options: []widget.Option{{Label: w.ShowAll}, {Value: protocol.Alike, Label: w.ShowAlike}}}
	if v.desk.Owned() && v.set == "" {
		s.Options = append(s.Options, widget.Option{Value: protocol.Disagreeing, Label: w.ShowDisagreeing})
	}
	if f := v.found.Answer(); f != nil {
		s.Value = f.How
	}
	return s
}

// cellVersion is what the pixels of a picture's place depend on.
type cellVersion struct {
	index, of int
	there     bool
}

// grid are the pictures in sight.
func (v *View) grid(width float64) widget.Node {
	g := widget.Grid{MinCell: 72, Gap: theme.Grid}
	for _, i := range v.seen() {
		caption := ""
		if v.class < 0 {
			caption = v.name(v.label(i))
		}
		cell := v.cellOf(fmt.Sprint("class-picture-", i), i, caption, func() { v.pick(i) })
		cell.Drop = func(on string) { v.drop(i, on) }
		g.Items = append(g.Items, cell)
	}
	return g
}

// drop puts a picture that was dragged, and with it all that are picked if it is one of them, into the
// class on whose row it was let go.
func (v *View) drop(i int, on string) {
	var row int
	if _, err := fmt.Sscanf(on, classRow+"%d", &row); err != nil || row == 0 || v.stays() != "" {
		return
	}
	index := []int{i}
	if v.picked[i] {
		index = v.picks()
	}
	v.change(protocol.ChangeProject{Op: protocol.MovePictures, Into: row - 1, Index: index})
}

// cellOf is a picture that can be pressed.
func (v *View) cellOf(id string, i int, caption string, do func()) widget.Image {
	name := v.name(v.label(i))
	cell := widget.Image{ID: id, Name: fmt.Sprintf(words.Classes.One, figure.Count(i), name), Square: true, Smooth: true, Caption: caption, Pressed: v.picked[i], Do: do, Version: cellVersion{i, v.of, false}}
	if img := v.photo(i); img != nil {
		cell.Picture, cell.Version = img, cellVersion{i, v.of, true}
	}
	return cell
}

// pages turns through the pictures; nil where one page has all.
func (v *View) pages(n int) widget.Node {
	if n <= perPage {
		return nil
	}
	w := &words.Classes
	from, to := v.page*perPage, min((v.page+1)*perPage, n)
	back := widget.Button{ID: "class-back", Label: w.Back, Icon: "left", Do: func() { v.page-- }}
	on := widget.Button{ID: "class-on", Label: w.On, Icon: "right", Do: func() { v.page++ }}
	if v.page == 0 {
		back.Disabled = w.First
	}
	if to == n {
		on.Disabled = w.Last
	}
	return widget.Row{Gap: theme.Grid, Items: []widget.Node{
		widget.Text{ID: "class-range", Text: fmt.Sprintf(w.Range, figure.Count(from+1), figure.Count(to), figure.Count(n)), Quiet: true},
		widget.Hug(back), widget.Hug(on),
	}}
}

// picking is what can be done with the pictures that are picked; nil without any.
func (v *View) picking() widget.Node {
	w, picks := &words.Classes, v.picks()
	if len(picks) == 0 {
		return widget.Text{ID: "class-picked", Text: w.Pick, Size: theme.Small, Quiet: true}
	}
	move := v.into("class-move", "", w.MoveLong, v.stays(), func(into int) {
		v.change(protocol.ChangeProject{Op: protocol.MovePictures, Into: into, Index: picks})
	})
	remove := widget.Button{ID: "class-remove", Label: w.Remove, Long: w.RemoveLong, Icon: "clear", Disabled: v.stays(), Do: func() {
		v.change(protocol.ChangeProject{Op: protocol.RemovePictures, Index: picks})
	}}
	return widget.Row{Gap: theme.Grid, Wrap: true, Items: []widget.Node{
		widget.Text{ID: "class-picked", Text: fmt.Sprintf(w.Picked, figure.Things(len(picks), words.Nouns.Picture)), Live: true},
		widget.Fixed(180, move), widget.Hug(remove),
	}}
}
