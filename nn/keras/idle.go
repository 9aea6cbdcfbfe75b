package keras

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"tenfold/nn/layer"
)

// idle are layers of Keras that change what goes through them in training alone, or never: there are
// none of them here, and a trained network answers the same without.
var idle = []string{
	"RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "RandomContrast", "RandomBrightness", "RandomHeight", "RandomWidth",
	"RandomSaturation", "RandomHue", "RandomSharpness", "RandomColorJitter", "RandomColorDegeneration", "RandomGrayscale", "RandomErasing",
	"RandomShear", "RandomPosterization", "RandomInvert", "RandomGaussianBlur", "RandomPerspective", "RandomElasticTransform",
	"RandAugment", "AugMix", "MixUp", "CutMix", "GaussianDropout", "AlphaDropout", "ActivityRegularization", "Identity",
}

// Idle says whether there is no need of a class's layers in a trained network: see Placed.
func Idle(class string) bool { return slices.Contains(idle, class) }

// normalization is the Rescaling that a Normalization is, whose mean and variance are single numbers;
// nil where they are not.
func normalization(settings json.RawMessage) []layer.Layer {
	var c struct {
		Mean, Variance any
		Invert         bool
	}
	if json.Unmarshal(settings, &c) != nil || c.Invert {
		return nil
	}
	mean, first := onlyNumber(c.Mean)
	variance, second := onlyNumber(c.Variance)
	if !first || !second || !(variance > 0) {
		return nil
	}
	scale := 1 / math.Max(math.Sqrt(variance), 1e-7) // Keras'
	return []layer.Layer{layer.Rescaling{Scale: scale, Offset: -mean * scale}}
}

// onlyNumber is that of a list of one, of one, and so on.
func onlyNumber(v any) (float64, bool) {
	for {
		switch w := v.(type) {
		case float64:
			return w, w-w == 0
		case []any:
			if len(w) != 1 {
				return 0, false
			}
			v = w[0]
		default:
			return 0, false
		}
	}
}

// remedy says what to do about a layer of a trained model that there is none of here. The model is trained,
// so that it cannot just be left out of the code.
func (c config) remedy() string {
	const without = "save the model without it, as keras.Sequential([keras.Input(%s), *model.layers[1:]]).save(\"model.keras\") does where it is the first"
	switch c.Class {
	case "Resizing", "CenterCrop", "RandomCrop":
		var s struct{ Height, Width int }
		json.Unmarshal(c.Config, &s)
		return fmt.Sprintf("pictures are brought in the size that the network takes in: "+without, fmt.Sprintf("(%d, %d, 3)", s.Height, s.Width))
	case "Normalization":
		return fmt.Sprintf(without+", and say its mean and deviation where it is asked how bytes become numbers", "shape")
	}
	return "export the model as ONNX, which may say it in operators that are, or train one without it"
}
