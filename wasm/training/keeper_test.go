package training

import (
	"testing"
)

func TestKeeper(t *testing.T) {
	store := Memory{}
	k := newKeeper(store, [2]string{"a", "b"})
	if _, _, err := k.load(); err == nil {
		t.Error("something is kept")
	}
	for i := range 5 {
		if err := k.save([]byte{byte(i)}); err != nil {
			t.Fatal(err)
		}
		if b, damaged, err := newKeeper(store, k.names).load(); err != nil || damaged || b[0] != byte(i) {
			t.Errorf("%d: %v %v %v", i, b, damaged, err)
		}
	}
	store[k.names[k.turn%2]] = []byte("cut")
	k = newKeeper(store, k.names)
	if b, damaged, err := k.load(); err != nil || !damaged || b[0] != 3 {
		t.Errorf("%v %v %v", b, damaged, err)
	}
	if err := k.save([]byte{9}); err != nil { // takes the place of the damaged one
		t.Fatal(err)
	}
	if b, damaged, err := k.load(); err != nil || damaged || b[0] != 9 {
		t.Errorf("%v %v %v", b, damaged, err)
	}
}
