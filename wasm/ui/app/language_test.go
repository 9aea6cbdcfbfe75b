package app_test

import (
	"errors"
	"fmt"
	"image"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// TestAnotherLanguage sets all texts to a language in Cyrillic letters which is 40 % longer than
// English, and walks through the page: nothing is said in English, and nothing leaves its panel.
// Worker's messages are not the page's: they stay as they come.
func TestAnotherLanguage(t *testing.T) {
	translate(t)
	for _, size := range []paint.Point{{X: 390, Y: 844}, {X: 1280, Y: 800}} {
		t.Run(fmt.Sprint(size.X), func(t *testing.T) {
			walk(t, size, func(b *apptest.Browser, where string) { foreignOnly(b, where); inside(b, where) })
		})
	}
}

// translate sets all words to the language of the test until it ends.
func translate(t *testing.T) {
	t.Helper()
	for _, p := range words.All() {
		v := reflect.ValueOf(p).Elem()
		was := reflect.New(v.Type()).Elem()
		was.Set(v)
		v.Set(translated(v))
		t.Cleanup(func() { v.Set(was) })
	}
}

// translated returns a copy of words in the language of the test. Fields marked as IDs and the keys of
// maps stay.
func translated(v reflect.Value) reflect.Value {
	to := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		to.SetString(longer(v.String()))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("words") == "id" {
				to.Field(i).Set(v.Field(i))
				continue
			}
			to.Field(i).Set(translated(v.Field(i)))
		}
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		to.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			to.Index(i).Set(translated(v.Index(i)))
		}
	case reflect.Map:
		to.Set(reflect.MakeMap(v.Type()))
		for _, k := range v.MapKeys() {
			to.SetMapIndex(k, translated(v.MapIndex(k)))
		}
	default:
		panic("words hold a " + v.Kind().String())
	}
	return to
}

// verb is what fmt puts something in place of.
var verb = regexp.MustCompile(`%[#+\-0-9.\[\]]*[a-zA-Z%]`)

// longer returns a text in the language of the test, with its verbs as they are.
func longer(s string) string {
	if s == "" {
		return ""
	}
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r >= 'a' && r <= 'z':
				return 'а' + (r-'a')*29%32
			case r >= 'A' && r <= 'Z':
				return 'А' + (r-'A')*29%32
			}
			return r
		}, s)
	}
	var to strings.Builder
	at := 0
	for _, m := range verb.FindAllStringIndex(s, -1) {
		to.WriteString(letters(s[at:m[0]]) + s[m[0]:m[1]])
		at = m[1]
	}
	to.WriteString(letters(s[at:]))
	more := []rune(strings.Repeat("жюлидорапе ", len(s)))
	return "⟦" + to.String() + string(more[:(len([]rune(s))*2+4)/5]) + "⟧"
}

// same are texts that are the same in every language: names, units and formulas.
// What is in quotes is a value in Python.
var same = regexp.MustCompile(`'[a-z_]+'|\b(?:` + strings.Join(append([]string{
	`Tutorial CNN`, `mine\.safetensors`, `test_batch\.bin`, `by the test`, `Mozilla/\S+`, `ANGLE \(Intel`, `v1 of today`, `(?:conv2d|max_pooling2d|leaky_re_lu|dropout|flatten|dense|activation|batch_normalization)(?:_\d+)?`,
	`MB`, `GB`, `ms`, `goroutine`,
}, slices.Concat(cifar10.Task.Classes, keras())...), "|") + `)\b`)

// keras are Keras' names of layers, their arguments and activations, and what Python writes of their
// values.
func keras() (all []string) {
	all = []string{`None`, `True`, `False`, `softmax`}
	for _, names := range []map[string]string{words.Model.Kinds, words.Build.Arguments, words.Model.Activations} {
		for name := range names {
			all = append(all, regexp.QuoteMeta(name))
		}
	}
	return all
}

// english are two Latin letters in a row.
var english = regexp.MustCompile(`[A-Za-z]{2,}`)

