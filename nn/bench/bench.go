// Package bench does the work that web/bench times: a network on pictures, forward
// and in training, layer by layer, natively and in a browser alike. It is asked
// one thing at a time, like the peers that it is compared with.
package bench

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/kernel"
	"tenfold/nn/model"
	"tenfold/nn/task"
	"tenfold/nn/train"
)

// Request asks for one thing.
type Request struct {
	Do    string `json:"do"`              // one of the names in answers
	Batch int    `json:"batch,omitempty"` // pictures at once
	Times int    `json:"times,omitempty"` // how often
}

// Answer is what a Request gets.
type Answer struct {
	Error  string    `json:"error,omitempty"`
	Median float64   `json:"median,omitempty"` // of what the times took, ms
	Mean   float64   `json:"mean,omitempty"`   // ms
	Probs  []float32 `json:"probs,omitempty"`  // [batch,classes]
	Kernel string    `json:"kernel,omitempty"`
	Cores  int       `json:"cores,omitempty"`
	Layers []Layer   `json:"layers,omitempty"`
	Heap   *Heap     `json:"heap,omitempty"`
	Test   *Test     `json:"test,omitempty"`

	Gradients map[string]float64 `json:"gradients,omitempty"` // norms, by the weights' paths
}

// Test is an evaluation on the test set.
type Test struct {
	Accuracy float64 `json:"accuracy"`
	Loss     float64 `json:"loss"`
	Pictures int     `json:"pictures"`
}

// Heap is how many bytes a program that trains keeps, and how many it allocates a step.
type Heap struct {
	Before  uint64 `json:"before"` // in use after 20 steps and a garbage collection
	After   uint64 `json:"after"`  // and after all of them
	System  uint64 `json:"system"` // from the system, after all
	PerStep uint64 `json:"per_step"`
	Memory  uint64 `json:"memory,omitempty"` // of the worker's WebAssembly, which never shrinks; 0 natively
}

// Bench is the network and everything that requests need.
type Bench struct {
	model      *model.Network
	pictures   []float32
	predictors map[int]*model.Predictor
	run        *train.Run
	largest    int    // batch that is trained on
	test       []byte // CIFAR-10's test_batch.bin; nil if it is not available
}

// Recipe returns the tutorial's recipe, without an end, for batches of batch
// pictures.
func Recipe(batch int) task.Recipe {
	r := task.TutorialRecipe
	r.Epochs, r.Batch = 1<<30, batch
	return r
}

// New returns a bench for the model in a safetensors file, and for pictures
// [n,h,w,c], normalised, of which each request takes the first. test is CIFAR-10's
// test_batch.bin or nil. It trains on batches of at most batch pictures; the
// helpers, which were set up with the same Recipe, train with it.
func New(file []byte, pictures []float32, test []byte, batch int, helpers ...train.Helper) (*Bench, error) {
	f, err := checkpoint.Decode(file)
	if err != nil {
		return nil, err
	}
	m, err := model.Open(f)
	if err != nil {
		return nil, err
	}
	if f, err = checkpoint.Decode(file); err != nil { // a model takes its file's tensors over
		return nil, err
	}
	trained, err := model.Open(f)
	if err != nil {
		return nil, err
	}
	run, err := train.NewRun(trained, Recipe(batch), made(32*64, trained.Pixels()))
	if err != nil {
		return nil, err
	}
	run.Helpers = helpers
	return &Bench{m, pictures, map[int]*model.Predictor{}, run, batch, test}, nil
}

// answers are the requests by name; a new one adds a line here.
var answers = map[string]func(b *Bench, r Request, a *Answer) error{
	"about":     (*Bench).about,
	"probs":     (*Bench).probs,
	"gradients": (*Bench).gradients,
	"infer":     (*Bench).infer,
	"train":     (*Bench).train,
	"layers":    (*Bench).layers,
	"heap":      (*Bench).heap,
	"test":      (*Bench).evaluate,
}

