package network

import (
	"slices"

	"tenfold/nn/task"
)

// Pretrained lists the networks that come with the page, by their names in model.Networks: their
// files lie in web/model. The page opens with the first, and fetches another when it is chosen. A
// new one is a file, a line, and its card in words.Help.
var Pretrained = []string{"tenfold", "tutorial"}

// Opening is the one that the page opens with: the first, unless the server wants another.
var Opening = Pretrained[0]

// IsPretrained reports whether a kind, as Network.Using, is a network that comes with the page.
func IsPretrained(kind string) bool { return slices.Contains(Pretrained, kind) }

// FineTuning is the job that the page proposes, of a network that comes with the page. The tutorial's gains
// a point of accuracy at this rate; Tenfold, which had one that went down to nothing, loses half a point,
// and at a fifth of it keeps its accuracy and gains in loss alone.
func FineTuning(name string) task.Job {
	job := task.FineTuning
	if job.From = name; name != task.TutorialCNN {
		job.Rate /= 5
	}
	return job
}
