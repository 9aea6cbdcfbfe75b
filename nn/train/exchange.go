package train

import "tenfold/nn/kernel"

// Memory is what the peers of a data-parallel run share: a slot of float32 for each
// peer, which all can read.
type Memory interface {
	// Write copies x into the peer's own slot, from element at on.
	Write(slot, at int, x []float32)
	// Read copies from a peer's slot, from element at on, into y.
	Read(slot, at int, y []float32)
	// Wait returns when all peers wait, and makes what they wrote seen by all.
	Wait() error
}

// Peer is one of Size runs that train one model together, each on its share of
// every batch. All have the same model, recipe and data, and make the same steps.
type Peer struct {
	Rank, Size int // Rank counts from 0
	Memory     Memory

	buffer []float32
}

// share returns which of n pictures are this peer's.
func (p *Peer) share(rank, n int) (from, to int) {
	return rank * n / p.Size, (rank + 1) * n / p.Size
}

// average replaces vectors, which have the same lengths in all peers, by their
// weighted sum, where weights counts by rank. Each peer sums a shard and hands it to
// the others, so all end with the same bits.
func (p *Peer) average(vectors [][]float32, weights []float32) error {
	total := 0
	for _, v := range vectors {
		total += len(v)
	}
	p.others(vectors, total, func(_, at int, x []float32) { p.Memory.Write(p.Rank, at, x) })
	if err := p.Memory.Wait(); err != nil {
		return err
	}
	from, to := p.share(p.Rank, total)
	within(vectors, from, to, func(at int, y []float32) {
		if len(p.buffer) < len(y) {
			p.buffer = make([]float32, len(y))
		}
		own := weights[p.Rank]
		for r := range p.Size {
			if r == p.Rank {
				continue
			}
			x := p.buffer[:len(y)]
			p.Memory.Read(r, at, x)
			kernel.Mix(y, own, x, weights[r])
			own = 1
		}
		p.Memory.Write(p.Rank, at, y)
	})
	if err := p.Memory.Wait(); err != nil {
		return err
	}
	p.others(vectors, total, func(owner, at int, y []float32) { p.Memory.Read(owner, at, y) })
	return nil
}

// others calls f for the pieces of vectors that belong to the other peers' shards.
func (p *Peer) others(vectors [][]float32, total int, f func(owner, at int, x []float32)) {
	for r := range p.Size {
		if r != p.Rank {
			from, to := p.share(r, total)
			within(vectors, from, to, func(at int, x []float32) { f(r, at, x) })
		}
	}
}

// within calls f for the pieces of vectors, laid end to end, that lie between two
// elements.
func within(vectors [][]float32, from, to int, f func(at int, x []float32)) {
	start := 0
	for _, v := range vectors {
		a, b := max(from-start, 0), min(to-start, len(v))
		if a < b {
			f(start+a, v[a:b])
		}
		start += len(v)
	}
}
