package keras

import (
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
)

// TestNotebook reads the code of a notebook's cells, of both versions that are about.
func TestNotebook(t *testing.T) {
	for name, text := range map[string]string{
		"version 4": `{"cells": [{"cell_type": "markdown", "source": ["# A network\n"]},
			{"cell_type": "code", "outputs": [{"data": {"image/png": "iVBOR"}}], "source": ["%%time\n", "n = 10\n", "!pip install keras"]},
			{"cell_type": "code", "source": "%%bash\nls -l | wc"},
			{"cell_type": "code", "source": ["model = Sequential([Flatten(),\n", "  Dense(n, 'softmax')])"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}`,
		"version 3": `{"worksheets": [{"cells": [{"cell_type": "code", "input": ["model = Sequential([Flatten(), Dense(10, 'softmax')])"]}]}], "nbformat": 3}`,
	} {
		s, err := Read(text, cifar10.Task, task.Recipe{})
		if err != nil || s.Network.Len() != 2 || s.Network.Output().Size() != 10 {
			t.Errorf("%s: %v", name, err)
		}
	}
	for text, want := range map[string]string{
		`{"cells": [{"cell_type": "code", "source": ["x = 1\n"]}, {"cell_type": "code", "source": ["Sequential([LSTM(8)])"]}]}`: "line 4: LSTM is not among the layers here",
		`{"cells": []}`: "the code makes no model: want Sequential() or Model(inputs, outputs)",
		`{"cells": [`:   "line 1: a bracket is not closed",
	} {
		if _, err := Read(text, cifar10.Task, task.Recipe{}); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