// foreignOnly checks that nothing is said in English.
func foreignOnly(b *apptest.Browser, where string) {
	b.Helper()
	tw := b.Twin()
	seen := map[string]bool{}
	look := func(id, text string) {
		if slices.ContainsFunc(words.Help.TutorialSteps, func(s words.TutorialStep) bool { return s.Code == text }) {
			return // Python
		}
		if rest := same.ReplaceAllString(text, ""); english.MatchString(rest) && !seen[id+text] {
			seen[id+text] = true
			b.Errorf("%s: %s says in English: %q", where, id, text)
		}
	}
	look("title", tw.Title)
	look("status", tw.Status)
	look("prediction", tw.Prediction)
	look("details", tw.Details)
	var each func(f *widget.Leaf)
	each = func(leaf *widget.Leaf) {
		f := *leaf
		if f.Role == widget.RoleLink {
			f.Title, f.Value = "", "" // the address
		}
		for _, text := range []string{f.Name, f.Title, f.Hint, f.Disabled, f.Invalid} {
			look(f.ID, text)
		}
		switch f.Role {
		case widget.RoleSelect, widget.RoleToggle, widget.RoleCheckbox, widget.RoleCode: // a value that is not of language
		default:
			look(f.ID, f.Value)
		}
		for _, o := range f.Options {
			look(f.ID, o.Label)
		}
		if f.Cells != nil {
			for _, row := range f.Cells() {
				for _, cell := range row {
					look(f.ID, cell)
				}
			}
		}
		for i := range f.Children {
			each(&f.Children[i])
		}
	}
	for _, f := range slices.Concat(tw.Fixed, tw.Leaves) {
		each(f)
	}
}

// inside checks that no leaf leaves its panel, in the window and in one in which all panels are
// seen, and paints all of it.
func inside(b *apptest.Browser, where string) {
	b.Helper()
	w, h := b.W, b.H
	b.H = 30000
	b.Resize(w, 30000, 1)
	panels := b.Panels()
	tw := b.Twin()
	for _, f := range slices.Concat(tw.Fixed, tw.Leaves) {
		r := f.Rect
		if f.Clip.W > 0 || r.W <= 0 || r.H <= 0 {
			continue
		}
		if !slices.ContainsFunc(panels, func(p app.Panel) bool {
			q := p.Rect
			return r.X >= q.X-1 && r.Y >= q.Y-1 && r.X+r.W <= q.X+q.W+1 && r.Y+r.H <= q.Y+q.H+1
		}) {
			b.Errorf("%s: %s %q at %v is in no panel", where, f.ID, f.Name, r)
		}
	}
	b.H = h
	b.Resize(w, h, 1)
	b.Render()
}

// walk opens all views in many states, in a window of a size, and looks at each.
func walk(t *testing.T, size paint.Point, look func(b *apptest.Browser, where string)) {
	b := apptest.OpenWith(t, size.X, size.Y, false, apptest.Network(t, 1), map[string]string{"tour": ""})
	look(b, "first visit")
	b.Press("tour-start")
	for i := range words.Tour.Steps {
		look(b, fmt.Sprint("tour ", i))
		b.Press("tour-next")
	}
	walkHelp(b, look)
	b.Press("view-classify")
	b.Press("clear")
	look(b, "empty pad")
	b.Show(image.NewRGBA(image.Rect(0, 0, 60, 40)), "mine.safetensors")
	b.Settled()
	look(b, "a picture")
	b.ShowTest(cifar10.Task, apptest.Plain(1), 3)
	b.Settled()
	look(b, "a test picture")
	b.Press("draw")
	b.Press("sample")
	b.Settled()
	for _, v := range app.Views() {
		b.Press(app.ButtonOf(v))
		b.Quiet()
		look(b, v+" without data")
	}
	b.Says(protocol.Ready{})
	b.Says(protocol.Stored{Task: cifar10.Task, Coming: "test_batch.bin", Done: 1e6, Total: 3e7})
	for _, v := range app.Views() {
		b.Press(app.ButtonOf(v))
		look(b, v+" while data comes")
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 200, Kept: true, Saved: true, Mine: []protocol.Labelled{{Picture: apptest.Plain(3), Class: 3}}})
	walkData(b, look)
	walkModel(b, look)
	walkRun(b, look)
	walkEvaluate(b, look)
	walkBuild(b, look)
	walkClasses(b, look)
	b.Press("view-classify")
	b.Press("label-cat")
	look(b, "a label")
	b.Press("present")
	look(b, "presenter mode")
	b.Press("present-stop")
	b.Keeps()
	b.Updated()
	look(b, "a new version")
	b.Fault(errors.New("by the test"), "goroutine 7")
	look(b, "a fault")
	b.WorkerDied("by the test")
	look(b, "a dead worker")
	b.TrainerDied("by the test")
	look(b, "a dead trainer")
}

