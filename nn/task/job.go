package task

// Where the pictures of a Job come from.
const (
	TestSet  = "test"
	TrainSet = "train"
	Mine     = "mine" // the user's own pictures, with a replay of stored ones

	// Drawings that a program makes when they are asked for, see nn/doodles.
	Doodles     = "doodles"
	DoodlesTest = "doodles-test" // what a Job on Doodles is validated on
)

// TrainFiles and TestFiles are CIFAR-10's official files.
var (
	TrainFiles = []string{"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"}
	TestFiles  = []string{"test_batch.bin"}
)

// PerFile is how many pictures each of those has, and RecordSize how many bytes one takes there.
const (
	PerFile    = 10000
	RecordSize = 3073
)

// Pictures returns how many there are in files that have PerFile each.
func Pictures(files []string) int { return len(files) * PerFile }

// What the weights of a Job are at first, other than the name of a pretrained network that
// comes with the page.
const (
	Saved  = "saved" // as the last run left them
	Random = "random"
	Given  = "file" // a file that the user has chosen
)

// TutorialCNN is the name of the tutorial's network, as in model.Networks.
const TutorialCNN = "tutorial"

// Job is a training run as the user asks for it.
type Job struct {
	Recipe
	Data    string  `json:"data"`
	From    string  `json:"from"`
	Network string  `json:"network,omitempty"` // with From Random: which of model.Networks, or a packed design; "" is TutorialCNN
	Side    int     `json:"side,omitempty"`    // with From Random on a project: how many pixels each way the network takes in; 0 is as it was designed
	HoldOut float64 `json:"hold_out"`          // the share of each class that is never trained on; 0 validates on the test set
	Limit   int     `json:"limit,omitempty"`   // trains on the first pictures only; 0 means all
	Workers int     `json:"workers,omitempty"` // 0 means as many as there are cores
}

// DesignPrefix begins a Network that is not a name but a network itself, packed: see package
// design.
const DesignPrefix = "design:"

// FineTuning is the job that the page proposes: the tutorial's network on the test set, a
// fifth held out. A tenth of the tutorial's rate, mirrored pictures and no dropout raise
// its held-out accuracy by one point, where the tutorial's own settings change nothing.
var FineTuning = Job{
	Recipe: Recipe{Epochs: 3, Batch: 32, Rate: 5e-4, Decay: 0.9, Seed: 1, Optimizer: Adamax, NoDropout: true, Flip: true},
	Data:   TestSet, From: TutorialCNN, HoldOut: 0.2,
}

// Doodling learns drawings from scratch, in a page without any data, in a minute or two.
var Doodling = Job{Recipe: Recipe{Epochs: 5, Batch: 32, Rate: 2e-3, Decay: 0.7, Seed: 1, Optimizer: Adamax, NoDropout: true}, Data: Doodles, From: Random, Limit: 10000}

// Hurry trains a small network of photographs from scratch.
var Hurry = Job{Recipe: SlimRecipe, Data: TrainSet, From: Random, Network: "slim"}

// FromScratch trains Tenfold as the one that comes with the page was trained.
var FromScratch = Job{Recipe: TenfoldRecipe, Data: TrainSet, From: Random, Network: "tenfold"}

// Tutorial is the whole tutorial from scratch.
var Tutorial = Job{Recipe: TutorialRecipe, Data: TrainSet, From: Random}
