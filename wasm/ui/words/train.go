package words

// Setting is what a setting is called, and what it does.
type Setting struct{ Label, Help string }

// TrainWords are the texts of the Train view.
type TrainWords struct {
	// The network in other tools' formats.
	OutAs, OutAsLong, Exporting, Exported string
	Formats                               []Named // by their endings

	// The data.
	Data, None, NoneOwn, Loading, Reading, ReadingOf, Stored string
	DownloadNeeds, DownloadLong, Open, OpenLong              string
	Delete, DeleteBytes, DeleteLong, NothingToDelete         string
	Kept, InMemory                                           string

	// The settings.
	Settings, Tune, TuneLong, Tutorial, TutorialLong           string
	Hurry, HurryLong, Scratch, ScratchLong                     string
	Locked, More, MoreLong                                     string
	Plan, PlanHeld, PlanTest, PlanTrain, PlanMine, PlanLimit   string
	PlanProject                                                string // of its name
	Propose, ProposeDo, ProposeLong                            string
	From, Layers, TrainOn, Epochs, Rate, Batch, HoldOut        Setting
	Optimizer, Decay, Dropout, Flip, Shift, L2, Limit, Seed    Setting
	Workers                                                    Setting
	Pretrained, Current, CurrentIs, LastRun, File, FileIs      string
	Random, RandomOwn, TestSet, TrainSet, Mine, All, DenseOnly string
	Doodles, Doodle, DoodleLong, PlanDoodles                   string
	PlanDoodlesWhole, OnDoodles, NoDataDoodles                 string
	Adamax, Adam, SGD, On, Off, No, Half                       string

	// Settings under Advanced, and their choices.
	Schedule, WarmUp, Momentum, Nesterov, WeightDecay          Setting
	ClipNorm, GlobalClipNorm, ClipValue, Average, AverageKeep  Setting
	Smoothing, Alternate, Reflect, Zoom, Jitter, RandConv      Setting
	Cutout, Mixup, DoodleShare, Strange, Sketch                Setting
	Side                                                       Setting
	AsDesigned, Pixels                                         string
	AdamW, RMSprop, Muon                                       string
	PerEpoch, Constant, Exponential, Steps, Cosine             string
	Linear, Triangular, OneCycle, NoAverage, EMA, Lookahead    string
	LookaheadLate, Usual, Unbounded, WantBelowOne, WantUpToOne string

	WantWhole, WantNumber, WantShare, WantSeed, WantChoice string
	BadAddress, InAddress, EveryPicture, AllCores          string

	// The run.
	Headline, Training, Cores, Paused, Stopping, Stopped, Trained, Interrupted                                                                             string
	Validation, Preparing, Teaching, Taught, Done, StoppedIn, Offered                                                                                      string
	NotReady, Unknown, NoData, NoDataFrom, NoDataStarter, Brought, Ready, Estimating, Left, Live, Going, GoingTraining, GoingValidation, Speed, Validating string
	Memory                                                                                                                                                 string
	Start, StartLong, Resume, ResumeLong, Discard, DiscardLong                                                                                             string
	Pause, Continue, PauseLong, Step, StepLong, Stop, StopLong                                                                                             string
	NoTeaching, Switching, OtherTask, NeedFile, DownloadFirst, Wrong                                                                                       string
	Unfair, Result, ResultMine, ResultNone, OnTest, OnMine, OnValidation                                                                                   string

	// Which network to use, and what can be taken away.
	Which, WhichNow, Last, LastLong, Best, BestLong, Revert, RevertLong string
	NoLast, NoBest, Weights, WeightsLong, CSV, CSVLong, PNG, PNGLong    string
	Report, ReportLong, Link, LinkLong, Linked, NothingYet, ActiveNow   string

	// The curves.
	Curves, Accuracy, Loss, LearningRate, EpochAxis, CurveTraining, CurveValidation, CurveRate, CurvesEmpty, RunCurve string

	// Runs, and what the network still gets wrong.
	Runs, RunsEmpty, RunsHint, ShowLong, DeleteRun, Setting, Outcome, MeasuredOn, Measured, Before, After, BestEpoch string
	Params, MultiplyAdds                                                                                             string
	Minimum, NoFigure, Compare, LastRunName                                                                          string
	Matrix, MatrixHint, MatrixEmpty, MatrixShare, Mistakes, MistakesEmpty, Predicted, Truth                          string
	Own, OwnEmpty, OwnHint, Remove, Teach, TeachLong, NoOwn, Export, ExportLong                                      string

	// What is seen inside of a run.
	Inside, InsideShow, InsideLong, InsideOff, InsideEmpty, InsideShare, InsidePicture string
	InsideLayer, InsideWeights, InsideGradients, InsideOutput, InsideDead              string

	// The report.
	ReportTitle, ReportDate, ReportResult, ReportPictures, ReportCounts, ReportTime, ReportTimeIs string
	ReportMemory, ReportMachine, ReportAddress, ReportCurves, ReportEpochs, ReportMatrix          string
	ReportEpoch, ReportSetting, ReportPredicted, ReportNetwork, ReportCode                        string
}

