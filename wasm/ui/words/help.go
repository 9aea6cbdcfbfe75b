package words

// HelpWords are those of the Help view.
type HelpWords struct {
	Title, Close                             string
	Start, Glossary, Keys, Tutorial          string // the sections, as short as a button is
	Models, Browser, Credits                 string
	Copy, CopyLong, Present, PresentLong     string
	NotLooked                                string // why there is nothing to copy yet
	Lead, LeadUnknown, Tour, TourLong        string
	Can, Cannot, Private                     string
	CanItems, PrivateItems                   []string
	Knows, KnowsUnknown, AndMore, Always     string
	RightOn, Drawings, Weight                string
	Search, SearchHint, NotFound, ShowAll    string
	Everywhere, ByBrowser, KeysNote          string
	Steps, StepsLead, StepsLink              string
	Go                                       string
	TutorialSteps                            []TutorialStep
	InUse, PretrainedCard, SameNetwork       string
	Classes, Takes, Scaling, Size, Measured  string
	Data, Recipe, Use, Limits                string
	Grey, Colour, Side, Sizes, Scaled        string
	MeasuredOn, Loss                         string
	OnTest, OnValidation, OnMine, OnDoodles  string
	NotMeasured, NotLoaded, NotSaid          string
	LogitsNote                               string
	Cards                                    map[string]ModelCard // of network.Pretrained
	NotFetched, UseNetwork                   string
	OtherUse, OtherLimits                    string
	RunData, RunRecipe, Dropout, NoDropout   string
	RunSchedule                              string // RunRecipe with the name of a schedule
	Flip, Shift, L2, DenseOnly, All          string
	WeightDecay, Smoothing, Zoom, Jitter     string // of a number, as what follows
	RandConv, Cutout, Mixup                  string
	Doodles, Sketch, Strange                 string
	From, Optimizers                         map[string]string // by their names in package task
	Report, FaultsTitle, LookedAt            string
	Licence, LicenceSays, Thanks, ThanksSays string
	Credited                                 []Credit
}

// ModelCard is what there is to know of a network that comes with the page.
type ModelCard struct {
	Learned                   string // from what, in a sentence
	Data, Recipe, Use, Limits string
}

// TutorialStep is a step of the tutorial, with the view where it is.
type TutorialStep struct {
	ID, View string `words:"id"`
	Name     string
	Code     string `words:"id"` // Python
	Says     string
}

// Credit is something that the page owes to others.
type Credit struct {
	ID       string `words:"id"`
	Name, By string
	URL      string `words:"id"`
	Says     string
}

