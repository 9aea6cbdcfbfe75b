package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"tenfold/nn/checkpoint"
	"tenfold/nn/cifar10"
	"tenfold/nn/cifar10/archive"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// packed is a made-up data set in the official layout, and its MD5 sum. It has the official
// size, 184 MB unpacked, so it is made once.
var packed = sync.OnceValues(func() ([]byte, string) {
	file := make([]byte, 10000*3073)
	for i := range 10000 {
		file[i*3073] = byte(i % 10)
	}
	var b bytes.Buffer
	zw, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	tw := tar.NewWriter(zw)
	for _, n := range append(append([]string{}, cifar10.TrainFiles...), cifar10.TestFiles...) {
		if err := tw.WriteHeader(&tar.Header{Name: cifar10.Folder + "/" + n, Size: int64(len(file)), Mode: 0o644}); err != nil {
			panic(err) // a buffer never fails
		}
		file[0] = 1 // the training batches have uneven classes, which tells them from the test batch
		if n == cifar10.TestFiles[0] {
			file[0] = 0
		}
		tw.Write(file)
	}
	tw.Close()
	zw.Close()
	sum := md5.Sum(b.Bytes())
	return b.Bytes(), hex.EncodeToString(sum[:])
})

// files returns the names in a folder.
func files(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// TestDownloadResumes cuts the connection in the middle, and calls again.
func TestDownloadResumes(t *testing.T) {
	b, sum := packed()
	var ranges []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ranges = append(ranges, r.Header.Get("Range"))
		if len(ranges) == 1 {
			w.Header().Set("Content-Length", "99999999")
			w.Write(b[:len(b)/2])
			return
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
	}))
	defer server.Close()
	out := t.TempDir()
	args := []string{"-out", out, "-from", server.URL, "-md5", sum}
	if err := runData(t.Context(), args); err == nil || !strings.Contains(err.Error(), "goes on from there") {
		t.Fatalf("cut: %v", err)
	}
	if err := runData(t.Context(), args); err != nil {
		t.Fatal(err)
	}
	if len(ranges) != 2 || !strings.HasPrefix(ranges[1], "bytes=") || ranges[1] == "bytes=0-" {
		t.Errorf("asked for %q", ranges)
	}
	if got := files(t, out); got != cifar10.Folder {
		t.Errorf("left %q", got)
	}
}

// TestWhatWasThereStays runs into every kind of trouble with a data set
// installed.
func TestWhatWasThereStays(t *testing.T) {
	b, sum := packed()
	dir := t.TempDir()
	good := filepath.Join(dir, "good.tar.gz")
	cut := filepath.Join(dir, "cut.tar.gz")
	if err := os.WriteFile(good, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cut, b[:len(b)-100], 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	if err := runData(t.Context(), []string{"-out", out, "-from", good, "-md5", sum}); err != nil {
		t.Fatal(err)
	}
	missing := httptest.NewServer(http.NotFoundHandler())
	defer missing.Close()
	wrong := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("hello")) }))
	defer wrong.Close()
	empty := t.TempDir()
	for want, args := range map[string][]string{
		"MD5 sum is":   {"-from", good, "-md5", "00"},
		"cut short":    {"-from", cut},
		"404":          {"-from", missing.URL},
		"damaged":      {"-from", wrong.URL, "-md5", sum},
		"no such file": {"-from", empty},
		"neither a":    {"-from", filepath.Join(dir, "none")},
	} {
		err := runData(t.Context(), append([]string{"-out", out}, args...))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want it to say %q", args, err, want)
		}
		if _, _, err := archive.Load(out); err != nil {
			t.Errorf("%v: the old data is gone: %v", args, err)
		}
	}
	if got := strings.ReplaceAll(files(t, out), cifar10.Archive+".part", ""); strings.TrimSpace(got) != cifar10.Folder {
		t.Errorf("left %q", got)
	}
	if err := runData(t.Context(), []string{"-out", filepath.Join(dir, "copy"), "-from", out}); err != nil {
		t.Errorf("from a folder: %v", err)
	}
}

// TestDiskFull fetches onto a disk that fills up: once with nothing there, once with a data
// set in place, which stays, and when there is room again the same command succeeds.
func TestDiskFull(t *testing.T) {
	b, _ := packed()
	from := filepath.Join(t.TempDir(), cifar10.Archive)
	if err := os.WriteFile(from, b, 0o644); err != nil {
		t.Fatal(err)
	}
	disk := t.TempDir()
	const room = 230 << 20 // a data set has 184 MB, and two do not fit
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%d", room), "tenfold-test", disk).CombinedOutput(); err != nil {
		t.Skipf("a small disk cannot be mounted here, which needs Linux and root: %v: %s", err, out)
	}
	t.Cleanup(func() { exec.Command("umount", disk).Run() })
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 100<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"-out", filepath.Join(disk, "data"), "-from", from}
	full := func(name, left string) {
		t.Helper()
		if err := runData(t.Context(), args); err == nil || !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%s: %v, want no space left on device", name, err)
		}
		if got := files(t, filepath.Join(disk, "data")); got != left {
			t.Errorf("%s: left %q, want %q", name, got, left)
		}
	}
	full("nothing there", "")
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := runData(t.Context(), args); err != nil {
		t.Fatal(err)
	}
	full("a data set in place", cifar10.Folder)
	if _, _, err := archive.Load(filepath.Join(disk, "data")); err != nil {
		t.Errorf("the old data is gone: %v", err)
	}
}