func walkHelp(b *apptest.Browser, look func(*apptest.Browser, string)) {
	b.SetMachine("Mozilla/5.0", "v1 of today")
	b.Press("diagnosis")
	look(b, "help before the browser was looked at")
	b.Examined(desk.Browser{Agent: "Mozilla/5.0", Canvas: desk.Flat, Cores: 1, Memory: 61e6, Device: 1})
	for _, s := range []string{"start", "glossary", "keys", "tutorial", "models", "browser", "credits"} {
		b.Press("help-" + s)
		if s == "credits" {
			continue // names of people and of what they made
		}
		look(b, "help "+s)
	}
	b.Examined(desk.Browser{Agent: "Mozilla/5.0", Canvas: "ANGLE (Intel)", Secure: true, Isolated: true, Files: true, Lasting: true, Service: true, Cores: 8, Memory: 61e6, Used: 34e6, Quota: 2.1e9})
	b.Press("help-browser")
	look(b, "help of a browser that has all")
}

func walkData(b *apptest.Browser, look func(*apptest.Browser, string)) {
	b.Press("view-data")
	b.Album(200)
	look(b, "data")
	b.Press("data-cell-0")
	b.Quiet()
	b.Album(200)
	look(b, "data, one picture")
	b.Press("data-all")
	b.Album(200)
	look(b, "data in order")
	b.Press("data-mine")
	b.Album(1)
	look(b, "data, my pictures")
	b.Press("data-train")
	look(b, "data, no training set")
}

func walkModel(b *apptest.Browser, look func(*apptest.Browser, string)) {
	b.Press("view-model")
	b.Quiet()
	for i := range b.Leaf("model-layer").Options {
		b.Set("model-layer", fmt.Sprint(i))
		b.Quiet()
		look(b, fmt.Sprint("model, layer ", i))
	}
	b.Set("model-layer", "0")
	b.Press("model-occlusion")
	b.Quiet()
	b.Press("model-stimulus")
	look(b, "model, occlusion and gradient ascent")
	b.Quiet()
}

func walkRun(b *apptest.Browser, look func(*apptest.Browser, string)) {
	b.Press("view-train")
	look(b, "train")
	b.Press("train-more")
	look(b, "train, advanced")
	b.Set("train-rate", "?!")
	b.Set("train-epochs", "-1")
	look(b, "train, what cannot be used")
	b.Press("train-tune")
	b.Press("train-start")
	begin := apptest.Asks[protocol.Begin](b)[0]
	look(b, "a run begins")
	before := task.Metrics{Loss: 0.7, Accuracy: 0.71}
	b.Says(protocol.Began{Run: begin.Run, Job: begin.Job, Trained: 160, HeldOut: 40, On: task.Validation, Before: before})
	running := protocol.Training{Run: begin.Run, State: protocol.Running, Epoch: 1, Epochs: 3, Step: 2, Steps: 5, PicturesPerSec: 412, Left: 180, Workers: 2, Mean: before, Batch: before}
	for _, state := range []string{protocol.Running, protocol.Paused, protocol.Validating} {
		running.State = state
		b.Says(running)
		look(b, "a run, "+state)
	}
	confusion := make([][]int, 10)
	for i := range confusion {
		confusion[i] = make([]int, 10)
		confusion[i][i], confusion[i][(i+1)%10] = 15, 5
	}
	b.Says(protocol.EpochDone{Run: begin.Run, Epoch: task.Epoch{Epoch: 1, Rate: 5e-4, Train: before, Val: before, Seconds: 100}, Confusion: confusion, Mistakes: []protocol.Mistake{{Picture: apptest.Plain(2), Class: 1, True: 2}}})
	b.Says(protocol.Finished{Run: begin.Run, Before: before, After: task.Metrics{Loss: 0.6, Accuracy: 0.75}})
	look(b, "a run has ended")
	b.Says(protocol.Resumable{Job: begin.Job, Epoch: 1})
	look(b, "a run is offered")
}

