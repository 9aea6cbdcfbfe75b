package words

// AskingWords are what the user is asked about a network's file that does not say all of its task.
type AskingWords struct {
	Title                                  string // of the file's name
	Said                                   string // of the file's name
	Classes, ClassesHelp                   string
	Scaling                                Setting
	Scalings                               []Named // by their names in package task
	Mean, Deviation                        Setting
	Use, UseLong, Cancel, CancelLong, Left string // the last of the file's name
	WantNames                              string // of how many there are, and how many outputs
	WantMean, WantDeviation                string
}

// Asking are the words in use.
var Asking = AskingWords{
	Title:       "About %s",
	Said:        "%s does not say all that is needed to use it. Please complete it in Train; the network in use stays until then.",
	Classes:     "Classes",
	ClassesHelp: "What the classes are called, one in each line, in the order of the network's outputs. The file does not say it; this is a guess.",
	Scaling:     Setting{"Scaling", "How the bytes of a picture become the numbers that go into the network, as in the code that trained it. The file does not say it; this is a guess."},
	Scalings: []Named{
		{"centred", "x / 255 - 0.5"}, {"unit", "x / 255"}, {"signed", "x / 127.5 - 1"},
		{"bytes", "x, from 0 to 255"}, {"standard", "(x - mean) / deviation"},
	},
	Mean:      Setting{"Mean", "Of the bytes, from 0 to 255; CIFAR-10's is 120.707."},
	Deviation: Setting{"Deviation", "Of the bytes; CIFAR-10's is 64.15."},
	Use:       "Use", UseLong: "Use the network of the file, with these classes and this scaling",
	Cancel: "Cancel", CancelLong: "Leave the file out; the network in use stays", Left: "The file %s is left out.",
	WantNames: "%d names for %d outputs: one name in each line",
	WantMean:  "Type a number.", WantDeviation: "Type a number other than 0.",
}
