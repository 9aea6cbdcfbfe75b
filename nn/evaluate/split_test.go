package evaluate

import "testing"

// named are data whose pictures must not be made.
type named struct{ t *testing.T }

func (named) Len() int        { return 40 }
func (named) Label(i int) int { return i % 4 }
func (n named) Picture(i int) ([]byte, int) {
	n.t.Errorf("picture %d is made for its class", i)
	return nil, i % 4
}

func TestSplitMakesNoPictures(t *testing.T) {
	head := Head(named{t}, 20)
	rest, held := Split(head, 0.2, 1)
	if head.Len() != 20 || rest.Len() != 16 || held.Len() != 4 || Head(named{t}, 99).Len() != 40 {
		t.Fatalf("%d pictures are split into %d and %d", head.Len(), rest.Len(), held.Len())
	}
	for i := range held.Len() {
		if got, want := held.Label(i), held.Index[i]%4; got != want {
			t.Errorf("picture %d is of class %d, want %d", i, got, want)
		}
	}
}
