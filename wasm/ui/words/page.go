package words

// PageWords are what the page says before its program is there, or when it is not: those of
// web/index.html, page.js, sw.js, 404.html and the manifest, into which web/pack writes them.
// In those of scripts {} stands for a figure or a reason.
type PageWords struct {
	Language    string // of all texts, as HTML's lang has it
	Name        string
	Title       string
	Description string
	Twin        string // of the section with all that can be pressed

	Loading, LoadingOf, Starting string // the second of MB that have come and MB in all
	LoadingLeft                  string // as LoadingOf, and of seconds
	NoScript                     string
	Prediction                   string
	ChoosePicture, ChooseFile    string
	ChoosePictures, ChooseFolder string

	CannotStart                              string // of the reason
	NoWebAssembly, NoSimd                    string
	ServerAnswers                            string // of an address and a status
	ServerSendsPage                          string // of an address
	NoWorker, Silent, Ended                  string // the last of what the program has written
	Stopped, Again, Reload, Report           string
	OtherBuild, Damaged                      string // the second of an address
	NotFound, NotFoundTitle, MayBeTypo, Home string
}

// Page are the words in English.
var Page = PageWords{
	Language:    "en",
	Name:        "Tenfold",
	Title:       "Tenfold",
	Description: "Draw or upload a picture and see what a neural network, running in your browser, makes of it.",
	Twin:        "Classify pictures and train the network",

	Loading:        "Loading …",
	LoadingOf:      "Loading {} of {} MB",
	LoadingLeft:    "Loading {} of {} MB, about {} s left",
	Starting:       "Starting …",
	NoScript:       "This page runs its neural network in your browser. It needs JavaScript and WebAssembly.",
	Prediction:     "Prediction",
	ChoosePicture:  "Choose a picture",
	ChoosePictures: "Choose pictures, or a .zip of them, for your classes",
	ChooseFolder:   "Choose a folder with a folder of pictures for each class",
	ChooseFile:     "Choose a file of pictures or weights",

	CannotStart:     "Tenfold could not start. {}",
	NoWebAssembly:   "This browser has no WebAssembly, which computes the network. If it was switched off, as in Lockdown Mode, allow it for this page.",
	NoSimd:          "This browser's WebAssembly has no SIMD, which the network needs. Chrome and Edge have it since version 91, Firefox since 89, Safari since 16.4.",
	ServerAnswers:   "{}: the server answers {}.",
	ServerSendsPage: "{}: the server sends a page instead of this file.",
	NoWorker:        "the worker could not start",
	Silent:          "It ended without a word.",
	Ended:           "Its program has ended. {}",
	Stopped:         "Tenfold's program has stopped again. Your drawing, the settings and a training run are still here.",
	Again:           "Start again",
	Reload:          "Reload the page",
	Report:          "Please report this text:",
	OtherBuild:      "the server has another version already",
	Damaged:         "{} is damaged",

	NotFound:      "There is nothing here",
	NotFoundTitle: "Not found · Tenfold",
	MayBeTypo:     "The address may have a typo.",
	Home:          "Open Tenfold",
}
