package desk

// IDs of the views that others than the views themselves speak of, as in the page's address. Which
// there are is listed in package app.
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
