package words

// DataWords are the texts of the Data view.
type DataWords struct {
	// What there is.
	SetTip, SetEmptyTip     string // %s name, %s pictures
	Status                  string // %s set, %s pictures, %d width, %d height; and what is shown
	Drawn, AllOf, InOrder   string // how many of them; first, last, all
	OfAll, OfClass          string
	NoneHere                string // %s set
	Looking, NotRunning     string
	Classes, All, OnlyClass string
	Mean, MeanNote          string

	// The pictures.
	Gallery, Shown         string
	Shuffle, ShuffleTip    string
	Browse, BrowseTip      string
	Up, UpTip              string
	Down, DownTip          string
	Place                  string
	Enlarge                string // %s number, %s class
	NoneOfClass, NothingTo string
	NoneToShow             string

	// One picture.
	Number, Enlarged            string // %s number; and its class
	NoPicture                   string
	Pixel, GreyPixel            string // %d, %d, and the values
	PixelsTip                   string
	Size, Colour, Grey          string
	Scaling, ScaledHere         string
	TrueClass                   string
	Asked, Says, SaysNothing    string
	Right, Wrong, OtherClasses  string
	Previous, PreviousTip       string
	Next, NextTip               string
	Classify, ClassifyTip       string
	Remove, RemoveTip, Removing string
	PutBack, PutBackTip         string
	LoadingPicture              string

	// Where there is none.
	EmptyTest, EmptyTrain, EmptyMine, EmptyOther string
	FromServer, FromFile, DataSet                string
	Bring, BringTip                              string
	Draw, DrawTip                                string
	Doodles, DoodlesTip                          string
	Coming, ComingUnknown                        string // %s file, %s read, %s of all
}

// Data are the texts of the Data view.
var Data = DataWords{
	SetTip:      "%s: %s",
	SetEmptyTip: "%s: nothing here yet",
	Status:      "%s: %s of %d × %d pixels; ",
	Drawn:       "%s drawn at random %s",
	AllOf:       "all %s %s",
	InOrder:     "%s to %s of %s %s in order",
	OfAll:       "of all classes",
	OfClass:     "of the class %s",
	NoneHere:    "%s: none here yet",
	Looking:     "Looking for pictures …",
	NotRunning:  "The part of the page that keeps the pictures is not running. Reload the page, when there is an internet connection.",
	Classes:     "Classes",
	All:         "All classes",
	OnlyClass:   "Only pictures of: %s",
	Mean:        "Mean picture of %s",
	MeanNote:    "To the left of each name is the class's mean picture: the average of all its pictures, pixel by pixel.",

	Gallery:     "Pictures",
	Shown:       "Pictures with their labels",
	Shuffle:     "Shuffle",
	ShuffleTip:  "Draw other pictures at random",
	Browse:      "Browse all",
	BrowseTip:   "Show all pictures in order",
	Up:          "Up",
	UpTip:       "Scroll the pictures up",
	Down:        "Down",
	DownTip:     "Scroll the pictures down",
	Place:       "Go to a place among all pictures",
	Enlarge:     "Picture %s: %s",
	NoneOfClass: "There are no pictures of this class.",
	NoneToShow:  "none to show",
	NothingTo:   "There are no pictures of this class to show.",

	Number:         "Picture %s",
	Enlarged:       "Picture %s: %s. ",
	NoPicture:      "One picture",
	PixelsTip:      "Point at a pixel to read its values, or walk over the pixels with the arrow keys",
	Pixel:          "pixel %d, %d: red %d, green %d, blue %d",
	GreyPixel:      "pixel %d, %d: brightness %d",
	Size:           "%d × %d pixels, %s",
	Colour:         "red, green and blue from 0 to 255",
	Grey:           "brightness from 0 to 255",
	Scaling:        "%s goes into the network",
	ScaledHere:     "%s goes into the network: here %s",
	TrueClass:      "true class",
	Asked:          "Asking the network …",
	Says:           "The network says %s.",
	SaysNothing:    "The network could not classify it: %s.",
	Right:          "Right: the network says %s.",
	Wrong:          "× Wrong: the network says %s.",
	OtherClasses:   "The network in use knows other classes. It says %s.",
	Previous:       "Previous",
	PreviousTip:    "Enlarge the previous picture",
	Next:           "Next",
	NextTip:        "Enlarge the next picture",
	Classify:       "Classify this picture",
	ClassifyTip:    "Take this picture to the Classify view",
	Remove:         "Delete",
	RemoveTip:      "Delete this picture from my pictures",
	Removing:       "The picture is being deleted.",
	PutBack:        "Undo delete",
	PutBackTip:     "Put the deleted picture back among my pictures",
	LoadingPicture: "The picture is being loaded.",

	EmptyTest:     "10,000 photographs of ten classes, 32 × 32 pixels each, will be here with their labels. The test set shows how good a network is on pictures that it has not learned from.",
	EmptyTrain:    "50,000 photographs of ten classes, 32 × 32 pixels each, will be here with their labels. The training set is what a network learns from.",
	EmptyMine:     "Your own pictures will be here. In Classify, draw something or upload a picture and press its true class: it is saved as an example and stays on this device.",
	EmptyOther:    "The pictures of %s will be here, with their labels.",
	FromServer:    "Nothing leaves this device: the pictures are kept in this browser.",
	FromFile:      "This page's server does not have them. Choose CIFAR-10's files from this device: data_batch_1.bin to data_batch_5.bin, test_batch.bin, or the archive of 170 MB, cifar-10-binary.tar.gz or cifar-10-python.tar.gz. You can also drop them, or the whole folder.",
	DataSet:       "CIFAR-10: its authors' page, with the archives",
	Bring:         "Get data from a file",
	BringTip:      "Choose a file of CIFAR-10 on this device",
	Draw:          "Go to Classify",
	DrawTip:       "Go to the Classify view, where pictures are labelled",
	Doodles:       "Look at doodles",
	DoodlesTip:    "Show drawings that a program makes here, which need no download",
	Coming:        "Reading %s: %s of %s",
	ComingUnknown: "Reading %s: %s so far",
}
