package main

import (
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/evaluate"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/train"
)

// last is the checkpoint that -resume takes up.
const last = "last.safetensors"

// trainFlags are the settings of `train`.
type trainFlags struct {
	data, out string
	resume    bool
	limit     int
	test      int
	every     time.Duration
	recipe    task.Recipe
}

func runTrain(ctx context.Context, args []string) error {
	f := trainFlags{recipe: task.TutorialRecipe}
	fs := flag.NewFlagSet("train", flag.ContinueOnError)
	fs.StringVar(&f.data, "data", "data", dataHelp)
	fs.StringVar(&f.out, "out", "runs/tutorial", "folder for checkpoints, history.csv and pictures")
	fs.BoolVar(&f.resume, "resume", false, "go on with the run in -out")
	fs.IntVar(&f.limit, "limit", 0, "train on the first `n` pictures only; 0 means all")
	fs.IntVar(&f.test, "test", 0, "validate on the first `n` test pictures only; 0 means all")
	fs.DurationVar(&f.every, "save-every", time.Minute, "time between checkpoints within an epoch")
	fs.IntVar(&f.recipe.Epochs, "epochs", f.recipe.Epochs, "epochs")
	fs.IntVar(&f.recipe.Batch, "batch", f.recipe.Batch, "pictures a step")
	fs.Float64Var(&f.recipe.Rate, "rate", f.recipe.Rate, "learning rate of the first epoch")
	fs.Float64Var(&f.recipe.Decay, "decay", f.recipe.Decay, "what the rate is multiplied by after each epoch")
	fs.StringVar(&f.recipe.Optimizer, "optimizer", task.Adamax, "adamax, adam, adamw, rmsprop or sgd (with momentum)")
	fs.Float64Var(&f.recipe.Momentum, "momentum", 0, "momentum of sgd; 0 means 0.9")
	fs.BoolVar(&f.recipe.Nesterov, "nesterov", false, "sgd's momentum is Nesterov's")
	fs.Float64Var(&f.recipe.WeightDecay, "weight-decay", 0, "kernels shrink by this times the rate in each step; 0 means 0.004 for adamw")
	fs.StringVar(&f.recipe.Schedule, "schedule", task.PerEpoch, "constant, steps, cosine or triangular; empty means times -decay after each epoch")
	fs.Float64Var(&f.recipe.WarmUp, "warm-up", 0, "`epochs` over which the rate grows from 0")
	fs.Float64Var(&f.recipe.Smoothing, "smoothing", 0, "how much of a label is spread over all classes")
	fs.BoolVar(&f.recipe.NoDropout, "no-dropout", false, "leave the dropout layers out")
	fs.BoolVar(&f.recipe.Flip, "flip", false, "mirror every second picture")
	fs.BoolVar(&f.recipe.Alternate, "alternate", false, "with -flip, mirror each picture in every second epoch")
	fs.IntVar(&f.recipe.Shift, "shift", 0, "move pictures by up to so many `pixels`")
	fs.BoolVar(&f.recipe.Reflect, "reflect", false, "with -shift, mirror what comes in at an edge")
	fs.IntVar(&f.recipe.Cutout, "cutout", 0, "make a square of so many `pixels` grey")
	fs.Float64Var(&f.recipe.L2, "l2", 0, "penalty of the kernels' squares")
	fs.BoolVar(&f.recipe.DenseOnly, "dense-only", false, "train the dense layers alone")
	fs.Uint64Var(&f.recipe.Seed, "seed", f.recipe.Seed, "seed of the first weights, the order and dropout")
	if err := parse(fs, args); err != nil {
		return err
	}
	set, err := openData(f.data)
	if err != nil {
		return err
	}
	data, test := set.train(f.limit), set.test(f.test)
	if err := os.MkdirAll(f.out, 0o755); err != nil {
		return err
	}
	run, err := f.run(set, data)
	if err != nil {
		return err
	}
	defer run.Close()
	fmt.Printf("%s\n%d training and %d test pictures, kernel %q on %d cores\n\n", run.Model.Summary(), data.Len(), test.Len(), kernel.Best(), kernel.Workers())
	return f.fit(ctx, run, set, data, test)
}

// run starts a run, or takes up the one in the folder.
func (f *trainFlags) run(set *dataSet, data evaluate.Data) (*train.Run, error) {
	path := filepath.Join(f.out, last)
	if f.resume {
		c, err := checkpoint.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("nothing to resume: %w", err)
		}
		return train.Resume(c, data)
	}
	if _, err := os.Stat(path); err == nil {
		return nil, fmt.Errorf("%s holds a run already: add -resume to go on with it, or choose another -out", f.out)
	}
	m := model.Tutorial()
	if err := m.Init(f.recipe.Seed); err != nil {
		return nil, err
	}
	see(m, set.trainPart, data.Len())
	return train.NewRun(m, f.recipe, data)
}

// see notes in the model that it is trained on the first n pictures of a part.
func see(m *model.Network, part string, n int) {
	for i := range n {
		m.Seen().Add(part, i)
	}
}

// fit trains, saves, and draws the pictures.
func (f *trainFlags) fit(ctx context.Context, run *train.Run, set *dataSet, data, test evaluate.Data) error {
	if err := drawSamples(filepath.Join(f.out, "data.png"), data, run.Recipe.Seed); err != nil {
		return err
	}
	saver := &saver{dir: f.out, on: set.testPart, every: f.every, saved: time.Now()}
	err := train.Fit(ctx, run, test, newProgress(os.Stdout), saver)
	if errors.Is(err, context.Canceled) {
		if saveErr := saver.save(run, last); saveErr != nil {
			return saveErr
		}
		fmt.Printf("\nstopped and saved; go on with -resume -out %s\n", f.out)
		return err
	}
	if err != nil {
		return err
	}
	result, err := evaluate.Run(ctx, run.Model, test, nil)
	if err != nil {
		return err
	}
	report(os.Stdout, run.Model.Classes, test, result)
	return drawAll(f.out, run.Model, run.History, test, result, run.Recipe.Seed)
}

// saver is the callback that keeps checkpoints and history.csv.
type saver struct {
	dir   string
	on    string // what is validated on
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
