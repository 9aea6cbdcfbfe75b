package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"tenfold/nn/checkpoint"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// fileEnding tells a network's file from a name.
const fileEnding = ".safetensors"

// network returns the network of a name of model.Networks, or that of a file, whose weights
// are not taken: they are still to be drawn. short is what a run of it is called.
func network(name string) (m *model.Network, short string, err error) {
	if strings.HasSuffix(name, fileEnding) {
		m, err := architecture(name)
		return m, strings.TrimSuffix(filepath.Base(name), fileEnding), err
	}
	if m, ok := model.Named(name); ok {
		return m, name, nil
	}
	var names []string
	for _, n := range model.Networks {
		names = append(names, n.Name)
	}
	return nil, "", fmt.Errorf("no network is called %q: there are %s, and files that end in %s", name, strings.Join(names, ", "), fileEnding)
}

// architecture returns the network of a file without what belongs to its weights.
func architecture(path string) (*model.Network, error) {
	f, err := checkpoint.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m, err := model.Open(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	m.Measured, m.Temperature, m.Doubt, m.Report, m.History, m.Moments = nil, 0, 0, nil, nil, nil
	m.SetSeen(task.Seen{})
	return m, nil
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
	fmt.Print(m.Summary())
	return nil
}

const networkUsage = "`name` of a network, see tenfold-train networks, or a .safetensors file whose layers are taken"
