package words

// BuildWords are the texts of the Build view.
type BuildWords struct {
	Network, About, Preset, PresetLong, Own string
	Presets                                 []Named
	Undo, UndoLong, NoUndo                  string
	Redo, RedoLong, NoRedo                  string
	Reading                                 string

	// The layers.
	Layers, Layer, Output, Params, MultiplyAdds, LayersName string
	Input, Takes, TakesLong                                 string // Input of a shape
	DoesNotFit                                              string // of a call and the reason
	Add, AddLong, Kind, Delete, DeleteLong, Only            string
	Up, UpLong, NoUp, Down, DownLong, NoDown                string
	Chosen                                                  string // of a layer's name
	Needed, Default                                         string // of an argument, and its default
	Arguments                                               map[string]string

	// The sum, and training.
	Sum, SumFixed, Fits, FitsNot                       string
	Time, TimeUnknown, Memory, TooSlow, TooLarge       string
	Train, TrainLong, TrainRecipe, NoTrain, Locked     string
	Link, LinkLong, Linked, LinkTooLong                string
	Code, CodeHint, CodeName, Apply, ApplyLong, NoCode string
	Copy, CopyLong, Copied, NoCopy                     string
	AtLine, LeftOut, Applied, RecipeRead               string
}

// Build are the texts of the Build view in English.
var Build = BuildWords{
	Network: "Your network", About: "Put layers together, or paste Keras code. Then train it from random weights.",
	Preset: "Begin with", PresetLong: "Replaces the network that is here; Undo brings it back", Own: "Your own",
	Presets: []Named{{"use", "Network in use"}, {"tutorial", "Tutorial CNN"}, {"linear", "Linear classifier"}, {"perceptron", "Two-layer perceptron"}, {"lenet", "LeNet"}, {"tutorial-bn", "Tutorial CNN, batch normalisation"}, {"resnet8", "Small ResNet"}, {"slim", "Slim"}, {"resnet20", "ResNet-20"}, {"tenfold", "Tenfold"}},
	Undo:    "Undo", UndoLong: "Undo the last change of the network", NoUndo: "Nothing to undo.",
	Redo: "Redo", RedoLong: "Make the change again", NoRedo: "Nothing to redo.",
	Reading: "Reading the network …",

	Layers: "Layers", Layer: "Layer", Output: "Output", Params: "Parameters", MultiplyAdds: "Multiply-adds", LayersName: "The layers of your network, with each one's output",
	Input: "Pictures of %s", Takes: "Takes in", TakesLong: "The layers whose outputs this one gets, by name, with commas between; inputs stands for the pictures",
	DoesNotFit: "%s – %s",
	Add:        "Add below", AddLong: "Add a layer of this kind below the chosen one", Kind: "Kind of layer to add", Delete: "Delete", DeleteLong: "Delete the chosen layer", Only: "A network needs a layer.",
	Up: "Up", UpLong: "Move the chosen layer up", NoUp: "It cannot be moved up.", Down: "Down", DownLong: "Move the chosen layer down", NoDown: "It cannot be moved down.",
	Chosen: "Chosen layer: %s",
	Needed: "Required.", Default: "Default: %s.",
	Arguments: map[string]string{
		"filters":                     "How many filters, and so feature maps.",
		"kernel_size":                 "Height and width of each filter.",
		"strides":                     "How far the window moves at each step: 2 halves the size.",
		"target_shape":                "Height, width and channels that it makes, or one size for a row; one of them may be -1: what is left.",
		"padding":                     "'same' keeps the size by adding zeros around; 'valid' adds nothing. Of ZeroPadding2D: how many zeros.",
		"dilation_rate":               "How far apart the pixels are that a filter looks at.",
		"activation":                  "The function that each output goes through.",
		"use_bias":                    "Whether a number is added to each output.",
		"kernel_regularizer":          "A penalty on large weights, such as regularizers.L2(1e-4).",
		"kernel_initializer":          "How the weights are drawn at first.",
		"bias_initializer":            "What the biases are at first.",
		"depthwise_initializer":       "How the weights of the small filters are drawn at first.",
		"pointwise_initializer":       "How the weights that mix the maps are drawn at first.",
		"depth_multiplier":            "How many filters each map has.",
		"pool_size":                   "Height and width of the window.",
		"axis":                        "Along which axis; -1 is the last.",
		"momentum":                    "How slowly the moving mean and variance follow.",
		"epsilon":                     "A small number that keeps it from dividing by zero.",
		"center":                      "Whether a shift is learned.",
		"scale":                       "Whether a scale is learned. Of Rescaling: what each number is multiplied by.",
		"offset":                      "What is added to each number.",
		"beta_initializer":            "What the shift is at first.",
		"gamma_initializer":           "What the scale is at first.",
		"moving_mean_initializer":     "What the moving mean is at first.",
		"moving_variance_initializer": "What the moving variance is at first.",
		"alpha_initializer":           "What the slopes are at first.",
		"shared_axes":                 "Axes along which the slope is the same, such as [1, 2].",
		"negative_slope":              "The slope below zero.",
		"alpha":                       "The scale below zero.",
		"max_value":                   "The largest output.",
		"threshold":                   "Below this the output is zero, or follows the slope.",
		"keepdims":                    "Whether height and width stay, as 1.",
		"rate":                        "The share that is set to zero in training.",
		"stddev":                      "The standard deviation of the noise.",
		"seed":                        "Seed of the random numbers.",
		"units":                       "How many outputs.",
	},

	Sum: "%s parameters, %s multiply-adds a picture.", SumFixed: "%s parameters (%s not trainable), %s multiply-adds a picture.",
	Fits: "It fits the pictures and their classes.", FitsNot: "It cannot be trained yet: %s.",
	Time: "About %s an epoch of %s with %s, and %s of memory each, as measured on this machine just now.", TimeUnknown: "Too large to be tried here.", Memory: "%s of memory",
	TooSlow:  "That will take long. To speed it up: an early pooling or strides=2, fewer filters, or fewer pictures (Limit, in Train).",
	TooLarge: "A browser may not give a page so much memory. To need less: smaller batches (in Train), an early pooling or strides=2, fewer units after Flatten.",
	Train:    "Train this network", TrainLong: "Go to Train with this network and random weights", TrainRecipe: "Train this network with the code's recipe", NoTrain: "What does not fit has to be changed first.", Locked: "A run is under way. Stop it first.",
	Link: "Copy link", LinkLong: "Copy an address that opens this network; Link in Train has the settings too", Linked: "The address of this network is on the clipboard.", LinkTooLong: "This network is too large for an address. Copy it as Keras code.",
	Code: "Keras code", CodeHint: "Change it here, or paste your own: model.add(…), Sequential([…]) or functional calls, with compile and fit if you like. It is read, never run.", CodeName: "The network as Keras code",
	Apply: "Apply", ApplyLong: "Make the network that the code describes", NoCode: "The code is that of the network.",
	Copy: "Copy as Keras", CopyLong: "Copy a complete script for Keras 3: data, network, training and evaluation", Copied: "The script for Keras 3 is on the clipboard.", NoCopy: "What does not fit has to be changed first.",
	AtLine: "Line %d: %s", LeftOut: "Left out: %s.", Applied: "The network is that of the code.", RecipeRead: "The code's recipe will be used: %s.",
}
