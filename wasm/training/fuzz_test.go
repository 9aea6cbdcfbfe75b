package training

import (
	"bytes"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
)

// FuzzBring gives any bytes as a file of pictures, under each kind of name: what is
// refused leaves what was there, and what is taken can be read again.
func FuzzBring(f *testing.F) {
	names := []string{"test_batch.bin", "data_batch_1.bin", "my-pictures.bin", "cifar-10-binary.tar.gz", "holiday.jpg"}
	f.Add(uint8(0), make([]byte, 2*record))
	f.Add(uint8(2), bytes.Repeat([]byte{3}, record))
	f.Add(uint8(3), []byte{0x1f, 0x8b})
	f.Fuzz(func(t *testing.T, which uint8, b []byte) {
		store := Memory{}
		p := picturesOf(store)
		if err := bring(p, "my-pictures.bin", make([]byte, record)); err != nil {
			t.Fatal(err)
		}
		before := p.count(task.Mine)
		err := bring(p, names[int(which)%len(names)], b)
		if now := p.count(task.Mine); now < before {
			t.Fatalf("%d of the person's own pictures are left of %d (%v)", now, before, err)
		}
		for _, part := range []string{task.TestSet, task.TrainSet, task.Mine} {
			fresh := picturesOf(store)
			s, err := fresh.part(part)
			if err != nil {
				t.Fatalf("%s was taken and cannot be read: %v", part, err)
			}
			for i := range s.Len() {
				s.Picture(i)
			}
		}
	})
}

// picturesOf are the pictures that a store keeps.
func picturesOf(store Store) pictures {
	return pictures{store: store, sets: map[string]*cifar10.Set{}, projects: &projects{store: store}}
}

func bring(p pictures, name string, b []byte) error {
	_, err := p.bring(name, len(b), bytes.NewReader(b))
	return err
}
