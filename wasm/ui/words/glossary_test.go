package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tenfold/wasm/ui/words"
)

// jargon are the field's terms that a page may use. A word of a view that is not here is taken
// for plain; whoever uses another term adds it, and to the glossary what it means.
var jargon = []string{
	"accuracy", "activation", "Adam", "Adamax", "augmentation", "batch", "batch size", "bias", "calibration", "channel", "checkpoint", "CIFAR-10", "class",
	"confidence", "confusion matrix", "convolution", "Conv2D", "cross-entropy", "data set", "decay", "dense", "dense layer", "dilation", "dropout", "ECE", "epoch", "F1",
	"feature map", "filter", "fine-tune", "fine-tuning", "flatten", "Grad-CAM", "gradient", "gradient ascent", "hyperparameters", "initial weights", "iteration",
	"kernel", "L2", "L2 regularisation", "label", "layer", "LeakyReLU", "learning rate", "learning-rate decay", "logit", "logits", "loss", "max-pooling", "McNemar", "McNemar's test",
	"maximum activation", "mean picture", "momentum", "multiply-adds", "neural network", "normalisation", "occlusion", "offline use", "optimiser", "overfitting", "padding",
	"parameters", "pixel", "precision", "pretrained", "probability", "random flip", "random horizontal flip", "random seed", "random shift", "recall", "relaxed SIMD", "ReLU",
	"seed", "service worker", "SGD", "SIMD", "softmax", "step", "stride", "support", "teach", "temperature", "temperature scaling", "test accuracy", "test set", "top-2 accuracy",
	"trainable layers", "training set", "training settings", "transfer", "unit", "validation accuracy", "validation set", "validation split", "WebAssembly", "WebGL",
	"weights", "worker", "batch normalisation", "layer normalisation", "average pooling", "global average pooling", "depthwise convolution", "separable convolution",
	"shortcut", "ELU", "softplus", "Gaussian noise", "rescaling", "views", "doodles", "sketches", "strange pictures", "Nesterov", "dead units", "confidence interval", "ONNX",
	"safetensors", "TensorFlow.js", "project", "head", "last layer",
}

// covered returns the glossary's terms and other words for them, in lower case.
func covered() map[string]string {
	all := map[string]string{}
	for _, topic := range words.Glossary {
		for _, term := range topic.Terms {
			for _, name := range append([]string{term.Term}, term.Also...) {
				all[strings.ToLower(name)] = term.Says
			}
		}
	}
	return all
}

// TestGlossary checks that what the views say in the field's terms is explained.
func TestGlossary(t *testing.T) {
	all := covered()
	explained := func(term string) bool {
		term = strings.ToLower(term)
		for _, name := range []string{term, strings.TrimSuffix(term, "s"), term + "s"} {
			if all[name] != "" {
				return true
			}
		}
		return false
	}
	for _, term := range jargon {
		if !explained(term) {
			t.Errorf("the glossary does not have %q", term)
		}
	}
	for kind := range words.Model.Kinds {
		if !explained(kind) {
			t.Errorf("the glossary does not have the layer or activation %q", kind)
		}
	}
	for _, label := range settings() {
		if !explained(label) {
			t.Errorf("the glossary does not have Train's setting %q", label)
		}
	}
	used := map[string]int{}
	for _, text := range texts(t) {
		for _, term := range jargon {
			if regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(term) + `s?\b`).MatchString(text) {
				used[term]++
			}
		}
	}
	t.Logf("%d of %d terms are used by the views as they are now", len(used), len(jargon))
	for _, word := range technical(texts(t)) {
		if !explained(word) && !slices.Contains(known, word) {
			t.Errorf("the views say %q, which the glossary does not have", word)
		}
	}
}

// settings returns what Train's settings are called, without what stands behind a comma or in brackets.
func settings() (all []string) {
	v := reflect.ValueOf(words.Train)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(words.Setting); ok {
			label, _, _ := strings.Cut(s.Label, "(")
			label, _, _ = strings.Cut(label, ",")
			all = append(all, strings.TrimSpace(label))
		}
	}
	return all
}

// known are names in mixed case that explain nothing to the network's reader.
var known = []string{"TensorFlow", "JavaScript", "QuickDraw", "localhost", "SwiftShader", "LeNet"}

// camel are words in mixed case: names of the field, as LeakyReLU.
var camel = regexp.MustCompile(`\b[A-Za-z]+[a-z][A-Z][A-Za-z0-9]*\b`)

func technical(texts []string) (all []string) {
	for _, text := range texts {
		for _, word := range camel.FindAllString(text, -1) {
			if !slices.Contains(all, word) {
				all = append(all, word)
			}
		}
	}
	return all
}

// texts returns what the words of the views say, except for Help's.
func texts(t *testing.T) (all []string) {
	t.Helper()
	mine := []string{"glossary.go", "help.go", "keys.go"}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || slices.Contains(mine, name) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		keys := map[ast.Expr]bool{} // of maps, which are not texts
		ast.Inspect(f, func(n ast.Node) bool {
			if kv, ok := n.(*ast.KeyValueExpr); ok {
				keys[kv.Key] = true
			}
			if s, ok := n.(*ast.BasicLit); ok && keys[s] {
				return true
			}
			if s, ok := n.(*ast.BasicLit); ok && s.Kind == token.STRING {
				all = append(all, strings.Trim(s.Value, "\"`"))
			}
			return true
		})
	}
	if len(all) < 20 {
		t.Fatalf("%d texts: the words are not read", len(all))
	}
	return all
}

// TestGlossaryPlain checks that each term stands once and is explained in few words.
func TestGlossaryPlain(t *testing.T) {
	seen := map[string]bool{}
	for _, topic := range words.Glossary {
		for _, term := range topic.Terms {
			if n := len(strings.Fields(term.Says)); n < 5 || n > 36 {
				t.Errorf("%s: %d words", term.Term, n)
			}
			if seen[term.Term] || !strings.HasSuffix(term.Says, ".") {
				t.Errorf("%s stands twice, or has no full stop", term.Term)
			}
			seen[term.Term] = true
		}
	}
}
