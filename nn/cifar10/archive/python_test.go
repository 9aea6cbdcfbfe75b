package archive

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"

	"tenfold/nn/cifar10"
)

// meta is a pickle like batches.meta of the Python version.
var meta = []byte("\x80\x02}q\x01(U\x0cnum_vis_sizeq\x02M\x00\x0cU\x0blabel_namesq\x03]q\x04(U\x08airplaneq\x05U\x0aautomobileq\x06eu.")

// pickled writes records as Python 2's cPickle has written a batch of the data set, with NumPy's
// array in C's or in Fortran's order.
func pickled(t testing.TB, b []byte, columns bool) []byte {
	t.Helper()
	n := len(b) / record
	var out bytes.Buffer
	remembered := 0
	put := func(text string) {
		out.WriteString(text)
		if remembered++; remembered < 256 {
			out.Write([]byte{'q', byte(remembered)})
		} else {
			out.Write(binary.LittleEndian.AppendUint32([]byte{'r'}, uint32(remembered)))
		}
	}
	short := func(text string) { put("U" + string(rune(len(text))) + text) }
	long := func(n int) string { return string(binary.LittleEndian.AppendUint16([]byte{'M'}, uint16(n))) }
	// in batches of a thousand, as cPickle appends
	items := func(item func(i int)) {
		for i := range n {
			if i%1000 == 0 {
				out.WriteByte('(')
			}
			item(i)
			if i%1000 == 999 || i == n-1 {
				out.WriteByte('e')
			}
		}
	}
	out.WriteString("\x80\x02")
	put("}")
	out.WriteByte('(')
	short("batch_label")
	short("training batch 2 of 5")
	short("labels")
	put("]")
	items(func(i int) { out.Write([]byte{'K', b[i*record]}) })
	short("data")
	put("cnumpy.core.multiarray\n_reconstruct\n")
	put("cnumpy\nndarray\n")
	out.WriteString("K\x00\x85U\x01b\x87")
	put("R")
	out.WriteString("(K\x01" + long(n) + long(record-1) + "\x86")
	put("cnumpy\ndtype\n")
	out.WriteString("U\x02u1K\x00K\x01\x87")
	put("R")
	out.WriteString("(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb")
	pixels := make([]byte, 0, n*(record-1))
	for i := range n {
		pixels = append(pixels, b[i*record+1:(i+1)*record]...)
	}
	order := "\x89"
	if columns {
		order = "\x88"
		turned := make([]byte, len(pixels))
		for i, v := range pixels {
			turned[i%(record-1)*n+i/(record-1)] = v
		}
		pixels = turned
	}
	out.WriteString(order)
	out.Write(binary.LittleEndian.AppendUint32([]byte{'T'}, uint32(len(pixels))))
	out.Write(pixels)
	out.WriteString("tb")
	short("filenames")
	put("]")
	items(func(i int) { short(fmt.Sprintf("leptodactylus_pentadactylus_s_%06d.png", i)) })
	out.WriteString("u.")
	return out.Bytes()
}

// TestPicklesThatCannotBe changes a good one.
func TestPicklesThatCannotBe(t *testing.T) {
	good := pickled(t, some(3), false)
	if _, err := pythonBatch(good); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][2]string{
		"a label of 10":   {"(K\x00K\x01", "(K\x0aK\x01"},
		"a label in text": {"(K\x00K\x01", "(U\x00K\x01"},
		"another shape":   {"M\x03\x00M\x00\x0c", "M\x03\x00M\x01\x0c"},
		"of numbers":      {"U\x02u1", "U\x02f4"},
		"another call":    {"cnumpy.core.multiarray\n_reconstruct\n", "cbuiltins\neval\n"},
		"another list":    {"U\x06labels", "U\x06lapels"},
		"no array":        {"tbU\x09filenames", "t0U\x09filenames"},
		"too few memos":   {"q\x05(K", "h\x77(K"},
		"no protocol":     {"\x80\x02}", "\x80\x03}"},
	} {
		bad := bytes.Replace(good, []byte(c[0]), []byte(c[1]), 1)
		if bytes.Equal(bad, good) {
			t.Errorf("%s: nothing was changed", name)
		}
		if b, err := pythonBatch(bad); err == nil {
			t.Errorf("%s: %d bytes are taken", name, len(b))
		}
	}
	for n := range good {
		if _, err := pythonBatch(good[:n]); err == nil {
			t.Fatalf("%d of %d bytes are taken", n, len(good))
		}
	}
}

// FuzzPickle reads any bytes as a batch: what is taken is in the official layout.
func FuzzPickle(f *testing.F) {
	f.Add(pickled(f, some(2), false))
	f.Add(pickled(f, some(1), true))
	f.Add(meta)
	f.Add([]byte("\x80\x02]q\x01h\x01ah\x01(h\x01h\x01e."))
	f.Fuzz(func(t *testing.T, b []byte) {
		out, err := pythonBatch(b)
		if err == nil && len(out) > 0 {
			var set cifar10.Set
			err = set.Add("x", out)
			if err != nil {
				t.Error(err)
			}
		}
		if err != nil && len(err.Error()) > 1000 {
			t.Errorf("%d characters: %.100s", len(err.Error()), err)
		}
	})
}
