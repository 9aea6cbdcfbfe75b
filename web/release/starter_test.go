package main

import (
	"os"
	"path/filepath"
	"testing"

	"tenfold/nn/cifar10"
)

// TestStarter writes the first pictures of a test set and reads them again.
func TestStarter(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "data")
	var all []byte
	for i := range cifar10.PerFile {
		pixels := make([]byte, cifar10.Task.Pixels())
		pixels[0] = byte(i)
		r, err := cifar10.Record(pixels, i%10)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r...)
	}
	if err := os.WriteFile(filepath.Join(from, "test_batch.bin"), all, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := starter(to, from); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(to, "test_batch.bin"))
	if err != nil {
		t.Fatal(err)
	}
	var set cifar10.Set
	if err := set.Add("test_batch.bin", b); err != nil || set.Len() != starterSet {
		t.Fatalf("%d pictures, %v", set.Len(), err)
	}
	if pixels, label := set.Picture(1999); pixels[0] != 1999%256 || label != 9 {
		t.Errorf("the last one is %d of class %d", pixels[0], label)
	}
	if err := starter(to, t.TempDir()); err == nil {
		t.Error("a folder without the data set is taken")
	}
}
