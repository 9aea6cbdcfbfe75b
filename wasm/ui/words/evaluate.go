package words

// EvaluateWords are the words of the Evaluate view.
type EvaluateWords struct {
	Numbers, Matrix, Calibration, Predictions, Classes string // titles
	Explain                                            string // what the view is for

	// What to evaluate on.
	Parts, PartsLong map[string]string
	ProjectLong      string            // of its name
	PartsNamed       map[string]string // within a sentence
	Views, ViewsLong string
	ViewsOf          map[string]string
	Start, Cancel    string
	StartLong        string
	CancelLong       string
	Busy             string // why something waits for an evaluation
	Loading          string
	Finding          string // the pictures are being looked for
	OtherClasses     string
	NoTest, NoMine   string
	NoRun            string
	OtherRun         string // the network in use is not of the run
	Gone             string // the pictures of the run
	ToClassify       string
	ToClassifyLong   string
	OpenFile         string
	OpenFileLong     string
	Coming           string // what, done, of bytes
	First            string // why something waits for a result
	Evaluating       string // exactly this is waited for by tests of the page
	EvaluatingOf     string // done, total, pictures/s
	Done             string // network, pictures, part
	Ready            string
	Ceased           string
	Cancelling       string
	Shown            string // how many of how many
	Failed           string // why
	Kinds            map[string]string
	Of               string // network, kind: whose figures these are, another being in use
	Accuracy         string
	Loss             string
	Top2             string
	On               string
	Trained          string // how many of the pictures it was trained on
	TrainedNone      string
	Seen             string // who, on how many
	This             string // who
	BesideIs         string // which network to compare with
	BesideLong       string
	Alone            string
	OfRun            string            // the kind of a network
	Sides            map[string]string // how many pictures both networks get right, only one, or none
	SidesLong        map[string]string // of the pictures and the other network's name
	SidesHint        string
	NoDifference     string
	PictureLong      string
	Brought          string // of the network's name and how many pictures
	NoSingle         string
	Compare          string // where nothing is compared
	Compared         string // the other's name, both accuracies, on how many pictures they differ
	Chance           string // p
	HardlyChance     string // p
	NoChance         string
	Counts           string
	CountsLong       string
	Rows, RowsOnly   string // how to read the matrix
	Shares, Pictures string // what the matrix measures
	ShowAll          string
	ShowAllLong      string
	AllShown         string
	MostConfused     string // which
	Figures          string // in the twin: accuracy, loss, top-2, ECE, temperature, ECE with it
	ClassFigures     string // in the twin: class, precision, recall, F1, support
	ShownPicture     string // in the twin: number, predicted, score, true
	ShownBeside      string // in the twin: what the other network says
	TakenFor         string // true and predicted class, pictures
	NeverConfused    string
	Any              string
	TrueClass        string
	PredictedClass   string
	TrueIs           string
	PredictedIs      string
	CalibrationAxis  string
	CalibrationEmpty string
	Bin              string // confidence, accuracy, pictures
	ECE              string // before, temperature, after
	ECELong          string
	Own              string // the network's own temperature
	NotOwn           string
	Apply, Applied   string // a temperature
	OwnApplied       string
	ApplyLong        string
	AsTrainedLong    string
	OfAnother        string // why it cannot be applied
	OfViews          string // why it cannot be applied either
	Orders           map[string]string
	OrdersLong       map[string]string
	Shuffle, More    string
	MoreLong         string
	Empty            string // before there is a result
	None             string
	NothingChanged   string // there is no other network's answer
	MineChanged      string // the pictures are others now
	Predicted        string // class
	Score            string
	True, Other      string
	Wrong            string // sign and word
	ScoresLong       string
	MatrixPNGLong    string
	GridPNG          string
	GridPNGLong      string
	CSV, CSVLong     string
	Columns          [5]string // of the table of classes
	ClassesLong      string
	ClassesEmpty     string
	Means            string // precision, recall, F1
	MatrixEmpty      string
	Picture          string // number, predicted, score, true
}

