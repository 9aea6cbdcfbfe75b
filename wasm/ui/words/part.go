package words

// PartWords are those of what several views show.
type PartWords struct {
	Very, Fairly, Not    string // how sure the network is
	Sure                 string // of one of those
	Beside               string // of the other network's name, a class and its probability
	Truth                string // of a class
	Timing               string // of milliseconds
	Network              string // of the network's name
	Test, Validation     string // of the network's name and its accuracy
	TaughtOne, TaughtAll string // all of them right already; the second of how many
	Taught               string // how many are right, of how many, how many were
	TaughtOthers         string // how many others, and the accuracy on them before and after
	TaughtBlind          string // what that costs is not known
}

// Part are the words in English.
var Part = PartWords{
	Very: "very sure", Fairly: "fairly sure", Not: "not sure",
	Sure:       "%s.",
	Beside:     "Pretrained %s: %s %s.",
	Truth:      "This is a test picture of the class %s.",
	Timing:     "%.1f ms in your browser.",
	Network:    "%s.",
	Test:       "%s, test accuracy %s.",
	Validation: "%s, validation accuracy %s.",

	TaughtOne:    "Your picture is right.",
	TaughtAll:    "All %d of your pictures are right.",
	Taught:       "%d of %d of your pictures are now right (%d before).",
	TaughtOthers: "On %s other pictures: %s before, %s after.",
	TaughtBlind:  "This network's file does not say what ordinary pictures look like to it, and there are none here, so it may have become worse on others.",
}
