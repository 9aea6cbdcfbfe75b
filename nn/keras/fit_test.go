package keras

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

const softmax = "model = Sequential([Flatten(), Dense(10, 'softmax')])\n"

// TestFit reads each argument of fit and compile that has an effect in Keras, by its name and by its
// place: it is followed, or a note says that it is not.
func TestFit(t *testing.T) {
	const rate = "def f(e):\n  return 0.1 * 0.9 ** e\n"
	for code, want := range map[string]struct {
		epochs, batch int
		decay, held   float64
		notes         []string
	}{
		"model.fit(x, y)": {1, 32, 1, 0, nil},
		"model.fit(x, y, 64, 7, 1, None, 0.2, None, True)":                                                        {7, 64, 1, 0.2, nil},
		"model.fit(x, y, 64, 7, 1, [LearningRateScheduler(f)], 0.1)":                                              {7, 64, 0.9, 0.1, nil},
		"model.fit(x, y, epochs=2, callbacks=[EarlyStopping()])":                                                  {2, 32, 1, 0, []string{"EarlyStopping is left out: all epochs are trained, and the best is kept as well"}},
		"model.fit(x, y, epochs=2, callbacks=[STOP, TensorBoard()])":                                              {2, 32, 1, 0, []string{"fit: the callback STOP is not defined in the code, and left out"}},
		"model.fit(x, y, shuffle=False)":                                                                          {1, 32, 1, 0, []string{"fit: shuffle=False is left out: the pictures come in another order in each epoch"}},
		"model.fit(x, y, class_weight={0: 2})":                                                                    {1, 32, 1, 0, []string{"fit: class_weight is left out: all pictures count the same"}},
		"model.fit(x, y, sample_weight=w)":                                                                        {1, 32, 1, 0, []string{"fit: sample_weight is left out: all pictures count the same"}},
		"model.fit(x, y, initial_epoch=5, epochs=10)":                                                             {10, 32, 1, 0, []string{"fit: initial_epoch=5 is left out: training begins with the first epoch"}},
		"model.fit(x, y, initial_epoch=None or 0, epochs=10)":                                                     {10, 32, 1, 0, nil},
		"model.fit(x, y, steps_per_epoch=100)":                                                                    {1, 32, 1, 0, []string{"fit: steps_per_epoch=100 is left out: an epoch shows each picture once"}},
		"model.fit(x, y, steps_per_epoch=50000 // 32)":                                                            {1, 32, 1, 0, nil},
		"model.fit(x, y, steps_per_epoch=len(x) // 32)":                                                           {1, 32, 1, 0, nil},
		"model.fit(x, y, steps_per_epoch=STEPS)":                                                                  {1, 32, 1, 0, []string{"fit: steps_per_epoch=STEPS is left out: an epoch shows each picture once"}},
		"model.fit(x, y, validation_steps=5, validation_freq=2)":                                                  {1, 32, 1, 0, []string{"fit: validation_steps is left out", "fit: validation_freq is left out"}},
		"model.fit(x, y, verbose=0, validation_data=(a, b))":                                                      {1, 32, 1, 0, nil},
		"model.fit(x, y, patience=3)":                                                                             {1, 32, 1, 0, []string{"fit: patience is left out"}},
		"model.fit_generator(g, 100, 4)":                                                                          {4, 32, 1, 0, []string{"fit: steps_per_epoch=100 is left out: an epoch shows each picture once"}},
		"model.fit_generator(g, None, 4, 1, [LearningRateScheduler(f)])":                                          {4, 32, 0.9, 0, nil},
		"for e in range(10):\n  model.fit(x, y, epochs=1)":                                                        {10, 32, 1, 0, []string{"fit is called more than once: the epochs are added up"}},
		"model.fit(x, y, 64, 7)\nmodel.fit(x, y, 64, 2)":                                                          {9, 64, 1, 0, []string{"fit is called more than once: the epochs are added up"}},
		"model.fit(x, y, 64, 7)\nmodel.fit(x, y, 32, 2)":                                                          {9, 64, 1, 0, []string{"fit is called more than once, with other settings: the epochs are added up, and all trained with those of the first"}},
		"model.fit(x, y, epochs=7, callbacks=[LearningRateScheduler(f)])\nmodel.fit(x, y, epochs=2)":              {9, 32, 0.9, 0, []string{"fit is called more than once, with other settings: the epochs are added up, and all trained with those of the first"}},
		"model.fit(x, y, epochs=7)\nmodel.compile('adam', 'categorical_crossentropy')\nmodel.fit(x, y, epochs=2)": {2, 32, 1, 0, []string{"what is trained before this compile is left out: the model is trained once, as it is compiled last"}},
		"model.fit(x, y, epochs=7)\nother = Sequential([Flatten(), Dense(10, 'softmax')])\nother.compile('adam', 'categorical_crossentropy')\nother.fit(x, y, epochs=2)": {2, 32, 1, 0, []string{"several models are trained: the last one is taken"}},
		"model.compile('adam', 'categorical_crossentropy', loss_weights=[1])\nmodel.fit(x, y)":                                                                           {1, 32, 1, 0, []string{"compile: loss_weights is left out"}},
	} {
		s, err := Read(softmax+rate+"model.compile('adam', 'categorical_crossentropy')\n"+code, cifar10.Task, task.Recipe{})
		if err != nil {
			t.Errorf("%s: %v", code, err)
			continue
		}
		var notes []string
		for _, n := range s.Notes {
			notes = append(notes, n.Text)
		}
		if s.Recipe.Epochs != want.epochs || s.Recipe.Batch != want.batch || s.Recipe.Decay != want.decay || s.HoldOut != want.held || !slices.Equal(notes, want.notes) {
			t.Errorf("%s: %d epochs, batches of %d, decay %g, held out %g, notes %q; want %+v", code, s.Recipe.Epochs, s.Recipe.Batch, s.Recipe.Decay, s.HoldOut, notes, want)
		}
	}
	for code, want := range map[string]string{
		"model.fit(x, y, validation_split=2)":                                    "line 2: validation_split: 2: want a share from 0 up to 1",
		"model.fit(x, y, validation_split=SPLIT)":                                "line 2: validation_split: SPLIT is not defined in the code: add a line like SPLIT = 0.2",
		"model.fit(1, 2, 3, 4, 5, 6, 0.7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)": "",
	} {
		if _, err := Read(softmax+code, cifar10.Task, task.Recipe{}); err == nil || want != "" && err.Error() != want {
			t.Errorf("%s: %v, want %s", code, err, want)
		}
	}
}