func walkEvaluate(b *apptest.Browser, look func(*apptest.Browser, string)) {
	b.Press("view-evaluate")
	look(b, "evaluate")
	apptest.Asks[protocol.Evaluate](b)
	b.Press("evaluate-start")
	id := apptest.Asks[protocol.Evaluate](b)[0].ID
	b.Says(protocol.Measuring{ID: id, Done: 120, Total: 200, PicturesPerSec: 812})
	look(b, "evaluating")
	e := protocol.Evaluated{ID: id, What: task.TestSet, Seen: 100, Report: task.Evaluation{Metrics: task.Metrics{Loss: 0.68, Accuracy: 0.75}, Pictures: 200, Top2: 0.9, ECE: 0.043, ECEAfter: 0.012, Temperature: 1.21}}
	for i := range 10 {
		row := make([]int, 10)
		row[i], row[(i+1)%10] = 15, 5
		e.Report.Confusion = append(e.Report.Confusion, row)
		e.Report.Classes = append(e.Report.Classes, task.ClassMetrics{Precision: 0.75, Recall: 0.75, F1: 0.75, Support: 20})
		e.Report.Bins = append(e.Report.Bins, task.Bin{Pictures: 20, Confidence: 0.05 + 0.1*float64(i), Accuracy: 0.09 * float64(i)})
	}
	for i := range 200 {
		e.True, e.Class, e.Score, e.Beside = append(e.True, byte(i%10)), append(e.Class, byte((i+i/150)%10)), append(e.Score, float32(i%50)/50), append(e.Beside, 3)
	}
	e.Comparison = &task.Comparison{First: task.Metrics{Accuracy: 0.77}, Second: task.Metrics{Accuracy: 0.79}, Both: 70, OnlyFirst: 55, OnlySecond: 67, Neither: 8, Differ: 158, P: 0.32}
	b.Says(e)
	b.Album(200)
	look(b, "evaluated")
	for _, order := range []string{"mistakes", "doubts", "changed"} {
		b.Press("evaluate-" + order)
		b.Album(200)
		look(b, "evaluated, "+order)
	}
	b.Press("evaluate-counts")
	b.Press("evaluate-held-out")
	look(b, "evaluated, counts")
	b.Press("evaluate-mine")
	look(b, "evaluate my pictures")
}

func walkBuild(b *apptest.Browser, look func(*apptest.Browser, string)) {
	b.Press("view-build")
	b.Until("the network is there", func() bool { return b.Has("network-sum") })
	look(b, "build")
	b.Set("network-kind", "BatchNormalization")
	b.Press("network-add")
	b.Quiet()
	look(b, "build, a layer more")
	b.Press("network-undo")
	b.Quiet()
}

func walkClasses(b *apptest.Browser, look func(*apptest.Browser, string)) {
	b.Press("view-classes")
	look(b, "classes without a project")
	p := task.Project{ID: "own", Name: "猫犬", Bytes: 1 << 20, CanUndo: true}
	for i, name := range []string{"猫", "犬", "鳥"} {
		p.Classes = append(p.Classes, task.ProjectClass{Name: name, Colour: i, Pictures: 20})
	}
	b.Says(protocol.Projects{List: []task.Project{p, {ID: "other", Name: "馬"}}, Using: "own"})
	b.Album(60)
	look(b, "classes")
	b.Press("class-list-2")
	b.Album(60)
	look(b, "classes, one of them")
	p.Classes[2].Pictures = 2
	b.Says(protocol.Projects{List: []task.Project{p}, Using: "own"})
	look(b, "classes, a class with few pictures")
}
