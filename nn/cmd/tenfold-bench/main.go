// Tenfold-bench prints how many pictures a second this machine classifies and
// trains. It runs natively and, started by web/bench, in a browser.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"

	"tenfold/nn/bench"
)

func main() {
	rounds := flag.Int("rounds", 5, "rounds, of which the median counts")
	flag.Parse()
	results, err := bench.Run(context.Background(), *rounds)
	if err != nil {
		fmt.Fprintln(os.Stderr, "tenfold-bench:", err)
		os.Exit(1)
	}
	bench.Print(os.Stdout, runtime.GOOS+"/"+runtime.GOARCH, results)
}