// TestEnding notes a loss that does not fit how the network ends.
func TestEnding(t *testing.T) {
	const twice, none = "from_logits=True is left out: the network ends in a softmax, and in Keras the loss would apply another one",
		"the loss wants probabilities, and the network does not end in a softmax: it is trained as with from_logits=True. In Keras, give the last layer activation='softmax', or the loss from_logits=True"
	const logits = "model = Sequential([Flatten(), Dense(10)])\n"
	for code, want := range map[string]string{
		softmax + "model.compile('adam', 'categorical_crossentropy')":                      "",
		softmax + "model.compile('adam', SparseCategoricalCrossentropy(from_logits=True))": twice,
		softmax + "model.compile('adam', loss=CategoricalCrossentropy())":                  "",
		softmax + "model.compile('adam')":                                                  "",
		logits + "model.compile('adam', 'sparse_categorical_crossentropy')":                none,
		logits + "model.compile('adam', keras.losses.categorical_crossentropy)":            none,
		logits + "model.compile('adam', CategoricalCrossentropy())":                        none,
		logits + "model.compile('adam', SparseCategoricalCrossentropy(from_logits=True))":  "",
		logits + "model.add(Softmax())\nmodel.compile('adam', 'categorical_crossentropy')": "",
	} {
		s, err := Read(code, cifar10.Task, task.Recipe{})
		if err != nil {
			t.Fatal(err)
		}
		if want == "" && len(s.Notes) > 0 || want != "" && (len(s.Notes) != 1 || s.Notes[0].Text != want) {
			t.Errorf("%s: %v, want %q", code, s.Notes, want)
		}
	}
}

// TestPlaces gives arguments by all their places in Keras.
func TestPlaces(t *testing.T) {
	for code, want := range map[string]string{
		"Conv2D(8, (3, 3), (2, 2), 'same', 'channels_last', (1, 1), 1, 'relu')":              "Conv2D(8, (3, 3), strides=(2, 2), padding='same', activation='relu')",
		"Conv2D(8, 3, 1, 'same', None, 1, 1, 'relu', True, 'he_normal', 'zeros', l2(0.001))": "Conv2D(8, (3, 3), padding='same', activation='relu', kernel_regularizer=regularizers.L2(0.001), kernel_initializer='he_normal')",
		"Dense(8, 'relu', False, 'he_normal', 'zeros', l2(0.001), None)":                     "Dense(8, activation='relu', use_bias=False, kernel_regularizer=regularizers.L2(0.001), kernel_initializer='he_normal')",
		"Dropout(0.5, None, 3)":                         "Dropout(0.5, seed=3)",
		"SpatialDropout2D(0.5, 'channels_last')":        "SpatialDropout2D(0.5)",
		"MaxPooling2D(2, 2, 'same', 'channels_last')":   "MaxPooling2D(strides=(2, 2), padding='same')",
		"GlobalAveragePooling2D('channels_last', True)": "GlobalAveragePooling2D(keepdims=True)",
		"Flatten('channels_last')":                      "Flatten()",
		"SeparableConv2D(8, 3, 1, 'same', None, 1, 2)":  "SeparableConv2D(8, (3, 3), padding='same', depth_multiplier=2)",
	} {
		l, err := Layer(code)
		if err != nil {
			t.Errorf("%s: %v", code, err)
		} else if got := Call(l, 0); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
	for code, want := range map[string]string{
		"Conv2D(8, 3, 1, 'same', 'channels_first')":      "Conv2D: data_format=\"channels_first\" is not supported here",
		"Conv2D(8, 3, 1, 'same', 'channels_last', 1, 2)": "Conv2D: groups=2 is not supported here",
		"Flatten(None, 2)": "Flatten takes at most 1 arguments by their places",
	} {
		if _, err := Layer(code); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", code, err, want)
		}
	}
}

// TestHeldOut: a share that is held out stands in the script, also where a generator makes the batches,
// of which fit cannot hold out any; Python reads it.
func TestHeldOut(t *testing.T) {
	plain := Script(model.Tutorial(), task.TutorialRecipe, 0.2)
	if s, err := Read(plain, cifar10.Task, task.Recipe{}); err != nil || s.HoldOut != 0.2 {
		t.Errorf("%+v (%v)\n%s", s, err, plain)
	}
	r := task.TutorialRecipe
	r.Flip = true
	code := Script(model.Tutorial(), r, 0.2)
	if !strings.Contains(code, "validation_data=(x_train2[kept:], y_train2[kept:])") || !strings.Contains(code, "Batches(x_train2[:kept], y_train2[:kept], ") {
		t.Error(code)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("SKIPPED: python3 is not installed, and it is what checks the scripts that go out to Keras")
	}
	cmd := exec.Command(python, "testdata/stub/stub.py")
	cmd.Stdin = strings.NewReader(code)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s\n%s", err, out, code)
	}
}
