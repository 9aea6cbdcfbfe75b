package protocol

import "tenfold/nn/task"

// The messages of the user's own classes. The worker that trains keeps the projects and answers
// each ChangeProject, Keep and each import with Projects. What takes a while has an ID: Importing
// and Measuring tell how far it is, Cancel ends it.
//
// Pictures of a project are looked at with Survey and Look, whose What is ProjectData of its ID.

// ProjectPart is what ProjectData begins with.
const ProjectPart = "project:"

// ProjectData returns a project's pictures as a part of the data.
func ProjectData(id string) string { return ProjectPart + id }

// ChangeProject changes a project, of that ID, as Op says.
type ChangeProject struct {
	Project string
	Op      string
	Class   int    // that is changed
	Into    int    // class of MergeClass and MovePictures, colour of ColourClass
	Name    string // new one
	Index   []int  // pictures of MovePictures and RemovePictures
}

// What a ChangeProject does.
const (
	NewProject     = "new" // with the name, and two classes
	UseProject     = "use"
	RenameProject  = "rename"
	DeleteProject  = "delete"
	UndoProject    = "undo"
	AddClass       = "add class" // with the name, or with a number if that is empty
	RenameClass    = "rename class"
	ColourClass    = "colour class"
	MergeClass     = "merge class"
	DeleteClass    = "delete class"
	MovePictures   = "move pictures"
	RemovePictures = "remove pictures"
)

// CopyProject begins a project of a name with the classes of a part of the data, and brings the first
// pictures of each into it, so many or, for 0, all, as an import does.
type CopyProject struct {
	ID   uint64
	Part string
	Each int
	Name string
}

// Keep puts a picture into a class of a project: a square of three bytes a pixel. Those of a Film that
// follow one another are taken back together.
type Keep struct {
	Film    bool
	Project string
	Class   int
	Side    int
	Pixels  []byte
}

// Learn gives the model a new head for the classes of a project. A share of each class is held out.
// Weights of the kind "last" and Learned follow.
type Learn struct {
	ID      uint64
	Run     uint64 // that the weights carry
	Project string
	Model   []byte
	HoldOut float64
	Mirror  bool // a mirrored picture is of the same class
	Seed    uint64
}

// Find looks for pictures of a project that may be in the wrong class, or there twice. Found follows.
type Find struct {
	ID      uint64
	Project string
	How     string
	Model   []byte // of Disagreeing
}

// What a Find looks for.
const (
	Alike       = "alike"       // pictures that look like another one
	Disagreeing = "disagreeing" // pictures that the model takes for another class, the surest first
)

// SaveProject has the browser give the user a project as a .zip, with the networks, by names. Saved
// follows.
type SaveProject struct {
	ID       uint64
	Project  string
	Networks map[string][]byte
	Using    string
	Bare     bool // without its pictures
	Up       bool // it goes to the page, to be put up in a room, and not to the user
}

func (ChangeProject) command() {}
func (CopyProject) command()   {}
func (Keep) command()          {}
func (Learn) command()         {}
func (Find) command()          {}
func (SaveProject) command()   {}

// Projects are those that are kept, after each change. Using is the ID of the one in use, "" for
// none.
type Projects struct {
	List  []task.Project
	Using string
}

// Importing says how far an import is, at most four times a second, and at its end, when Done. Total
// is how many files there are, as far as that is known.
type Importing struct {
	ID           uint64
	Project      string
	Files, Total int
	Added, Known int
	Skipped      []task.Skipped // at the end
	More         int            // that are skipped in addition to those
	Done         bool
	Why          string // why it ended early
}

// Learned says how right a new head is on what was held out, whose pictures are Index: their True
// class and the Class that they are taken for, with its Score. Report is of them.
type Learned struct {
	ID          uint64
	Project     string
	Trained     int
	Index       []int
	True, Class []byte
	Score       []float32
	Report      task.Evaluation
	Doubt       float64 // the model's; 0 if there were too few pictures to know it
}

// Found are those pictures, by their numbers.
type Found struct {
	ID      uint64
	Project string
	How     string
	Index   []int
}

// Saved says that a project was given to the user, under this name, and how many of its pictures
// are lost and not in it.
type Saved struct {
	ID   uint64
	Name string
	Lost int
}

// Opened follows an import of a project's own .zip, with what was kept along with it.
type Opened struct {
	Project  string
	Networks map[string][]byte
	Using    string
}

func (Projects) event()  {}
func (Importing) event() {}
func (Learned) event()   {}
func (Found) event()     {}
func (Saved) event()     {}
func (Opened) event()    {}
