// Tenfold-bench answers the requests of web/bench natively: one JSON object a line
// on the standard input, one on the standard output.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"unsafe"

	"tenfold/nn/bench"
)

func main() {
	file := flag.String("model", "web/model/tutorial.safetensors", "the model")
	pictures := flag.String("pictures", "", "pictures: float32, [n,h,w,c], normalised")
	test := flag.String("test", "", "CIFAR-10's test_batch.bin, for the accuracy")
	batch := flag.Int("batch", 32, "the largest batch that it trains on")
	flag.Parse()
	if err := serve(os.Stdin, os.Stdout, *file, *pictures, *test, *batch); err != nil {
		fmt.Fprintln(os.Stderr, "tenfold-bench:", err)
		os.Exit(1)
	}
}

func serve(in io.Reader, out io.Writer, file, pictures, test string, batch int) error {
	m, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	x, err := os.ReadFile(pictures)
	if err != nil {
		return err
	}
	var labelled []byte
	if test != "" {
		if labelled, err = os.ReadFile(test); err != nil {
			return err
		}
	}
	b, err := bench.New(m, unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(x))), len(x)/4), labelled, batch)
	if err != nil {
		return err
	}
	requests, answers := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var r bench.Request
		if err := requests.Decode(&r); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := answers.Encode(b.Ask(r)); err != nil {
			return err
		}
	}
}
