package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
)

// unzipped returns what gzip has packed.
func unzipped(t testing.TB, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

func zipped(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, e := range entries {
		w, err := z.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(e.body)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// renamed are files under other names.
func renamed(all []entry, rename func(string) string) (out []entry) {
	for _, e := range all {
		out = append(out, entry{rename(e.name), e.body, e.kind})
	}
	return out
}

// found lists what Read finds: a name, and else how many records.
func found(name string, b []byte, r io.Reader) (string, error) {
	var all []string
	err := Read(name, int64(len(b)), r, func(p Pictures) error {
		switch {
		case p.File() != "":
			all = append(all, p.File())
		case p.Train:
			all = append(all, "train")
		default:
			all = append(all, fmt.Sprint(len(p.Records)/record))
		}
		return nil
	})
	return strings.Join(all, " "), err
}

// TestReadTellsByContent reads the same pictures from all the files that people
// have of them.
func TestReadTellsByContent(t *testing.T) {
	test, two, copied := batch(evenly, 3), batch(second, 0), batch(else_, 0)
	all := []entry{{cifar10.Folder + "/", nil, tar.TypeDir}, {cifar10.Folder + "/readme.html", []byte("<html>"), 0}, {cifar10.Folder + "/data_batch_1.bin", two, 0}, {cifar10.Folder + "/test_batch.bin", test, 0}}
	const both = "data_batch_2.bin test_batch.bin"
	mac := []entry{{"./._cifar-10-batches-bin", []byte("\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"), 0}, {"./cifar-10-batches-bin/._test_batch.bin", []byte("\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"), 0}}
	dotted := renamed(all, func(n string) string { return "./" + n })
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"test_batch.bin", test, "test_batch.bin"},
		{"test_batch (1).bin", test, "test_batch.bin"},
		{"test_batch - Kopie.BIN", test, "test_batch.bin"},
		{"test_batch のコピー.bin", test, "test_batch.bin"},
		{"Копия test_batch", test, "test_batch.bin"},
		{"data_batch_1.bin", test, "test_batch.bin"},
		{"test_batch.bin", two, "data_batch_2.bin"},
		{"data_batch_4.bin", copied, "train"},
		{"my-pictures.bin", test[:3*record], "3"},
		{"test_batch (1).bin", test[:3*record], "3"},
		{"a/TEST_BATCH.BIN", test[:3*record], "test_batch.bin"},
		{"data_batch_3.bin", test[:3*record], "data_batch_3.bin"},
		{"test_batch.bin.gz", gzipped(test), "test_batch.bin"},
		{"test_batch.bin", gzipped(test), "test_batch.bin"},
		{"test_batch.bin.zip", zipped(t, entry{"test_batch.bin", test, 0}), "test_batch.bin"},
		{"CIFAR-10-BINARY.TAR.GZ", packed(t, all...), both},
		{"cifar-10-binary.tar", unzipped(t, packed(t, all...)), both},
		{"cifar-10-binary.tar.gz", unzipped(t, packed(t, all...)), both}, // as Safari leaves it under its old name
		{"macOS.tgz", packed(t, append(mac, dotted...)...), both},
		{"absolute.tgz", packed(t, renamed(all, func(n string) string { return "/pictures/" + n })...), both},
		{"windows.zip", zipped(t, renamed(all[1:], func(n string) string { return strings.ReplaceAll(n, "/", `\`) })...), both},
		{"Archive.zip", zipped(t, append(all[1:], entry{"__MACOSX/._test_batch.bin", mac[0].body, 0})...), both},
		{"in another.zip", zipped(t, entry{"cifar-10-binary.tar.gz", packed(t, all...), 0}), both},
		{"a link.tgz", packed(t, entry{"a", nil, tar.TypeSymlink}, entry{"b", test, 0}), "test_batch.bin"},
		{"test_batch", pickled(t, test, false), "test_batch.bin"},
		{"test_batch", pickled(t, test, true), "test_batch.bin"},
		{"cifar-10-python.tar.gz", packed(t, entry{"cifar-10-batches-py/batches.meta", meta, 0}, entry{"cifar-10-batches-py/data_batch_2", pickled(t, two, false), 0}), "data_batch_2.bin"},
	} {
		for how, r := range map[string]io.Reader{"a file": bytes.NewReader(c.b), "a stream": struct{ io.Reader }{bytes.NewReader(c.b)}} {
			if got, err := found(c.name, c.b, r); got != c.want || err != nil {
				t.Errorf("%s as %s: found %q, %v; want %q", c.name, how, got, err, c.want)
			}
		}
	}
}

// TestPythonIsTheSame compares the pictures of the two versions.
func TestPythonIsTheSame(t *testing.T) {
	b := batch(second, 1)
	for _, columns := range []bool{false, true} {
		if err := Read("x", -1, bytes.NewReader(pickled(t, b, columns)), func(p Pictures) error {
			if !bytes.Equal(p.Records, b) {
				t.Errorf("columns %v: other pictures", columns)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
}

// TestReadSaysWhatItIs reads files that are not CIFAR-10's.
func TestReadSaysWhatItIs(t *testing.T) {
	test := batch(evenly, 3)
	hundredBatch := make([]byte, 40*(record+1))
	for i := range 40 {
		r := hundredBatch[i*(record+1):]
		r[0], r[1] = byte(i%20), byte(i*7%100)
		for k := range record - 1 {
			r[2+k] = byte(100 + i + k%90)
		}
	}
	fine := bytes.Replace(meta, []byte("\x0blabel_names"), []byte("\x0bfine_labels"), 1)
	npy := []byte("\x93NUMPY\x01\x00v\x00{'descr': '|u1', }")
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"empty.bin", nil, "is empty"},
		{"hello.bin", []byte("hello"), "is not a CIFAR-10 file"},
		{"cut.bin", test[:len(test)-1], "is cut short: it has 30729999 bytes, want 30730000"},
		{"猫の写真.bin", []byte("猫"), "the file 猫の写真.bin is not a CIFAR-10 file"},
		{"train.bin", hundredBatch, "CIFAR-100"},
		{"train", fine, "CIFAR-100"},
		{"cifar-100-binary.tar.gz", packed(t, entry{"train.bin", hundredBatch, 0}, entry{"fine_label_names.txt", []byte("apple\n"), 0}), "holds no CIFAR-10 file: train.bin in it is of CIFAR-100"},
		{"batches.meta", meta, "the names of the classes"},
		{"x.npy", npy, "(.npy)"},
		{"x.npz", zipped(t, entry{"x_train.npy", npy, 0}), "x_train.npy in it is an array of NumPy's"},
		{"x.h5", append([]byte("\x89HDF\r\n\x1a\n"), make([]byte, 5*record)...), "HDF5"},
		{"x.parquet", []byte("PAR1....."), "Parquet"},
		{"test_batch.bin", []byte("\ufeff\n<!DOCTYPE HTML><title>404</title>"), "web page"},
		{"test_batch.bin", []byte("<html><head>"), "web page"},
		{"test_batch.bin", []byte("version https://git-lfs.github.com/spec/v1\noid sha256:1\n"), "Git LFS"},
		{"w.safetensors", []byte("\x10\x00\x00\x00\x00\x00\x00\x00{\"a\":{}}      "), "holds weights"},
		{"photo.jpg", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), "Upload in Classify"},
		{"x.7z", []byte("7z\xbc\xaf\x27\x1c\x00\x04"), "7-Zip"},
		{"cut.tar.gz", packed(t, entry{"test_batch.bin", test, 0})[:10000], "cut short or damaged"},
		{"cut.zip", zipped(t, entry{"test_batch.bin", test, 0})[:1000], "cut short or damaged"},
		{"cut inside.tgz", packed(t, entry{"a/test_batch.bin", test[:len(test)-1], 0}), "holds test_batch.bin, which is cut short"},
		{"texts.zip", zipped(t, entry{"a.txt", []byte("hello"), 0}, entry{"b.html", []byte("<html>"), 0}), "holds no CIFAR-10 file"},
		{"nothing.tgz", packed(t), "is not a CIFAR-10 file"},
		{"onion.gz", gzipped(gzipped(gzipped(gzipped(gzipped(test[:record]))))), "archives"},
		{"newer", append([]byte("\x80\x05"), meta[2:]...), "protocol 5"},
		{"os", []byte("\x80\x02cos\nsystem\nU\x02ls\x85R."), "holds no dictionary"},
		{"unknown", []byte("\x80\x02\x8d\x01a."), "instruction 0x8d"},
		{"cut", pickled(t, test, false)[:5000], "is cut short"},
	} {
		got, err := found("folder/"+c.name, c.b, bytes.NewReader(c.b))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "the file "+c.name+" ") || got != "" {
			t.Errorf("%s: found %q, %v; want it to say %q", c.name, got, err, c.want)
		}
	}
	full := errors.New("no room")
	if err := Read("x.tgz", -1, bytes.NewReader(packed(t, entry{"a", test, 0})), func(Pictures) error { return full }); !errors.Is(err, full) || strings.Contains(err.Error(), "x.tgz") {
		t.Errorf("the taker's error became %v", err)
	}
}

// TestBombs unpacks archives without an end.
func TestBombs(t *testing.T) {
	zeros := gzipped(make([]byte, maxFile+2))
	if _, err := found("x.gz", zeros, bytes.NewReader(zeros)); err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("one file: %v", err)
	}
	rd := &reader{take: func(Pictures) error { return nil }, left: 1 << 20}
	if err := rd.file("x", -1, bytes.NewReader(zeros), 0); !errors.Is(err, errTooMuch) {
		t.Errorf("%v, want %v", err, errTooMuch)
	}
}

// FuzzRead reads any bytes: what is accepted is in the official layout.
func FuzzRead(f *testing.F) {
	f.Add(packed(f, entry{"a/readme.html", []byte("x"), 0}, entry{"a/test_batch.bin", []byte{1}, 0}))
	f.Add(zipped(f, entry{"a", some(2), 0}))
	f.Add(gzipped(pickled(f, some(2), false)))
	f.Add(meta)
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, r := range []io.Reader{bytes.NewReader(b), struct{ io.Reader }{bytes.NewReader(b)}} {
			err := Read("x", int64(len(b)), r, func(p Pictures) error {
				var set cifar10.Set
				return set.Add("x", p.Records)
			})
			if err != nil && (strings.Contains(err.Error(), "cifar10:") || !strings.HasPrefix(err.Error(), "the file x ")) {
				t.Error(err)
			}
		}
	})
}
