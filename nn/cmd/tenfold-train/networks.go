package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"tenfold/nn/cifar10"
	"tenfold/nn/convert"
	"tenfold/nn/keras"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// What tells a network's file from a name, in addition to the endings of
// package convert's formats: Keras code, and an architecture as it stands in
// the metadata of a .safetensors file.
const (
	codeEnding   = ".py"
	cellsEnding  = ".ipynb" // of a notebook with code
	designEnding = ".json"
	zipEnding    = ".zip" // of a bundle, or of a model of TensorFlow.js
)

// network returns the network called name in model.Networks, or that of a file,
// without its weights, which have yet to be drawn. short is what a run of it is
// called.
func network(name string) (m *model.Network, short string, err error) {
	short = shortName(name)
	switch {
	case isCode(name):
		m, err = coded(name)
	case isModel(name):
		m, err = architecture(name)
		return m, short, err
	case strings.HasSuffix(name, designEnding):
		m, err = designed(name)
	default:
		if m, ok := model.Named(name); ok {
			return m, name, nil
		}
		if b, err := os.ReadFile(name); err == nil {
			if _, err := convert.Open(b, nil); err != nil {
				return nil, "", fmt.Errorf("%s: %s", name, strings.TrimPrefix(err.Error(), "convert: "))
			}
		}
		var names []string
		for _, n := range model.Networks {
			names = append(names, n.Name)
		}
		return nil, "", fmt.Errorf("no network is called %q: there are %s, and files that end in %s, %s, %s, %s", name, strings.Join(names, ", "), codeEnding, cellsEnding, designEnding, strings.Join(endings(), ", "))
	}
	if err == nil {
		m.Name = short
		m.Classes = cifar10.Task.Classes
	}
	return m, short, err
}

// isCode says whether a name is that of a file of Keras code.
func isCode(name string) bool {
	return strings.HasSuffix(name, codeEnding) || strings.HasSuffix(name, cellsEnding)
}

// isModel says whether a name is that of a file of one of the formats, or of a model.json of
// TensorFlow.js.
func isModel(name string) bool {
	if strings.HasSuffix(name, designEnding) {
		text, err := os.ReadFile(name)
		return err == nil && convert.Known(text)
	}
	_, err := convert.Of(name)
	return err == nil || strings.HasSuffix(name, zipEnding)
}

// endings returns the endings of all formats' files.
func endings() []string {
	var all []string
	for _, f := range convert.Formats {
		all = append(all, f.Ending)
	}
	return all
}

// shortName returns a file's name without its folder and its ending.
func shortName(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), zipEnding)
	return strings.TrimSuffix(strings.TrimSuffix(name, filepath.Ext(name)), ".tfjs")
}

// architecture returns the network of a file without what belongs to its weights.
func architecture(path string) (*model.Network, error) {
	m, err := openModel(path, nil)
	if err != nil {
		return nil, err
	}
	forget(m)
	m.SetSeen(task.Seen{})
	return m, nil
}

// forget drops what was measured with weights that are about to change.
func forget(m *model.Network) {
	m.Measured, m.Temperature, m.Doubt, m.Report, m.History, m.Moments = nil, 0, 0, nil, nil, nil
}

// coded reads the network of a file of Keras code.
func coded(path string) (*model.Network, error) {
	s, err := source(path)
	if err != nil {
		return nil, err
	}
	return s.Network, s.Network.Allocate()
}

// source reads a file of Keras code. What it does not say of a recipe is the tutorial's.
func source(path string) (*keras.Source, error) {
	code, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s, err := keras.Read(string(code), cifar10.Task, task.TutorialRecipe)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// designed reads an architecture: our own, or the JSON that Keras writes of a model.
func designed(path string) (*model.Network, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m, err := model.Designed(string(text))
	if bytes.Contains(text, []byte(`"class_name"`)) && bytes.Contains(text, []byte(`"config"`)) && err != nil {
		m, _, err = keras.Config(text)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, m.Allocate()
}

// runKeras prints a network and a recipe as a script for Keras.
func runKeras(_ context.Context, args []string) error {
	fs := flag.NewFlagSet("keras", flag.ContinueOnError)
	name := fs.String("recipe", "", "`name` of the recipe: "+recipeNames()+"; empty means that of the network or its file, or the tutorial's")
	fs.Usage = func() {
		fmt.Fprintf(fs.Output(), "usage: tenfold-train keras [flags] NETWORK\nNETWORK is a %s\n", strings.ReplaceAll(networkUsage, "`", ""))
		fs.PrintDefaults()
	}
	if err := positional(fs, args, 1); err != nil {
		return err
	}
	text, err := script(fs.Arg(0), *name)
	if err != nil {
		return err
	}
	fmt.Print(text)
	return nil
}

// script is a network as a script for Keras, with the recipe of a name, or its own. Where the network
// is for other pictures than CIFAR-10's, or for other classes, it is the network alone: the script's
// data would not fit.
func script(path, named string) (string, error) {
	m, _, err := network(path)
	if err != nil {
		return "", err
	}
	if err := m.Fits(cifar10.Task); err != nil {
		fmt.Fprintf(os.Stderr, "%s: this is the network alone, without the data and the training, which are for CIFAR-10: %s\n", path, strings.TrimPrefix(err.Error(), "model: "))
		return keras.Code(m.Input, m.Nodes()), nil
	}
	f := &trainFlags{network: path, named: named}
	recipe, err := f.base()
	if err != nil {
		return "", err
	}
	return keras.Script(m, recipe, f.held()), nil
}

// runNetworks lists the networks that have a name.
func runNetworks(_ context.Context, args []string) error {
	fs := flag.NewFlagSet("networks", flag.ContinueOnError)
	if err := parse(fs, args); err != nil {
		return err
	}
	return listNetworks(os.Stdout)
}

func listNetworks(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "name\tparameters\tmultiply-adds\t  about\n")
	for _, n := range model.Networks {
		m := n.New().Describe()
		adds := 0
		for _, l := range m.Layers {
			adds += l.MultiplyAdds
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t  %s\n", n.Name, model.Thousands(m.Params), model.Thousands(adds), n.About)
	}
	return w.Flush()
}

// runSummary prints Keras' summary of a network.
func runSummary(_ context.Context, args []string) error {
	fs := flag.NewFlagSet("summary", flag.ContinueOnError)
	name := fs.String("network", "tutorial", networkUsage)
	if err := parse(fs, args); err != nil {
		return err
	}
	m, _, err := network(*name)
	if err != nil {
		return err
	}
	if isCode(*name) {
		if s, err := source(*name); err == nil {
			tell(*name, s.Notes)
		}
	}
	fmt.Print(m.Summary())
	return nil
}

const networkUsage = "`name` of a network, see tenfold-train networks, or a file whose layers are taken: .safetensors, .keras, .h5 or .hdf5 of Keras, .tfjs.zip of TensorFlow.js, .onnx, .py of Keras code, .ipynb of a notebook with such code, or .json of an architecture"

// positional parses flags followed by n arguments.
func positional(fs *flag.FlagSet, args []string, n int) error {
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return errFlags
	}
	if fs.NArg() != n {
		fs.Usage()
		return errFlags
	}
	return nil
}
