package e2e

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// unpacked is a file of an archive whose name ends so.
func unpacked(t *testing.T, archive []byte, ending string) (name string, content []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ending) {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			return f.Name, b
		}
	}
	t.Fatalf("there is no %s in the file", ending)
	return "", nil
}

// TestFormats saves the network in use for each other tool, and drops each file on the page: it is the
// same network, by its answers.
func TestFormats(t *testing.T) {
	p := fresh(t, flat)
	p.settled()
	var want []float64
	if err := json.Unmarshal([]byte(p.answer()), &want); err != nil {
		t.Fatal(err)
	}
	for ending, inside := range map[string]string{".onnx": ".onnx", ".h5": ".h5", ".keras": ".keras", ".tfjs.zip": "model.json"} {
		p.inView("weights-format", "train")
		saved := p.gets(func() {
			eval[any](p, fmt.Sprintf(`{ const e = document.getElementById("weights-format"); e.value = %q; e.dispatchEvent(new Event("change")); }`, ending))
		})
		if _, readme := unpacked(t, saved, "README.md"); !strings.Contains(string(readme), "atol=1e-3") && !strings.Contains(string(readme), "1e-3") {
			t.Errorf("%s: its README checks no answer", ending)
		}
		name, file := unpacked(t, saved, inside)
		if ending == ".tfjs.zip" {
			name, file = "tenfold.tfjs.zip", saved
		}
		t.Logf("%s: %.2f MB", name, float64(len(file))/1e6)
		p.drop("", []string{name}, file)
		p.wait(fmt.Sprintf(`document.getElementById("status").textContent.includes(%q) && document.getElementById("status").textContent.includes("now in use")`, name))
		p.click("view-classify")
		p.settled()
		var got []float64
		if err := json.Unmarshal([]byte(p.answer()), &got); err != nil || len(got) != len(want) {
			t.Fatal(err, len(got))
		}
		for i := range want {
			if math.Abs(got[i]-want[i]) > 0.03 { // the temperature belongs to our own file
				t.Errorf("%s says %v, want %v", name, got, want)
				break
			}
		}
	}
	// A Keras file of three classes, from the chooser in Train.
	p.click("view-train")
	b, err := os.ReadFile("../../nn/convert/testdata/keras2.h5")
	if err != nil {
		t.Fatal(err)
	}
	path := p.TempDir() + "/cifar.009.hdf5"
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles("#dataset", []string{path}))
	p.press("train-task-use") // with what is guessed of its task
	p.wait(`document.getElementById("status").textContent.includes("cifar.009.hdf5 is now in use")`)
}
