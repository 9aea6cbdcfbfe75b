package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestArchives packs twice: the same bytes, which unpack to what was packed.
func TestArchives(t *testing.T) {
	at := time.Unix(1_700_000_000, 0).UTC()
	files := []file{{"LICENSE", []byte("do"), 0o644}, {"tenfold", bytes.Repeat([]byte("program"), 1000), 0o755}}
	for name, pack := range map[string]func(string, []file, time.Time) ([]byte, error){"tar": tarball, "zip": zipped} {
		b, err := pack("tenfold_1", files, at)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
		if again, err := pack("tenfold_1", files, at.Local()); err != nil || name == "tar" && !bytes.Equal(b, again) {
			t.Errorf("%s: two archives of the same files differ (%v)", name, err)
		}
		got := map[string]string{}
		if name == "zip" {
			z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					t.Fatal(err)
				}
				body, _ := io.ReadAll(r)
				got[f.Name+" "+f.Mode().String()] = string(body)
			}
		} else {
			z, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			r := tar.NewReader(z)
			for {
				h, err := r.Next()
				if err == io.EOF {
					break
				} else if err != nil {
					t.Fatal(err)
				}
				if !h.ModTime.Equal(at) || h.Uname != "" || h.Uid != 0 {
					t.Errorf("%+v", h)
				}
				body, _ := io.ReadAll(r)
				got[h.Name+" "+h.FileInfo().Mode().String()] = string(body)
			}
		}
		if got["tenfold_1/LICENSE -rw-r--r--"] != "do" || got["tenfold_1/tenfold -rwxr-xr-x"] != string(files[1].body) || len(got) != 2 {
			t.Errorf("%s holds %d files: %.200v", name, len(got), got)
		}
	}
}

// TestLicences checks that every module whose code is in a program has a licence, and that
// it is one that LICENCES.md lists.
func TestLicences(t *testing.T) {
	t.Chdir("../..")
	all, err := modules()
	if err != nil {
		t.Fatal(err)
	}
	listed, err := os.ReadFile("LICENCES.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if _, err := licencesIn(m.dir); err != nil {
			t.Errorf("%s: %v", m.path, err)
		}
		if !strings.Contains(string(listed), "| "+m.path+" |") {
			t.Errorf("LICENCES.md does not list %s", m.path)
		}
	}
	if len(all) < 10 {
		t.Errorf("%d modules", len(all))
	}
}

func TestSums(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "site"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b", "site/a"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("abc"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := sums(dir); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
	const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if want := sum + "  b\n" + sum + "  site/a\n"; err != nil || string(b) != want {
		t.Errorf("%q (%v), want %q", b, err, want)
	}
}
