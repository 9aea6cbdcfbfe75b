package page

import (
	"fmt"

	"tenfold/nn/task"
	"tenfold/wasm/protocol"
)

// steer is an action on the present run.
func steer(id, label, long, icon, key string, c protocol.Command) *Action {
	return &Action{
		ID: id, Label: label, Long: long, Icon: icon, Key: key,
		Enabled: func(p *Page) bool { return p.train.active },
		Do:      func(p *Page) { p.tell(c) },
	}
}

// preset fills the settings in.
func preset(id, label, long string, job *task.Job) *Action {
	return &Action{
		ID: id, Label: label, Long: long, Icon: "none",
		Pressed: func(p *Page) bool { return p.train.job == *job },
		Enabled: func(p *Page) bool { return p.train.idle() },
		Do:      func(p *Page) { p.train.job = *job },
	}
}

// trainActions lists what can be done in the Train view; a new one adds a line.
var trainActions = []*Action{
	{ID: "train-start", Label: "Start", Long: "Start training", Icon: "start", Enabled: func(p *Page) bool { return p.train.idle() && p.train.teaching == 0 && p.train.enough() }, Do: (*Page).begin},
	preset("train-tune", "Fine-tune", "Propose to fine-tune the shipped network on the test set", &task.FineTuning),
	preset("train-tutorial", "Tutorial", "Propose the whole tutorial from random weights", &task.Tutorial),
	{ID: "train-resume", Label: "Resume", Long: "Resume the run that was cut off", Icon: "start", Shown: func(p *Page) bool { return p.train.offer != nil && p.train.idle() }, Do: (*Page).resume},
	{ID: "train-discard", Label: "Discard", Long: "Discard the run that was cut off", Icon: "clear", Shown: func(p *Page) bool { return p.train.offer != nil && p.train.idle() }, Do: func(p *Page) {
		p.train.offer = nil
		p.tell(protocol.Discard{})
	}},
	{
		ID: "train-pause", Label: "Pause", Long: "Pause or continue training", Icon: "pause", Key: " ", Enabled: func(p *Page) bool { return p.train.active },
		Pressed: func(p *Page) bool { return p.train.paused() },
		Says: func(p *Page) string {
			if p.train.paused() {
				return "Continue"
			}
			return ""
		},
		Do: func(p *Page) {
			if p.train.paused() {
				p.tell(protocol.Continue{})
			} else {
				p.tell(protocol.Pause{})
			}
		},
	},
	steer("train-step", "Step", "Train one batch, then pause", "step", ".", protocol.StepOnce{}),
	steer("train-stop", "Stop", "Stop training and keep the weights", "stop", "", protocol.Stop{}),
	{ID: "train-revert", Label: "Shipped", Long: "Go back to the shipped network", Icon: "undo", Enabled: func(p *Page) bool { return p.train.using != task.Shipped }, Do: func(p *Page) { p.use(task.Shipped, p.train.shipped) }},
	{ID: "train-last", Label: "Last", Long: "Use the network as the last run left it", Icon: "redo", Enabled: func(p *Page) bool { return p.train.has(p.train.last) && p.train.using != "last" }, Do: func(p *Page) {
		if p.train.last != nil {
			p.use("last", p.train.last)
		} else {
			p.tell(protocol.Recall{Kind: "last"})
		}
	}},
	{ID: "train-best", Label: "Best", Long: "Use the network of the best epoch", Icon: "best", Enabled: func(p *Page) bool { return p.train.has(p.train.best) && p.train.idle() && p.train.using != "best" }, Do: func(p *Page) { p.tell(protocol.Recall{Kind: "best"}) }},
	{ID: "train-weights", Label: "Weights", Long: "Download the weights that are in use", Icon: "download", Do: func(p *Page) {
		p.host.Download("tenfold.safetensors", "application/octet-stream", p.link.model)
	}},
	{ID: "train-csv", Label: "CSV", Long: "Download the history as CSV", Icon: "download", Enabled: (*Page).hasHistory, Do: func(p *Page) { p.host.Download("history.csv", "text/csv", p.historyCSV()) }},
	{ID: "train-png", Label: "PNG", Long: "Download the charts as a picture", Icon: "download", Enabled: (*Page).hasHistory, Do: func(p *Page) { p.host.Download("curves.png", "image/png", encodePNG(p.chartImage())) }},
	{ID: "train-report", Label: "Report", Long: "Download a report of the run", Icon: "download", Enabled: (*Page).hasHistory, Do: func(p *Page) { p.host.Download("report.html", "text/html", p.report()) }},
	{ID: "train-link", Label: "Link", Long: "Put these settings into the address", Icon: "link", Do: func(p *Page) {
		p.host.SetAddress(address(&p.train.job))
		p.problem = "The page's address now names these settings. Copy it to share them."
	}},
	{ID: "train-fetch", Label: "Server", Long: "Take the pictures from this server", Icon: "in-down", Shown: func(p *Page) bool { return p.hasData }, Enabled: func(p *Page) bool { return p.train.idle() && !p.train.complete() }, Do: (*Page).fetch},
	{ID: "train-choose", Label: "File", Long: "Choose a file of pictures or weights", Icon: "upload", Enabled: func(p *Page) bool { return p.train.idle() }, Do: func(p *Page) { p.host.ChooseData() }},
	{ID: "train-forget", Label: "Remove", Long: "Remove the pictures of CIFAR-10 from this browser", Icon: "clear", Says: func(p *Page) string { return p.train.size() }, Enabled: func(p *Page) bool {
		s := p.train.stored
		return p.train.idle() && s != nil && s.Test+s.Train > 0
	}, Do: func(p *Page) {
		p.tell(protocol.Forget{What: task.TestSet})
		p.tell(protocol.Forget{What: task.TrainSet})
	}},
	{ID: "train-more", Label: "More", Long: "More settings", Icon: "more", Pressed: func(p *Page) bool { return p.train.rare }, Do: func(p *Page) { p.train.rare = !p.train.rare }},
	{ID: "train-teach", Label: "Teach", Long: "Teach the network your pictures", Icon: "start", Enabled: canTeach, Do: (*Page).teach},
	{ID: "train-export", Label: "Save", Long: "Download your pictures as one file", Icon: "download", Enabled: func(p *Page) bool { return p.train.own() > 0 }, Do: func(p *Page) {
		p.host.Download("my-pictures.bin", "application/octet-stream", p.train.records())
	}},
}

