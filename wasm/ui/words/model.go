package words

// ModelWords are the texts of the Model view.
type ModelWords struct {
	Loading, Empty, Looking string

	Why, Draw, NoDraw, Drawing, Pixels string
	ClassLabel, MostProbable           string
	ExplainNext                        string
	GradCAM, GradCAMLong               string
	Occlusion, OcclusionLong           string
	Blend, CAMLegend, OcclusionLegend  string
	Reasons, NoReasons, TryOcclusion   string
	Methods                            map[string]string // within a sentence, by their names in package protocol

	LookInto, Classes                                  string
	Network, NetworkHint, Input, Output, Probabilities string
	Layers, Table, Summary                             string
	Columns                                            []string // of the table
	Millis                                             string

	LayerTitle, Layer, Previous, Next, PreviousLong, NextLong string
	First, Last                                               string
	Maps, Units, MapsName, MapsLong, Scale                    string
	Filters                                                   string
	Kinds                                                     map[string]string // by Keras' class name, or an activation's
	Unknown, UnknownNumber                                    string
	TakesIn, ReadBy, ReadByAnswer, ThePicture, AndMore        string
	Unbounded                                                 string

	Map, Unit, UnitClass, MapLabel, Typed, MapRange                    string
	How, PlaceLong, Window, InputMap                                   string
	Left, Right, Up, Down                                              string
	NextChannel, NextChannelLong, OneChannel, OwnChannel               string
	Channel, ChannelNamed                                              string
	Colours, Grey                                                      []string // of channels
	Patch, Kernel, Products, Legend                                    string
	SumChannels, SumInputs, Bias                                       string
	Before, After, Plain, NoActivation                                 string
	Largest, Slope, Kept                                               string
	Dropped, Unrolled, UnrolledRow, Value, Logit, Softmax, SoftmaxHint string
	Strongest, Times, From, FromPlace, Apart                           string
	ProductsValue, ProductsAfter                                       string
	UnitValue, PoolValue, OtherValue                                   string
	CannotShow                                                         string
	Activations, Formulas                                              map[string]string // by Keras' names

	DepthwiseValue, Separable                  string
	Numbers, SumOf, MeanOf, MeanValue          string
	OutsideLeftOut, Padded                     string
	ComesIn, Mean, Deviation, Gamma, Beta      string
	NormalizedByPast, NormalizedHere           string
	Scaled, Offset                             string
	SumHere, ProductHere, MergeValue, UnitFrom string
	Capped, BelowThreshold, LearnedSlope       string
	Exponential, MapsDropped, Noisy            string

	Responds, RespondsHint, Generate, GenerateLong, Top9, Top9Long      string
	Stop, StopLong, NothingToStop, Climbing                             string
	NeedsData, OtherTask                                                string
	Climbed, Done, Searched, Found, GeneratedCaption, TopCaption, Score string
}

