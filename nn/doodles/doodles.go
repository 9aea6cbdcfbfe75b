// Package doodles is a data set of drawings of CIFAR-10's ten classes that a program makes when
// they are asked for: nothing is stored or fetched. Each class is drawn in a dozen or more ways
// (a cat as a face, sitting, from the side), and all classes in the same styles: a pen's line,
// a cartoon's flat colours, a silhouette, a child's crayon. Every proportion, pose, colour and
// background follows from a seed, the part of the data set and the number of the picture.
package doodles

import (
	"fmt"
	"math/rand/v2"
	"sync"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
)

// Part is a part of the data set. No two share a drawing.
type Part uint64

// The parts, and how many pictures of the usual number they have.
const (
	Train    Part = 1
	Test     Part = 2
	other    Part = 3 // Draw's
	stranger Part = 4 // DrawOther's

	TrainLen = 50000
	TestLen  = 10000
)

// Seed is that of the data set as everybody has it.
const Seed = 1

// Side limits of a picture in pixels.
const (
	MinSide = 16
	MaxSide = task.MaxSide
)

// Set is a part of the data set, of any size. It may be used by several goroutines.
type Set struct {
	seed  uint64
	part  Part
	n     int
	shape task.Shape
	keep  *shelf
}

// New returns n pictures of a part, of shape [h,w,3]. Pictures of one seed are the same whatever
// n is. They stay in memory when they have been drawn.
func New(seed uint64, part Part, n int, shape task.Shape) (*Set, error) {
	if part != Train && part != Test {
		return nil, fmt.Errorf("doodles: part %d: want %d (training) or %d (test)", part, Train, Test)
	}
	if n < 0 {
		return nil, fmt.Errorf("doodles: %d pictures: want 0 or more", n)
	}
	if err := Fits(shape); err != nil {
		return nil, err
	}
	return &Set{seed, part, n, shape, newShelf(shape.Size())}, nil
}

// Fits returns an error if pictures of a shape cannot be drawn.
func Fits(shape task.Shape) error {
	if len(shape) != 3 || shape[2] != 3 || min(shape[0], shape[1]) < MinSide || max(shape[0], shape[1]) > MaxSide {
		return fmt.Errorf("doodles: pictures of shape %v: want (None, height, width, 3) with sides of %d to %d pixels", shape, MinSide, MaxSide)
	}
	return nil
}

// Load returns the training and the test part in CIFAR-10's size, 50,000 and 10,000 pictures.
func Load() (train, test *Set) {
	load := func(part Part, n int) *Set {
		s, err := New(Seed, part, n, cifar10.Task.Input)
		if err != nil {
			panic(err) // CIFAR-10's shape is one of those
		}
		return s
	}
	return load(Train, TrainLen), load(Test, TestLen)
}

// Len returns the number of pictures.
func (s *Set) Len() int { return s.n }

// Head returns the first n pictures, or all if there are fewer. They share memory with s.
func (s *Set) Head(n int) *Set {
	head := *s
	head.n = min(n, s.n)
	return &head
}

// Label returns the class of the i-th picture, without drawing it.
func (s *Set) Label(i int) int { return i % len(ways) }

// Picture returns the i-th picture, bytes of [h,w,3] that must not be changed, and its class.
// Classes follow one another, so that the first pictures of any number are balanced.
func (s *Set) Picture(i int) (pixels []byte, label int) {
	if i < 0 || i >= s.n {
		panic(fmt.Sprintf("doodles: picture %d of %d", i, s.n))
	}
	label = s.Label(i)
	return s.keep.get(i, func(pix []byte) {
		rng := s.random(i, 0)
		all := ways[label]
		s.draw(pix, i, all[rng.IntN(len(all))].draw, rng)
	}), label
}

// random returns the numbers that a picture is made of: one stream says what is drawn, another how.
// The second does not depend on what the first one was used for.
func (s *Set) random(i, stream int) *rand.Rand {
	return rand.New(rand.NewPCG(s.seed^uint64(s.part)<<56, uint64(i)<<1|uint64(stream)))
}

// Draw draws a picture of a class over pix, bytes of shape [h,w,3], with sides as New takes them.
// Another number gives another picture, without end; none is one of a Set's.
func Draw(pix []byte, shape task.Shape, class int, number uint64) {
	s := Set{seed: number, part: other, shape: shape}
	rng := s.random(0, 0)
	s.draw(pix, 0, ways[class][rng.IntN(len(ways[class]))].draw, rng)
}

// draw draws one picture in one way.
func (s *Set) draw(pix []byte, i int, draw func(*sketch), rng *rand.Rand) {
	d := newSketch(rng)
	draw(d)
	a := artists.Get().(*artist)
	how := s.random(i, 1)
	a.draw(pix, s.shape[1], s.shape[0], d, newStyle(how), how)
	artists.Put(a)
}

// artists have memory that the next drawing uses again.
var artists = sync.Pool{New: func() any { return new(artist) }}

// shelf keeps pictures of one size that were drawn.
type shelf struct {
	mu    sync.Mutex
	size  int
	known map[int][]byte
}

func newShelf(size int) *shelf { return &shelf{size: size, known: map[int][]byte{}} }

// get returns the i-th picture, drawn if it is not there. Two that ask for the same one at the
// same time may both draw it, alike.
func (s *shelf) get(i int, draw func(pix []byte)) []byte {
	s.mu.Lock()
	pix := s.known[i]
	s.mu.Unlock()
	if pix != nil {
		return pix
	}
	pix = make([]byte, s.size)
	draw(pix)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[i] = pix
	return pix
}

// Example returns a drawing of a class in one of its Ways, bytes of shape [h,w,3].
func Example(seed uint64, class, way int, shape task.Shape) ([]byte, error) {
	s, err := New(seed, Test, 1, shape)
	if err != nil {
		return nil, err
	}
	if class < 0 || class >= len(ways) || way < 0 || way >= len(ways[class]) {
		return nil, fmt.Errorf("doodles: way %d of class %d: want one of %d classes and of its ways", way, class, len(ways))
	}
	pix := make([]byte, shape.Size())
	s.draw(pix, 0, ways[class][way].draw, s.random(0, 0))
	return pix, nil
}

// Ways returns the names of the ways in which a class is drawn.
func Ways(class int) []string {
	names := make([]string, len(ways[class]))
	for i, w := range ways[class] {
		names[i] = w.name
	}
	return names
}
