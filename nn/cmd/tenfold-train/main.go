// Tenfold-train fetches CIFAR-10, trains a network on it and evaluates the result, on this
// machine's processor.
//
//	tenfold-train data [flags]      fetch, verify and unpack the data set
//	tenfold-train train [flags]     train; see -help
//	tenfold-train evaluate [flags]  measure a model on the test set
//	tenfold-train doodles [flags]   draw sheets of the data set that a program draws
//	tenfold-train networks          list the networks that can be trained by name
//	tenfold-train summary [flags]   print a network as Keras' summary does
//	tenfold-train keras NETWORK     print a network and its recipe as a script for Keras
//	tenfold-train convert IN OUT    write a model's file in another format
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// commands lists what the program does; a new one adds a line here and a file.
var commands = []struct {
	name string
	run  func(ctx context.Context, args []string) error
}{
	{"data", runData},
	{"train", runTrain},
	{"evaluate", runEvaluate},
	{"doodles", runDoodles},
	{"networks", runNetworks},
	{"summary", runSummary},
	{"keras", runKeras},
	{"convert", runConvert},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	name, args := "", os.Args[1:]
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	for _, c := range commands {
		if c.name == name {
			exit(c.run(ctx, args))
		}
	}
	var names []string
	for _, c := range commands {
		names = append(names, c.name)
	}
	fmt.Fprintf(os.Stderr, "usage: tenfold-train %s [flags]\nEach command explains its flags with -help.\n", strings.Join(names, "|"))
	os.Exit(2)
}

// exit ends the program: 0 for success, 2 for wrong flags, 130 for Ctrl-C, and 1
// with a message for the rest.
func exit(err error) {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		os.Exit(0)
	case errors.Is(err, context.Canceled):
		os.Exit(130)
	case errors.Is(err, errFlags):
		os.Exit(2)
	}
	fmt.Fprintln(os.Stderr, "tenfold-train:", err)
	os.Exit(1)
}

// errFlags says that wrong flags were reported already.
var errFlags = errors.New("wrong flags")

// parse parses a command's flags, and takes no other arguments.
func parse(fs *flag.FlagSet, args []string) error {
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return errFlags
	}
	if fs.NArg() > 0 {
		fmt.Fprintf(fs.Output(), "%s takes flags only, not %q\n", fs.Name(), fs.Arg(0))
		return errFlags
	}
	return nil
}
