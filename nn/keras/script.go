package keras

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"tenfold/nn/model"
	"tenfold/nn/task"
)

// Script writes a network and how it is trained as a program that runs in Keras 3, in the order
// of the tutorial: data, preprocessing, network, training, evaluation, pictures. What Keras has
// no equivalent of stands in comments. Read gives the network and the recipe back, except for
// those.
func Script(net *model.Network, r task.Recipe, holdOut float64) string {
	w := &writer{net: net, recipe: r, holdOut: holdOut}
	w.data()
	w.network()
	w.training()
	w.evaluation()
	return w.String()
}

// writer writes a script.
type writer struct {
	strings.Builder
	net     *model.Network
	recipe  task.Recipe
	holdOut float64
}

func (w *writer) f(format string, args ...any) { fmt.Fprintf(&w.Builder, format+"\n", args...) }

// augmented reports whether the pictures of training are changed in ways that Keras has layers for.
func (w *writer) augmented() bool { return w.recipe.Flip || w.recipe.Shift > 0 }

func (w *writer) data() {
	t := w.net.Task
	w.f("# %s on CIFAR-10, for Keras 3 (pip install keras tensorflow matplotlib).", strings.Join(strings.Fields(w.net.Name), " "))
	w.f("import math\n\nimport keras\nimport matplotlib.pyplot as plt\nimport numpy as np")
	w.f("%s", importing(w.net.Input, w.net.Nodes(), w.recipe.L2))
	w.f("# Data: 50,000 pictures to learn from and 10,000 to test with, of ten classes.")
	w.f("(x_train, y_train), (x_test, y_test) = keras.datasets.cifar10.load_data()")
	var names []string
	for _, c := range t.Classes {
		names = append(names, strconv.Quote(c))
	}
	w.f("classes = [%s]", strings.Join(names, ", "))
	w.f("\n# Preprocessing: bytes become numbers, and classes rows with a 1.")
	w.f("def prepare(x):\n    return %s\n", Scaled(`x.astype("float32")`, t))
	w.f("x_train2, x_test2 = prepare(x_train), prepare(x_test)")
	w.f("y_train2 = keras.utils.to_categorical(y_train, %d)\ny_test2 = keras.utils.to_categorical(y_test, %[1]d)", len(t.Classes))
}

// Scaled returns the expression that turns a byte x into an input, as Python and JavaScript both
// write it.
func Scaled(x string, t task.Task) string {
	s := x
	if inverse := 1 / t.Scale; math.Abs(inverse-math.Round(inverse)) < 1e-9 && inverse > 1 {
		s += fmt.Sprintf(" / %.0f", inverse)
	} else if t.Scale != 1 {
		s += " * " + numberOf(t.Scale)
	}
	switch {
	case t.Shift > 0:
		s += " + " + numberOf(t.Shift)
	case t.Shift < 0:
		s += " - " + numberOf(-t.Shift)
	}
	return s
}

func (w *writer) network() {
	w.f("\n# Network")
	w.WriteString(definition(w.net.Input, w.net.Nodes(), w.recipe.L2))
}

func (w *writer) training() {
	r := w.recipe
	w.f("\n# Training")
	w.f("INIT_LR = %s\nBATCH_SIZE = %d\nEPOCHS = %d", numberOf(r.Rate), r.Batch, r.Epochs)
	if r.Schedule != task.PerEpoch && r.Schedule != task.Constant || r.WarmUp > 0 {
		w.f("EPOCH_STEPS = math.ceil(len(x_train) / BATCH_SIZE)\nSTEPS = EPOCHS * EPOCH_STEPS")
	}
	for _, s := range w.beyond() {
		w.f("# %s is Tenfold's own, and is not in this script.", s)
	}
	rate := w.schedule()
	w.f("\nkeras.utils.set_random_seed(%d)\nmodel = make_model()\nmodel.summary()", r.Seed)
	w.f("model.compile(\n    loss=%s,\n    optimizer=keras.optimizers.%s,\n    metrics=[\"accuracy\"],\n)", w.loss(), w.optimizer(rate))
	w.batches()
	if w.holdOut > 0 && w.augmented() { // of which fit cannot hold out a share
		w.f("\nkept = int(len(x_train2) * (1 - %s))", numberOf(w.holdOut))
	}
	w.f("history = model.fit(")
	switch {
	case w.holdOut > 0 && w.augmented():
		w.f("    Batches(x_train2[:kept], y_train2[:kept], batch_size=BATCH_SIZE),")
	case w.augmented():
		w.f("    Batches(x_train2, y_train2, batch_size=BATCH_SIZE),")
	default:
		w.f("    x_train2, y_train2,\n    batch_size=BATCH_SIZE,\n    shuffle=True,")
	}
	w.f("    epochs=EPOCHS,")
	callbacks := []string{`keras.callbacks.ModelCheckpoint("cifar.{epoch:03d}.keras")`}
	if r.Schedule == task.PerEpoch && r.WarmUp == 0 {
		callbacks = append([]string{"keras.callbacks.LearningRateScheduler(lr_scheduler)"}, callbacks...)
	}
	w.f("    callbacks=[%s],", strings.Join(callbacks, ", "))
	switch {
	case w.holdOut > 0 && w.augmented():
		w.f("    validation_data=(x_train2[kept:], y_train2[kept:]),")
	case w.holdOut > 0:
		w.f("    validation_split=%s,", numberOf(w.holdOut))
	default:
		w.f("    validation_data=(x_test2, y_test2),")
	}
	w.f(")")
}