func canTeach(p *Page) bool { return p.train.idle() && p.train.teaching == 0 && p.train.own() > 0 }

// own is how many pictures the person has.
func (t *trainer) own() int {
	if t.stored == nil {
		return 0
	}
	return len(t.stored.Mine)
}

// has says whether a model is at hand or stored.
func (t *trainer) has(model []byte) bool { return model != nil || t.stored != nil && t.stored.Saved }

// size is what the pictures of CIFAR-10 that are kept here take, or "" if there are none.
func (t *trainer) size() string {
	if s := t.stored; s != nil && s.Test+s.Train > 0 {
		return fmt.Sprintf("%.1f MB", float64((s.Test+s.Train)*(s.Task.Pixels()+1))/1e6)
	}
	return ""
}

// complete says whether all that the job needs of CIFAR-10 is here.
func (t *trainer) complete() bool {
	s := t.stored
	return s != nil && s.Test > 0 && (t.job.Data != task.TrainSet || s.Train >= 50000)
}

// enough says whether there is something to train on.
func (t *trainer) enough() bool {
	s := t.stored
	if s == nil || s.Coming != "" {
		return false
	}
	return map[string]int{task.TestSet: s.Test, task.TrainSet: s.Train, task.Mine: len(s.Mine)}[t.job.Data] > 0
}

func (p *Page) hasHistory() bool { return len(p.train.epochs) > 0 }

// tabActions go to the views.
var tabActions []*Action

func tabs() []*Action {
	var all []*Action
	for _, v := range tabbed() {
		all = append(all, &Action{ID: "view-" + v.id, Label: v.name, Long: v.name + " view", Icon: v.icon, Pressed: func(p *Page) bool { return p.view == v.id }, Do: func(p *Page) { p.show(v.id) }})
	}
	tabActions = all
	return all
}

// show goes to a view.
func (p *Page) show(view string) {
	if p.view == view {
		return
	}
	p.view, p.scroll, p.hover = view, 0, ""
	p.rescale()
	if view != "classify" && view != about {
		p.need() // it keeps the pictures, too
	}
	p.lookInside()
}

// label says what a picture is.
func label(i int, class string) *Action {
	return &Action{ID: "label-" + class, Label: class, Long: "This is a picture of: " + class, View: "classify", Enabled: (*Page).labelled, Do: func(p *Page) { p.label(i) }}
}
