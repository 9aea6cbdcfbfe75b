package model

import "slices"

// plan is how a graph is laid out whose nodes lie below each other, in the order of computation.
// Lane 0 is for the longest way through it. What leads around parts of that, a shortcut or a
// second path with its own nodes, has a lane beside it.
type plan struct {
	edges []edge
	lane  []int // of each node
	count int   // of lanes
}

// edge leads from a node to a later one that takes it in, past those between in a lane.
type edge struct{ from, to, lane int }

// path is what needs a lane from one row to another: nodes in a row, or a single edge.
type path struct {
	from, to int
	nodes    []int
	edges    []int // by number
}

// lanes lay out a graph, given each node's inputs, which are earlier nodes. A path gets the first
// lane that is free all its way, the short ones first.
func lanes(in [][]int) plan {
	p := plan{lane: make([]int, len(in)), count: 1}
	for to, all := range in {
		for i, from := range all {
			if from >= 0 && from < to && !slices.Contains(all[:i], from) {
				p.edges = append(p.edges, edge{from: from, to: to})
			}
		}
	}
	main := p.longest(in)
	paths := p.paths(main)
	slices.SortStableFunc(paths, func(a, b path) int { return (a.to - a.from) - (b.to - b.from) })
	for i := range paths {
		now := &paths[i]
		lane := 1
		for slices.ContainsFunc(paths[:i], func(o path) bool {
			return len(o.edges) > 0 && p.edges[o.edges[0]].lane == lane && o.from < now.to && now.from < o.to
		}) {
			lane++
		}
		for _, n := range now.nodes {
			p.lane[n] = lane
		}
		for _, e := range now.edges {
			p.edges[e].lane = lane
		}
		p.count = max(p.count, lane+1)
	}
	return p
}

// longest returns the longest way to the last node: for each node on it the one before, -1 for the
// first. Others have -2.
func (p *plan) longest(in [][]int) (before []int) {
	before = make([]int, len(in))
	length, best := make([]int, len(in)), make([]int, len(in))
	for i := range in {
		before[i], best[i] = -2, -1
	}
	for _, e := range p.edges { // in the order of what they lead to
		if l := length[e.from] + 1; l > length[e.to] {
			length[e.to], best[e.to] = l, e.from
		}
	}
	for n := len(in) - 1; n >= 0; n = best[n] {
		before[n] = best[n]
	}
	return before
}

// paths returns all that does not lie on the longest way.
func (p *plan) paths(before []int) (all []path) {
	taken := make([]bool, len(p.edges))
	for i, e := range p.edges {
		taken[i] = before[e.to] == e.from
	}
	placed := make([]bool, len(before))
	for n := range before {
		if before[n] != -2 || placed[n] {
			continue
		}
		now := path{from: n, to: n}
		if e := p.last(func(e edge) bool { return e.to == n }); e >= 0 {
			now.from, now.edges, taken[e] = p.edges[e].from, append(now.edges, e), true
		}
		for at := n; at >= 0; {
			now.nodes, placed[at] = append(now.nodes, at), true
			next := p.last(func(e edge) bool { return e.from == at })
			at = -1
			if next >= 0 && !taken[next] {
				to := p.edges[next].to
				now.to, now.edges, taken[next] = to, append(now.edges, next), true
				if before[to] == -2 && !placed[to] {
					at = to
				}
			}
		}
		all = append(all, now)
	}
	for i, e := range p.edges {
		if !taken[i] {
			all = append(all, path{from: e.from, to: e.to, edges: []int{i}})
		}
	}
	return all
}

// last returns the number of the last edge that is so, -1 if there is none.
func (p *plan) last(is func(edge) bool) int {
	for i := len(p.edges) - 1; i >= 0; i-- {
		if is(p.edges[i]) {
			return i
		}
	}
	return -1
}