// Ask answers a request.
func (b *Bench) Ask(r Request) Answer {
	var a Answer
	do, ok := answers[r.Do]
	if !ok {
		return Answer{Error: fmt.Sprintf("bench: nothing is called %q", r.Do)}
	}
	if r.Batch < 0 || r.Batch*b.model.Pixels() > len(b.pictures) {
		return Answer{Error: fmt.Sprintf("bench: a batch of %d, but there are %d pictures", r.Batch, len(b.pictures)/b.model.Pixels())}
	}
	if err := do(b, r, &a); err != nil {
		return Answer{Error: err.Error()}
	}
	return a
}

func (b *Bench) about(_ Request, a *Answer) error {
	a.Kernel, a.Cores = kernel.Best(), kernel.Workers()
	return nil
}

func (b *Bench) predictor(batch int) *model.Predictor {
	if b.predictors[batch] == nil {
		b.predictors[batch] = b.model.Predictor(batch)
	}
	return b.predictors[batch]
}

func (b *Bench) probs(r Request, a *Answer) error {
	_, a.Probs = b.predictor(r.Batch).Predict(b.pictures[:r.Batch*b.model.Pixels()])
	return nil
}

func (b *Bench) infer(r Request, a *Answer) error {
	p, x := b.predictor(r.Batch), b.pictures[:r.Batch*b.model.Pixels()]
	return timed(r.Times, a, func() error {
		p.Predict(x)
		return nil
	})
}

func (b *Bench) train(r Request, a *Answer) error {
	if err := b.batches(r.Batch); err != nil {
		return err
	}
	return timed(r.Times, a, b.step)
}

// batches sets the batch size of the next steps.
func (b *Bench) batches(of int) error {
	if of < 1 || of > b.largest {
		return fmt.Errorf("bench: training on batches of %d: want 1 to %d, which it was started for", of, b.largest)
	}
	b.run.Recipe.Batch = of
	return nil
}

func (b *Bench) step() error {
	if b.run.EpochDone() {
		b.run.EndEpoch(task.Metrics{})
	}
	return b.run.Step()
}

// heap trains and measures memory meanwhile.
func (b *Bench) heap(r Request, a *Answer) error {
	if err := b.batches(r.Batch); err != nil {
		return err
	}
	var before, after runtime.MemStats
	for i := range r.Times {
		if i == 20 {
			runtime.GC()
			runtime.ReadMemStats(&before)
		}
		if err := b.step(); err != nil {
			return err
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	a.Heap = &Heap{
		Before: before.HeapAlloc, After: after.HeapAlloc, System: after.Sys,
		PerStep: (after.TotalAlloc - before.TotalAlloc) / uint64(max(r.Times-20, 1)),
	}
	return nil
}

// evaluate measures the model on the test set.
func (b *Bench) evaluate(_ Request, a *Answer) error {
	var set cifar10.Set
	if err := set.Add("test_batch.bin", b.test); err != nil {
		return err
	}
	r, err := evaluate.Run(context.Background(), b.model, &set, nil)
	if err == nil {
		a.Test = &Test{r.Accuracy, r.Loss, set.Len()}
	}
	return err
}

// timed runs f the given number of times.
func timed(times int, a *Answer, f func() error) error {
	var each []float64
	for range max(times, 1) {
		start := time.Now()
		if err := f(); err != nil {
			return err
		}
		ms := float64(time.Since(start).Nanoseconds()) / 1e6
		each = append(each, ms)
		a.Mean += ms
	}
	slices.Sort(each)
	a.Median, a.Mean = each[len(each)/2], a.Mean/float64(len(each))
	return nil
}

// pictures is a made-up data set.
type pictures [][]byte

// made makes n pictures of size bytes: gradients whose colour is the class.
func made(n, size int) pictures {
	p := make(pictures, n)
	for i := range p {
		p[i] = make([]byte, size)
		for j := range p[i] {
			p[i][j] = byte(i*31 + j*(i%10+1))
		}
	}
	return p
}

// Len implements evaluate.Data.
func (p pictures) Len() int { return len(p) }

// Picture implements evaluate.Data.
func (p pictures) Picture(i int) ([]byte, int) { return p[i], i % 10 }
