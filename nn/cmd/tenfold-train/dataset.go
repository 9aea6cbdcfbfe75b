package main

import (
	"tenfold/nn/cifar10"
	"tenfold/nn/cifar10/archive"
	"tenfold/nn/doodles"
	"tenfold/nn/evaluate"
	"tenfold/nn/task"
)

// dataHelp says what -data takes.
const dataHelp = "folder or .tar.gz of CIFAR-10, or \"doodles\" for the drawings that a program makes"

// dataSet is what is trained and measured on.
type dataSet struct {
	trainData, testData evaluate.Data // trainData is nil after openTest
	trainPart, testPart string        // what the parts are called in a model's file
}

// openData returns the data set that -data names.
func openData(name string) (*dataSet, error) {
	if name == task.Doodles {
		return openDoodles(), nil
	}
	train, test, err := archive.Load(name)
	if err != nil {
		return nil, err
	}
	return fromCIFAR10(train, test), nil
}

// openTest is openData for what needs no training pictures.
func openTest(name string) (*dataSet, error) {
	if name == task.Doodles {
		return openDoodles(), nil
	}
	test, err := archive.LoadTest(name)
	if err != nil {
		return nil, err
	}
	return fromCIFAR10(nil, test), nil
}

func openDoodles() *dataSet {
	train, test := doodles.Load()
	return &dataSet{train, test, task.Doodles, task.DoodlesTest}
}

func fromCIFAR10(train, test *cifar10.Set) *dataSet {
	return &dataSet{train, test, task.TrainSet, task.TestSet}
}

// train and test return the first n pictures, or all for 0.
func (s *dataSet) train(n int) evaluate.Data { return head(s.trainData, n) }
func (s *dataSet) test(n int) evaluate.Data  { return head(s.testData, n) }

func head(data evaluate.Data, n int) evaluate.Data {
	if n <= 0 {
		return data
	}
	return evaluate.Head(data, n)
}
