package main

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/schollz/progressbar/v3"

	"tenfold/nn/cifar10"
	"tenfold/nn/cifar10/archive"
)

// The official archive, and the MD5 sum that its page gives:
// https://www.cs.toronto.edu/~kriz/cifar.html.
const (
	officialURL = "https://www.cs.toronto.edu/~kriz/" + cifar10.Archive
	officialMD5 = "c32a1d4ab5d03f1284b67883e8d87530"
)

// dataFlags are the settings of `data`.
type dataFlags struct{ out, from, md5 string }

func runData(ctx context.Context, args []string) error {
	var f dataFlags
	fs := flag.NewFlagSet("data", flag.ContinueOnError)
	fs.StringVar(&f.out, "out", "data", "folder to put the data set into")
	fs.StringVar(&f.from, "from", officialURL, "URL or path of the .tar.gz, or a folder with the .bin files")
	fs.StringVar(&f.md5, "md5", "", "MD5 sum of the archive; the official one's is known")
	if err := parse(fs, args); err != nil {
		return err
	}
	if f.from == "" {
		f.from = officialURL
	}
	if f.from == officialURL && f.md5 == "" {
		f.md5 = officialMD5
	}
	if err := os.MkdirAll(f.out, 0o755); err != nil {
		return err
	}
	if err := f.fetch(ctx); err != nil {
		return err
	}
	train, test, err := archive.Load(f.out)
	if err != nil {
		return err
	}
	fmt.Printf("%s holds %d training and %d test pictures\n", filepath.Join(f.out, cifar10.Folder), train.Len(), test.Len())
	return nil
}

// fetch gets the data set and puts it into place.
func (f *dataFlags) fetch(ctx context.Context) error {
	if info, err := os.Stat(f.from); err == nil {
		if info.IsDir() {
			return f.install(func(file func(string, []byte) error) error { return copyFolder(f.from, file) })
		}
		return f.installArchive(f.from)
	}
	if !strings.Contains(f.from, "://") {
		return fmt.Errorf("data: %s is neither a file, a folder nor a URL", f.from)
	}
	part := filepath.Join(f.out, cifar10.Archive+".part")
	if err := download(ctx, f.from, part); err != nil {
		return err
	}
	if err := f.installArchive(part); err != nil {
		return err
	}
	return os.Remove(part)
}

// installArchive verifies and unpacks an archive. One that was downloaded and is
// not what it should be is removed, so that the next try starts afresh.
func (f *dataFlags) installArchive(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if f.md5 == "" {
		fmt.Fprintf(os.Stderr, "data: no checksum is known for %s; only its content is checked (-md5 gives one)\n", f.from)
	} else if err := verify(file, f.md5); err != nil {
		if strings.HasSuffix(path, ".part") {
			os.Remove(path)
		}
		return fmt.Errorf("data: %s: %w", f.from, err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return f.install(func(put func(string, []byte) error) error {
		if err := archive.Unpack(file, put); err != nil {
			return fmt.Errorf("data: %s: %w", f.from, err)
		}
		return nil
	})
}

func verify(r io.Reader, want string) error {
	h := md5.New()
	if _, err := io.Copy(h, r); err != nil {
		return err
	}
	if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, want) {
		return fmt.Errorf("its MD5 sum is %s, want %s: the file is damaged or another one", got, want)
	}
	return nil
}

// install has all files written into a new folder, checks that they are the
// data set, and only then replaces the old folder.
func (f *dataFlags) install(write func(file func(name string, b []byte) error) error) error {
	tmp, err := os.MkdirTemp(f.out, ".cifar10-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	err = write(func(name string, b []byte) error { return os.WriteFile(filepath.Join(tmp, name), b, 0o644) })
	if err != nil {
		return err
	}
	if _, _, err := archive.Load(tmp); err != nil {
		return err
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	final := filepath.Join(f.out, cifar10.Folder)
	old := tmp + ".old"
	if err := os.Rename(final, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	defer os.RemoveAll(old)
	if err := os.Rename(tmp, final); err != nil {
		return errors.Join(err, os.Rename(old, final))
	}
	return nil
}

// copyFolder calls file with the official files of a folder.
func copyFolder(dir string, file func(name string, b []byte) error) error {
	if inner := filepath.Join(dir, cifar10.Folder); exists(inner) {
		dir = inner
	}
	for _, name := range append(append([]string{}, cifar10.TrainFiles...), cifar10.TestFiles...) {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return fmt.Errorf("data: %w", err)
		}
		if err := file(name, b); err != nil {
			return err
		}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// download fetches a URL into path with a progress bar. What an earlier try has
// left there is not fetched again, if the server can resume.
func download(ctx context.Context, url, path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	have, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("data: %w", err)
	}
	if have > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("data: %w; `make data FROM=` takes another URL, an archive or a folder", err)
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusPartialContent:
	case http.StatusRequestedRangeNotSatisfiable: // all of it is there
		return nil
	case http.StatusOK:
		have = 0
		if err := errors.Join(file.Truncate(0), seek(file, 0)); err != nil {
			return err
		}
	default:
		return fmt.Errorf("data: %s: %s; `make data FROM=` takes another URL, an archive or a folder", url, response.Status)
	}
	total := int64(-1)
	if response.ContentLength >= 0 {
		total = have + response.ContentLength
	}
	bar := progressbar.DefaultBytes(total, cifar10.Archive)
	bar.Set64(have)
	n, err := io.Copy(io.MultiWriter(file, bar), response.Body)
	if err == nil && total >= 0 && have+n != total {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return fmt.Errorf("data: after %d bytes: %w; the same command goes on from there", have+n, err)
	}
	return bar.Finish()
}

func seek(f *os.File, to int64) error {
	_, err := f.Seek(to, io.SeekStart)
	return err
}