// beyond lists what in the recipe Keras has no equivalent of.
func (w *writer) beyond() []string {
	r := w.recipe
	var all []string
	for _, s := range []struct {
		on   bool
		name string
	}{
		{r.Doodles > 0, fmt.Sprintf("A share of %g of doodles", r.Doodles)},
		{r.Sketch > 0, fmt.Sprintf("A share of %g of pictures as drawings", r.Sketch)},
		{r.Strange > 0, fmt.Sprintf("A share of %g of strange pictures", r.Strange)},
		{r.RandConv > 0, fmt.Sprintf("Random convolution of a share of %g", r.RandConv)},
		{r.Alternate && r.Flip, "Mirroring in every second epoch"},
		{r.Zoom > 0, fmt.Sprintf("Cropping by up to %g", r.Zoom)},
		{r.Jitter > 0, fmt.Sprintf("Changing colours by up to %g", r.Jitter)},
		{r.Cutout > 0, fmt.Sprintf("Cutting out squares of %d", r.Cutout)},
		{r.Mixup > 0, fmt.Sprintf("Mixup with alpha %g", r.Mixup)},
		{r.NoDropout, "Leaving the dropout layers out"},
		{r.DenseOnly, "Training the dense layers alone"},
		{r.Average == task.Lookahead || r.Average == task.LookaheadLate, "Lookahead"},
	} {
		if s.on {
			all = append(all, s.name)
		}
	}
	return all
}

// schedule writes the rate's schedule, and returns the optimiser's argument for it.
func (w *writer) schedule() string {
	r, s := w.recipe, "INIT_LR"
	switch r.Schedule {
	case task.PerEpoch:
		if r.WarmUp == 0 {
			w.f("\ndef lr_scheduler(epoch):\n    return INIT_LR * %s ** epoch", numberOf(r.Decay))
			return s
		}
		s = fmt.Sprintf("keras.optimizers.schedules.ExponentialDecay(INIT_LR, EPOCH_STEPS, %s, staircase=True)", numberOf(r.Decay))
	case task.Exponential:
		s = fmt.Sprintf("keras.optimizers.schedules.ExponentialDecay(INIT_LR, EPOCH_STEPS, %s)", numberOf(r.Decay))
	case task.Cosine:
		s = "keras.optimizers.schedules.CosineDecay(INIT_LR, STEPS)"
	case task.Linear:
		s = "keras.optimizers.schedules.PolynomialDecay(INIT_LR, STEPS, 0.0)"
	case task.Steps:
		s = "keras.optimizers.schedules.PiecewiseConstantDecay([STEPS // 2, STEPS * 3 // 4], [INIT_LR, INIT_LR / 10, INIT_LR / 100])"
	case task.Triangular:
		w.own("Triangular", "rate, steps", "t = keras.ops.minimum(keras.ops.cast(step, \"float32\") / self.steps, 1.0)",
			"return self.rate * keras.ops.minimum(0.2 + 0.8 * t / 0.23, 1.0 - 0.93 * (t - 0.23) / 0.77)")
		s = "Triangular(INIT_LR, STEPS)"
	case task.OneCycle:
		w.own("OneCycle", "rate, steps", "t = keras.ops.minimum(keras.ops.cast(step, \"float32\") / self.steps, 1.0)",
			"up = 1.0 + (0.04 - 1.0) * (1.0 + keras.ops.cos(math.pi * t / 0.3)) / 2",
			"down = 4e-6 + (1.0 - 4e-6) * (1.0 + keras.ops.cos(math.pi * (t - 0.3) / 0.7)) / 2",
			"return self.rate * keras.ops.where(t < 0.3, up, down)")
		s = "OneCycle(INIT_LR, STEPS)"
	}
	if r.WarmUp > 0 {
		w.own("WarmUp", "schedule, steps", "step = keras.ops.cast(step, \"float32\")",
			"rate = self.schedule(step) if callable(self.schedule) else self.schedule",
			"return rate * keras.ops.minimum(step / self.steps, 1.0)")
		s = fmt.Sprintf("WarmUp(%s, %s * EPOCH_STEPS)", s, numberOf(r.WarmUp))
	}
	return s
}

