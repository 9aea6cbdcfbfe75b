package words

// ClassifyWords are the words of the Classify view.
type ClassifyWords struct {
	Intro, IntroEmpty string // of the number of classes; before that is known

	Pad, PadDrawing, PadEmpty, PadPicture, PadCamera string // the pad, and what is on it
	HintPicture, HintTruth, HintCamera               string

	Brushes      []string
	Eraser       string
	Fill         string
	Undo, NoUndo string
	Redo, NoRedo string
	Clear        string
	NoClear      string
	Color        string            // of its name
	Colors       map[string]string // by what follows "colour-" in their IDs
	AnyColor     string

	Draw, DrawLong             string
	Snap, SnapLong             string
	Out, OutLong               string
	In, InLong                 string
	Fit, FitLong               string
	Crop, CropLong             string
	Choose, ChooseLong         string
	Paste, PasteLong           string
	Camera, CameraLong         string
	Turn, TurnLong             string
	Mirrored, MirroredLong     string
	CameraOn                   string
	Sample, SampleLong         string
	Random, RandomLong         string
	Teach, TeachLong           string
	Teaching                   string // why it cannot be taught now
	Running, NoTeach           string
	SavedIn, WrongOwn          string // of the class and the project
	LearnAgain, LearnAgainLong string
	Saved, SavedOf, Save       string // of a class; of a class and the number of pictures

	Sees, SeesPixels, SeesEmpty string // of width, height and what a pixel is
	Grey, Three                 string
	Enters                      string // of the formula
	Samples, SampleOf           string
	Network, Loading            string
	Layers, Params              string
	Private                     string

	Answer, Looking              string
	Empty, EmptyMore             string
	Wrong                        string
	MarksBlack, MarksWhite       string // of a class and its probability
	Only, OnlyPhotos, OnlyDoubts string // of the number of classes
	Bars                         string
	Pretrained, Tuned            string
	NoTuned                      string
	TrainOne, LoadLast           string
	StartOver, StartOverLong     string
	StopPresenting, StopsLong    string
}

// Classify are the words in use.
var Classify = ClassifyWords{
	Intro:      "Draw or upload a picture; a small neural network, running in your browser, guesses which of %s things it is.",
	IntroEmpty: "Draw or upload a picture; a small neural network, running in your browser, guesses what it is.",

	Pad: "Drawing pad", PadDrawing: "A drawing", PadEmpty: "Empty", PadPicture: "Picture: %s", PadCamera: "The camera's live picture",
	HintPicture: "Drag to move, scroll or pinch to zoom. The network does not see what is dimmed.",
	HintTruth:   "A test picture; true class: %s.",
	HintCamera:  "Hold something up to the camera, then take the photo.",

	Brushes: []string{"Small brush", "Medium brush", "Large brush"},
	Eraser:  "Eraser", Fill: "Fill an area",
	Undo: "Undo", NoUndo: "There is nothing to undo.",
	Redo: "Redo", NoRedo: "There is nothing to redo.",
	Clear: "Clear the drawing", NoClear: "The pad is empty.",
	Color: "Colour %s", AnyColor: "Choose any colour",
	Colors: map[string]string{"black": "black", "grey": "grey", "white": "white", "red": "red", "orange": "orange", "brown": "brown", "yellow": "yellow", "green": "green", "blue": "blue", "sky": "sky"},

	Draw: "Draw", DrawLong: "Back to the drawing",
	Snap: "Take photo", SnapLong: "Take a photo and keep it here",
	Out: "Zoom out", OutLong: "Zoom out: more of the picture",
	In: "Zoom in", InLong: "Zoom in: less of the picture, larger",
	Fit: "Fit", FitLong: "Fit the whole picture; grey is added where it is not square",
	Crop: "Fill", CropLong: "Fill the square; what lies outside is cut off",
	Choose: "Upload", ChooseLong: "Upload a picture",
	Paste: "Paste", PasteLong: "Paste a picture",
	Turn: "Other side", TurnLong: "Use the camera on the other side of the device", Mirrored: "Mirror", MirroredLong: "Turn the camera's picture around, as in a mirror",
	Camera: "Camera", CameraLong: "Use the camera", CameraOn: "The camera is on.",
	Sample: "Sample", SampleLong: "Next sample drawing",
	Random: "Random", RandomLong: "Random test picture",
	Teach: "Teach", TeachLong: "Train the network on your own pictures",
	Teaching: "The network is being taught.", Running: "Training is in progress. Stop it first.",
	SavedIn: "Added to %s in your project %s. Train again in Classes when you like.", WrongOwn: "Wrong? Press the right class to add the picture to your project.", LearnAgain: "Classes", LearnAgainLong: "Go to Classes, to train again",
	NoTeach: "This network cannot be taught: its classes or pictures are not CIFAR-10's.",
	Saved:   `Saved as "%s". Press Teach to train on your pictures.`,
	SavedOf: `Saved as "%s" (%s). Press Teach to train on them.`,
	Save:    `Save this picture as an example of "%s"`,

	Sees: "What the network sees", SeesPixels: "%d × %d pixels, %s", SeesEmpty: "Nothing yet",
	Grey: "grey", Three: "three colours each",
	Enters:  "A value x from 0 to 255 goes in as %s.",
	Samples: "Sample drawings", SampleOf: "Sample drawing: %s",
	Network: "The network", Loading: "Loading the network …",
	Layers: "%d layers", Params: "%s parameters",
	Private: "Nothing leaves your computer.",

	Answer: "Answer", Looking: "Looking …",
	Empty: "Draw something", EmptyMore: "The answer appears here and changes with every stroke. You can also press one of the sample drawings.",
	Wrong:      "Wrong? Click the correct class to save it as an example.",
	MarksBlack: "Black marks: pretrained %s (%s, %s)", MarksWhite: "White marks: pretrained %s (%s, %s)",
	Only:       "It knows only these %s classes and always picks one, even if none of them fits.",
	OnlyDoubts: "It knows only these %s classes. Where none of them seems to fit, it says so.",
	OnlyPhotos: "It knows only these %s classes and always picks one, even if none of them fits. It was trained on small photographs, so drawings can mislead it.",
	Bars:       "Probability of each class",
	Pretrained: "Pretrained", Tuned: "Fine-tuned",
	NoTuned:  "No fine-tuned network yet. Train one or load your last one to compare.",
	TrainOne: "Train one", LoadLast: "Load last",
	StartOver: "Start over", StartOverLong: "Start over: the network of the start and an empty pad",
	StopPresenting: "Stop presenting", StopsLong: "Leave presenter mode",
}
