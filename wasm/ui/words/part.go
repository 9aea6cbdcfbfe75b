package words

// PartWords are those of what several views show.
type PartWords struct {
	Very, Fairly, Not    string // how sure the network is
	Sure                 string // of one of those
	None, NoneOf         string // in its place, where it knows none of the classes; the second of how many
	Beside               string // of the other network's name, a class and its probability
	Truth                string // of a class
	Timing               string // of milliseconds
	Network              string // of the network's name
	Test, Validation     string // of the network's name and its accuracy
	TaughtOne, TaughtAll string // all of them right already; the second of how many
	Taught               string // how many are right, of how many, how many were
	TaughtOthers         string // how many others, and the accuracy on them before and after
	TaughtDoodles        string // the same of drawings
}

// Part are the words in English.
var Part = PartWords{
	Very: "very sure", Fairly: "fairly sure", Not: "not sure",
	Sure: "%s.",
	None: "none of these?", NoneOf: "This doesn't look like any of the %s classes.",
	Beside:     "Pretrained %s: %s %s.",
	Truth:      "This is a test picture of the class %s.",
	Timing:     "%.1f ms in your browser.",
	Network:    "%s.",
	Test:       "%s, test accuracy %s.",
	Validation: "%s, validation accuracy %s.",

	TaughtOne:     "Your picture is right.",
	TaughtAll:     "All %d of your pictures are right.",
	Taught:        "%d of %d of your pictures are now right (%d before).",
	TaughtOthers:  "On %s other pictures: %s before, %s after.",
	TaughtDoodles: "On %s doodles: %s before, %s after.",
}
