package words

// NetworkWords are those of the networks at hand and of the worker that runs the one in use.
type NetworkWords struct {
	InUse   string
	Loading string
	Kinds   map[string]string // by what network.Network.Using says
	Figure  string            // of a network's name and its accuracy

	RefusedFile string // of the file's name and the reason
	Refused     string // of the reason
	Says        string // of a worker's message
	CannotStart string // of the reason
	Restarted   string
	Silent      string // a reason
	Ended       string // a reason
}

// Network are the words in English.
var Network = NetworkWords{
	InUse:   "Network in use",
	Loading: "The network is loading.",
	Kinds:   map[string]string{"shipped": "Pretrained", "live": "In training", "last": "Last epoch", "best": "Best epoch", "file": "File"},
	Figure:  "%s, %s",

	RefusedFile: "The file %s cannot be used: %s. The network in use stays.",
	Refused:     "This network cannot be used: %s. The network in use stays.",
	Says:        "The worker says: %s.",
	CannotStart: "The part of the page that computes cannot start (%s). Reload the page.",
	Restarted:   "The worker stopped. It was started again; nothing is lost.",
	Silent:      "no answer",
	Ended:       "it has ended",
}
