//go:build !js

package model

import (
	"bytes"
	"os"
	"testing"

	"tenfold/nn/checkpoint"
)

// TestShippedFileGoesThrough reads the network that the page comes with, which an older
// program has written, and writes it again: no byte of what it says or holds may change.
func TestShippedFileGoesThrough(t *testing.T) {
	b, err := os.ReadFile("../../web/model/tutorial.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := checkpoint.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(f)
	if err != nil {
		t.Fatal(err)
	}
	back, err := m.File()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"architecture", "name", "task"} {
		if got, want := back.Metadata[key], f.Metadata[key]; want != "" && got != want {
			t.Errorf("%s was\n%s\nand is\n%s", key, want, got)
		}
	}
	for k, v := range f.Metadata { // older files say less, and say it otherwise
		if _, ok := back.Metadata[k]; !ok {
			t.Logf("%s: %.40s is not written any more", k, v)
		}
		back.Metadata[k] = v
	}
	for k := range back.Metadata {
		if _, ok := f.Metadata[k]; !ok {
			delete(back.Metadata, k)
		}
	}
	again, err := back.Encode(checkpoint.F16)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, b) {
		t.Errorf("%d bytes became %d, or others", len(b), len(again))
	}
}
