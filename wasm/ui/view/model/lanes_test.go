package model

import (
	"fmt"
	"slices"
	"testing"

	"tenfold/nn/model"
)

// TestLanes lays out a chain, residual blocks, and edges that pass each other.
func TestLanes(t *testing.T) {
	for name, c := range map[string]struct {
		in    [][]int
		edges string
		lane  string
		count int
	}{
		"chain":                     {[][]int{nil, {0}, {1}}, "[{0 1 0} {1 2 0}]", "[0 0 0]", 1},
		"residual":                  {[][]int{nil, {0}, {1}, {2, 0}}, "[{0 1 0} {1 2 0} {2 3 0} {0 3 1}]", "[0 0 0 0]", 2},
		"a layer in the shortcut":   {[][]int{nil, {0}, {1}, {0}, {3, 2}, {4}}, "[{0 1 0} {1 2 0} {0 3 1} {3 4 1} {2 4 0} {4 5 0}]", "[0 0 0 1 0 0]", 2},
		"two layers in it":          {[][]int{nil, {0}, {1}, {2}, {0}, {4}, {3, 5}}, "[{0 1 0} {1 2 0} {2 3 0} {0 4 1} {4 5 1} {3 6 0} {5 6 1}]", "[0 0 0 0 1 1 0]", 2},
		"two of them share a lane":  {[][]int{nil, {0}, {1, 0}, {2}, {3, 2}}, "[{0 1 0} {1 2 0} {0 2 1} {2 3 0} {3 4 0} {2 4 1}]", "[0 0 0 0 0]", 2},
		"crossing":                  {[][]int{nil, {0}, {1, 0}, {2, 1}}, "[{0 1 0} {1 2 0} {0 2 1} {2 3 0} {1 3 2}]", "[0 0 0 0]", 3},
		"twice the same":            {[][]int{nil, {0}, {1, 1, 0, 0}}, "[{0 1 0} {1 2 0} {0 2 1}]", "[0 0 0]", 2},
		"nothing reads the second":  {[][]int{nil, {0}, {0}}, "[{0 1 1} {0 2 0}]", "[0 1 0]", 2},
		"nonsense":                  {[][]int{{0}, {5, -1}}, "[]", "[1 0]", 2},
		"of one":                    {[][]int{nil}, "[]", "[0]", 1},
		"of none":                   {nil, "[]", "[]", 1},
		"a shortcut around another": {[][]int{nil, {0}, {1}, {2, 1}, {3, 0}}, "[{0 1 0} {1 2 0} {2 3 0} {1 3 1} {3 4 0} {0 4 2}]", "[0 0 0 0 0]", 3},
	} {
		p := lanes(c.in)
		if got := fmt.Sprint(p.edges); got != c.edges || fmt.Sprint(p.lane) != c.lane || p.count != c.count {
			t.Errorf("%s: %s, nodes in %v, %d lanes, want %s, %s, %d", name, got, p.lane, p.count, c.edges, c.lane, c.count)
		}
		free(t, name, p)
	}
}

// TestLanesOfResNet20 checks that all shortcuts of ResNet-20 lie in one lane beside the row, and
// the convolutions in two of them too.
func TestLanesOfResNet20(t *testing.T) {
	in := [][]int{nil}
	var names []string
	for _, n := range model.ResNet20().Nodes() {
		var from []int
		for _, k := range n.In {
			from = append(from, k+1)
		}
		in, names = append(in, from), append(names, n.Name)
	}
	p := lanes(in)
	free(t, "ResNet-20", p)
	var beside []string
	for i, l := range p.lane {
		if l > 0 {
			beside = append(beside, names[i-1])
		}
	}
	shortcuts := 0
	for _, e := range p.edges {
		if e.lane == 1 {
			shortcuts++
		}
	}
	if p.count != 2 || !slices.Equal(beside, []string{"conv2d_9", "conv2d_16"}) || shortcuts != 9+2 {
		t.Errorf("%d lanes, %q beside, %d edges beside", p.count, beside, shortcuts)
	}
}

// free checks that no edge passes a node in its lane, or another edge.
func free(t *testing.T, name string, p plan) {
	t.Helper()
	for i, e := range p.edges {
		for n := e.from + 1; n < e.to; n++ {
			if p.lane[n] == e.lane {
				t.Errorf("%s: %v passes through node %d", name, e, n)
			}
		}
		for _, o := range p.edges[:i] {
			if o.lane == e.lane && o.from < e.to && e.from < o.to {
				t.Errorf("%s: %v lies on %v", name, e, o)
			}
		}
	}
}
