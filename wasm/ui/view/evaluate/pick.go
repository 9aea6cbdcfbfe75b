package evaluate

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"tenfold/nn/task"
)

// sixteen is how many pictures are shown at once.
const sixteen = 16

// anyClass stands for a class that may be any.
const anyClass = -1

// Orders of the pictures.
const (
	byChance   = "random"
	byMistakes = "mistakes" // wrong ones, the most confident first
	byDoubts   = "doubts"   // right ones, the least confident first
	byChange   = "changed"  // those that the other network takes for another class
)

var orders = [...]string{byChance, byMistakes, byDoubts, byChange}

// picking says which pictures of a result are shown.
type picking struct {
	order       string
	truth, said int    // the true and the predicted class, or anyClass
	side        string // where they stand between two networks, or anySide
	seed        uint64 // of what is drawn
	draws       int    // counts how often other ones were wanted
	shown       []int
	all         int // how many there are to choose from
}

// repick looks up the pictures that are shown, after something has changed.
func (v *View) repick() {
	v.pick.draws = 0
	v.draw()
}

// more shows other pictures of the same kind.
func (v *View) more() {
	v.pick.draws++
	v.draw()
}

func (v *View) draw() {
	p := &v.pick
	all := p.of(v.result)
	p.all, p.shown = len(all), nil
	if len(all) == 0 {
		return
	}
	if p.order == byMistakes || p.order == byDoubts {
		from := p.draws * sixteen % len(all)
		p.shown = all[from:min(from+sixteen, len(all))]
		return
	}
	rng := rand.New(rand.NewPCG(p.seed, uint64(p.draws)))
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	p.shown = all[:min(len(all), sixteen)]
}

// of returns the places, in a result, of all pictures of the kind, in order.
func (p *picking) of(r *result) (all []int) {
	if r == nil {
		return nil
	}
	for i := range r.True {
		wrong := r.True[i] != r.Class[i]
		switch {
		case p.order == byMistakes && !wrong, p.order == byDoubts && wrong:
		case p.order == byChange && (i >= len(r.Beside) || r.Beside[i] == r.Class[i]):
		case p.side != anySide && r.side(i) != p.side:
		case p.truth != anyClass && int(r.True[i]) != p.truth, p.said != anyClass && int(r.Class[i]) != p.said:
		default:
			all = append(all, i)
		}
	}
	switch p.order {
	case byMistakes:
		slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(r.Score[b], r.Score[a]) })
	case byDoubts:
		slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(r.Score[a], r.Score[b]) })
	}
	return all
}

// number returns the number, in its part, of the i-th picture of the result.
func (r *result) number(i int) int {
	if i < len(r.Index) {
		return r.Index[i]
	}
	return i
}

// numbers returns those of the pictures that are shown.
func (v *View) numbers() (all []int) {
	for _, i := range v.pick.shown {
		all = append(all, v.result.number(i))
	}
	return all
}

// changed reports whether the user's own pictures are others than those of the result.
func (v *View) changed() bool {
	r := v.result
	return r.What == task.Mine && len(r.Index) == 0 && v.desk.Library.Own() != len(r.True)
}
