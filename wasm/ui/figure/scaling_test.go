package figure_test

import (
	"testing"

	"tenfold/nn/task"
	"tenfold/wasm/ui/figure"
)

func TestScaling(t *testing.T) {
	for want, of := range map[string]task.Task{
		"x/255 - 0.5":      {Scale: task.Scale, Shift: task.Shift},
		"x/255":            {Scale: task.Scale},
		"x":                {Scale: 1},
		"x - 128":          {Scale: 1, Shift: -128},
		"x/128 - 1":        {Scale: 1. / 128, Shift: -1},
		"0.01712x - 2.118": {Scale: 1 / (255 * 0.229), Shift: -0.485 / 0.229},
		"-0.5x + 3":        {Scale: -0.5, Shift: 3},
	} {
		if got := figure.Scaling(of.Scale, of.Shift); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