// Help are the words in English.
var Help = HelpWords{
	Title: "Help", Close: "Close Help",
	Start: "What it can do", Glossary: "Glossary", Keys: "Keys", Tutorial: "The tutorial",
	Models: "Model cards", Browser: "This browser", Credits: "Credits",
	Copy: "Copy as text", CopyLong: "Copy what was found in this browser, for a report",
	Present: "Present", PresentLong: "Presenter mode: large type, both networks side by side",
	NotLooked: "This browser is being checked.",

	Lead:        "Draw or upload a picture; a small neural network, running in your browser, guesses which of %s things it is.",
	LeadUnknown: "Draw or upload a picture; a small neural network, running in your browser, guesses what it is.",
	Tour:        "Take the tour", TourLong: "Four steps through the page",

	Can: "What it can do", Cannot: "What it cannot do", Private: "Nothing leaves your computer",
	CanItems: []string{
		"Classify: guess what a drawing, a photo or the camera's picture is, while you draw.",
		"Teach: learn from pictures that you correct, in a second.",
		"Train: fine-tune the network, or train it from scratch, with the settings that you choose.",
		"Evaluate: measure how good it is, and where it is wrong.",
		"Model: show what each layer makes of your picture, and why it says what it says.",
		"Build: put your own network together, or paste Keras code.",
		"Classes: learn your own classes from a few pictures of each.",
	},
	Knows:        "It knows only these %s classes: %s.",
	KnowsUnknown: "It knows only the classes that it was trained on.",
	AndMore:      "%s and %s more",
	Always:       "It always picks one of them, even for a picture of something else.",
	RightOn:      "It is right on %s of %s photographs that it was not trained on.",
	Drawings:     "It is right on %s of %s drawings by people and artists. Teach it yours.",
	Weight:       "Do not use it to decide anything important.",
	PrivateItems: []string{
		"Your drawings, your pictures and the camera's images are classified by your own processor. No server sees them.",
		"Training happens in this browser too, in a separate worker. It continues while you look at other views.",
		"Data sets, your labelled pictures and trained networks are stored in this browser until you delete them. A teacher's server may pass on a project that somebody puts up for the room; nothing is sent without a press.",
	},

	Search: "Search", SearchHint: "Type a term, for example softmax",
	NotFound: "No term has %q in it.", ShowAll: "Show all terms",

	Everywhere: "Everywhere", ByBrowser: "From the browser",
	KeysNote: "Keys work while no field has the focus. A tooltip names a button's key.",

	Steps:     "Your first CNN on CIFAR-10",
	StepsLead: "This page is that Keras tutorial, step by step, with the same network and the same settings.",
	StepsLink: "The tutorial's notebook",
	Go:        "Go to %s",
	TutorialSteps: []TutorialStep{
		{"data", "data", "Get the data", "cifar10.load_data()", "50,000 training and 10,000 test pictures. Data shows random ones with their labels, and how many each class has."},
		{"preprocess", "classify", "Preprocess", "x / 255 - 0.5", "Bytes become numbers from -0.5 to 0.5. Classify shows the pixels that the network sees."},
		{"model", "build", "Define the network", "Sequential(), Conv2D, LeakyReLU, …", "19 layers with 1,084,234 parameters. Build takes your own make_model, or puts a network together layer by layer; Model shows what each layer makes of your picture."},
		{"compile", "train", "Compile", "compile(loss=…, optimizer=Adamax(5e-3))", "Cross-entropy as the loss and Adamax as the optimiser are the settings of the preset for the tutorial."},
		{"train", "train", "Train", "fit(…, LearningRateScheduler(…))", "10 epochs of batches of 32. The learning rate starts at 0.005 and is multiplied by 0.9 after each epoch."},
		{"save", "train", "Save", "save_weights(…)", "Training stores checkpoints. Train also downloads the weights as a file, and opens one."},
		{"evaluate", "evaluate", "Evaluate", "accuracy_score(…)", "Accuracy on pictures that the network was not trained on."},
		{"confusion", "evaluate", "Confusion matrix", "confusion_matrix(…)", "Which class is taken for which. Press a cell to see its pictures."},
		{"predictions", "evaluate", "Look at predictions", "model.predict_proba(x_test)", "Test pictures with the predicted class, its probability, and the true class."},
		{"activation", "model", "Maximum activation", "gradients(mean(output[…, k]), input)", "The assignment after the tutorial: the picture that a filter responds to most, by gradient ascent."},
	},

	InUse: "Network in use", PretrainedCard: "%s, pretrained", SameNetwork: "It is the network in use.",
	Classes: "Classes", Takes: "Input", Scaling: "Scaling", Size: "Size", Measured: "Measured",
	Data: "Training data", Recipe: "Recipe", Use: "Made for", Limits: "Limits",
	Grey: "grey", Colour: "red, green and blue", Side: "%d × %d pixels, %s",
	Sizes:      "%s parameters in %s; %s multiply-adds a picture",
	Scaled:     "%s, x being a pixel's byte",
	MeasuredOn: "%s: accuracy %s on %s", Loss: ", loss %s",
	OnTest: "Test set", OnValidation: "Validation set", OnMine: "Your pictures", OnDoodles: "Doodles",
	NotMeasured: "Not measured. Evaluate measures it.",
	NotLoaded:   "The network is loading.",
	NotSaid:     "Its file does not say.",
	LogitsNote:  "Its outputs are logits; the page applies softmax.",

	Cards: map[string]ModelCard{
		"tenfold": {
			Learned: "It learned from 50,000 small photographs, from drawings that a program makes of them, and from doodles, 32 × 32 pixels each. It sees your picture at that size too.",
			Data:    "The 50,000 training pictures of CIFAR-10, recompressed once as JPEG; drawings that a program makes of them; doodles and strange pictures, which a program draws. No drawing by a person.",
			Recipe:  "Muon, learning rate from 0.012 down to 0 along a line, batch size 256, 32 epochs, labels smoothed by 0.1, each picture mirrored in every second epoch, random shift by up to 2 pixels. 12% of the pictures are doodles, 6% strange ones; of a fifth of the others a drawing is made, and a twentieth goes through a random convolution. Seed 1.",
			Use:     "Recognising what people draw and bring.",
			Limits:  "It knows only its classes, and sees 32 × 32 pixels. Of things that it was never shown it doubts seven in ten; the others it takes for one of its classes. Most often it takes a dog for a cat (96 of 1,000).",
		},
		"tutorial": {
			Learned: "It learned from 50,000 small photographs, 32 × 32 pixels each. It sees your picture at that size too.",
			Data:    "The 50,000 training pictures of CIFAR-10, recompressed once as JPEG, which costs about two points of accuracy.",
			Recipe:  "The tutorial's: Adamax, learning rate 0.005 times 0.9 per epoch, batch size 32, 10 epochs, dropout; the best of three random seeds by test accuracy.",
			Use:     "Learning how such networks work, in class or alone.",
			Limits:  "It knows only its classes, and small photographs. It reads drawings badly, often with high confidence. Most often it takes a cat for a dog (159 of 1,000) and a dog for a cat (131).",
		},
	},
	NotFetched: "It has not been fetched. It is when you use it, and is kept then.",
	UseNetwork: "Use it",

	OtherUse:    "What you trained it for.",
	OtherLimits: "It knows only its classes, and always picks one. On pictures unlike its training data the measured accuracy says little.",

	RunData:     "%s, %s pictures",
	RunRecipe:   "%s: %s; %s, learning rate %.3g times %.3g per epoch, batch size %d; %s; random seed %d",
	RunSchedule: "%s: %s; %s, learning rate %.3g (%s), batch size %d; %s; random seed %d",
	Dropout:     "dropout", NoDropout: "no dropout", Flip: "random horizontal flip", Shift: "random shift by up to %d pixels", L2: "L2 regularisation %.3g", DenseOnly: "dense layers only",
	WeightDecay: "weight decay %.3g", Smoothing: "labels smoothed by %.3g", Zoom: "random zoom by up to %.3g", Jitter: "colour jitter by up to %.3g",
	RandConv: "random convolutions (share %.3g)", Cutout: "cutout of %.0f pixels", Mixup: "mixup %.3g",
	Doodles: "doodles (share %.3g)", Sketch: "drawings of photographs (share %.3g)", Strange: "strange pictures (share %.3g)",
	All:        "all layers",
	Optimizers: map[string]string{"": "Adamax", "adamax": "Adamax", "adam": "Adam", "adamw": "AdamW", "sgd": "SGD", "rmsprop": "RMSprop", "muon": "Muon"},
	From:       map[string]string{"tutorial": "fine-tuned from the Tutorial CNN", "tenfold": "fine-tuned from Tenfold", "use": "fine-tuned from the network in use", "saved": "fine-tuned from the last run", "random": "trained from random weights", "file": "fine-tuned from a file"},

	Report: "Diagnosis", FaultsTitle: "Faults, in full", LookedAt: "Looked at %s",

	Licence:     "Licence",
	LicenceSays: "Tenfold is free software under the BSD 3-Clause licence: use it, change it and share it, with its copyright notice; there is no warranty. Copyright (c) 2026, the Tenfold authors. LICENCES.md in the source lists every module in its programs.",
	Thanks:      "Credits",
	ThanksSays:  "Tenfold is built on the work of others.",
	Credited: []Credit{
		{"tutorial", "Your first CNN on CIFAR-10", "HSE, Introduction to Deep Learning", "https://github.com/hse-aml/intro-to-dl/blob/master/week3/week3_task1_first_cnn_cifar10_clean.ipynb", "The Keras tutorial whose network and steps these are."},
		{"cifar10", "CIFAR-10", "Alex Krizhevsky, Vinod Nair and Geoffrey Hinton", "https://www.cs.toronto.edu/~kriz/cifar.html", "The pictures. A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009."},
		{"keras", "Keras", "François Chollet and others", "https://keras.io", "The library of the tutorial, whose layers, names and results are matched here."},
		{"go", "Go", "The Go authors, BSD-3-Clause", "https://go.dev", "The language, its compiler to WebAssembly, and its standard library."},
		{"gorgonia", "Gorgonia", "Xuanyi Chew and others, Apache-2.0", "https://gorgonia.org", "The graph and the automatic differentiation that training uses."},
		{"ebitengine", "Ebitengine", "Hajime Hoshi and others, Apache-2.0", "https://ebitengine.org", "The canvas that this page is drawn on."},
		{"image", "golang.org/x/image", "The Go authors, BSD-3-Clause", "https://pkg.go.dev/golang.org/x/image", "Draws lines and letters, and scales pictures."},
		{"fonts", "Go fonts", "Bigelow & Holmes, BSD-3-Clause", "https://go.dev/blog/go-fonts", "The letters that you read."},
		{"cbor", "fxamacker/cbor", "Faye Amacker and others, MIT", "https://github.com/fxamacker/cbor", "The messages between the page and its workers."},
		{"float16", "x448/float16", "Montgomery Edwards and Faye Amacker, MIT", "https://github.com/x448/float16", "The weights' numbers of half length."},
	},
}
