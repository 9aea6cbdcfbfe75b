package augment

import (
	"slices"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/doodles"
	"tenfold/nn/task"
)

// grey32 are pictures of CIFAR-10's shape, all of class 7.
type grey32 int

func (d grey32) Len() int                    { return int(d) }
func (d grey32) Picture(i int) ([]byte, int) { return make([]byte, 3072), 7 }

// TestDoodles checks that as many pictures as asked for are drawings, each of
// the class that its label says, new ones in each step, and that what is mixed
// in has its own label too.
func TestDoodles(t *testing.T) {
	const n = 400
	var order []int
	for i := range n {
		order = append(order, i)
	}
	r := task.Recipe{Seed: 3, Doodles: 0.25}
	a := New(r, cifar10.Task, grey32(n))
	first, labels := seen(a, 0, 5, order)
	again, same := seen(New(r, cifar10.Task, grey32(n)), 0, 5, order)
	next, _ := seen(a, 0, 6, order)
	drawn, classes, repeated := 0, map[int]int{}, 0
	for i := range first {
		if !slices.Equal(first[i], again[i]) || labels[i] != same[i] {
			t.Fatalf("picture %d is another when the step is made again", i)
		}
		if slices.Max(first[i]) == 0 {
			if labels[i].Class != 7 {
				t.Errorf("picture %d is as it was and of class %d", i, labels[i].Class)
			}
			continue
		}
		drawn++
		classes[labels[i].Class]++
		if slices.Equal(first[i], next[i]) {
			repeated++
		}
	}
	if drawn < n/4-30 || drawn > n/4+30 || len(classes) != 10 || repeated > 0 {
		t.Errorf("%d of %d are drawn, of classes %v; %d are repeated in the next step", drawn, n, classes, repeated)
	}
	b := &Batch{Augmenter: New(task.Recipe{Seed: 3, Doodles: 1, Mixup: 1}, cifar10.Task, grey32(n)), Order: order[:50]}
	for i := range b.Len() {
		b.begin(&b.one, i)
		b.one.draw("mixup", 0, uint64(i))
		other, _ := partner(&b.one)
		if l, want := b.Label(i), b.label(&b.other, other, 1).Class; l.Other != want {
			t.Errorf("picture %d: class %d is mixed in, the label says %d", i, want, l.Other)
		}
	}
}

// TestDoodlesAreOfTheirClass draws each class's pictures by themselves: what is put in is one of
// them.
func TestDoodlesAreOfTheirClass(t *testing.T) {
	r := task.Recipe{Seed: 9, Doodles: 1}
	b := &Batch{Augmenter: New(r, cifar10.Task, grey32(20)), Order: []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}}
	for i := range b.Len() {
		pixels, class := b.Picture(i)
		b.begin(&b.one, i)
		got := slices.Clone(pixels)
		b.one.draw("doodle", 0, uint64(i))
		drawsDoodle(&b.one)
		want := make([]byte, len(got))
		doodles.Draw(want, cifar10.Task.Input, class, b.one.Uint64())
		if !slices.Equal(got, want) {
			t.Errorf("picture %d is no doodle of class %d", i, class)
		}
	}
}

// TestStrange checks that as many pictures as asked for are strange, which are
// of no class whatever else is asked for, and that a scrambled picture has all
// its pixels.
func TestStrange(t *testing.T) {
	const n = 400
	var order []int
	for i := range n {
		order = append(order, i)
	}
	r := task.Recipe{Seed: 3, Strange: 0.25, Doodles: 0.5, Sketch: 0.5}
	a := New(r, cifar10.Task, grey32(n))
	first, labels := seen(a, 0, 5, order)
	again, same := seen(New(r, cifar10.Task, grey32(n)), 0, 5, order)
	none := 0
	for i := range first {
		if !slices.Equal(first[i], again[i]) || labels[i] != same[i] {
			t.Fatalf("picture %d is another when the step is made again", i)
		}
		if labels[i].None {
			none++
			p := make([]byte, 3072)
			b := &Batch{Augmenter: New(task.Recipe{Seed: 3, Strange: 0.25}, cifar10.Task, grey32(n)), Step: 5, Order: order}
			alone, _ := b.Picture(i)
			if copy(p, alone); !slices.Equal(p, first[i]) {
				t.Errorf("strange picture %d is another where doodles are asked for too", i)
			}
		}
	}
	if none < n/4-30 || none > n/4+30 {
		t.Errorf("%d of %d are of no class", none, n)
	}
	p := &a.one
	for i := range p.Pixels {
		p.Pixels[i] = byte(i % 251)
	}
	before := slices.Sorted(slices.Values(p.Pixels))
	was := slices.Clone(p.Pixels)
	scramble(p)
	if slices.Equal(was, p.Pixels) || !slices.Equal(before, slices.Sorted(slices.Values(p.Pixels))) {
		t.Error("a scrambled picture has other pixels, or all of them where they were")
	}
	r.Mixup = 1
	b := &Batch{Augmenter: New(r, cifar10.Task, grey32(n)), Order: order}
	for i := range n {
		b.begin(&b.one, i)
		b.one.draw("mixup", 0, uint64(i))
		other, _ := partner(&b.one)
		if b.label(&b.other, other, 3).None && !b.Label(i).None {
			t.Errorf("picture %d is mixed with a strange one and is of a class", i)
		}
	}
}

// TestFits refuses doodles for other classes.
func TestFits(t *testing.T) {
	r := task.Recipe{Doodles: 0.5}
	if err := Fits(&r, cifar10.Task); err != nil {
		t.Error(err)
	}
	if err := Fits(&r, about); err == nil {
		t.Error("doodles of airplanes for other classes")
	}
	if err := Fits(&task.Recipe{Sketch: 1}, about); err != nil {
		t.Error(err)
	}
}
