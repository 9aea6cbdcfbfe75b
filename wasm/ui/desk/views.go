package desk

// IDs of the views that are used outside of them, as in the page's address. Package app lists the
// views.
const (
	Classify = "classify"
	Train    = "train"
	Data     = "data"
	Evaluate = "evaluate"
	Model    = "model"
	Build    = "build"
	Classes  = "classes"
	Help     = "help"
)
