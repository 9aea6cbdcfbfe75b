package checkpoint

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestTypes reads tensors of each type, longer than a piece, at values that are easily got wrong.
func TestTypes(t *testing.T) {
	le := binary.LittleEndian
	inf := float32(math.Inf(1))
	for _, c := range []struct {
		kind  Precision
		bytes [][]byte
		want  []float32
		whole bool
	}{
		{"F32", [][]byte{{0, 0, 0x80, 0x3f}, {1, 0, 0, 0x80}}, []float32{1, -0x1p-149}, false},
		{"F16", [][]byte{{0, 0x3c}, {1, 0}, {0xff, 0xfb}}, []float32{1, 0x1p-24, -65504}, false},
		{"BF16", [][]byte{{0x80, 0x3f}, {0x49, 0xc0}, {0x80, 0x7f}, {1, 0}}, []float32{1, -3.140625, inf, 0x1p-133}, false},
		{"F64", [][]byte{le.AppendUint64(nil, math.Float64bits(math.Pi)), le.AppendUint64(nil, math.Float64bits(1e300)), le.AppendUint64(nil, math.Float64bits(-0x1p-149))}, []float32{math.Pi, inf, -0x1p-149}, false},
		{"I8", [][]byte{{0x80}, {0x7f}}, []float32{-128, 127}, true},
		{"U8", [][]byte{{0x80}, {0xff}}, []float32{128, 255}, true},
		{"BOOL", [][]byte{{0}, {1}}, []float32{0, 1}, true},
		{"I16", [][]byte{{0, 0x80}, {0xff, 0xff}}, []float32{-32768, -1}, true},
		{"U16", [][]byte{{0, 0x80}, {0xff, 0xff}}, []float32{32768, 65535}, true},
		{"I32", [][]byte{{0, 0, 0, 0x80}, {0xfe, 0xff, 0xff, 0xff}}, []float32{-0x1p31, -2}, true},
		{"U32", [][]byte{{0, 0, 0, 0x80}, {1, 0, 0, 0}}, []float32{0x1p31, 1}, true},
		{"I64", [][]byte{{0, 0, 0, 0, 0, 0, 0, 0x80}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}}, []float32{-0x1p63, -1}, true},
		{"U64", [][]byte{{0, 0, 0, 0, 0, 0, 0, 0x80}, {3, 0, 0, 0, 0, 0, 0, 0}}, []float32{0x1p63, 3}, true},
	} {
		var data []byte
		var want []float32
		for range piece {
			data, want = append(data, slices.Concat(c.bytes...)...), append(want, c.want...)
		}
		header := fmt.Sprintf(`{"a":{"dtype":%q,"shape":[%d],"data_offsets":[0,%d]}}`, c.kind, len(want), len(data))
		f, err := Decode(append(with(header, 0), data...))
		if err != nil {
			t.Errorf("%s: %v", c.kind, err)
			continue
		}
		if a, err := f.Tensor("a"); err != nil || !slices.Equal(a.Data, want) || a.Type != c.kind || a.Type.Whole() != c.whole {
			t.Errorf("%s: %v %v, whole %v; want %v", c.kind, a.Data[:len(c.want)], err, a.Type.Whole(), c.want)
		}
	}
	_, err := Decode(with(`{"a":{"dtype":"F8_E5M2","shape":[1],"data_offsets":[0,1]}}`, 1))
	if err == nil || !strings.Contains(err.Error(), `type "F8_E5M2": want F32, F16, BF16, F64`) {
		t.Errorf("8 bits with a fraction: %v", err)
	}
	if _, err := file().Encode("BF16"); err == nil {
		t.Error("BF16 is written")
	}
}
