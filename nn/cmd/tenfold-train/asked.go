package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"tenfold/nn/convert"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// asked is what the user says of a model's file that does not say it, or to
// override what it says.
type asked struct{ classes, scale string }

// flags adds its flags to those of a command.
func (a *asked) flags(fs *flag.FlagSet) {
	var names []string
	for _, s := range task.Scalings {
		names = append(names, fmt.Sprintf("%s (%s)", s.Name, formula(s.Scale, s.Shift)))
	}
	fs.StringVar(&a.classes, "classes", "", "what the classes of a model of another tool are called, in the order of its outputs: `names` with commas between them, or a file with one in each line; empty means what the file says, or a guess")
	fs.StringVar(&a.scale, "scale", "", "how the bytes of pictures become the numbers that go into a model of another tool: `"+"name`, one of "+strings.Join(names, ", ")+", or the mean and the deviation of bytes, with a comma between them, for (byte - mean) / deviation; empty means what the file says, or a guess")
}

// open opens a model's file, and writes to out what is guessed about it.
func (a *asked) open(path string, at *model.Network, out io.Writer) (*convert.Opened, error) {
	b, err := readModel(path)
	if err != nil {
		return nil, err
	}
	o, err := convert.Open(b, at)
	if err == nil {
		for _, l := range o.LeftOut() {
			fmt.Fprintf(out, "%s: %s\n", path, l)
		}
		err = a.tell(o, path, out)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return o, nil
}

// tell gives an opened model what the user says, and writes what is guessed.
func (a *asked) tell(o *convert.Opened, path string, out io.Writer) error {
	if a.classes != "" {
		names, err := named(a.classes)
		if err != nil {
			return err
		}
		if n := o.Output().Size(); len(names) != n {
			return fmt.Errorf("-classes has %d names, the network %d outputs", len(names), n)
		}
		o.Classes = names
	} else if o.Unsaid.Classes {
		fmt.Fprintf(out, "%s does not say what its classes are called: taken are %s; -classes says otherwise\n", path, strings.Join(o.Classes, ", "))
	}
	if a.scale != "" {
		s, err := scaling(a.scale)
		if err != nil {
			return err
		}
		o.Scale, o.Shift = s.Scale, s.Shift
	} else if o.Unsaid.Scaling {
		fmt.Fprintf(out, "%s does not say how bytes become numbers: taken is %s; -scale says otherwise\n", path, formula(o.Scale, o.Shift))
	}
	if a.classes == "" && a.scale == "" {
		return nil
	}
	return o.Task.Check()
}

// named returns names of classes: the lines of a file, or names separated by
// commas.
func named(text string) ([]string, error) {
	separator := ","
	if b, err := os.ReadFile(text); err == nil {
		text, separator = strings.TrimRight(string(b), "\r\n"), "\n"
	} else if !errors.Is(err, os.ErrNotExist) || !strings.Contains(text, ",") {
		return nil, fmt.Errorf("-classes %s: want names with commas between them, or a file with one in each line: %w", text, err)
	}
	var names []string
	for name := range strings.SplitSeq(text, separator) {
		names = append(names, strings.TrimSpace(name))
	}
	return names, nil
}

// scaling returns the scaling of a name, or of a mean and a deviation.
func scaling(text string) (task.Scaling, error) {
	if i := slices.IndexFunc(task.Scalings, func(s task.Scaling) bool { return s.Name == text }); i >= 0 {
		return task.Scalings[i], nil
	}
	if first, second, ok := strings.Cut(text, ","); ok {
		mean, errMean := strconv.ParseFloat(strings.TrimSpace(first), 64)
		deviation, errDeviation := strconv.ParseFloat(strings.TrimSpace(second), 64)
		if errors.Join(errMean, errDeviation) == nil && deviation != 0 {
			return task.Standard(mean, deviation), nil
		}
	}
	var names []string
	for _, s := range task.Scalings {
		names = append(names, s.Name)
	}
	return task.Scaling{}, fmt.Errorf("-scale %s: want %s, or a mean and a deviation of bytes with a comma between them", text, strings.Join(names, ", "))
}

// formula says how a byte becomes a number.
func formula(scale, shift float64) string {
	text := "byte"
	if inverse := 1 / scale; inverse > 1 {
		text += "/" + strconv.FormatFloat(inverse, 'g', 6, 64)
	} else if scale != 1 {
		text += "*" + strconv.FormatFloat(scale, 'g', 6, 64)
	}
	switch {
	case shift > 0:
		text += " + " + strconv.FormatFloat(shift, 'g', 6, 64)
	case shift < 0:
		text += " - " + strconv.FormatFloat(-shift, 'g', 6, 64)
	}
	return text
}
