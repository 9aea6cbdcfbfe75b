package train

import (
	"fmt"
	"slices"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/network"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/part"
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// runItems are how the run goes, what can be done with it, and what came of it.
func (v *View) runItems(narrow bool) []widget.Node {
	w, l := &words.Train, v.desk.Library
	r := &l.Run
	headline := v.headline()
	if narrow && r.Running() && !r.Stopping {
		headline = w.Training
	}
	head := []widget.Node{widget.Heading{Text: headline, Size: theme.Heading}}
	if m, ok := r.Reached(); ok {
		head = append(head, widget.Hug(widget.Text{Text: w.Validation, Size: theme.Small, Quiet: true}),
			widget.Hug(widget.Text{ID: "train-share", Text: figure.Percent(m.Accuracy), Size: theme.Title, Weight: paint.Medium}))
	}
	items := []widget.Node{widget.Row{Gap: 8, Items: head}}
	if r.Active || r.Finished != nil {
		items = append(items, widget.Progress{ID: "train-progress", Share: v.done()})
	}
	status := []widget.Node{widget.Text{ID: "train-status", Text: v.status(), Quiet: true}}
	memory := r.State.Memory > 0 && r.ID > 0 // not that of an earlier visit
	if memory && !narrow {
		status = append(status, widget.Hug(v.memory()))
	}
	items = append(items, widget.Row{Gap: 12, Top: true, Items: status})
	if memory && narrow {
		items = append(items, v.memory())
	}
	if text := v.result(); text != "" {
		items = append(items, widget.Text{ID: "train-result", Text: text, Live: true})
	}
	items = append(items, buttons(narrow, v.controls()))
	if why := v.cannot(); !r.Active && why != "" && l.Enough() && !l.Teaching() { // else the status says it
		items = append(items, widget.Text{ID: "train-why", Text: why, Size: theme.Small, Tone: widget.Warning})
	}
	if !r.Active && v.choice() {
		items = append(items, v.networks(narrow))
	}
	return append(items, buttons(narrow, v.exports()))
}

func (v *View) memory() widget.Node {
	return widget.Text{ID: "train-memory", Text: fmt.Sprintf(words.Train.Memory, figure.Megabytes(float64(v.desk.Library.Run.State.Memory))), Size: theme.Small, Quiet: true}
}

// buttons are side by side: as wide as their labels, or on a phone as wide as there is
// room.
func buttons(narrow bool, all []widget.Node) widget.Node {
	if !narrow {
		for i := range all {
			all[i] = widget.Hug(all[i])
		}
	}
	return widget.Row{Gap: 8, Wrap: true, Items: all}
}

// controls begin, steer and end a run.
func (v *View) controls() []widget.Node {
	w, l := &words.Train, v.desk.Library
	if l.Run.Active {
		return v.steering()
	}
	start := widget.Button{ID: "train-start", Label: w.Start, Long: w.StartLong, Icon: "start", Primary: true, Disabled: v.cannot(), Do: v.start}
	var all []widget.Node
	if l.Offer != nil {
		start.Primary = false
		all = append(all,
			widget.Button{ID: "train-resume", Label: w.Resume, Long: w.ResumeLong, Icon: "start", Primary: true, Do: l.Resume},
			widget.Button{ID: "train-discard", Label: w.Discard, Long: w.DiscardLong, Icon: "clear", Do: l.Discard})
	}
	all = append(all, start)
	if name, files, bytes := v.lacks(); files != nil {
		b := widget.Button{ID: "train-fetch", Label: fmt.Sprintf(w.DownloadNeeds, words.Small(name), figure.Megabytes(bytes)), Long: w.DownloadLong, Icon: "in-down", Primary: !l.Enough() && l.Offer == nil, Do: func() { l.Fetch(files...) }}
		if s := l.Stored; s.Coming != "" {
			b.Disabled = words.Capital(v.coming())
		}
		all = append(all, b)
	}
	return all
}

// cannot returns why no run can begin now, "" if one can.
func (v *View) cannot() string {
	w, d := &words.Train, v.desk
	l := d.Library
	switch {
	case l.Teaching():
		return w.NoTeaching
	case d.Deciding(): // it may be where the run begins
		return w.Switching
	case l.Missing():
		return words.Library.Missing
	case l.Stored == nil:
		return words.Capital(w.NotReady) + "."
	case l.Stored.Coming != "":
		return words.Capital(v.coming()) + "."
	case !l.Enough() && l.Job.Data == task.Mine:
		return w.NoOwn
	case !l.Enough():
		return w.DownloadFirst
	case l.Job.From == library.InUse && !d.Suits(l.Job.Data):
		return w.OtherTask
	}
	return v.wrong()
}

// steering returns the buttons of the current run.
func (v *View) steering() []widget.Node {
	w, l := &words.Train, v.desk.Library
	disabled := ""
	if l.Run.Stopping {
		disabled = w.Stopping
	}
	pause := widget.Button{ID: "train-pause", Label: w.Pause, Long: w.PauseLong, Icon: "pause", Key: " ", Primary: true, Disabled: disabled, Do: func() { l.Tell(protocol.Pause{}) }}
	if l.Run.Paused() {
		pause.Label, pause.Icon = w.Continue, "start"
		pause.Do = func() { l.Tell(protocol.Continue{}) }
	}
	stop := w.Stop
	if l.Run.Stopping {
		stop = w.Stopping
	}
	return []widget.Node{
		pause,
		widget.Button{ID: "train-step", Label: w.Step, Long: w.StepLong, Icon: "step", Key: ".", Disabled: disabled, Do: func() { l.Tell(protocol.StepOnce{}) }},
		widget.Button{ID: "train-stop", Label: stop, Long: w.StopLong, Icon: "stop", Disabled: disabled, Do: l.Stop},
	}
}

// choice reports whether there is more than one network to use.
func (v *View) choice() bool {
	l := v.desk.Library
	return v.desk.Network.Using != network.Opening || l.HasWeights(l.Last) || l.HasWeights(l.Best)
}

// networks asks which network to use, and shows which one is.
func (v *View) networks(narrow bool) widget.Node {
	w, d := &words.Train, v.desk
	l := d.Library
	one := func(id, kind, label, long, icon, missing string, do func()) widget.Node {
		b := widget.Button{ID: id, Label: label, Long: long, Icon: icon, Toggle: true, Pressed: d.Network.Using == kind, Do: do}
		if b.Pressed {
			b.Long, b.Icon, b.Do = label+". "+w.ActiveNow, "evaluate", func() {}
		} else {
			b.Disabled = missing
		}
		return b
	}
	noLast, noBest := "", ""
	if !l.HasWeights(l.Last) {
		noLast = w.NoLast
	}
	if !l.HasWeights(l.Best) {
		noBest = w.NoBest
	}
	from := network.Opening // what the run began with, or the user opened the page with
	if job := l.Job; network.IsPretrained(job.From) {
		from = job.From
	}
	if job, ok := l.Run.Job(); ok && network.IsPretrained(job.From) {
		from = job.From
	}
	name := words.Network.Kinds[from]
	question := w.WhichNow
	if l.Run.Finished != nil || l.Taught != nil {
		question = w.Which
	}
	all := []widget.Node{
		one("train-revert", from, fmt.Sprintf(w.Revert, name), fmt.Sprintf(w.RevertLong, name), "undo", "", func() { d.UsePretrained(from) }),
		one("train-last", "last", w.Last, w.LastLong, "train", noLast, func() { d.Recall("last") }),
		one("train-best", "best", w.Best, w.BestLong, "best", noBest, func() { d.Recall("best") }),
	}
	if used := d.Network.Using; !slices.Contains([]string{from, "last", "best"}, used) {
		all = append(all, one("train-used", used, part.NetworkName(d, used), "", "", "", nil))
	}
	return widget.Column{Gap: 4, Items: []widget.Node{widget.Text{Text: question, Weight: paint.Medium}, buttons(narrow, all)}}
}

// exports returns what can be taken away.
func (v *View) exports() []widget.Node {
	w, d := &words.Train, v.desk
	r := &d.Library.Run
	nothing := ""
	if len(r.Epochs) == 0 && len(r.Curve.Points) == 0 {
		nothing = w.NothingYet
	}
	file := func(id, label, long, why string, do func()) widget.Node {
		return widget.Button{ID: id, Label: label, Long: long, Icon: "download", Disabled: why, Do: do}
	}
	save := func(name, kind string, content func() []byte) func() {
		return func() { d.Host.Download(name, kind, content()) }
	}
	return []widget.Node{
		file("train-weights", w.Weights, w.WeightsLong, "", save("tenfold.safetensors", "application/octet-stream", func() []byte { return d.Network.File })),
		v.formats(),
		file("train-csv", w.CSV, w.CSVLong, nothing, save("history.csv", "text/csv", func() []byte { return history(r) })),
		file("train-png", w.PNG, w.PNGLong, nothing, save("curves.png", "image/png", v.chartPNG)),
		file("train-report", w.Report, w.ReportLong, nothing, save("report.html", "text/html", v.report)),
	}
}

// link copies the page's address with the settings.
func (v *View) link() {
	d := v.desk
	at := v.hash(&d.Library.Job)
	if len(at) > part.LongestHash {
		d.Say(words.Build.LinkTooLong)
		return
	}
	d.Host.SetAddress(at, false)
	d.Host.Copy("#" + at)
	d.Say(words.Train.Linked)
}
