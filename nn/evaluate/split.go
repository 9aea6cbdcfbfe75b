package evaluate

import "math/rand/v2"

// Subset is a part of other data: the pictures that Index names.
type Subset struct {
	Data
	Index []int
}

// Len implements Data.
func (s Subset) Len() int { return len(s.Index) }

// Picture implements Data.
func (s Subset) Picture(i int) ([]byte, int) { return s.Data.Picture(s.Index[i]) }

// Label returns the class of the i-th picture.
func (s Subset) Label(i int) int { return Label(s.Data, s.Index[i]) }

// Head returns the first n pictures of data, or all if there are fewer.
func Head(data Data, n int) Subset {
	s := Subset{Data: data}
	for i := range min(n, data.Len()) {
		s.Index = append(s.Index, i)
	}
	return s
}

// Split sets a share of each class aside, drawn from seed: of a class of n pictures
// share*n, rounded to the nearest. Both parts keep the data's order.
func Split(data Data, share float64, seed uint64) (rest, held Subset) {
	byClass := map[int][]int{}
	classes := 0
	for i := range data.Len() {
		label := Label(data, i)
		byClass[label] = append(byClass[label], i)
		classes = max(classes, label+1)
	}
	aside := make([]bool, data.Len())
	rng := rand.New(rand.NewPCG(seed, 0x68656c64))
	for label := range classes {
		all := byClass[label]
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, i := range all[:int(share*float64(len(all))+0.5)] {
			aside[i] = true
		}
	}
	rest, held = Subset{Data: data}, Subset{Data: data}
	for i, a := range aside {
		if a {
			held.Index = append(held.Index, i)
		} else {
			rest.Index = append(rest.Index, i)
		}
	}
	return rest, held
}
