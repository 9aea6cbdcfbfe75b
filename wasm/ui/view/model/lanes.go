package model

import "slices"

// edge leads from a node to a later one that takes it in. Lane 0 is for those to the next
// node, which run straight down; the others pass the nodes between in a lane of their own.
type edge struct{ from, to, lane int }

// lanes lay out the edges of a graph whose nodes lie below each other, given which earlier
// nodes each takes in. An edge gets the first lane that is free all its way. It returns how many
// lanes there are.
func lanes(in [][]int) (edges []edge, count int) {
	count = 1
	for to, all := range in {
		for _, from := range all {
			if from >= 0 && from < to {
				edges = append(edges, edge{from: from, to: to})
			}
		}
	}
	slices.SortStableFunc(edges, func(a, b edge) int { return (a.to - a.from) - (b.to - b.from) })
	for i := range edges {
		e := &edges[i]
		if e.to == e.from+1 {
			continue
		}
		for e.lane = 1; slices.ContainsFunc(edges[:i], func(o edge) bool {
			return o.lane == e.lane && o.from < e.to && e.from < o.to
		}); e.lane++ {
		}
		count = max(count, e.lane+1)
	}
	return edges, count
}
