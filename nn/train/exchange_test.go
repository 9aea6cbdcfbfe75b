package train

import (
	"math"
	"sync"
	"testing"
)

// shared is a Memory of peers in one process.
type shared struct {
	slots   [][]float32
	mu      sync.Mutex
	waiting int
	turn    chan struct{}
}

func newShared(peers, n int) *shared {
	s := &shared{turn: make(chan struct{})}
	for range peers {
		s.slots = append(s.slots, make([]float32, n))
	}
	return s
}

func (s *shared) Write(slot, at int, x []float32) { copy(s.slots[slot][at:], x) }
func (s *shared) Read(slot, at int, y []float32)  { copy(y, s.slots[slot][at:]) }
func (s *shared) Wait() error {
	s.mu.Lock()
	turn := s.turn
	if s.waiting++; s.waiting == len(s.slots) {
		s.waiting, s.turn = 0, make(chan struct{})
		close(turn)
	}
	s.mu.Unlock()
	<-turn
	return nil
}

// TestPeersTrainAsOne trains on one to five peers, also with batches that they
// cannot share evenly and a last one of fewer pictures than peers.
func TestPeersTrainAsOne(t *testing.T) {
	const pictures = 41 // 5 batches of 8, and one of 1
	run := func(peers int) [][]float32 {
		memory := newShared(peers, 1000)
		results := make([][]float32, peers)
		var all sync.WaitGroup
		for rank := range peers {
			r, err := NewRun(network(t, 5), recipe, stripes(pictures), NewAdamax(recipe.Rate))
			if err != nil {
				t.Fatal(err)
			}
			if peers > 1 {
				r.Peer = &Peer{Rank: rank, Size: peers, Memory: memory}
			}
			all.Go(func() {
				defer r.Close()
				for range 3 {
					for !r.EpochDone() {
						if err := r.Step(); err != nil {
							t.Error(err)
						}
					}
					p := r.Progress()
					if p.Seen != pictures || p.Accuracy < 0.3 || p.Accuracy > 1 {
						t.Errorf("%d peers: %+v", peers, p)
					}
					r.EndEpoch(p.Metrics)
				}
				results[rank] = append(weights(r.Model), float32(r.History[2].Train.Loss))
			})
		}
		all.Wait()
		return results
	}
	want := run(1)[0]
	for peers := 2; peers <= 5; peers++ {
		results := run(peers)
		for rank, got := range results {
			for i := range want {
				if got[i] != results[0][i] {
					t.Fatalf("%d peers: weight %d is %g in peer %d, %g in the first", peers, i, got[i], rank, results[0][i])
				}
				if math.Abs(float64(got[i]-want[i])) > 1e-4 {
					t.Fatalf("%d peers: weight %d is %g, want %g", peers, i, got[i], want[i])
				}
			}
		}
	}
}
