package archive

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
)

// batch is an official file's worth of made-up records: picture i has class i%10,
// red i, green i+1 and blue i+2 in all pixels.
func batch(n int) []byte {
	var b []byte
	for i := range n {
		b = append(b, byte(i%len(cifar10.Task.Classes)))
		for c := range 3 {
			b = append(b, bytes.Repeat([]byte{byte(i + c)}, cifar10.Side*cifar10.Side)...)
		}
	}
	return b
}

// entry is a file of an archive.
type entry struct {
	name string
	body []byte
	kind byte
}

func packed(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	zw, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	tw := tar.NewWriter(zw)
	for _, e := range entries {
		if e.kind == 0 {
			e.kind = tar.TypeReg
		}
		if err := tw.WriteHeader(&tar.Header{Name: e.name, Typeflag: e.kind, Size: int64(len(e.body)), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		tw.Write(e.body)
	}
	tw.Close()
	zw.Close()
	return b.Bytes()
}

func official(t testing.TB) []entry {
	full := batch(cifar10.PerFile)
	entries := []entry{{cifar10.Folder + "/", nil, tar.TypeDir}, {cifar10.Folder + "/readme.html", []byte("hello"), 0}}
	for _, n := range append(append([]string{}, cifar10.TrainFiles...), cifar10.TestFiles...) {
		entries = append(entries, entry{cifar10.Folder + "/" + n, full, 0})
	}
	return entries
}

func TestLoadFromFolderAndArchive(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("a browser has no files: go test without GOOS=js runs this")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, cifar10.Archive)
	if err := os.WriteFile(path, packed(t, official(t)...), 0o644); err != nil {
		t.Fatal(err)
	}
	inner := filepath.Join(dir, cifar10.Folder)
	if err := os.Mkdir(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, e := range official(t)[2:] {
		if err := os.WriteFile(filepath.Join(dir, e.name), e.body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, from := range []string{path, dir, inner} {
		train, test, err := Load(from)
		if err != nil || train.Len() != 50000 || test.Len() != 10000 {
			t.Errorf("%s: %v", from, err)
		}
	}
	if err := os.Truncate(filepath.Join(inner, "data_batch_3.bin"), cifar10.FileSize-1); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "data_batch_3.bin: 30729999 bytes, want 30730000 (10000 records of 3073)") {
		t.Errorf("truncated: %v", err)
	}
	os.Remove(filepath.Join(inner, "test_batch.bin"))
	if _, err := LoadTest(dir); err == nil || !strings.Contains(err.Error(), "make data") {
		t.Errorf("missing: %v", err)
	}
	if _, _, err := Load(filepath.Join(dir, "none")); err == nil || !strings.Contains(err.Error(), "make data") {
		t.Errorf("no folder: %v", err)
	}
}

func TestUnpackRefuses(t *testing.T) {
	full := batch(cifar10.PerFile)
	for want, b := range map[string][]byte{
		"not a .tar.gz":  []byte("hello"),
		"cut short":      packed(t, official(t)...)[:100000],
		"leads outside":  packed(t, entry{"../../data_batch_1.bin", full, 0}),
		"twice":          packed(t, entry{"a/test_batch.bin", full, 0}, entry{"b/test_batch.bin", full, 0}),
		"no file of":     packed(t, entry{"a/other.bin", full, 0}),
		"12 bytes, want": packed(t, entry{"a/test_batch.bin", full[:12], 0}),
	} {
		err := Unpack(bytes.NewReader(b), func(string, []byte) error { return nil })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want it to say %q", err, want)
		}
	}
	absolute := packed(t, entry{"/etc/test_batch.bin", full, 0})
	if err := Unpack(bytes.NewReader(absolute), func(string, []byte) error { return nil }); err == nil {
		t.Error("an absolute path was taken")
	}
	link := packed(t, entry{"a/test_batch.bin", nil, tar.TypeSymlink})
	if err := Unpack(bytes.NewReader(link), func(string, []byte) error { t.Error("a link was unpacked"); return nil }); err != nil {
		t.Error(err)
	}
}

// TestRealData reads the data set that TENFOLD_DATA names.
func TestRealData(t *testing.T) {
	dir := os.Getenv("TENFOLD_DATA")
	if dir == "" {
		t.Skip("TENFOLD_DATA names no data set; `make data` fetches it, and `make test` then finds it")
	}
	train, test, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*cifar10.Set{train, test} {
		counts := make([]int, len(cifar10.Task.Classes))
		for i := range s.Len() {
			_, label := s.Picture(i)
			counts[label]++
		}
		for c, n := range counts {
			if n != s.Len()/10 {
				t.Errorf("%d of %d pictures are of class %d", n, s.Len(), c)
			}
		}
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(packed(f, entry{"a/readme.html", []byte("x"), 0}, entry{"a/test_batch.bin", []byte{1}, 0}))
	f.Fuzz(func(t *testing.T, b []byte) {
		_ = Unpack(bytes.NewReader(b), func(string, []byte) error { return nil })
	})
}
