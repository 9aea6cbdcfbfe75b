package words

// Term is one of the field's words, with what it means in plain ones.
type Term struct {
	Term string
	Says string
	Also []string // other words for it, which are found too
}

// Topic are terms that belong together.
type Topic struct {
	Name  string
	Terms []Term
}

// Glossary explains each term that the page uses; Help shows it.
var Glossary = []Topic{
	{"Pictures and classes", []Term{
		{"Class", "One of the things that a network tells apart, cat or ship for example.", []string{"category"}},
		{"Label", "The class that a picture really has, as a person said it. Training compares the network's answer with it.", []string{"true class", "ground truth", "one-hot"}},
		{"CIFAR-10", "60,000 small colour photographs of ten classes, 32 × 32 pixels each: 50,000 to train with, 10,000 to test with.", []string{"data set", "dataset"}},
		{"Pixel", "One coloured dot of a picture. The network sees only as many as its input has; a larger picture is shrunk first.", nil},
		{"Channel", "One layer of a picture or of a convolution's output. A colour picture has three: red, green and blue.", []string{"RGB"}},
		{"Normalisation", "Turns a pixel's bytes, 0 to 255, into small numbers around zero: x/255 - 0.5 in the tutorial.", []string{"preprocessing", "scaling"}},
		{"Training set", "The pictures that a network learns from.", []string{"training data"}},
		{"Validation set", "Pictures kept apart from training to see how well the network does on new ones. A validation split keeps a share of the data for that.", []string{"validation split", "held out", "hold-out"}},
		{"Test set", "Pictures used only to measure the finished network. If it was trained on them, the measure is no longer fair.", nil},
		{"Mean picture", "The average of all pictures of a class, pixel by pixel.", nil},
	}},
	{"The network", []Term{
		{"Neural network", "A row of layers. Each computes numbers from those of the layer before; the last ones are the answer.", []string{"model", "CNN", "convolutional neural network"}},
		{"Layer", "One step of a network: a convolution, a max-pooling or a dense layer for example.", nil},
		{"Parameters", "All numbers that training changes: the weights and the biases.", []string{"weights", "weight"}},
		{"Convolution", "Slides a small window over a picture. At each place it multiplies what it sees with a kernel and adds it up.", []string{"Conv2D", "stride", "same padding", "padding", "dilation", "ZeroPadding2D"}},
		{"Kernel (filter)", "The small grid of weights of a convolution, 3 × 3 here. Each kernel looks for one pattern: an edge, a colour, a texture.", []string{"kernel", "filter", "kernel size"}},
		{"Feature map", "What one filter has found, and where: its output at every place of the picture.", []string{"activation map"}},
		{"Bias", "A number added to each sum, so that a unit can be active even where its inputs are zero.", nil},
		{"Activation", "What a unit puts out, and the function that makes it of the unit's sum, ReLU for example.", []string{"activation function"}},
		{"ReLU", "Keeps positive numbers and turns negative ones into 0. With it layers can do more than multiply and add.", []string{"rectifier"}},
		{"PReLU", "As LeakyReLU, but how much is left of a negative number is learned, for each channel.", []string{"parametric ReLU"}},
		{"SiLU", "A smooth activation: the number times its sigmoid. Large numbers stay, negative ones nearly vanish.", []string{"swish", "GELU", "hard_swish"}},
		{"LeakyReLU", "As ReLU, but negative numbers are made small, times 0.1 here, and not 0.", []string{"leaky"}},
		{"Max-pooling", "Keeps the largest of each 2 × 2 numbers, which makes a feature map half as wide and half as high.", []string{"MaxPooling2D", "max-pool", "MaxPool2D", "pool size"}},
		{"Residual network", "A network in which a layer's input is added to what a few layers later come to, so that many layers can be trained.", []string{"ResNet"}},
		{"Dropout", "In training, switches off a random share of the numbers in each step, so that the network does not rely on single ones. Off when it classifies.", nil},
		{"Flatten", "Writes the numbers of all feature maps in one row, for the dense layer behind it.", nil},
		{"Dense layer", "A layer in which each unit looks at all numbers of the layer before.", []string{"Dense", "fully connected"}},
		{"Unit", "One number of a layer's output, a dense layer's above all.", []string{"neuron"}},
		{"Logit", "The last layer's number for a class, before softmax: any number, the larger the more probable.", []string{"logits"}},
		{"Softmax", "Turns the last layer's numbers into probabilities that add up to 1.", nil},
		{"Multiply-adds", "How many multiplications with an addition a layer needs for one picture: what it costs to compute.", []string{"mult-adds", "FLOPs"}},
	}},
	{"Training", []Term{
		{"Training", "Shows the network labelled pictures and changes its parameters a little each time, so that the loss gets smaller.", []string{"train", "fit", "learning"}},
		{"Loss", "How far the answers are from the labels, as one number; 0 is perfect. Here cross-entropy: minus the logarithm of the true class's probability.", []string{"cross-entropy", "categorical cross-entropy"}},
		{"Hyperparameters", "The settings of training that a person chooses: learning rate, batch size, epochs and so on.", []string{"training settings", "recipe"}},
		{"Batch size", "How many pictures are looked at together before the parameters change.", []string{"batch"}},
		{"Step", "One change of the parameters, after one batch.", []string{"iteration", "training step"}},
		{"Epoch", "One pass through all training pictures.", []string{"epochs"}},
		{"Learning rate", "How far each step changes the parameters. Too large and the loss jumps about, too small and nothing is learned.", []string{"rate"}},
		{"Learning-rate decay", "What the learning rate is multiplied by after each epoch, 0.9 for example: large steps first, small ones to finish.", []string{"decay"}},
		{"Learning-rate schedule", "How the learning rate goes over a run: constant, falling, or along a curve such as a cosine, a triangle or one cycle, up first and then down.", []string{"schedule", "warm-up", "one cycle"}},
		{"Gradient", "For each parameter, how the loss changes with it. A step goes the opposite way.", []string{"backpropagation", "gradient descent"}},
		{"Optimiser", "The rule that makes steps of gradients: Adamax, Adam, SGD and others.", []string{"optimizer"}},
		{"SGD", "Stochastic gradient descent: each step follows the gradient of one batch, here with momentum.", []string{"stochastic gradient descent"}},
		{"Momentum", "Lets a step go on partly in the direction of those before, which evens out noise.", nil},
		{"Adam", "An optimiser that gives each parameter a step length of its own, by how large its gradients usually are.", nil},
		{"Adamax", "As Adam, but it goes by the largest of the recent gradients. The tutorial uses it.", nil},
		{"AdamW", "As Adam, with weight decay that does not go through its step lengths.", nil},
		{"RMSprop", "An optimiser that divides each gradient by how large it usually is.", nil},
		{"Muon", "An optimiser whose steps change a convolution equally far in all directions.", nil},
		{"L2 regularisation", "Makes large weights count as loss, so that they stay small. A way against overfitting.", []string{"L2", "L2 penalty", "regularization"}},
		{"Weight decay", "Makes kernels a little smaller in each step, whatever their gradients. A way against overfitting.", nil},
		{"Gradient clipping", "Shortens gradients that are longer than a bound, so that one odd batch does not spoil the weights.", []string{"clip gradients"}},
		{"Average of the weights", "The mean of the weights over steps, which is often better than what the last step left: an exponential moving average, or lookahead, which also goes on from it.", []string{"exponential moving average", "lookahead"}},
		{"Label smoothing", "Trains towards labels that are a little unsure, so that the network does not grow too sure of itself.", nil},
		{"Augmentation", "Changes training pictures at random, so that the network sees more than there are: flips, shifts, zoom, colour jitter, random convolutions, cutout and mixup.", []string{"colour jitter", "random convolution", "random zoom", "cutout", "mixup"}},
		{"Random flip", "Mirrors half of the training pictures left to right, at random: more variety from the same pictures.", []string{"random horizontal flip", "mirrored", "alternating flips"}},
		{"Random shift", "Moves each training picture by a few pixels, at random, so that a place does not matter.", nil},
		{"Initial weights", "What the parameters are when training starts: random, or those of another network.", []string{"from scratch", "initialisation"}},
		{"Random seed", "The number that all chance starts from. The same seed gives the same run.", []string{"seed"}},
		{"Pretrained", "Trained before and stored: a network that comes with this page.", []string{"shipped"}},
		{"Fine-tuning", "Goes on training a network that already knows something, gently, on your data.", []string{"fine-tune", "fine-tuned"}},
		{"Transfer learning", "Uses what a network learned on one task for another one, by training only its last layers for example.", []string{"transfer", "trainable layers", "dense layers only"}},
		{"Teach", "Corrects the network in use on a few pictures of yours. Only its last layer changes, and it is held back from forgetting the rest.", []string{"teach by correction"}},
		{"Overfitting", "The network learns its training pictures by heart: it gets better on those and not on others.", []string{"overfit"}},
		{"Checkpoint", "A stored state of training, from which it can go on.", []string{"resume"}},
	}},
	{"Measuring", []Term{
		{"Accuracy", "The share of pictures whose most probable class is the right one.", []string{"test accuracy", "validation accuracy"}},
		{"Top-2 accuracy", "The share of pictures whose true class is one of the two most probable.", []string{"top-2"}},
		{"Probability", "How likely a class is by the network's own reckoning, 0 to 100%. All classes together have 100%.", []string{"confidence", "score"}},
		{"Confusion matrix", "A table: a row for each true class, a column for each prediction. What lies off the diagonal are mistakes.", []string{"matrix"}},
		{"Precision", "Of all pictures that the network calls cats, the share that are cats.", nil},
		{"Recall", "Of all pictures that are cats, the share that the network calls cats.", nil},
		{"F1", "Precision and recall in one number, their harmonic mean; high only when both are.", []string{"F1 score"}},
		{"Support", "How many pictures of a class were measured.", nil},
		{"Calibration", "Whether the probabilities are true: of all answers of 90%, nine in ten should be right.", []string{"calibrated", "reliability"}},
		{"ECE", "Expected calibration error: how far, on average, the probabilities are from how often they are right. 0% is best.", []string{"calibration error", "expected calibration error"}},
		{"Temperature scaling", "Divides the logits by one number, the temperature, before softmax: above 1 the network becomes less sure. Which class wins does not change.", []string{"temperature", "apply temperature"}},
		{"McNemar's test", "Compares two networks by the pictures that only one of them gets right, and says how easily such a difference comes about by chance.", []string{"McNemar", "p-value", "chance"}},
	}},
	{"Looking inside", []Term{
		{"Grad-CAM", "Shows which places of the picture speak for a class, from the gradients at the last convolution.", []string{"heat map", "heatmap"}},
		{"Occlusion", "Covers the picture patch by patch and watches how the class's probability falls: where it falls most, the network looks.", nil},
		{"Maximum activation", "The pictures, out of a whole data set, that a filter responds to most.", []string{"top 9 pictures", "top pictures"}},
		{"Gradient ascent", "Starts from noise and changes the picture step by step so that one filter or class responds more: it shows what that looks for.", []string{"generate"}},
	}},
	{"The browser", []Term{
		{"WebAssembly", "A fast kind of program that browsers run. The network is computed in it.", []string{"WASM"}},
		{"Worker", "A program that runs beside the page, so that the page stays quick while the network is computed or trained.", []string{"web worker", "workers"}},
		{"SIMD", "Instructions of the processor that compute several numbers at once. Relaxed SIMD may round a little differently and is faster still.", []string{"relaxed SIMD"}},
		{"WebGL", "The browser's way to the graphics processor, which draws this page.", []string{"canvas"}},
		{"Service worker", "The part of a page that keeps its files, so that it opens offline.", []string{"offline", "offline use"}},
		{"Secure address", "https, or this computer itself. Browsers give the camera, stored files and shared memory to such pages only.", []string{"secure context", "https", "cross-origin isolated"}},
	}},
}