// TestTrainEvaluateAndResume runs the commands on a made-up data set: with the tutorial's
// network, another by its name, and one from a file.
func TestTrainEvaluateAndResume(t *testing.T) {
	b, sum := packed()
	dir := t.TempDir()
	from := filepath.Join(dir, "a.tar.gz")
	if err := os.WriteFile(from, b, 0o644); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "data")
	if err := runData(t.Context(), []string{"-out", data, "-from", from, "-md5", sum}); err != nil {
		t.Fatal(err)
	}
	trains(t, dir, data, "tutorial", "Tutorial CNN")
	trains(t, dir, data, "tenfold", "Tenfold")
	if !testing.Short() { // plain kernels take a minute for it
		trains(t, dir, data, filepath.Join(dir, "tenfold", "epoch-01.safetensors"), "Tenfold")
	}
	out := filepath.Join(dir, "tenfold")
	if err := runTrain(t.Context(), []string{"-network", "resnet20", "-resume", "-data", data, "-out", out, "-limit", "70"}); err == nil || !strings.Contains(err.Error(), `a run of "Tenfold", not of "ResNet-20"`) {
		t.Errorf("another network's run is resumed: %v", err)
	}
}

// trains trains, resumes, evaluates and ships a network.
func trains(t *testing.T, dir, data, network, name string) {
	t.Helper()
	out := filepath.Join(dir, strings.TrimSuffix(filepath.Base(network), ".safetensors"))
	train := []string{"-network", network, "-data", data, "-out", out, "-limit", "70", "-batch", "32", "-test", "50", "-epochs", "1"}
	if err := runTrain(t.Context(), train); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"history.csv", "last.safetensors", "epoch-01.safetensors", "curves.png", "confusion.png", "predictions.png", "data.png"} {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := runTrain(t.Context(), train); err == nil || !strings.Contains(err.Error(), "-resume") {
		t.Errorf("over a run that is there: %v", err)
	}
	if err := runTrain(t.Context(), append(train, "-resume")); err != nil {
		t.Errorf("resumed at its end: %v", err)
	}
	trained, shipped, seen := filepath.Join(out, "epoch-01.safetensors"), filepath.Join(out, "ship.safetensors"), filepath.Join(out, "ev")
	written := map[string]checkpoint.Precision{trained: checkpoint.F32, shipped: checkpoint.F16}
	evaluate := []string{"-data", data, "-model", trained, "-out", seen, "-test", "50"}
	if err := runEvaluate(t.Context(), slices.Concat(evaluate, []string{"-ship", shipped, "-limit", "60"})); err != nil {
		t.Fatal(err)
	}
	if got := files(t, seen); got != "confusion.png predictions.csv predictions.png" {
		t.Errorf("evaluate left %q", got)
	}
	for _, views := range []string{task.MirrorView, task.ShiftViews} {
		if err := runEvaluate(t.Context(), append(evaluate, "-views", views)); err != nil {
			t.Errorf("%s: %v", views, err)
		}
	}
	if err := runEvaluate(t.Context(), append(evaluate, "-views", "all")); err == nil || !strings.Contains(err.Error(), "there are mirror, shifts") {
		t.Errorf("no such views: %v", err)
	}
	if err := runEvaluate(t.Context(), append(evaluate, "-views", task.MirrorView, "-calibrate")); err == nil {
		t.Error("a temperature is fitted to several views")
	}
	for path, precision := range written {
		if f, err := checkpoint.ReadFile(path); err != nil || f.Metadata["name"] != name {
			t.Errorf("%s is called %q, want %q (%v)", path, f.Metadata["name"], name, err)
		}
		calibrated(t, data, path, precision)
	}
}

// calibrated fits the temperature of a model's file: no weight changes, nor how it is written,
// nor what else it says.
func calibrated(t *testing.T, data, name string, precision checkpoint.Precision) {
	t.Helper()
	before, err := checkpoint.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := runEvaluate(t.Context(), []string{"-data", data, "-model", name, "-out", filepath.Join(t.TempDir(), "ev"), "-test", "50", "-calibrate"}); err != nil {
		t.Fatal(err)
	}
	after, err := checkpoint.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := model.Open(after); err != nil || m.Temperature < task.MinTemperature || m.Temperature > task.MaxTemperature {
		t.Errorf("%s: temperature %g (%v)", name, m.Temperature, err)
	}
	delete(after.Metadata, "temperature")
	if !reflect.DeepEqual(before, after) {
		t.Errorf("%s: more than the temperature has changed", name)
	}
	if want, err := after.Encode(precision); err != nil {
		t.Error(err)
	} else if info, err := os.Stat(name); err != nil || info.Size() < int64(len(want)) || info.Size() > int64(len(want))+60 {
		t.Errorf("%s has %d bytes, in %s it would have about %d (%v)", name, info.Size(), precision, len(want), err)
	}
}
