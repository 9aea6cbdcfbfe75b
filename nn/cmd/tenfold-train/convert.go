package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/convert"
	"tenfold/nn/doodles"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// openModel opens a model's file, ours or another tool's. If it has weights
// alone, the network is one like at, if that is not nil. What the file does not
// say of its task is guessed.
func openModel(path string, at *model.Network) (*model.Network, error) {
	o, err := new(asked).open(path, at, io.Discard)
	if err != nil {
		return nil, err
	}
	return o.Network, nil
}

// readModel reads a model's file; with a model.json of TensorFlow.js, also the
// .bin files beside it.
func readModel(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil || !strings.HasSuffix(path, designEnding) {
		return b, err
	}
	shards, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.bin"))
	if err != nil || len(shards) == 0 {
		return b, err
	}
	files := map[string][]byte{filepath.Base(path): b}
	for _, s := range shards {
		if files[filepath.Base(s)], err = os.ReadFile(s); err != nil {
			return nil, err
		}
	}
	return convert.Together(files)
}

// runConvert writes a model's file in another format.
func runConvert(_ context.Context, args []string) error {
	fs := flag.NewFlagSet("convert", flag.ContinueOnError)
	like := fs.String("like", "", "where IN has weights alone, their network: "+networkUsage)
	bare := fs.Bool("bare", false, "write OUT alone, without a README and a picture beside it")
	var says asked
	says.flags(fs)
	named := fs.String("recipe", "", "`name` of the recipe whose optimiser and loss a file for Keras is compiled with: "+recipeNames()+"; empty means that of IN, if it says one")
	fs.Usage = func() {
		fmt.Fprintf(fs.Output(), `usage: tenfold-train convert [flags] IN OUT
IN is a model's file in any of the formats, a bundle, a model.json of TensorFlow.js beside its .bin
files, or with -like a file of weights alone, of Keras or as safetensors.
OUT's ending says what it becomes: %s.
Beside OUT come OUT.README.md, with the lines that load it, and OUT.picture.png to check it with. With
.zip behind the ending (model.h5.zip) all three become one bundle; a .tfjs.zip always is one.
A file for Keras has the optimiser and its state too, where IN is a checkpoint of training or a
compiled model of Keras' that has them.
`, strings.Join(endings(), ", "))
		fs.PrintDefaults()
	}
	if err := positional(fs, args, 2); err != nil {
		return err
	}
	var at *model.Network
	if *like != "" {
		var err error
		if at, _, err = network(*like); err != nil {
			return err
		}
	}
	m, err := says.open(fs.Arg(0), at, os.Stderr)
	if err != nil {
		return err
	}
	how := m.State()
	if *named != "" {
		r, ok := task.NamedRecipe(*named)
		if !ok {
			return fmt.Errorf("no recipe is called %q: there are %s", *named, recipeNames())
		}
		how = how.With(r)
	}
	return writeModel(fs.Arg(1), m.Network, how, *bare)
}

// writeModel writes a model, and how it is trained, in the format of the file's
// name, and files that explain it.
func writeModel(path string, m *model.Network, how *convert.State, bare bool) error {
	if f, ok := convert.Bundled(path); ok && !bare {
		b, err := convert.Bundle(f, m, how, example(m))
		if err != nil {
			return err
		}
		return write(path, b)
	}
	if weightsAlone(path) {
		return fmt.Errorf("%s: Keras 3 keeps the ending .weights.h5 for weights alone, and this would be a whole model: want another name in .h5, or .keras", path)
	}
	f, err := convert.Of(path)
	if err != nil {
		return err
	}
	b, err := f.Save(m, how)
	if err != nil {
		return err
	}
	if err := write(path, b); err != nil || bare {
		return err
	}
	if m.Check() != nil { // which classifies nothing that could be explained
		fmt.Fprintf(os.Stderr, "%s is written, without a README and a picture: %v\n", path, m.Check())
		return nil
	}
	name := filepath.Base(path)
	readme, png, err := convert.Readme(f, m, name, name+".picture.png", example(m))
	if err != nil {
		return fmt.Errorf("%s is written, but not what explains it: %w", path, err)
	}
	if err := write(path+".README.md", readme); err != nil {
		return err
	}
	return write(path+".picture.png", png)
}

// weightsAlone says whether Keras 3 takes a name for that of a file of save_weights.
func weightsAlone(path string) bool { return strings.HasSuffix(strings.ToLower(path), ".weights.h5") }

// write writes a file whole, or leaves what was there.
func write(path string, b []byte) error {
	return checkpoint.Replace(path, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// example returns a drawing in the shape of a network's pictures: of some of
// each class that can be drawn, the one that the network is right and most sure
// about, or else the first.
func example(m *model.Network) []byte {
	if m.Check() != nil {
		return nil // as the README says
	}
	first := drawing(m.Task, 0, 1)
	if !slices.Equal(m.Classes, cifar10.Task.Classes) || m.Classifies() != nil {
		return first
	}
	const each = 4
	best, most := first, float32(0)
	predictor, x := m.Predictor(1), make([]float32, len(first))
	for class := range m.Classes {
		for number := range uint64(each) {
			pix := drawing(m.Task, class, number+1)
			m.Normalize(x, pix)
			if _, probs := predictor.Predict(x); model.Top(probs) == class && probs[class] > most {
				best, most = pix, probs[class]
			}
		}
	}
	return best
}

// drawing returns one of a class in the shape of a task's pictures: a small one
// is every second or third pixel of a larger, a grey one its green.
func drawing(t task.Task, class int, number uint64) []byte {
	h, w, c := t.Input[0], t.Input[1], t.Input[2]
	times := (doodles.MinSide + min(h, w) - 1) / min(h, w)
	for times > 1 && times*max(h, w) > doodles.MaxSide {
		times--
	}
	large := task.Shape{max(times*h, doodles.MinSide), max(times*w, doodles.MinSide), 3}
	pix := make([]byte, large.Size())
	doodles.Draw(pix, large, class, number)
	var out []byte
	for y := range h {
		for x := range w {
			p := pix[(y*times*large[1]+x*times)*3:]
			if c == 1 {
				out = append(out, p[1])
			} else {
				out = append(out, p[:3]...)
			}
		}
	}
	return out
}
