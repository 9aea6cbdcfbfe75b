package main

import (
	"context"
	"io"

	"tenfold/nn/cifar10"
	"tenfold/nn/evaluate"
	"tenfold/nn/model"
	"tenfold/nn/spec"
)

func runData(context.Context, []string) error     { return nil }
func runEvaluate(context.Context, []string) error { return nil }
func runBench(context.Context, []string) error    { return nil }
func drawSamples(string, *cifar10.Set, uint64) error {
	return nil
}
func report(io.Writer, []string, *evaluate.Result) {}
func drawAll(string, *model.Sequential, []spec.Epoch, *cifar10.Set, *evaluate.Result, uint64) error {
	return nil
}
