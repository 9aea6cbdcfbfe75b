package words

// NetworkWords are those of the networks at hand and of the worker that runs the one in use.
type NetworkWords struct {
	InUse   string
	Loading string
	Kinds   map[string]string // by what network.Network.Using says
	Figure  string            // of a network's name and its accuracy

	Accuracy, Validation, Doodles string // each of a percentage and a number of pictures

	OfRun     string // the network of a run, of its number in the list of runs
	OfDeleted string

	Architectures []Named // that a run can begin with from random weights, as model.Networks
	Fetching      string  // of a network's name
	NotFetched    string  // of the name and the reason

	RefusedFile string // of the file's name and the reason
	Refused     string // of the reason
	Says        string // of a worker's message
	CannotStart string // of the reason
	Restarted   string
	Silent      string // a reason
	Ended       string // a reason
}

// Named is what goes by a name in code, and its title.
type Named struct{ Name, Title string }

// Network are the words in English.
var Network = NetworkWords{
	InUse:   "Network in use",
	Loading: "The network is loading.",
	Kinds:   map[string]string{"tutorial": "Tutorial CNN", "tenfold": "Tenfold", "live": "In training", "last": "Last epoch", "best": "Best epoch", "file": "File"},
	Figure:  "%s, %s",

	Accuracy: "Test accuracy %s (%s pictures)", Validation: "Validation accuracy %s (%s pictures)", Doodles: "Accuracy on doodles %s (%s pictures)",

	OfRun: "Run %d", OfDeleted: "Run, deleted",

	Architectures: []Named{{"tutorial", "Tutorial CNN"}, {"tenfold", "Tenfold"}, {"slim", "Slim"}, {"resnet20", "ResNet-20"}},
	Fetching:      "%s is being fetched.",
	NotFetched:    "%s could not be fetched: %s. The network in use stays.",

	RefusedFile: "The file %s cannot be used: %s. The network in use stays.",
	Refused:     "This network cannot be used: %s. The network in use stays.",
	Says:        "The worker says: %s.",
	CannotStart: "The part of the page that computes cannot start (%s). Reload the page.",
	Restarted:   "The worker stopped. It was started again; nothing is lost.",
	Silent:      "no answer",
	Ended:       "it has ended",
}
