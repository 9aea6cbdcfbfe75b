package checkpoint

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"github.com/x448/float16"
)

func file() *File {
	return &File{
		Metadata: map[string]string{"name": "x", "text": "ünïcode \"quoted\""},
		Tensors: []Tensor{
			{"b/scalar", []int{}, []float32{3}, ""},
			{"a/kernel", []int{2, 3}, []float32{1, -2, 0.5, float32(math.Inf(1)), 65504, -0.25}, ""},
			{"empty", []int{0, 4}, []float32{}, ""},
		},
	}
}

func TestRoundTrip(t *testing.T) {
	for _, p := range []Precision{F32, F16} {
		b, err := file().Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := file().Encode(p)
		if !bytes.Equal(b, again) {
			t.Errorf("%s: two encodings differ", p)
		}
		back, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back.Metadata, file().Metadata) || len(back.Tensors) != 3 {
			t.Errorf("%s: came back as %+v", p, back)
		}
		for _, want := range file().Tensors {
			got, err := back.Tensor(want.Name)
			if err != nil || !slices.Equal(got.Data, want.Data) || !slices.Equal(got.Shape, want.Shape) {
				t.Errorf("%s: %+v, want %+v (%v)", p, got, want, err)
			}
		}
	}
}

func TestEncodeRefusesTwoOfAName(t *testing.T) {
	f := &File{Tensors: []Tensor{{"a", []int{1}, []float32{1}, ""}, {"a", []int{1}, []float32{2}, ""}}}
	if _, err := f.Encode(F32); err == nil {
		t.Error("no error")
	}
}

// with returns a file of a header and data bytes behind it.
func with(header string, data int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), make([]byte, data)...)
}

func TestDecodeRefuses(t *testing.T) {
	for name, b := range map[string][]byte{
		"nothing":         nil,
		"short":           {1, 2, 3},
		"long header":     with("{}", 0)[:9],
		"huge header":     {255, 255, 255, 255, 255, 255, 255, 255, '{', '}'},
		"no JSON":         with("{", 0),
		"bad metadata":    with(`{"__metadata__":3}`, 0),
		"no entry":        with(`{"a":[]}`, 0),
		"unknown type":    with(`{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,8]}}`, 8),
		"beyond the end":  with(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 4),
		"a hole":          with(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 8),
		"an overlap":      with(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}`, 8),
		"wrong length":    with(`{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}`, 8),
		"negative":        with(`{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}`, 0),
		"overflow":        with(`{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}`, 0),
		"a name twice":    with(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 4),
		"bytes left over": with(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 5),
	} {
		if f, err := Decode(b); err == nil {
			t.Errorf("%s: read as %+v", name, f)
		}
	}
}

func TestReplaceKeepsTheOldFileOnAnError(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("a browser has no files: go test without GOOS=js runs this")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "model")
	if err := file().WriteFile(path, F32); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left on device")
	err := Replace(path, func(w io.Writer) error {
		w.Write([]byte("half"))
		return full
	})
	if !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
	if _, err := ReadFile(path); err != nil {
		t.Errorf("the old file is gone: %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("%d files left", len(entries))
	}
	if _, err := ReadFile(filepath.Join(dir, "none")); err == nil {
		t.Error("a file that is not there was read")
	}
}

// FuzzDecode checks that no bytes crash it, and that what it reads it can write.
func FuzzDecode(f *testing.F) {
	for _, p := range []Precision{F32, F16} {
		b, err := file().Encode(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add(with(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 4))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Decode(b)
		if err != nil {
			return
		}
		again, err := file.Encode(F32)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Decode(again); err != nil {
			t.Fatal(err)
		}
	})
}

// TestHalf compares all 65,536 values of F16 with the library's.
func TestHalf(t *testing.T) {
	for i := range 1 << 16 {
		got, want := half(uint16(i)), float16.Frombits(uint16(i)).Float32()
		if math.IsNaN(float64(want)) {
			if !math.IsNaN(float64(got)) {
				t.Errorf("%#04x is %v, want NaN", i, got)
			}
		} else if math.Float32bits(got) != math.Float32bits(want) {
			t.Errorf("%#04x is %v, want %v", i, got, want)
		}
	}
}

// TestCutShort says of a file without its end that it is cut short, and how much is missing.
func TestCutShort(t *testing.T) {
	f := &File{Tensors: []Tensor{{Name: "a", Shape: []int{4}, Data: make([]float32, 4)}, {Name: "b", Shape: []int{8}, Data: make([]float32, 8)}}}
	b, err := f.Encode(F32)
	if err != nil {
		t.Fatal(err)
	}
	for _, missing := range []int{1, 20, 40} {
		want := fmt.Sprintf("checkpoint: the file is cut short: it has %d bytes of weights of 48; download or save it again", 48-missing)
		if _, err := Decode(b[:len(b)-missing]); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
