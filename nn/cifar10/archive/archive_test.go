package archive

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
)

// record is the size of one in the official layout.
const record = cifar10.FileSize / cifar10.PerFile

// counts are how many pictures of each class a made-up batch has: those of the test batch, and of
// the second official training batch, as their numbers are published.
var (
	evenly = []int{1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000}
	second = []int{984, 1007, 1010, 995, 1010, 988, 1008, 1026, 987, 985}
	else_  = []int{990, 1010, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000} // none of the official ones
)

// batch returns a file's worth of made-up records with counts of each class, in
// turns: picture i has red i, green i+1 and blue i+2 in all pixels. turn lets
// them begin with another class.
func batch(counts []int, turn int) []byte {
	left := slices.Clone(counts)
	var b []byte
	for i, n := turn, 0; n < 10000; i++ {
		class := i % len(left)
		if left[class] == 0 {
			continue
		}
		left[class]--
		b = append(b, byte(class))
		for c := range 3 {
			b = append(b, bytes.Repeat([]byte{byte(n + c)}, cifar10.Side*cifar10.Side)...)
		}
		n++
	}
	return b
}

// some are n records.
func some(n int) []byte { return batch(evenly, 0)[:n*record] }

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
	entries := []entry{{cifar10.Folder + "/", nil, tar.TypeDir}, {cifar10.Folder + "/readme.html", []byte("<META HTTP-EQUIV=REFRESH>"), 0}}
	for i, n := range cifar10.TrainFiles {
		entries = append(entries, entry{cifar10.Folder + "/" + n, batch(else_, i), 0})
	}
	return append(entries, entry{cifar10.Folder + "/" + cifar10.TestFiles[0], batch(evenly, 3), 0})
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
