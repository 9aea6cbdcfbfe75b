package words

// TourWords are those of the short tour.
type TourWords struct {
	Offer, Start, Decline string
	Of                    string // step, steps
	Next, Skip, Finish    string
	Steps                 []TourStep
}

// TourStep is what a step says, and the view that it speaks of.
type TourStep struct {
	View        string `words:"id"`
	Title, Says string
}

// Tour are the words in English.
var Tour = TourWords{
	Offer:   "New here? Four steps show you around.",
	Start:   "Take the tour",
	Decline: "No thanks",
	Of:      "Step %d of %d",
	Next:    "Next",
	Skip:    "Skip",
	Finish:  "Finish",
	Steps: []TourStep{
		{"classify", "Draw", "Draw something here, or upload a picture: the answer changes with every stroke."},
		{"classify", "Teach", "Is it wrong? Press the correct class, then Teach: the network learns from your picture in a second."},
		{"train", "Train", "Fine-tune the network, or train one from scratch, and watch it get better. It all happens in your browser."},
		{"evaluate", "Look closer", "Evaluate measures how good the network is, and Model shows how it gets to its answer. Help is behind the information icon at the top."},
	},
}
