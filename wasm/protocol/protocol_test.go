package protocol

import (
	"reflect"
	"strings"
	"testing"

	"tenfold/nn/spec"
)

// examples are one of each message.
var examples = []any{
	Load{Model: []byte{1, 2, 3}}, Describe{}, Classify{ID: 7, Pictures: []byte{4, 5}}, Cancel{ID: 7},
	Ready{Kernel: "go"},
	Loaded{Model: spec.Model{Name: "m", Accuracy: 0.77, Classes: []string{"a"}, Input: spec.Shape{1, 2, 3}, Params: 9, Layers: []spec.Layer{{Class: "Dense", Name: "dense", Output: spec.Shape{3}, Params: 9}}}},
	Classified{ID: 1 << 60, Probs: []float32{0.25, 1e-9}, Millis: 1.5}, Cancelled{ID: 3}, Failed{ID: 4, Message: "why"},
}

func TestRoundTrip(t *testing.T) {
	seen := map[reflect.Type]bool{}
	for _, m := range examples {
		seen[reflect.TypeOf(m)] = true
		b, err := Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		var back any
		_, isCommand := m.(Command)
		if isCommand {
			back, err = DecodeCommand(b)
		} else {
			back, err = DecodeEvent(b)
		}
		if err != nil || !reflect.DeepEqual(back, m) {
			t.Errorf("%T came back as %+v (%v)", m, back, err)
		}
		if isCommand {
			_, err = DecodeEvent(b)
		} else {
			_, err = DecodeCommand(b)
		}
		if err == nil {
			t.Errorf("the wrong side took a %T", m)
		}
	}
	for _, m := range messages {
		if !seen[reflect.TypeOf(m)] {
			t.Errorf("%T is in the list of messages but not among the examples", m)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	good, err := Encode(Cancel{ID: 7})
	if err != nil {
		t.Fatal(err)
	}
	other := append([]byte{}, good...)
	other[0] = Version + 1
	for want, b := range map[string][]byte{
		"empty": nil, "version 2": other, "EOF": good[:len(good)-1], "protocol": {Version}, "extraneous": append(append([]byte{}, good...), 0),
		"not a message": {Version, 0x01}, // a number without a tag
	} {
		if m, err := DecodeCommand(b); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%x: %+v, error %v, want it to say %q", b, m, err, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, m := range examples {
		b, err := Encode(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := DecodeCommand(b); err == nil {
			if _, err := Encode(m); err != nil {
				t.Fatal(err)
			}
		}
		if m, err := DecodeEvent(b); err == nil {
			if _, err := Encode(m); err != nil {
				t.Fatal(err)
			}
		}
	})
}
