package keras

import (
	"encoding/json"
	"fmt"

	"tenfold/nn/task"
)

// compiled writes how a model is compiled: into the config of Keras 3, or as the training_config
// of an HDF5 file. A rate that changes is written as its first one.
func (e *encoder) compiled(r task.Recipe, config map[string]any) ([]byte, error) {
	optimizer := e.optimizer(r)
	var loss any = "categorical_crossentropy"
	if logits := e.net.Ending() != "softmax"; logits || r.Smoothing > 0 {
		loss = e.object("keras.losses", "CategoricalCrossentropy", map[string]any{
			"name": "categorical_crossentropy", "from_logits": logits, "label_smoothing": r.Smoothing,
		})
	}
	all := map[string]any{"loss": loss, "loss_weights": nil, "metrics": []any{"accuracy"}, "weighted_metrics": nil}
	if e.dialect == Keras3 {
		all["optimizer"], all["run_eagerly"], all["steps_per_execution"], all["jit_compile"] = optimizer, false, 1, false
		config["compile_config"] = all
		return nil, nil
	}
	if r.Optimizer == task.Muon { // of Keras 3.10 on
		return nil, nil
	}
	all["optimizer_config"] = optimizer
	text, err := json.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("keras: %w", err)
	}
	return text, nil
}

// optimizer returns that of a recipe.
func (e *encoder) optimizer(r task.Recipe) any {
	class := classNames[r.Optimizer]
	config := map[string]any{"name": snake(class), "learning_rate": r.Rate}
	switch r.Optimizer {
	case task.SGD:
		config["momentum"], config["nesterov"] = r.Momentum, r.Nesterov
		if r.Momentum == 0 {
			config["momentum"] = 0.9
		}
	case task.RMSprop:
		config["name"], config["rho"], config["momentum"], config["epsilon"] = "rmsprop", 0.9, 0.0, 1e-7
	case task.Muon:
		if r.Momentum > 0 {
			config["momentum"] = r.Momentum
		}
	default:
		config["beta_1"], config["beta_2"], config["epsilon"] = 0.9, 0.999, 1e-7
	}
	if r.Optimizer == task.AdamW {
		config["name"] = "adamw"
	}
	for name, v := range map[string]float64{"weight_decay": r.WeightDecay, "clipnorm": r.ClipNorm, "global_clipnorm": r.GlobalClipNorm, "clipvalue": r.ClipValue} {
		if v != 0 {
			config[name] = v
		}
	}
	if r.Average == task.EMA {
		config["use_ema"] = true
		if r.AverageMomentum > 0 {
			config["ema_momentum"] = r.AverageMomentum
		}
	}
	return e.object("keras.optimizers", class, config)
}
