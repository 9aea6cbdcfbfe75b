package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/convert"
	"tenfold/nn/evaluate"
	"tenfold/nn/keras"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/train"
)

// last is the checkpoint that -resume continues from.
const last = "last.safetensors"

// trainFlags are the settings of `train`.
type trainFlags struct {
	data, out string
	network   string
	from      string         // the file whose weights training begins with
	asked                    // of that file
	state     *convert.State // of the optimiser in it
	named     string         // recipe
	resume    bool
	limit     int
	test      int
	every     time.Duration
	recipe    task.Recipe
	chosen    bool // -network was given
}

// set makes the flags of f, whose values are the defaults.
func (f *trainFlags) set() *flag.FlagSet {
	fs := flag.NewFlagSet("train", flag.ContinueOnError)
	fs.StringVar(&f.network, "network", "tutorial", networkUsage)
	fs.StringVar(&f.from, "from", "", "begin with the weights of this `file`, in any format that tenfold-train convert reads, instead of drawn ones; its network is trained, and of weights alone that of -network")
	f.asked.flags(fs)
	fs.StringVar(&f.named, "recipe", "", "`name` of the recipe that the flags below change: "+recipeNames()+"; empty means that of the network or its file, or the tutorial's")
	fs.StringVar(&f.data, "data", "data", dataHelp)
	fs.StringVar(&f.out, "out", "", "folder for checkpoints, history.csv and pictures; empty means runs/ and the network's name")
	fs.BoolVar(&f.resume, "resume", false, "go on with the run in -out, with its recipe")
	fs.IntVar(&f.limit, "limit", 0, "train on the first `n` pictures only; 0 means all")
	fs.IntVar(&f.test, "test", 0, "validate on the first `n` test pictures only; 0 means all")
	fs.DurationVar(&f.every, "save-every", time.Minute, "time between checkpoints within an epoch")
	recipeFlags(fs, &f.recipe)
	return fs
}

// parseTrain parses the flags of `train`. The defaults of the recipe's flags
// depend on the recipe that other flags name, so they are read twice.
func parseTrain(args []string) (*trainFlags, error) {
	var first trainFlags
	fs := first.set()
	fs.SetOutput(io.Discard)
	fs.Parse(args) // what is wrong with them is said below
	recipe, err := first.base()
	if err != nil {
		return nil, err
	}
	f := &trainFlags{recipe: recipe}
	fs = f.set()
	if err := parse(fs, args); err != nil {
		return nil, err
	}
	fs.Visit(func(g *flag.Flag) { f.chosen = f.chosen || g.Name == "network" })
	return f, nil
}

// base returns the recipe that the recipe's flags change.
func (f *trainFlags) base() (task.Recipe, error) {
	name := f.named
	if name == "" {
		if name = f.network; isCode(name) {
			s, err := source(name)
			if err != nil {
				return task.Recipe{}, err
			}
			tell(name, s.Notes)
			return s.Recipe, nil
		}
		if isModel(name) {
			return recipeOf(name), nil
		}
	}
	r, ok := task.NamedRecipe(name)
	switch {
	case !ok && f.named == "":
		return task.TutorialRecipe, nil // the network's name may be wrong, which is said where it is looked for
	case !ok:
		return r, fmt.Errorf("no recipe is called %q: there are %s", name, recipeNames())
	}
	return r, nil
}

// held is the share of the pictures that the code of -network holds out; 0 without code.
func (f *trainFlags) held() float64 {
	if f.named != "" || f.from != "" || !isCode(f.network) {
		return 0
	}
	s, err := source(f.network)
	if err != nil {
		return 0 // an error where its network is taken
	}
	return s.HoldOut
}

// tell says what of code is left out.
func tell(path string, notes []keras.Note) {
	for _, n := range notes {
		fmt.Fprintf(os.Stderr, "%s: line %d: %s\n", path, n.Line, n.Text)
	}
}