// Train are the texts of the Train view in English.
var Train = TrainWords{
	Data: "Data", None: "not here", NoneOwn: "none yet", Loading: "looking …",
	Reading: "Reading %s: %s", ReadingOf: "Reading %s: %s of %s", Stored: "%s, %s",
	DownloadNeeds: "Download %s (%s)", DownloadLong: "Download what these settings train on from this server",
	Open: "Open file …", OpenLong: "Open a file of pictures (CIFAR-10's, its archives, its Python version, or your own) or of weights (.safetensors, or .h5 and .keras of Keras)",
	Delete: "Delete data", DeleteBytes: "Delete data (%s)", DeleteLong: "Delete CIFAR-10's pictures from this browser; your own pictures stay", NothingToDelete: "There is nothing to delete.",
	Kept:     "Saved in this browser. Some browsers delete it after a week without a visit; download the weights to be safe.",
	InMemory: "This browser stores nothing: pictures and weights are lost when the page is closed. Download the weights to keep them.",

	Settings: "Training settings (hyperparameters)",
	Tune:     "Fine-tune the network in use", TuneLong: "Preset: fine-tune %s on the test set, a fifth of which is held out for validation",
	Tutorial: "The tutorial, from scratch", TutorialLong: "Preset: the Keras tutorial's training, from random weights on the training set",
	Hurry: "Slim, from scratch", HurryLong: "Preset: a small network for those in a hurry, from random weights on the training set; outside of the browser it reached 85% test accuracy in four minutes",
	Scratch: "Tenfold, from scratch", ScratchLong: "Preset: the network that the page opens with, from random weights on the training set and drawings, as it was trained; that takes hours in a page",
	Locked: "The settings are locked during training.", More: "Advanced", MoreLong: "Show or hide the settings that are seldom changed",
	Plan: "Trains on %s, validates on the test set.", PlanHeld: "Trains on %s of %s and validates on the rest, which is never trained on.", PlanTest: "the test set", PlanTrain: "the training set",
	OutAs: "Export", OutAsLong: "Save the network in use for another tool, with the lines that load it there", Exporting: "The file is being written.", Exported: "%s was saved. Its README has the lines that load it.",
	Formats:     []Named{{".keras", "Keras 3 (.keras)"}, {".h5", "Keras 2 and 3 (.h5)"}, {".tfjs.zip", "TensorFlow.js"}, {".onnx", "ONNX"}},
	PlanProject: "your project %s",
	PlanMine:    "Trains on your pictures, mixed with stored ones so that the others are not forgotten.", PlanLimit: " At most %s pictures are trained on.",
	Propose: "The training set is here too. Training on it keeps the test set a fair measure.", ProposeDo: "Train on the training set", ProposeLong: "Train on the training set and validate on the test set",
	From:       Setting{"Initial weights", "What the network knows at the start: the pretrained weights, those in use, or nothing (random)."},
	Layers:     Setting{"Trainable layers", "Dense layers only is faster and keeps the features that the convolutions have learned."},
	TrainOn:    Setting{"Train on", "The pictures whose classes the network learns from."},
	Epochs:     Setting{"Epochs", "How many times each picture is seen."},
	Rate:       Setting{"Learning rate", "How far each step moves the weights. Too high diverges, too low learns nothing."},
	Batch:      Setting{"Batch size", "Pictures per step; the weights move once a batch."},
	HoldOut:    Setting{"Validation split", "The share of each class that is held out to measure on, 0 to 0.9; 0 validates on the test set."},
	Optimizer:  Setting{"Optimiser", "How gradients become steps."},
	Decay:      Setting{"Learning-rate decay per epoch", "The learning rate is multiplied by this after each epoch; 1 keeps it."},
	Dropout:    Setting{"Dropout", "Switches random units off while training, so that the network does not rely on any of them."},
	Flip:       Setting{"Random horizontal flip", "Mirrors half of the pictures: a horse that looks left is a horse too."},
	Shift:      Setting{"Random shift (pixels)", "Moves each picture by up to this many pixels."},
	L2:         Setting{"L2 regularisation", "Keeps weights small: this times the sum of their squares is added to the loss."},
	Side:       Setting{"Picture size", "How many pixels of your pictures the network sees. Twice as many each way show more and take four times as long."},
	AsDesigned: "As designed", Pixels: "%d × %[1]d",
	Limit:   Setting{"Limit training pictures", "Trains on this many pictures, the first ones; 0 takes all."},
	Seed:    Setting{"Random seed", "The same seed gives the same run, on one worker to the last digit."},
	Workers: Setting{"Workers", "Processor cores to train on; 0 takes all."},

	Schedule:       Setting{"Learning-rate schedule", "How the learning rate goes over the run: falling by the decay after each epoch, or along a curve that ends with the last epoch."},
	WarmUp:         Setting{"Warm-up (epochs)", "The learning rate grows from 0 over this many epochs, which may be a part of one; 0 starts at full rate."},
	Momentum:       Setting{"Momentum", "How much of the last step goes into the next, for SGD and Muon; 0 takes the usual, 0.9 and 0.95."},
	Nesterov:       Setting{"Nesterov momentum", "SGD looks at where its momentum leads before it turns."},
	WeightDecay:    Setting{"Weight decay", "Kernels shrink by this times the learning rate in each step; biases and normalisation do not. 0 takes the optimiser's usual: 0.004 for AdamW and Muon, none for the others."},
	ClipNorm:       Setting{"Clip gradients, each (norm)", "The largest norm of each weight tensor's gradient; 0 clips none. Only one of the three ways to clip can be used."},
	GlobalClipNorm: Setting{"Clip gradients, all (norm)", "The largest norm of all gradients together; 0 clips none."},
	ClipValue:      Setting{"Clip gradients (value)", "The largest number in a gradient; 0 clips none."},
	Average:        Setting{"Average of the weights", "What is measured and kept: the weights as the last step left them, or an average over steps, which is calmer."},
	AverageKeep:    Setting{"Momentum of the average", "How much of the average stays in each of its steps; 0 takes the usual: 0.99 for a moving average, 0.5 for lookahead."},
	Smoothing:      Setting{"Label smoothing", "This share of each label is spread over all classes, so that the network does not grow too sure."},
	Alternate:      Setting{"Alternating flips", "With flips, mirrors each picture in every second epoch instead of at random."},
	Reflect:        Setting{"Reflect at edges", "With shifts, fills what comes in at an edge with its mirror image instead of its last pixels."},
	Zoom:           Setting{"Random zoom", "Cuts pictures to parts, whose sides are smaller by up to this share, and enlarges them."},
	Jitter:         Setting{"Colour jitter", "Changes brightness, contrast and saturation by up to this factor."},
	RandConv:       Setting{"Random convolution", "Puts this share of the pictures through a random filter: textures and colours change, shapes stay."},
	Cutout:         Setting{"Cutout (pixels)", "Covers a grey square of this many pixels a side, so that no one detail decides."},
	Strange:        Setting{"Strange pictures (share)", "This share of the pictures is replaced by pictures of none of the classes: drawings of other things and patterns, from which the network learns to doubt."},
	DoodleShare:    Setting{"Doodles (share)", "This share of the pictures is replaced by drawings that a program makes, new ones each time, so that the network learns to read drawings too."},
	Sketch:         Setting{"Sketches (share)", "Of this share of the pictures a drawing is made: lines where they have edges, flat colours, plain paper."},
	Mixup:          Setting{"Mixup", "Mixes pictures, and their labels, in pairs: 0 does not, 1 mixes any parts, 0.2 mostly a little."},
	AdamW:          "AdamW", RMSprop: "RMSprop", Muon: "Muon, AdamW for the rest",
	PerEpoch: "Decay per epoch", Constant: "Constant", Exponential: "Decay per step", Steps: "Steps at 50% and 75%", Cosine: "Cosine", Linear: "Linear", Triangular: "Triangle", OneCycle: "One cycle",
	NoAverage: "None", EMA: "Exponential moving average", Lookahead: "Lookahead", LookaheadLate: "Lookahead, late", Usual: "usual", Unbounded: "none",
	WantBelowOne: "Type a number from 0 to 0.9999, like 0.9.", WantUpToOne: "Type a number from 0 to 1, like 0.2.",

	Pretrained: "%s, pretrained", Current: "Network in use", CurrentIs: "Network in use (%s)", LastRun: "Last run", File: "From file", FileIs: "From file (%s)", Random: "%s, random", RandomOwn: "Your network, random",
	TestSet: "Test set", TrainSet: "Training set", Mine: "My pictures", Doodles: "Doodles", All: "All", DenseOnly: "Dense layers only",
	Adamax: "Adamax", Adam: "Adam", SGD: "SGD, momentum", On: "On", Off: "Off", No: "Off", Half: "50%",
	WantWhole: "Type a whole number from %s to %s.", WantNumber: "Type a number of 0 or more, like 0.001 or 0,001.", WantShare: "Type a share from 0 to 0.9, like 0.2.",
	WantSeed: "Type a whole number of 0 or more.", WantChoice: "there is no %q",
	BadAddress: "the address names a training run that cannot be read", InAddress: "the address: %s: %q. %s", EveryPicture: "all", AllCores: "all cores",
	Doodle: "Learn to read drawings", DoodleLong: "Doodles preset: train from random weights on drawings that a program makes here, which takes no download; then draw in Classify",
	PlanDoodles: "the doodles", PlanDoodlesWhole: "Trains on the doodles, validates on others.", OnDoodles: "other doodles",
	NoDataDoodles: " Doodles need none: choose that preset.",

	Headline: "Train the network", Training: "Training", Cores: "Training on %s", Paused: "Paused", Stopping: "Stopping …", Stopped: "Stopped", Trained: "Trained", Interrupted: "Interrupted training",
	Validation: "validation accuracy", Preparing: "preparing: measuring the network before it is trained", Teaching: "teaching", Taught: "taught",
	Done: "done: %s in %s", StoppedIn: "stopped in epoch %d of %d", Offered: "Training was interrupted in epoch %d of %d: resume or discard it.",
	NotReady: "loading the part of the page that trains", Unknown: "–", NoData: "No training data yet.", NoDataFrom: " Download CIFAR-10's test set (%s) or training set (%s), or open a file.", Brought: "No run here yet: these are the training curves of %s, from its file.", NoDataStarter: " Download %s pictures of CIFAR-10 (%s), or open a file.",
	Ready: "ready to train", Estimating: "estimating the time left", Left: "%s left", Live: "In training", Going: "epoch %d/%d step %d/%d", GoingTraining: ", loss %s, accuracy %s", GoingValidation: ", val_accuracy %s", Speed: ", %s pictures/s, ", Validating: "validating",
	Memory: "the worker uses %s of memory",
	Start:  "Start", StartLong: "Start training", Resume: "Resume", ResumeLong: "Continue the interrupted training", Discard: "Discard", DiscardLong: "Discard the interrupted training",
	Pause: "Pause", Continue: "Continue", PauseLong: "Pause or continue training", Step: "Step", StepLong: "Train on one batch, then pause", Stop: "Stop", StopLong: "Stop training; what was measured and the weights are kept",
	NoTeaching: "The network is being taught.", Switching: "Switching to another network.", OtherTask: "The network in use knows other classes than those of these pictures. Choose other initial weights.",
	NeedFile: "Choose a file of weights first (.safetensors): press Open file.", DownloadFirst: "No training data yet: download it or open a file.", Wrong: "%s: %s",
	Unfair: "Part of the test set was used for training, so test accuracy is no longer a fair measure. Use validation accuracy.",
	Result: "%s, %s pictures: %s before, %s after", ResultMine: "; your pictures: %s before, %s after", ResultNone: "Nothing was measured after training.", OnTest: "test set", OnMine: "your pictures", OnValidation: "validation",

	Which: "Which network should be used from now on?", WhichNow: "Network in use", Last: "Last epoch", LastLong: "Use the network as the last run or teaching left it",
	Best: "Best epoch", BestLong: "Use the network of the last run's epoch with the best validation accuracy", Revert: "%s", RevertLong: "Go back to %s, as it came with the page",
	NoLast: "No run has left a network yet.", NoBest: "No run has left a network yet.", Weights: "Weights", WeightsLong: "Download the weights of the network in use (.safetensors)", CSV: "CSV", CSVLong: "Download the figures of each epoch as a table (CSV)",
	PNG: "PNG", PNGLong: "Download the curves as a picture (PNG)", Report: "Report", ReportLong: "Download a report of this run: settings, curves, confusion matrix (HTML)",
	Link: "Link", LinkLong: "Copy a link to this page with these settings", Linked: "The page's address now names these settings, and is copied.", NothingYet: "Nothing has been measured yet.", ActiveNow: "It is in use.",

	Curves: "Curves", Accuracy: "Accuracy", Loss: "Loss (cross-entropy)", LearningRate: "Learning rate", EpochAxis: "Epochs", CurveTraining: "training", CurveValidation: "validation", CurveRate: "rate", CurvesEmpty: "The curves will be here.", RunCurve: "run %d",

	Runs: "Runs", RunsEmpty: "Each run that has ended will be listed here, to compare its curves, settings and results with others.", RunsHint: "Choose runs to lay their validation curves over this one's.",
	ShowLong: "Lay the curves of run %d over the present ones", DeleteRun: "Delete run %d", Setting: "Setting", Before: "Accuracy before", After: "Accuracy after", BestEpoch: "Best epoch's accuracy", Outcome: "%s → %s on %s", MeasuredOn: "%s, %s pictures", Measured: "Measured on",
	Params: "Parameters", MultiplyAdds: "Multiply-adds a picture",
	Minimum: "Lowest validation loss", NoFigure: "–", Compare: "What differs", LastRunName: "Last run",
	Matrix: "Confusion matrix", MatrixHint: "Rows are true classes, columns predictions.", MatrixEmpty: "After each epoch the network is tried on the validation pictures. Which classes it mistakes for which will be here, with pictures that it got wrong.",
	MatrixShare: "Share of the true class, in percent", Mistakes: "Latest mistakes", MistakesEmpty: "No mistakes in the last validation.", Predicted: "predicted %s", Truth: "true: %s",
	Own: "My pictures", OwnEmpty: "In Classify, press a picture's true class: it is saved here as an example to teach the network.", OwnHint: "Press a picture to remove it. Classes shows them by class, to be moved or deleted with Undo.", Remove: "Remove this %s",
	Teach: "Teach", TeachLong: "Train the network in use until it is right on your pictures, and change little else", NoOwn: "You have no pictures yet: save some in Classify.", Export: "Download", ExportLong: "Download your pictures as one file in CIFAR-10's layout",

	Inside: "Inside the network", InsideShow: "Live", InsideLong: "Look into the network while it trains: its weights, gradients and outputs, and what it takes sixteen pictures for",
	InsideOff: "Live is off.", InsideEmpty: "While a run trains, its layers are shown here, with what the network takes sixteen pictures for.", InsideShare: "Mean ± standard deviation. Dead: the share of units whose output is 0 on all of these pictures. Looking takes %s of the time.",
	InsidePicture: "A picture of the class %s, taken for %s (%s)",
	InsideLayer:   "Layer", InsideWeights: "Weights", InsideGradients: "Gradients", InsideOutput: "Output", InsideDead: "Dead",

	ReportTitle: "Tenfold: a training run", ReportDate: "Date", ReportResult: "Result", ReportPictures: "Pictures", ReportCounts: "%s trained on, %s in %s", ReportTime: "Time of training", ReportTimeIs: "%s on %s",
	ReportMemory: "Memory of the worker", ReportMachine: "Machine", ReportAddress: "Address", ReportCurves: "Accuracy, loss and learning rate over the epochs", ReportEpochs: "Epochs", ReportMatrix: "Confusion matrix of the last validation: rows are true classes, columns predictions",
	ReportEpoch: "Epoch", ReportSetting: "Training settings", ReportPredicted: "True class", ReportNetwork: "Network", ReportCode: "Network and recipe as Keras code",
}