// Evaluate are the words of the Evaluate view.
var Evaluate = EvaluateWords{
	Numbers:     "How good is it?",
	Matrix:      "Confusion matrix",
	Calibration: "Calibration: when it says 90%, is it right 9 times in 10?",
	Predictions: "Predictions",
	Classes:     "Each class",
	Explain:     "Shows the network in use labelled pictures and counts how often it is right.",

	Parts:       map[string]string{"test": "Test set", "held-out": "Validation", "mine": "My pictures", "doodles-test": "Doodles"},
	PartsNamed:  map[string]string{"test": "test set", "held-out": "validation", "mine": "my pictures", "doodles-test": "doodles"},
	ProjectLong: "Evaluate on all pictures of your project %s",
	PartsLong:   map[string]string{"test": "Evaluate on the test set", "held-out": "Evaluate on the pictures that the run held out for validation", "mine": "Evaluate on your own pictures", "doodles-test": "Evaluate on drawings that a program has made"},
	Views:       "Views",
	ViewsLong:   "Looks at each picture more than once and takes the mean: two times is mirrored too, six times moved a little as well. It takes two or six times as long and is right a little more often.",
	ViewsOf:     map[string]string{"": "One", "mirror": "Two", "shifts": "Six"},
	Start:       "Evaluate",
	Cancel:      "Cancel",
	StartLong:   "Evaluate the network in use",
	CancelLong:  "Cancel the evaluation",
	Busy:        "An evaluation is in progress. Cancel it first.",

	Loading:      "The network is loading.",
	Finding:      "Looking for pictures …",
	OtherClasses: "The network in use knows other classes than those of these pictures.",
	NoTest:       "There are no test pictures here yet.",
	NoMine:       "You have no pictures of your own here yet. Draw or upload one in Classify and save it under its class.",
	NoRun:        "No run has held out pictures for validation yet. Train one first, with a validation split.",
	OtherRun:     "The network in use does not come from the last run, so the pictures which that run held out say nothing about it. Choose that run's last or best epoch as the network in use.",
	Gone:         "The pictures of that run are no longer here.",

	ToClassify:     "Go to Classify",
	ToClassifyLong: "Draw or upload a picture and save it under its class",
	OpenFile:       "Open file …",
	OpenFileLong:   "Open a file of CIFAR-10, test_batch.bin or the whole archive",
	Coming:         "%s: %s of %s",

	First:        "Evaluate first.",
	Evaluating:   "evaluating",
	EvaluatingOf: "evaluating %s of %s, %s pictures/s",
	Done:         "done: %s on %s (%s)",
	Ready:        "ready to evaluate",
	Ceased:       "cancelled",
	Cancelling:   "Cancelling …",
	Shown:        "%s of %s",
	Failed:       "the evaluation failed: %s",
	Kinds:        map[string]string{"tutorial": "pretrained", "tenfold": "pretrained", "live": "in training", "last": "last epoch", "best": "best epoch", "file": "from a file"},
	Of:           "These figures are of %s (%s). Another network is in use now. Evaluate again to see how good it is.",

	Accuracy:    "accuracy",
	Loss:        "Loss (cross-entropy)",
	Top2:        "Top-2 accuracy",
	On:          "Pictures",
	Trained:     "Already trained on",
	TrainedNone: "none known",
	Seen:        "%s was trained on %s of these pictures, so this says nothing about new pictures.",
	This:        "This network",
	BesideIs:    "Compare with",
	BesideLong:  "Evaluates another network on the same pictures too, and says whether the difference may be chance",
	Alone:       "Nothing",
	OfRun:       "of a run",
	Sides:       map[string]string{"both": "Both right: %s", "only-this": "Only this: %s", "only-other": "Only the other: %s", "neither": "Both wrong: %s"},
	SidesLong: map[string]string{
		"both": "This network and %[2]s are right on %[1]s", "only-this": "This network is right on %s where %s is wrong",
		"only-other": "This network is wrong on %s where %s is right", "neither": "This network and %[2]s are wrong on %[1]s",
	},
	SidesHint:    "Press one of these to see its pictures.",
	NoDifference: "Neither is right where the other is wrong.",
	PictureLong:  "Open this picture in Classify",
	Brought:      "%s on %s of the test set, as its file says",
	NoSingle:     "The network's file says what it came to, not each prediction. Evaluate it here to see them.",
	Compare:      "Choose a network to compare with and evaluate: both are set side by side here.",
	Compared:     "%s %s, this network %s. They differ on %s.",
	Chance:       "A difference this size can easily be chance (McNemar's test, p = %.2f).",
	HardlyChance: "A difference this size is unlikely to be chance (McNemar's test, p = %.3f).",
	NoChance:     "A difference this size is almost never chance (McNemar's test, p < 0.001).",

	Counts: "Counts", CountsLong: "Show numbers of pictures instead of shares",
	Rows: "Rows are true classes, columns predictions. Press a cell to see its pictures.", RowsOnly: "Rows are true classes, columns predictions.",
	Shares: "Share of the true class, in percent", Pictures: "Number of pictures",
	ShowAll: "Show all", ShowAllLong: "Show the pictures of all cells", AllShown: "The pictures of all cells are shown.",
	MostConfused: "Most often confused: %s.", TakenFor: "%s taken for %s (%s)", NeverConfused: "It confuses no classes.",
	Figures:      "accuracy %s, loss %s, top-2 accuracy %s, expected calibration error %s, with the temperature %.2f %s",
	ClassFigures: "%s precision %s recall %s F1 %s support %s",
	ShownPicture: "%d pred %s score %s true %s", ShownBeside: "other %s",
	MatrixEmpty: "This will show which classes it confuses.",
	Any:         "any", TrueClass: "True class", PredictedClass: "Predicted class", TrueIs: "true: %s", PredictedIs: "predicted: %s",

	CalibrationAxis:  "x: confidence, y: accuracy; above: pictures",
	CalibrationEmpty: "This will show how far its percentages can be trusted.",
	Bin:              "confidence %s: accuracy %s, %s",
	ECE:              "Calibration error (ECE): %s; after temperature scaling (T = %.2f): %s",
	ECELong:          "Bars on the diagonal are right as often as the network says; bars below it are overconfident. The temperature divides the logits before softmax turns them into percentages. It changes no prediction, only how sure the network says it is.",
	Own:              "The file of this network carries its own temperature, %.2f, and Classify uses it.",
	NotOwn:           "The file of this network carries its own temperature, %.2f. Now its percentages are as trained.",
	Apply:            "Apply temperature",
	Applied:          "Temperature %.2f applied",
	OwnApplied:       "Own temperature %.2f applied",
	ApplyLong:        "Let the percentages in Classify use the temperature",
	AsTrainedLong:    "Go back to the percentages as they were before",
	OfViews:          "The temperature was fitted to the mean of several views; answers in Classify are of one. Evaluate with one view.",
	OfAnother:        "The temperature was fitted for another network than the one in use. Evaluate again.",

	Orders: map[string]string{"random": "Random", "mistakes": "Confident mistakes", "doubts": "Least confident", "changed": "Different predictions"},
	OrdersLong: map[string]string{
		"random": "Show random pictures", "mistakes": "Show wrong predictions, the most confident first",
		"doubts": "Show right predictions, the least confident first", "changed": "Show pictures that the other network takes for another class",
	},
	Shuffle: "Shuffle", More: "More", MoreLong: "Show other pictures",
	Empty:          "Evaluate the network to see pictures with its predictions here.",
	None:           "There are none.",
	NothingChanged: "Compare with another network to see where their predictions differ.",
	MineChanged:    "Your pictures have changed. Evaluate again to see them.",
	Predicted:      "predicted %s", Score: "(%s)", True: "true: %s", Other: "other: %s",
	Wrong:      "× wrong",
	ScoresLong: "In brackets: how probable it says that class is, as trained.",
	Picture:    "Picture %d: predicted %s (%s), true: %s",

	MatrixPNGLong: "Download the matrix as a picture",
	GridPNG:       "Pictures (PNG)", GridPNGLong: "Download the pictures with their predictions as a picture",
	CSV: "All (CSV)", CSVLong: "Download all predictions as a table (CSV)",

	Columns:      [5]string{"Class", "Precision", "Recall", "F1", "Support"},
	ClassesLong:  "Precision: how many of those it calls a cat are cats. Recall: how many of the cats it finds. F1: the harmonic mean of both. Support: how many pictures there are.",
	ClassesEmpty: "Precision, recall, F1 and support of each class will be here.",
	Means:        "Mean: precision %s, recall %s, F1 %s",
}
