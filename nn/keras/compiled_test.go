package keras

import (
	"testing"

	"tenfold/nn/model"
	"tenfold/nn/task"
)

// TestCompiled reads how a model's file is compiled, as Keras 2 and 3 write it and as Encode does.
func TestCompiled(t *testing.T) {
	base := task.Recipe{Epochs: 7, Batch: 8, Rate: 5e-3, Decay: 0.9}
	is := func(change func(r *task.Recipe)) task.Recipe {
		r := task.Recipe{Epochs: 7, Batch: 8, Decay: 1, Schedule: task.Constant, Optimizer: task.Adam, Rate: 0.002}
		change(&r)
		return r
	}
	for text, want := range map[string]task.Recipe{
		`{"optimizer": {"module": "keras.optimizers", "class_name": "Adam", "config": {"name": "adam", "learning_rate": 0.002, "beta_1": 0.9, "use_ema": false, "clipnorm": null, "loss_scale_factor": null}, "registered_name": null}, "loss": "sparse_categorical_crossentropy"}`:                is(func(*task.Recipe) {}),
		`{"optimizer_config": {"class_name": "Custom>Adamax", "config": {"learning_rate": 0.004, "decay": 0.0, "is_legacy_optimizer": true}}, "loss": {"class_name": "CategoricalCrossentropy", "config": {"label_smoothing": 0.1}}}`:                                                              is(func(r *task.Recipe) { r.Optimizer, r.Rate, r.Smoothing = task.Adamax, 0.004, 0.1 }),
		`{"optimizer_config": {"class_name": "SGD", "config": {"learning_rate": 0.1, "momentum": 0.8, "nesterov": true}}}`:                                                                                                                                                                         is(func(r *task.Recipe) { r.Optimizer, r.Rate, r.Momentum, r.Nesterov = task.SGD, 0.1, 0.8, true }),
		`{"optimizer": {"class_name": "Adam", "config": {"learning_rate": {"module": "keras.optimizers.schedules", "class_name": "CosineDecay", "config": {"initial_learning_rate": 0.01, "decay_steps": 1000, "alpha": 0.0, "name": "CosineDecay", "warmup_target": null, "warmup_steps": 0}}}}}`: is(func(r *task.Recipe) { r.Schedule, r.Rate = task.Cosine, 0.01 }),
	} {
		if r, ok := Compiled([]byte(text), base); !ok || r != want {
			t.Errorf("%s: %+v (%v), want %+v", text, r, ok, want)
		}
	}
	for _, text := range []string{"", "{}", "null", "[]", `{"optimizer": "adam"}`, `{"optimizer": {"class_name": "Ftrl", "config": {}}}`, `{"optimizer": {"class_name": "Adam", "config": {"learning_rate": {}}}}`} {
		if r, ok := Compiled([]byte(text), base); ok || r != base {
			t.Errorf("%s: %+v", text, r)
		}
	}
	r := is(func(r *task.Recipe) { r.Smoothing, r.ClipNorm, r.Average, r.AverageMomentum = 0.1, 2, task.EMA, 0.95 })
	e, err := Encode(model.Tutorial(), &r, Legacy)
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := Compiled(e.Training, base); !ok || got != r {
		t.Errorf("what is written comes back as %+v, want %+v", got, r)
	}
}

func FuzzCompiled(f *testing.F) {
	f.Add(`{"optimizer": {"class_name": "Adam", "config": {"learning_rate": {"class_name": "CosineDecay", "config": {"initial_learning_rate": 0.01}}}}, "loss": {"class_name": "CategoricalCrossentropy", "config": {"label_smoothing": 0.1}}}`)
	f.Fuzz(func(t *testing.T, text string) { Compiled([]byte(text), task.TutorialRecipe) })
}
