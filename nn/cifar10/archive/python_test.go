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
		"no protocol":     {"\x80\x02}", "\x80\x05}"},
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

// FuzzPickle reads any bytes as a batch: what is accepted is in the official
// layout.
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

// TestSavedAnew reads batches as Python 3 saves them: for Python 2, and with
// its own protocol.
func TestSavedAnew(t *testing.T) {
	pixels := make([]byte, record-1)
	for i := range pixels {
		pixels[i] = byte(i * 7)
	}
	var latin []byte // each byte as a character, in UTF-8
	for _, b := range pixels {
		latin = append(latin, string(rune(b))...)
	}
	size := func(n int) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(n))) }
	for name, content := range map[string]string{
		"for Python 2": "\x80\x02}q\x00(X\x06\x00\x00\x00labelsq\x01]q\x02K\x03aX\x04\x00\x00\x00dataq\x03cnumpy.core.multiarray\n_reconstruct\nq\x04cnumpy\nndarray\nq\x05K\x00\x85q\x06" +
			"c_codecs\nencode\nq\x07X\x01\x00\x00\x00bq\x08X\x06\x00\x00\x00latin1q\x09\x86q\x0aRq\x0b\x87q\x0cRq\x0d(K\x01K\x01M\x00\x0c\x86q\x0ecnumpy\ndtype\nq\x0fX\x02\x00\x00\x00u1q\x10\x89\x88\x87q\x11Rq\x12" +
			"(K\x03X\x01\x00\x00\x00|q\x13NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tq\x14b\x89h\x07X" + size(len(latin)) + string(latin) + "q\x15h\x09\x86q\x16Rq\x17tq\x18bu.",
		"for Python 3": "\x80\x04\x95\x00\x00\x00\x00\x00\x00\x00\x00}\x94(\x8c\x06labels\x94]\x94K\x03a\x8c\x04data\x94\x8c\x16numpy._core.multiarray\x94\x8c\x0c_reconstruct\x94\x93\x94\x8c\x05numpy\x94\x8c\x07ndarray\x94\x93\x94K\x00\x85\x94" +
			"C\x01b\x94\x87\x94R\x94(K\x01K\x01M\x00\x0c\x86\x94h\x07\x8c\x05dtype\x94\x93\x94\x8c\x02u1\x94\x89\x88\x87\x94R\x94(K\x03\x8c\x01|\x94NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00t\x94b\x89B" + size(len(pixels)) + string(pixels) + "\x94t\x94bu.",
	} {
		got, err := pythonBatch([]byte(content))
		if err != nil || !bytes.Equal(got, append([]byte{3}, pixels...)) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	for name, content := range map[string]string{
		"another encoding": "\x80\x02c_codecs\nencode\nX\x01\x00\x00\x00bX\x05\x00\x00\x00utf16\x86R.",
		"no Latin-1":       "\x80\x02c_codecs\nencode\nX\x03\x00\x00\x00猫X\x06\x00\x00\x00latin1\x86R.",
		"no name":          "\x80\x04K\x01K\x02\x93.",
		"protocol 5":       "\x80\x05N.",
	} {
		if _, err := pythonBatch([]byte(content)); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}
