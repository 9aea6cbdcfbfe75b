package keras

import (
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// TestTutorialCells: the tutorial's make_model and its training cell give its network where the cell that
// says how many classes there are is not among what is pasted, and say what is taken.
func TestTutorialCells(t *testing.T) {
	for name, code := range map[string]string{
		"a name":          "Dense(NUM_CLASSES)",
		"small letters":   "Dense(units=num_classes)",
		"of a list":       "Dense(len(class_names))",
		"of the data":     "Dense(len(train_ds.class_names))",
		"of its features": "Dense(ds_info.features['label'].num_classes)",
	} {
		s, err := Read("model = Sequential([Flatten(), "+code+"])", cifar10.Task, task.Recipe{})
		if err != nil || s.Network.Output().Size() != 10 || len(s.Notes) != 1 || !strings.HasSuffix(s.Notes[0].Text, " is not known from the code: 10 is taken, the number of classes of the pictures") {
			t.Errorf("%s: %+v (%v)", name, s, err)
		}
		if _, err := Read("model = Sequential([Flatten(), "+code+"])", task.Task{Input: cifar10.Task.Input}, task.Recipe{}); err == nil {
			t.Errorf("%s: no error where nobody knows how many classes there are", name)
		}
	}
	s, err := Read(fixture(t, "55_tutorial_cells.py"), cifar10.Task, task.Recipe{})
	if err != nil || defined(s.Network) != defined(model.Tutorial()) || s.Recipe != (task.Recipe{Epochs: 10, Batch: 32, Rate: 5e-3, Decay: 0.9, Optimizer: task.Adamax}) {
		t.Errorf("%+v (%v)", s, err)
	}
}

// TestUndefined names what nobody defines, wherever it is wanted, and says what would.
func TestUndefined(t *testing.T) {
	const begin, end = "model = Sequential([Flatten()])\n", " is not defined in the code: add a line like "
	for code, want := range map[string]string{
		"Sequential([Dense(UNITS)])":                                                                            "line 1: Dense: units: UNITS" + end + "UNITS = 32",
		"Sequential([Dense(2 * UNITS + 1)])":                                                                    "line 1: Dense: units: UNITS" + end + "UNITS = 32",
		"n = int(round(UNITS * 0.5))\nSequential([Dense(n)])":                                                   "line 2: Dense: units: UNITS" + end + "UNITS = 32",
		"Sequential([Dropout(RATE)])":                                                                           "line 1: Dropout: rate: RATE" + end + "RATE = 0.25",
		"Sequential([Conv2D(8, K)])":                                                                            "line 1: Conv2D: kernel_size: K" + end + "K = (3, 3)",
		"Sequential([Conv2D(8, (K, K))])":                                                                       "line 1: Conv2D: kernel_size: K" + end + "K = (3, 3)",
		"Sequential([Conv2D(8, 3, padding=PAD)])":                                                               "line 1: Conv2D: padding: PAD" + end + "PAD = 'same'",
		"Sequential([Conv2D(8, 3, use_bias=BIAS)])":                                                             "line 1: Conv2D: use_bias: BIAS" + end + "BIAS = True",
		"Sequential([Dense(8, activation=ACT)])":                                                                "line 1: Dense: activation: ACT" + end + "ACT = 'relu'",
		"Sequential([Dense(8, kernel_initializer=INIT)])":                                                       "line 1: Dense: kernel_initializer: INIT" + end + "INIT = 'he_normal'",
		"Sequential([Dense(8, kernel_regularizer=REG)])":                                                        "line 1: Dense: kernel_regularizer: REG" + end + "REG = L2(0.0001)",
		"Sequential([Dense(8, kernel_regularizer=l2(DECAY))])":                                                  "line 1: Dense: kernel_regularizer: L2: DECAY" + end + "DECAY = 0.0001",
		"Sequential([Dense(8, bias_initializer=Constant(B))])":                                                  "line 1: Dense: bias_initializer: Constant: B" + end + "B = 0.1",
		begin + "model.fit(x, y, batch_size=BATCH_SIZE)":                                                        "line 2: batch_size: BATCH_SIZE" + end + "BATCH_SIZE = 32",
		begin + "model.fit(x, y, epochs=EPOCHS)":                                                                "line 2: epochs: EPOCHS" + end + "EPOCHS = 1",
		begin + "model.compile(Adam(LR))":                                                                       "line 2: learning_rate: LR" + end + "LR = 0.001",
		begin + "model.compile(Adam(LR / 10))":                                                                  "line 2: learning_rate: LR" + end + "LR = 0.001",
		begin + "model.compile(SGD(0.1, momentum=M))":                                                           "line 2: momentum: M" + end + "M = 0.9",
		begin + "model.compile('adam', CategoricalCrossentropy(label_smoothing=S))":                             "line 2: label_smoothing: S" + end + "S = 0.1",
		begin + "model.compile(Adam(CosineDecay(LR, 100)))":                                                     "line 2: CosineDecay: LR" + end + "LR = 0.001",
		begin + "model.compile(Adam(ExponentialDecay(0.1, STEPS, 0.9)))":                                        "line 2: ExponentialDecay: STEPS" + end + "STEPS = 1000",
		begin + "def f(e):\n  return INIT_LR * 0.9 ** e\nmodel.fit(x, y, callbacks=[LearningRateScheduler(f)])": "line 2: f: INIT_LR" + end + "INIT_LR = 0.005",
		"model = Sequential()\nfor n in FILTERS:\n  model.add(Dense(n))":                                        "line 2: what this loop goes over is not known from the code: FILTERS is not defined in it",
		"model = Sequential()\nfor n in range(DEPTH):\n  model.add(Dense(n))":                                   "line 2: what this loop goes over is not known from the code: DEPTH is not defined in it",
		"model = Sequential()\nif DEEP:\n  model.add(Dense(8))":                                                 "line 2: what this if depends on is not known from the code: DEEP is not defined in it",
		"model = make_model()\nmodel.compile('adam')":                                                           "line 2: make_model is not defined in the code, from which the model comes that is trained: add the lines that define it",
		"model.fit(x, y)": "line 1: model is not defined in the code, from which the model comes that is trained: add the lines that define it",
		"x = Input((32, 32, 3))\nx = residual_block(x, 8)": "line 2: residual_block is not defined in the code, and not among the layers here: add the lines that define it",
		"model = Sequential()\nmodel.add(block)":           "line 2: block is not defined in the code, and not among the layers here: add the lines that define it",
	} {
		if _, err := Read(code, cifar10.Task, task.Recipe{}); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", code, err, want)
		}
	}
}
