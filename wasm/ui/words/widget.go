package words

// WidgetWords are those that widgets say by themselves.
type WidgetWords struct {
	Chart, Matrix             string            // where the view gives them no name
	TrueClass, PredictedClass string            // the axes of a confusion matrix
	Corner                    string            // of its table
	Panned                    string            // behind what a matrix measures, of which a part is seen
	Keys                      map[string]string // KeyboardEvent.key, with "ctrl+" before it, as it is written on a keyboard
	Cell, CellFigure          string            // of a true and a predicted class; and of what is there
}

// Widget are the words in English.
var Widget = WidgetWords{
	Chart:          "Chart",
	Matrix:         "Confusion matrix",
	TrueClass:      "True class",
	PredictedClass: "Predicted class",
	Corner:         "True class / predicted class",
	Panned:         ". Drag to see others of the %d classes",
	Keys: map[string]string{
		"ctrl+z": "Ctrl Z", "ctrl+y": "Ctrl Y", "Delete": "Del", "Escape": "Esc", "Enter": "Enter", " ": "Space", "PageUp": "Page up", "PageDown": "Page down",
		"ArrowLeft": "Left", "ArrowRight": "Right", "ArrowUp": "Up", "ArrowDown": "Down",
	},
	Cell:       "True %s, predicted %s",
	CellFigure: "True %s, predicted %s: %s",
}
