package words

// WidgetWords are those that widgets say by themselves.
type WidgetWords struct {
	Chart, Matrix             string // where the view gives them no name
	TrueClass, PredictedClass string // the axes of a confusion matrix
	Corner                    string // of its table
	Cell, CellFigure          string // of a true and a predicted class; and of what is there
}

// Widget are the words in English.
var Widget = WidgetWords{
	Chart:          "Chart",
	Matrix:         "Confusion matrix",
	TrueClass:      "True class",
	PredictedClass: "Predicted class",
	Corner:         "True class / predicted class",
	Cell:           "True %s, predicted %s",
	CellFigure:     "True %s, predicted %s: %s",
}