// Model are the Model view's in English.
var Model = ModelWords{
	Loading: "The network is loading.",
	Empty:   "Draw something in Classify, or here.",
	Looking: "Looking …",

	Why:             "Why this class?",
	Draw:            "Draw here and watch every layer change.",
	NoDraw:          "Choose Draw in Classify to draw here.",
	Drawing:         "The picture as the network sees it",
	Pixels:          "%s pixels; a pixel's value x (0 to 255) goes in as %s.",
	ClassLabel:      "Explain the class",
	MostProbable:    "Most probable",
	ExplainNext:     "Explain the next class",
	GradCAM:         "Grad-CAM",
	GradCAMLong:     "Show where the last convolution's maps speak for the class",
	Occlusion:       "Occlusion",
	OcclusionLong:   "Cover one place after the other with grey, and show where that lowers the class's score",
	Blend:           "Heat map over the picture",
	CAMLegend:       "Yellow: evidence for this class",
	OcclusionLegend: "Yellow: covering this lowers the score",
	Methods:         map[string]string{"grad-cam": "Grad-CAM", "occlusion": "occlusion"},
	Reasons:         "%s by %s: strongest, %.4f, at row %d, column %d of %d × %d",
	NoReasons:       "There are no reasons to show: %s.",
	TryOcclusion:    "Occlusion works for every network.",

	Network:       "The network",
	NetworkHint:   "Lines show each layer's inputs. Press a layer to look inside.",
	LookInto:      "Look into %s",
	Classes:       "%s classes",
	Input:         "Input picture",
	Output:        "Class probabilities",
	Probabilities: "%s %s",
	Layers:        "%d layers",
	Table:         "All layers",
	Summary:       "%s, %s parameters, %s multiply-adds a picture%s",
	Columns:       []string{"Layer", "Output", "Parameters", "Multiply-adds", "ms", "Takes in"},
	Millis:        ", %.2f ms (median)",

	LayerTitle:   "Layer %d of %d",
	Layer:        "Layer",
	Previous:     "Previous layer",
	Next:         "Next layer",
	PreviousLong: "Look into the layer before this one",
	NextLong:     "Look into the layer after this one",
	First:        "This is the first layer.",
	Last:         "This is the last layer.",
	Maps:         "%s: %s feature maps of %d × %d, from %s to %s",
	Units:        "%s: %s units, from %s to %s",
	MapsName:     "What %s makes of the picture",
	MapsLong:     "Press one to enlarge it",
	Scale:        "Colours from %s to %s",
	Filters:      "Its %d filters (weights) of %d × %d pixels; grey is 0",
	Kinds: map[string]string{
		"Conv2D":                 "Convolution: each map is the input seen through one small filter, which slides over it. Where the input looks like the filter, the map is bright.",
		"DepthwiseConv2D":        "Depthwise convolution: each map of the input has its own small filter, which slides over that map alone. It looks at shapes, not at how maps go together.",
		"SeparableConv2D":        "Separable convolution: a small filter for each map of the input, then a weighted sum of the maps at each place. Nearly a convolution, with far fewer weights.",
		"MaxPooling2D":           "Max-pooling keeps the largest number of each small window: the maps shrink, what was found stays.",
		"AveragePooling2D":       "Average pooling takes the mean of each small window: the maps shrink, and small differences are smoothed away.",
		"GlobalAveragePooling2D": "Global average pooling makes one number of each map, its mean: how much of what the map looks for is in the picture, wherever it is.",
		"GlobalMaxPooling2D":     "Global max-pooling makes one number of each map, its largest: whether what the map looks for is anywhere in the picture.",
		"ZeroPadding2D":          "Zero padding puts rows and columns of zeros around each map, so that the filters that follow reach its edge.",
		"BatchNormalization":     "Batch normalisation brings each map to a mean of 0 and a spread of 1, measured over many pictures, then to a scale and a shift that it has learned. Deep networks train faster with it.",
		"LayerNormalization":     "Layer normalisation brings the numbers at each place, over all maps, to a mean of 0 and a spread of 1, and then to a scale and a shift that it has learned.",
		"Rescaling":              "Rescaling multiplies each number by one factor and adds one offset.",
		"Add":                    "Add: the paths that meet here are added up, number by number. A shortcut around some layers lets them learn only what should change, so that a network can be much deeper.",
		"Multiply":               "Multiply: the paths that meet here are multiplied, number by number, so that one decides how much of the other passes.",
		"Concatenate":            "Concatenate lays the maps of the paths that meet here side by side; none of them changes.",
		"LeakyReLU":              "LeakyReLU keeps what is above 0 and shrinks what is below. Without such a bend, many layers could do no more than one.",
		"ReLU":                   "ReLU keeps what is above 0, up to a highest number if it has one, and sets the rest to 0 or shrinks it. Without such a bend, many layers could do no more than one.",
		"PReLU":                  "PReLU keeps what is above 0 and shrinks what is below by a factor that it has learned.",
		"ELU":                    "ELU keeps what is above 0 and lets what is below level off smoothly.",
		"Dropout":                "Dropout sets a random share of the numbers to 0 in training, so that no unit relies on one other. Now it changes nothing.",
		"SpatialDropout2D":       "Spatial dropout sets a random share of the maps to 0 in training, so that no map is relied on alone. Now it changes nothing.",
		"GaussianNoise":          "Gaussian noise adds a little chance to each number in training, so that small differences are not relied on. Now it changes nothing.",
		"Reshape":                "Reshape gives the same numbers, in the same order, another height, width and number of maps, or makes one row of them.",
		"Flatten":                "Flatten writes all maps as one long row of numbers for the dense layers.",
		"Dense":                  "Dense: each unit weighs every number of the input, adds them up and adds its bias.",
		"Activation":             "An activation bends each number, so that layers together can do more than one.",
		"relu":                   "ReLU keeps what is above 0 and sets the rest to 0. Without such a bend, many layers could do no more than one.",
		"tanh":                   "tanh bends each number into -1 to 1: large ones level off.",
		"sigmoid":                "Sigmoid bends each number into 0 to 1: large ones level off. Often it says how much of something else passes.",
		"gelu":                   "GELU keeps what is well above 0 and lets what is below fade out, along a smooth bend.",
		"silu":                   "SiLU (swish) keeps what is well above 0 and lets what is below fade out, along a smooth bend.",
		"elu":                    "ELU keeps what is above 0 and lets what is below level off smoothly at -1.",
		"hard_swish":             "Hard swish is SiLU made of straight pieces and a parabola, which is quicker to work out.",
		"softplus":               "Softplus is a ReLU with a round corner: it is never quite 0.",
		"linear":                 "Linear changes nothing: what comes in goes out.",
		"softmax":                "Softmax turns the scores (logits) into probabilities: all are positive, and together they make 100%.",
	},
	Unknown:       "There is no explanation of this kind of layer (%s) yet. %s has the output %s and %s parameters.",
	UnknownNumber: "%s is %s. How it comes about cannot be shown for this kind of layer yet.",
	TakesIn:       "Takes in: %s",
	ReadBy:        "Read by: %s",
	ReadByAnswer:  "It is the answer",
	ThePicture:    "the picture",
	AndMore:       " and %d more",
	Unbounded:     "%s numbers are too large to be written (infinite or not a number)",

	Map:             "Feature map %d of %d",
	Unit:            "Unit %s of %s",
	UnitClass:       "Unit %d of %d (%s)",
	MapLabel:        "Feature map or unit",
	Typed:           "Map or unit, 1 to %s",
	MapRange:        "From %s to %s; colours as at all maps of the layer.",
	How:             "How this number is computed",
	PlaceLong:       "Press a place to see how its number comes about",
	Window:          "The window on the input",
	InputMap:        "Map %d of %s",
	Left:            "The number to the left",
	Right:           "The number to the right",
	Up:              "The number above",
	Down:            "The number below",
	NextChannel:     "Next channel",
	NextChannelLong: "Show the products with the next channel of the input",
	OneChannel:      "The input has one channel.",
	OwnChannel:      "Each map here looks at one channel of the input alone.",
	Channel:         "Channel %d of %d",
	ChannelNamed:    "Channel %d of %d (%s)",
	Colours:         []string{"red", "green", "blue"},
	Grey:            []string{"grey"},
	Patch:           "Input",
	Kernel:          "Filter",
	Products:        "Products",
	Legend:          "Blue: negative, grey: 0, yellow: positive",
	SumChannels:     "Sum over channels",
	SumInputs:       "Sum over %s inputs",
	Bias:            "+ bias",
	Before:          "= before %s",
	After:           "after %s",
	Plain:           "= sum",
	NoActivation:    "This layer has no activation.",
	Largest:         "Largest of the %d",
	Slope:           "× %s, as it is below 0",
	Kept:            "kept, as it is not below 0",
	Dropped:         "In training %s of the numbers are set to 0 at random, and the others are raised to make up for it. Now it does nothing: what comes in goes out.",
	Unrolled:        "It is row %d, column %d of map %d of %s.",
	UnrolledRow:     "It is number %d of %s.",
	Value:           "Value",
	Logit:           "Score (logit)",
	Softmax:         "= after softmax",
	SoftmaxHint:     "Softmax: e to the power of the score, divided by the sum of that over all classes.",
	Strongest:       "The strongest of %s products, input × weight:",
	Times:           "%s × %s",
	From:            "input %s",
	FromPlace:       "map %d, row %d, column %d",
	Apart:           "Working it out …",
	ProductsValue:   "row %d, column %d of map %d: products with channel %d of the input %.4f, with all %d channels %.4f, and the bias %.4f, are %.4f",
	ProductsAfter:   " before %[1]s, %.4[2]f after %[1]s",
	UnitValue:       "unit %d: inputs times weights %.4f, and the bias %.4f, are %.4f",
	PoolValue:       "row %d, column %d of map %d: the largest of %s is %.4f",
	OtherValue:      "%s: %s becomes %s",
	CannotShow:      "This cannot be worked out: %s.",
	Activations: map[string]string{
		"relu": "ReLU", "tanh": "tanh", "sigmoid": "sigmoid", "softmax": "softmax", "linear": "linear", "leaky_relu": "LeakyReLU",
		"gelu": "GELU", "elu": "ELU", "silu": "SiLU", "hard_swish": "hard swish", "softplus": "softplus",
	},
	Formulas: map[string]string{
		"relu":       "ReLU: x above 0, otherwise 0.",
		"tanh":       "tanh: (e^x - e^-x) / (e^x + e^-x).",
		"sigmoid":    "Sigmoid: 1 / (1 + e^-x).",
		"gelu":       "GELU: x times the share of a normal distribution that lies below x.",
		"silu":       "SiLU: x times the sigmoid of x, x / (1 + e^-x).",
		"elu":        "ELU: x above 0, otherwise e^x - 1.",
		"hard_swish": "Hard swish: x times (x + 3) / 6, where that is held between 0 and 1.",
		"softplus":   "Softplus: ln(1 + e^x).",
		"linear":     "Linear: x as it is.",
	},

	DepthwiseValue:   "row %d, column %d of map %d: products with channel %d of the input alone %.4f, and the bias %.4f, are %.4f",
	Separable:        "The filter shown is each channel's own small filter times the weight that this map gives to the channel.",
	Numbers:          "%s numbers",
	SumOf:            "Sum of the %s",
	MeanOf:           "÷ %s = mean",
	MeanValue:        "row %d, column %d of map %d: the mean of %s is %.4f",
	OutsideLeftOut:   "What lies outside of the picture does not count.",
	Padded:           "It lies outside of what comes in: the padding puts a 0 here.",
	ComesIn:          "x, what comes in",
	Mean:             "- mean %s",
	Deviation:        "÷ √(variance %s + ε %s)",
	Gamma:            "× gamma %s",
	Beta:             "+ beta %s",
	NormalizedByPast: "Mean and variance are this map's over the pictures of training (moving averages); gamma and beta are learned.",
	NormalizedHere:   "Mean and variance are those of all maps at this place; gamma and beta are learned.",
	Scaled:           "× scale %s",
	Offset:           "+ offset %s",
	SumHere:          "= sum",
	ProductHere:      "= product",
	MergeValue:       "%s: %s = %s",
	UnitFrom:         "It is unit %s of %s.",
	Capped:           "held at %s, the most",
	BelowThreshold:   "× %s of what is missing to %s",
	LearnedSlope:     "× %s (learned), as it is below 0",
	Exponential:      "%s × (e^x - 1), as it is below 0",
	MapsDropped:      "In training %s of the maps are set to 0 at random, and the others are raised to make up for it. Now it does nothing: what comes in goes out.",
	Noisy:            "In training a random number is added to each, mostly between -%[1]s and %[1]s. Now it does nothing: what comes in goes out.",

	Responds:         "What this filter responds to most (maximum activation)",
	RespondsHint:     "Gradient ascent starts from noise and changes each pixel so that the mean of this map or unit grows. The top 9 are the test pictures where it is largest.",
	Generate:         "Generate (gradient ascent)",
	GenerateLong:     "Make a picture that this filter responds to most, from noise",
	Top9:             "Top 9 pictures",
	Top9Long:         "Find the nine test pictures that this filter responds to most",
	Stop:             "Stop",
	StopLong:         "Stop looking",
	NothingToStop:    "Nothing is being looked for.",
	Climbing:         "Already running.",
	NeedsData:        "This needs test pictures, and none are here yet.",
	OtherTask:        "The test pictures are not of this network's kind.",
	Climbed:          "Generated: iteration %d of %d, mean response %s",
	Done:             ", done",
	Searched:         "Looking at test pictures, %s of %s",
	Found:            "Test pictures with the strongest response:",
	GeneratedCaption: "Generated",
	TopCaption:       "Top 9",
	Score:            "%s %s",
}
