//go:build !js

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "classifier: this program runs in a browser; `make run` builds and serves it")
	os.Exit(2)
}
