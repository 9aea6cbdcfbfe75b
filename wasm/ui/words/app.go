package words

// AppWords are those of what belongs to the whole page: the bars, the message, the twin.
type AppWords struct {
	Name     string            // of the page
	Title    string            // of the document, of a view's name
	Views    map[string]string // by ID
	ViewLong string            // of a view's name

	Offline, OfflineBegun, OfflineKept string
	Keeping, Kept                      string
	Present                            string
	Help                               string
	Dark, Light                        string // switch to that theme
	SystemsColours                     string // why it cannot be switched

	Update, Reload, ReloadLong string
	Later, LaterLong           string
	Close                      string

	Fault string // of an error
	Back  string // the program has been started again

	Teaching                       string
	Loading, Empty, Looking, Ready string // of the network
	BadAddress                     string // of the address
	NoSection                      string // of the section's name
}

// App are the words in English.
var App = AppWords{
	Name:     "Tenfold",
	Title:    "%s – Tenfold",
	Views:    map[string]string{"classify": "Classify", "train": "Train", "data": "Data", "evaluate": "Evaluate", "model": "Model", "build": "Build", "classes": "Classes", "help": "Help"},
	ViewLong: "%s view",

	Offline:      "Keep everything for offline use",
	OfflineBegun: "Everything is being downloaded for offline use.",
	OfflineKept:  "Everything is saved: the page works offline.",
	Keeping:      "Keeping everything for offline use …",
	Kept:         "Ready for offline use: the page now opens and trains without an internet connection.",
	Present:      "Presenter mode: large type, both networks side by side",
	Help:         "Help",
	Dark:         "Switch to the dark theme",
	Light:        "Switch to the light theme",

	SystemsColours: "The colours are your system's.",

	Update:     "A new version of this page is available. Training continues where it is, and your picture stays.",
	Reload:     "Reload",
	ReloadLong: "Reload to get the new version",
	Later:      "Later",
	LaterLong:  "Stay on this version for now",
	Close:      "Close this message",

	Fault: "Something went wrong (%s). Everything else keeps working. Please report it: Help, Copy as text.",
	Back:  "The page's program stopped and was started again: your drawing, the settings and training are back. Please report it: Help, Copy as text.",

	Teaching:   "Teaching …",
	Loading:    "Loading the network.",
	Empty:      "Draw something.",
	Looking:    "Looking at the picture.",
	Ready:      "Ready.",
	BadAddress: "The address %q cannot be read.",
	NoSection:  "Help has no section %q.",
}
