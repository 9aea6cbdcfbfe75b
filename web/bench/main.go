// Bench runs nn/cmd/tenfold-bench in a headless Chromium and prints its table.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"

	"tenfold/web/chromium"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	if err := run(os.Args[1:]); err != nil {
		log.Fatal(err)
	}
}

func run(args []string) error {
	dir, err := os.MkdirTemp("", "tenfold-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "bench.wasm")
	build := exec.Command("go", "build", "-o", program, "tenfold/nn/cmd/tenfold-bench")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("go build: %w", err)
	}
	browser, stop, err := chromium.Start()
	if err != nil {
		return err
	}
	defer stop()
	output, err := chromium.Run(context.Background(), browser, program, args...)
	fmt.Print(output)
	return err
}
