package words

// LibraryWords are those of the worker that trains.
type LibraryWords struct {
	CannotStart string // of the reason
	Missing     string
	Restarted   string
	NeedFile    string
}

// Library are the words in English.
var Library = LibraryWords{
	CannotStart: "The part of the page that trains cannot start (%s). Reload the page when there is an internet connection.",
	Missing:     "The part of the page that trains is not here. Without an internet connection it is there if training was used before, or if all was kept for offline use.",
	Restarted:   "The worker that trains stopped. It was started again and continues from its last checkpoint.",
	NeedFile:    "Choose a file of weights first (.safetensors): press Open file.",
}

// SetWords are those of the data sets; the maps are by a set's name in package task.
type SetWords struct {
	Names        map[string]string
	Download     map[string]string // of the size
	DownloadLong map[string]string
	Starter      string // how many pictures, and their size
	Running      string // why nothing can be fetched now
	Reading      string // of the file's name
}

// Sets are the words in English.
var Sets = SetWords{
	Names:        map[string]string{"test": "Test set", "train": "Training set", "mine": "My pictures", "doodles": "Doodles", "doodles-test": "Doodles, test"},
	Download:     map[string]string{"test": "Download test set (%s)", "train": "Download training set (%s)"},
	DownloadLong: map[string]string{"test": "Download CIFAR-10's test set from this server", "train": "Download CIFAR-10's training set from this server"},
	Starter:      "Download %s pictures (%s)",
	Running:      "Training is in progress. Stop it first.",
	Reading:      "%s is being read.",
}