// own writes a schedule that Keras does not have.
func (w *writer) own(name, params string, lines ...string) {
	w.f("\nclass %s(keras.optimizers.schedules.LearningRateSchedule):\n    def __init__(self, %s):", name, params)
	for p := range strings.SplitSeq(params, ", ") {
		w.f("        self.%s = %[1]s", p)
	}
	w.f("\n    def __call__(self, step):\n        %s", strings.Join(lines, "\n        "))
}

func (w *writer) loss() string {
	var args []string
	if f := w.net.Ending(); f != "softmax" {
		args = append(args, "from_logits=True")
	}
	if w.recipe.Smoothing > 0 {
		args = append(args, "label_smoothing="+numberOf(w.recipe.Smoothing))
	}
	if len(args) == 0 {
		return `"categorical_crossentropy"`
	}
	return "keras.losses.CategoricalCrossentropy(" + strings.Join(args, ", ") + ")"
}

// classNames are Keras' of the optimisers.
var classNames = map[string]string{"": "Adamax", task.Adamax: "Adamax", task.Adam: "Adam", task.SGD: "SGD", task.AdamW: "AdamW", task.RMSprop: "RMSprop", task.Muon: "Muon"}

func (w *writer) optimizer(rate string) string {
	r := w.recipe
	args := []string{"learning_rate=" + rate}
	set := func(name string, v float64) {
		if v != 0 {
			args = append(args, name+"="+numberOf(v))
		}
	}
	switch r.Optimizer {
	case task.SGD:
		if r.Momentum == 0 {
			set("momentum", 0.9)
		}
		set("momentum", r.Momentum)
		if r.Nesterov {
			args = append(args, "nesterov=True")
		}
	case task.Muon:
		set("momentum", r.Momentum)
	}
	set("weight_decay", r.WeightDecay)
	set("clipnorm", r.ClipNorm)
	set("global_clipnorm", r.GlobalClipNorm)
	set("clipvalue", r.ClipValue)
	if r.Average == task.EMA {
		args = append(args, "use_ema=True")
		set("ema_momentum", r.AverageMomentum)
	}
	return classNames[r.Optimizer] + "(" + strings.Join(args, ", ") + ")"
}

// batches writes a data set whose pictures are changed anew in every epoch.
func (w *writer) batches() {
	if !w.augmented() {
		return
	}
	var layers []string
	if w.recipe.Flip {
		layers = append(layers, `keras.layers.RandomFlip("horizontal")`)
	}
	if n := w.recipe.Shift; n > 0 {
		fill := map[bool]string{true: "reflect", false: "nearest"}[w.recipe.Reflect]
		layers = append(layers, fmt.Sprintf("keras.layers.RandomTranslation(%d / %d, %d / %d, fill_mode=%q)", n, w.net.Input[0], n, w.net.Input[1], fill))
	}
	w.f(`
augment = [%s]

class Batches(keras.utils.PyDataset):
    def __init__(self, x, y, batch_size):
        super().__init__()
        self.x, self.y, self.batch_size = x, y, batch_size
        self.order = np.random.permutation(len(x))

    def __len__(self):
        return math.ceil(len(self.x) / self.batch_size)

    def __getitem__(self, i):
        at = self.order[i * self.batch_size:(i + 1) * self.batch_size]
        x = self.x[at]
        for layer in augment:
            x = layer(x, training=True)
        return x, self.y[at]

    def on_epoch_end(self):
        np.random.shuffle(self.order)
`, strings.Join(layers, ", "))
}

func (w *writer) evaluation() {
	w.f(`
# Evaluation
loss, accuracy = model.evaluate(x_test2, y_test2)
probabilities = model.predict(x_test2)
predicted, true = probabilities.argmax(axis=1), y_test.ravel()
confusion = np.zeros((%d, %[1]d), int)
np.add.at(confusion, (true, predicted), 1)
print(f"test accuracy {accuracy:.4f}")

plt.figure(figsize=(8, 7))
plt.imshow(confusion)
plt.xticks(range(%[1]d), classes, rotation=90)
plt.yticks(range(%[1]d), classes)
plt.colorbar()

# Pictures
rows, columns = 8, 8
plt.figure(figsize=(2 * columns, 2.5 * rows))
for i, k in enumerate(np.random.choice(len(x_test), rows * columns, replace=False)):
    plt.subplot(rows, columns, i + 1)
    plt.imshow(x_test[k])
    plt.axis("off")
    plt.title(f"{classes[predicted[k]]} {probabilities[k].max():.2f}\ntrue: {classes[true[k]]}", fontsize=8)
plt.tight_layout()
plt.show()`, len(w.net.Classes))
}