// recipeOf is the recipe with which a file's network was trained, as far as the file says it; what it does
// not say is the tutorial's. A file that cannot be opened is an error where its network is taken.
func recipeOf(path string) task.Recipe {
	r := task.TutorialRecipe
	if b, err := readModel(path); err == nil {
		if o, err := convert.Open(b, nil); err == nil {
			r, _ = o.Recipe(r)
		}
	}
	return r
}

func recipeNames() string {
	var names []string
	for _, r := range task.Recipes {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

func runTrain(ctx context.Context, args []string) error {
	f, err := parseTrain(args)
	if err != nil {
		return err
	}
	m, short, err := f.model()
	if err != nil {
		return err
	}
	if f.out == "" {
		f.out = filepath.Join("runs", short)
	}
	if err := m.Fits(cifar10.Task); err != nil {
		return fmt.Errorf("the network %s cannot learn CIFAR-10: %w", cmp.Or(f.from, f.network), err)
	}
	set, err := openData(f.data)
	if err != nil {
		return err
	}
	if held := f.held(); held > 0 {
		fmt.Fprintf(os.Stderr, "%s: validation_split=%g is left out: what is trained is validated on the test pictures\n", f.network, held)
	}
	data, test := set.train(f.limit), set.test(f.test)
	if err := os.MkdirAll(f.out, 0o755); err != nil {
		return err
	}
	run, err := f.run(m, set.trainPart, data)
	if err != nil {
		return err
	}
	defer run.Close()
	recipe, err := json.Marshal(run.Recipe)
	if err != nil {
		return err
	}
	fmt.Printf("%s\nrecipe %s\n%d training and %d test pictures, kernel %q on %d cores, into %s\n\n", run.Model.Summary(), recipe, data.Len(), test.Len(), kernel.Best(), kernel.Workers(), f.out)
	return f.fit(ctx, run, set.testPart, data, test)
}

// model returns the network to train, with weights if it begins with those of a
// file.
func (f *trainFlags) model() (m *model.Network, short string, err error) {
	if f.from == "" {
		if f.asked != (asked{}) {
			return nil, "", errors.New("-classes and -scale say what the file of -from does not, and there is none")
		}
		return network(f.network)
	}
	var at *model.Network
	if f.chosen {
		if at, _, err = network(f.network); err != nil {
			return nil, "", err
		}
	}
	opened, err := f.asked.open(f.from, at, os.Stdout)
	if err != nil {
		return nil, "", err
	}
	m, f.state = opened.Network, opened.State()
	if at != nil {
		_, a, _ := strings.Cut(m.Summary(), "\n") // without their names
		_, b, _ := strings.Cut(at.Summary(), "\n")
		if a != b {
			return nil, "", fmt.Errorf("%s holds another network than -network %s: leave -network out", f.from, f.network)
		}
	}
	forget(m)
	return m, shortName(f.from), nil
}

// run starts a run of m on a part of a data set, or resumes the one in the
// folder.
func (f *trainFlags) run(m *model.Network, part string, data evaluate.Data) (*train.Run, error) {
	path := filepath.Join(f.out, last)
	if f.resume {
		c, err := checkpoint.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("nothing to resume: %w", err)
		}
		run, err := train.Resume(c, data)
		if err == nil && f.chosen && run.Model.Name != m.Name {
			return nil, errors.Join(run.Close(), fmt.Errorf("%s holds a run of %q, not of %q: choose its network, or another -out", f.out, run.Model.Name, m.Name))
		}
		return run, err
	}
	if _, err := os.Stat(path); err == nil {
		return nil, fmt.Errorf("%s holds a run already: add -resume to go on with it, or choose another -out", f.out)
	}
	if f.from == "" {
		if err := m.Init(f.recipe.Seed); err != nil {
			return nil, err
		}
	}
	see(m, part, data.Len())
	run, err := train.NewRun(m, f.recipe, data)
	if err != nil || f.state == nil {
		return run, err
	}
	if err := f.warm(run); err != nil {
		return nil, errors.Join(err, run.Close())
	}
	return run, nil
}

// warm lets a run begin with the optimiser's state of the file that its weights are from, if the
// recipe's optimiser is that.
func (f *trainFlags) warm(run *train.Run) error {
	optimizer := f.recipe.Optimizer
	if optimizer == "" {
		optimizer = task.Adamax
	}
	if f.state.Optimizer() != optimizer {
		fmt.Printf("%s has the state of %s, which is left out: -optimizer %[2]s would go on from it\n", f.from, f.state.Optimizer())
		return nil
	}
	fmt.Printf("%s has made %d steps before, whose state it goes on from\n", f.state.Optimizer(), f.state.Steps)
	return run.Warm(f.state.Tensors, f.state.Steps)
}

// see notes in the model that it is trained on the first n pictures of a part.
func see(m *model.Network, part string, n int) {
	for i := range n {
		m.Seen().Add(part, i)
	}
}

// fit trains, saves, and draws the pictures; on is what test is called.
func (f *trainFlags) fit(ctx context.Context, run *train.Run, on string, data, test evaluate.Data) error {
	if err := drawSamples(filepath.Join(f.out, "data.png"), run.Model.Task, data, run.Recipe.Seed); err != nil {
		return err
	}
	saver := &saver{dir: f.out, on: on, every: f.every, saved: time.Now()}
	err := train.Fit(ctx, run, test, newProgress(os.Stdout), saver)
	if errors.Is(err, context.Canceled) {
		if saveErr := saver.save(run, last); saveErr != nil {
			return saveErr
		}
		fmt.Printf("\nstopped and saved; go on with -network %s -resume -out %s\n", f.network, f.out)
		return err
	}
	if err != nil {
		return err
	}
	result, err := evaluate.Run(ctx, run.Model, test, nil)
	if err != nil {
		return err
	}
	report(os.Stdout, run.Model, test, result)
	return drawAll(f.out, run.Model, run.History, test, result, run.Recipe.Seed)
}

// saver is the callback that keeps checkpoints and history.csv.
type saver struct {
	dir   string
	on    string // the validation data
	every time.Duration
	saved time.Time
}

// Step saves now and then within an epoch.
func (s *saver) Step(r *train.Run, _ train.Progress) error {
	if time.Since(s.saved) < s.every {
		return nil
	}
	return s.save(r, last)
}

// Epoch saves the run, the epoch's model and the history.
func (s *saver) Epoch(r *train.Run, e task.Epoch, val *evaluate.Result) error {
	if err := s.save(r, last); err != nil {
		return err
	}
	r.Model.Measured = []task.Measurement{{On: s.on, Pictures: len(val.Predictions), Metrics: val.Metrics, Unix: time.Now().Unix()}}
	r.Model.History = r.History
	f, err := r.Model.File()
	if err != nil {
		return err
	}
	if err := f.WriteFile(filepath.Join(s.dir, fmt.Sprintf("epoch-%02d.safetensors", e.Epoch)), checkpoint.F32); err != nil {
		return err
	}
	return checkpoint.Replace(filepath.Join(s.dir, "history.csv"), func(w io.Writer) error {
		return writeHistory(w, r.History)
	})
}

func (s *saver) save(r *train.Run, name string) error {
	f, err := r.File()
	if err != nil {
		return err
	}
	s.saved = time.Now()
	return f.WriteFile(filepath.Join(s.dir, name), checkpoint.F32)
}

func writeHistory(out io.Writer, history []task.Epoch) error {
	w := csv.NewWriter(out)
	w.Write([]string{"epoch", "lr", "loss", "accuracy", "val_loss", "val_accuracy", "seconds"})
	for _, e := range history {
		f := func(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
		w.Write([]string{strconv.Itoa(e.Epoch), f(e.Rate), f(e.Train.Loss), f(e.Train.Accuracy), f(e.Val.Loss), f(e.Val.Accuracy), f(e.Seconds)})
	}
	w.Flush()
	return w.Error()
}
