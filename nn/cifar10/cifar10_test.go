package cifar10

import (
	"bytes"
	"strings"
	"testing"
)

// batch returns an official file's worth of made-up records: picture i has class i%10,
// red i, green i+1 and blue i+2 in all pixels.
func batch(n int) []byte {
	var b []byte
	for i := range n {
		b = append(b, byte(i%10))
		for c := range 3 {
			b = append(b, bytes.Repeat([]byte{byte(i + c)}, plane)...)
		}
	}
	return b
}

func TestAddTurnsPlanesIntoPixels(t *testing.T) {
	var s Set
	b := batch(3)
	b[record+1+5], b[record+1+plane+5], b[record+1+2*plane+5] = 200, 201, 202
	if err := s.Add("x", b); err != nil {
		t.Fatal(err)
	}
	pixels, label := s.Picture(1)
	if s.Len() != 3 || label != 1 || len(pixels) != Task.Pixels() || !bytes.Equal(pixels[:3], []byte{1, 2, 3}) || !bytes.Equal(pixels[15:18], []byte{200, 201, 202}) {
		t.Errorf("picture 1 of %d has class %d and begins %v", s.Len(), label, pixels[:18])
	}
	if h := s.Head(2); h.Len() != 2 || s.Head(9).Len() != 3 {
		t.Errorf("Head has %d", h.Len())
	}
}

func TestAddRefuses(t *testing.T) {
	bad := batch(2)
	bad[record] = 10
	for want, b := range map[string][]byte{"multiple of 3073": batch(2)[:4000], "label 10": bad, "0 bytes": nil} {
		s := Set{}
		if err := s.Add("data_batch_3.bin", b); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "data_batch_3.bin") || s.Len() != 0 {
			t.Errorf("error %v, want it to name the file and say %q; %d pictures", err, want, s.Len())
		}
	}
}

func FuzzAdd(f *testing.F) {
	f.Add(batch(2))
	f.Add([]byte{10})
	f.Fuzz(func(t *testing.T, b []byte) {
		var s Set
		if s.Add("x", b) == nil {
			s.Picture(s.Len() - 1)
		}
	})
}
