package model

import (
	"fmt"
	"testing"
)

// TestLanes lays out a chain, a residual block, and edges that pass each other.
func TestLanes(t *testing.T) {
	for name, c := range map[string]struct {
		in    [][]int
		want  string
		count int
	}{
		"chain":                    {[][]int{nil, {0}, {1}}, "[{0 1 0} {1 2 0}]", 1},
		"residual":                 {[][]int{nil, {0}, {1}, {2, 0}}, "[{0 1 0} {1 2 0} {2 3 0} {0 3 1}]", 2},
		"two of them share a lane": {[][]int{nil, {0}, {1, 0}, {2}, {3, 2}}, "[{0 1 0} {1 2 0} {2 3 0} {3 4 0} {0 2 1} {2 4 1}]", 2},
		"crossing":                 {[][]int{nil, {0}, {1, 0}, {2, 1}}, "[{0 1 0} {1 2 0} {2 3 0} {0 2 1} {1 3 2}]", 3},
		"nonsense":                 {[][]int{{0}, {5, -1}}, "[]", 1},
	} {
		edges, count := lanes(c.in)
		if got := fmt.Sprint(edges); got != c.want && !(c.want == "[]" && len(edges) == 0) || count != c.count {
			t.Errorf("%s: %s in %d lanes, want %s in %d", name, got, count, c.want, c.count)
		}
	}
}
