// Package cifar10 reads the CIFAR-10 data set in its official binary layout,
// https://www.cs.toronto.edu/~kriz/cifar.html: records of one label byte and
// 3072 pixel bytes, 1024 red, 1024 green and 1024 blue ones, row by row.
package cifar10

import (
	"fmt"
	"slices"

	"tenfold/nn/task"
)

// Folder is the folder that the official archive unpacks to, Archive the
// archive's own name.
const (
	Folder  = "cifar-10-batches-bin"
	Archive = "cifar-10-binary.tar.gz"
)

// Side is the width and height of a picture in pixels.
const Side = 32

// Task is the task of telling the data set's ten classes apart.
var Task = task.Task{
	Classes: []string{"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"},
	Input:   task.Shape{Side, Side, channels},
	Scale:   task.Scale, Shift: task.Shift,
}

// TrainFiles and TestFiles are the official files.
var (
	TrainFiles = task.TrainFiles
	TestFiles  = task.TestFiles
)

const (
	channels   = 3
	plane      = Side * Side
	pixelBytes = plane * channels
	record     = 1 + pixelBytes
	// PerFile is the number of pictures in each official file, and FileSize its bytes.
	PerFile  = task.PerFile
	FileSize = PerFile * record
)

// Set is a set of labelled pictures.
type Set struct {
	pixels []byte // [n,32,32,3]
	labels []byte
}

// Len returns the number of pictures.
func (s *Set) Len() int { return len(s.labels) }

// Picture returns the i-th picture, [32,32,3], which shares the set's memory, and
// its class.
func (s *Set) Picture(i int) (pixels []byte, label int) {
	return s.pixels[i*pixelBytes : (i+1)*pixelBytes], int(s.labels[i])
}

// Head returns the first n pictures, or all if there are fewer.
func (s *Set) Head(n int) *Set {
	n = min(n, s.Len())
	return &Set{s.pixels[:n*pixelBytes], s.labels[:n]}
}

// Grow makes room for n more pictures.
func (s *Set) Grow(n int) {
	s.pixels, s.labels = slices.Grow(s.pixels, n*pixelBytes), slices.Grow(s.labels, n)
}

// Record returns a picture, [32,32,3], and its class in the official layout.
func Record(pixels []byte, class int) ([]byte, error) {
	if len(pixels) != pixelBytes || class < 0 || class >= len(Task.Classes) {
		return nil, fmt.Errorf("cifar10: a picture of %d bytes and class %d: want %d bytes and 0 to %d", len(pixels), class, pixelBytes, len(Task.Classes)-1)
	}
	b := make([]byte, record)
	b[0] = byte(class)
	for i, v := range pixels {
		b[1+i%channels*plane+i/channels] = v
	}
	return b, nil
}

// Encode returns the set in the official layout, as Add reads it.
func (s *Set) Encode() []byte {
	b := make([]byte, 0, s.Len()*record)
	for i := range s.Len() {
		pixels, label := s.Picture(i)
		r, err := Record(pixels, label)
		if err != nil {
			panic(err) // Add has accepted it
		}
		b = append(b, r...)
	}
	return b
}

// Add appends the records of one file in the official layout, any number of
// them. Errors call it name. On an error the set is as it was.
func (s *Set) Add(name string, b []byte) error {
	if len(b) == 0 || len(b)%record != 0 {
		return fmt.Errorf("cifar10: %s: %d bytes, want a multiple of %d, the size of a record", name, len(b), record)
	}
	n := len(b) / record
	for i := range n {
		if label := b[i*record]; int(label) >= len(Task.Classes) {
			return fmt.Errorf("cifar10: %s: record %d has label %d, want 0 to %d", name, i, label, len(Task.Classes)-1)
		}
	}
	for ; len(b) > 0; b = b[record:] {
		s.labels = append(s.labels, b[0])
		s.pixels = interleave(s.pixels, b[1:record])
	}
	return nil
}

// interleave appends planar pixels as [h,w,c].
func interleave(dst, planar []byte) []byte {
	r, g, b := planar[:plane], planar[plane:2*plane], planar[2*plane:3*plane]
	for i := range r {
		dst = append(dst, r[i], g[i], b[i])
	}
	return dst
}
