package protocol

import "tenfold/nn/task"

// The messages of looking at data, results and the network.
//
// The worker that trains, which owns the data, answers Survey with Surveyed and Look with
// Looked. Evaluate and Excite take a while: Measuring tells how far they are, and
// Evaluated or Excited ends them, or Cancelled if Cancel or a newer one came first.
//
// The worker that classifies, which owns the model in use, answers Inspect with
// Inspected, TakeApart with TakenApart, Explain with Explained, and Stimulate with a
// row of Stimulated, the last of which is Done, unless Cancel or a newer one ends it.

// Survey asks what there is of task.TestSet, task.TrainSet or task.Mine.
type Survey struct{ What string }

// Look asks for pictures of a part by their numbers.
type Look struct {
	ID    uint64
	What  string
	Index []int
}

// Evaluate measures a model on a part, or, with a Job, on what that job holds out. Beside
// is a second model to compare with, or empty; Stored is one that the worker has stored, by its
// name in Recall, instead. Views are those of each picture, as task.MirrorView.
type Evaluate struct {
	ID            uint64
	What, Views   string
	Job           *task.Job
	Model, Beside []byte
	Stored        string
}

// Excite looks for the pictures of a part that excite a filter of a layer most.
type Excite struct {
	ID             uint64
	What           string
	Layer, Channel int
	Model          []byte
}

// Inspect asks what a layer makes of a picture.
type Inspect struct {
	ID      uint64
	Picture []byte
	Layer   int
}

// TakeApart asks how one number of a layer is computed on a picture: that of a filter at a
// place, or of a unit, for which Y and X are 0.
type TakeApart struct {
	ID                  uint64
	Picture             []byte
	Layer, Filter, Y, X int
}

// Methods of Explain.
const (
	GradCAM   = "grad-cam"
	Occlusion = "occlusion"
)

// Explain asks which places of a picture speak for a class.
type Explain struct {
	ID      uint64
	Picture []byte
	Class   int
	Method  string
}

// Stimulate looks for the picture that excites a filter of a layer most, in the given
// number of steps.
type Stimulate struct {
	ID                    uint64
	Layer, Channel, Steps int
	Seed                  uint64
}

// Temper divides the logits of the model in use by a temperature: 1 is as trained, and 0
// the model's own, which is what it starts with. It ends with the next Load. A second model
// has its own.
type Temper struct{ Temperature float64 }

func (Survey) command()    {}
func (Look) command()      {}
func (Evaluate) command()  {}
func (Excite) command()    {}
func (Inspect) command()   {}
func (TakeApart) command() {}
func (Explain) command()   {}
func (Stimulate) command() {}
func (Temper) command()    {}

// Surveyed gives the class of every picture of a part, and the mean picture of each
// class, empty if there is none.
type Surveyed struct {
	What   string
	Labels []byte
	Means  [][]byte
}

// Looked gives pictures in the order that they were asked for.
type Looked struct {
	ID       uint64
	What     string
	Index    []int
	Pictures []Labelled
}

// Measuring says how far an Evaluate or an Excite is.
type Measuring struct {
	ID             uint64
	Done, Total    int
	PicturesPerSec float64
}

// Evaluated is the result of an Evaluate. True, Class and Score are by picture, whose
// numbers in the part What are Index, or its order if that is empty; Beside is what the
// second model takes each for, if there is one.
type Evaluated struct {
	ID          uint64
	What        string
	Index       []int
	Report      task.Evaluation
	Comparison  *task.Comparison
	True, Class []byte
	Beside      []byte
	Score       []float32

	// How many of the pictures the model, and the second one, were trained on: what is
	// measured on those says nothing about others.
	Seen, BesideSeen int
}

// Excited are the pictures that excite a filter most, the most exciting first.
type Excited struct {
	ID             uint64
	Layer, Channel int
	Values         []float64
	Pictures       []Labelled
}

// Inspected is a layer's output: C maps of H x W, each number from Low (0) to
// High (255). A layer without places has H and W of 1. Filters are the kernels of a
// layer that sees the picture itself, [C,h,w,3] of bytes; Micros is the time that each
// layer took, µs, empty where the picture had been run before. Low and High are the least and
// the greatest of the finite numbers; Unbounded is how many are infinite or not a number, which
// Maps shows as Low or High, or as Low.
type Inspected struct {
	ID        uint64
	Layer     int
	H, W, C   int
	Low, High float32
	Maps      []byte
	Lows      []float32 // of each map
	Highs     []float32
	Filters   []byte
	Side      int // of a filter
	Micros    []float64
	Unbounded int
}

// TakenApart is a number of a layer. Of a convolution or a dense layer it is the sum over
// [H,W,C] of Patch times Kernel, and the Bias, which the activation turns into Out. Any other
// layer has no Kernel, and Patch is what Out is made of: the window of a pooling, all
// logits of a softmax, a number of each input of what merges several, or one number. What lies
// outside of the picture is 0, in a pooling NaN.
type TakenApart struct {
	ID                  uint64
	Layer, Filter, Y, X int
	H, W, C             int
	Patch, Kernel       []float32
	Bias, Sum           float32
	Out                 float32            // the layer's output
	From                int                // which of the layer's inputs Patch is of, unless it merges several
	Channel             int                // of that input, the one that Patch begins with
	Top, Left           int                // where in the input Patch begins; may lie outside
	StepY, StepX        int                // from a row or column of Patch to the next
	Terms               map[string]float32 // what else goes in, by Keras' names: see explain.Number
}

// Explained gives a number for each place of the picture.
type Explained struct {
	ID     uint64
	Class  int
	Method string
	H, W   int
	Values []float32
}

// Stimulated is the picture so far.
type Stimulated struct {
	ID             uint64
	Layer, Channel int
	Iteration      int
	Excited        float64
	Picture        []byte
	Done           bool
}

func (Surveyed) event()   {}
func (Looked) event()     {}
func (Measuring) event()  {}
func (Evaluated) event()  {}
func (Excited) event()    {}
func (Inspected) event()  {}
func (TakenApart) event() {}
func (Explained) event()  {}
func (Stimulated) event() {}
