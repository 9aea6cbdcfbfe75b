package protocol

import "tenfold/nn/task"

// The messages of the worker that drafts, which knows all layers and all formats: it answers Design
// with Designed, Weigh with Weighed, and Convert with Converted, or each with Failed. It keeps
// nothing.

// NetworkInUse is what the page calls the network that it classifies with; the file goes along.
const NetworkInUse = "use"

// Design asks what becomes of a network: that of a name of package design, or of a packed one, or of
// the file Model if there is one, or, where there is Code, that of Keras code; with a Change in it,
// if that has an Op.
type Design struct {
	ID      uint64
	Network string
	Model   []byte
	Code    string
	Change  Change
	Recipe  task.Recipe // of Script, and what Code does not say otherwise
}

// Change is a change of a design, by the numbers of layers from 0.
type Change struct {
	Op       string // InsertLayer and so on; "" for none
	At       int    // the layer; of InsertLayer that which the new one stands behind, -1 for none
	By       int    // of MoveLayer: 1 or -1
	Class    string // of InsertLayer
	Argument string // of SetArgument, with its value as Python writes it; "" is the default
	Value    string
}

// What a Change does.
const (
	InsertLayer = "insert"
	DeleteLayer = "delete"
	MoveLayer   = "move"
	SetArgument = "set"
)

// Weigh asks what training a packed design takes with the given batch size. Workers are
// how many share a step.
type Weigh struct {
	ID      uint64
	Network string
	Batch   int
	Workers int
}

// Convert asks for a model's file, in any format that package convert opens, as safetensors. Files are
// it, by its name, or several that belong together. Where they hold weights alone, those are of a
// network like the model At. Task is what the user has said of it, in place of what the file
// says; nil for nothing.
type Convert struct {
	ID    uint64
	Files map[string][]byte
	At    []byte
	Task  *task.Task
}

// Export asks for a model's file in the format of an ending, with what explains it. Picture is one
// that it says the model's answer to, bytes of its task's shape.
type Export struct {
	ID      uint64
	Model   []byte
	Ending  string
	Picture []byte
}

// Exported is that, as a .zip.
type Exported struct {
	ID   uint64
	File []byte
}

// Converted is that file. What the original does not say of its Task, and must be asked for, is
// Unsaid.
type Converted struct {
	ID     uint64
	File   []byte
	Task   task.Task
	Unsaid task.Unsaid
}

// ExportPage asks for a page, as a .zip, that classifies with a model, whose file this is. Kit are the
// files that it is made of.
type ExportPage struct {
	ID    uint64
	Title string
	Model []byte
	Kit   map[string][]byte
}

// What a Kit holds.
const (
	KitPage    = "classifier.txt" // as HTML a page would take it for another one
	KitScript  = "classifier-page.js"
	KitWorker  = "classifier-worker.js"
	KitExec    = "wasm_exec.js"
	KitProgram = "classifier.wasm"
)

// Kit lists what it holds, by the names that the page's files have.
var Kit = []string{KitPage, KitScript, KitWorker, KitExec, KitProgram}

// PageExported is that page.
type PageExported struct {
	ID   uint64
	File []byte
}

// Designed is a network as it is written. Refused is why the request cannot be met: then only
// the code's Line, from 1, is set as well.
type Designed struct {
	ID      uint64
	Refused string
	Line    int

	Network      string // packed
	Code, Script string // make_model alone, and the whole of it with data, training and evaluation
	Layers       []DesignedLayer
	Why          string // why it cannot be trained; "" if it can
	Params       int
	NonTrainable int
	MultiplyAdds int

	Recipe  *task.Recipe // that of the code, if it says one
	HoldOut float64
	Notes   []string // which part of the code is left out
}

// DesignedLayer is a layer of it.
type DesignedLayer struct {
	task.Layer
	Wrong     string // why it does not fit; "" if it does
	Call      string // its arguments, as Keras code
	Takes     string // names of its inputs, with commas between
	Merges    bool   // several
	Arguments []Argument
}

// Argument is one of a layer's.
type Argument struct {
	Name, Value, Default string   // as Python writes them; a Default of "" must be given
	Choices              []string // nil for what is typed
}

// Weighed is what a design takes: seconds that training takes for a picture, from those that the
// network alone took here, and bytes of a worker that trains. No seconds means that it is too large
// to be tried.
type Weighed struct {
	ID      uint64
	Seconds float64
	Bytes   float64
}

func (Design) command()     {}
func (Weigh) command()      {}
func (Convert) command()    {}
func (ExportPage) command() {}
func (Export) command()     {}

func (Designed) event()     {}
func (Weighed) event()      {}
func (Converted) event()    {}
func (PageExported) event() {}
func (Exported) event()     {}
