package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tenfold/nn/cifar10"
)

// record is the size of a picture with its class in the official layout.
const record = 3073

// testSet returns the first n records of the real test set.
func testSet(t *testing.T, n int) []byte {
	t.Helper()
	dir := os.Getenv("TENFOLD_DATA")
	if dir == "" {
		t.Skip("no CIFAR-10: `make data` fetches it")
	}
	b, err := os.ReadFile(filepath.Join(dir, cifar10.Folder, cifar10.TestFiles[0]))
	if err != nil {
		t.Fatal(err)
	}
	return b[:n*record]
}

// bring chooses a file with #dataset.
func (p *tab) bring(name string, content []byte) {
	p.Helper()
	path := filepath.Join(p.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles("#dataset", []string{path}))
}

// set changes a field of the twin.
func (p *tab) set(id, value string) {
	p.Helper()
	eval[any](p, fmt.Sprintf(`{ const e = document.getElementById(%q); e.value = %q; e.dispatchEvent(new Event("change")); }`, id, value))
	p.wait(fmt.Sprintf("document.getElementById(%q).value === %q", id, value))
}

// press presses a button of the twin that has its own id, once it can be pressed.
func (p *tab) press(id string) {
	p.Helper()
	p.wait(fmt.Sprintf("document.getElementById(%q) && !document.getElementById(%q).disabled", id, id))
	eval[any](p, fmt.Sprintf("document.getElementById(%q).click()", id))
}

func trainStatus(text string) string {
	return fmt.Sprintf("document.getElementById('train-status').textContent.includes(%q)", text)
}

// waitLong is wait with more patience.
func (p *tab) waitLong(expression string) {
	p.Helper()
	for deadline := time.Now().Add(5 * time.Minute); !eval[bool](p, expression); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.Fatalf("waiting for %s: status %q, training %q", expression, p.text("status"), p.text("train-status"))
		}
	}
}

// accuracies are those before and after, as #train-result says.
func (p *tab) accuracies() (before, after float64) {
	p.Helper()
	text := p.text("train-result")
	m := regexp.MustCompile(`accuracy ([0-9.]+) before, ([0-9.]+) after`).FindStringSubmatch(text)
	if m == nil {
		p.Fatalf("the result is %q", text)
	}
	before, _ = strconv.ParseFloat(m[1], 64)
	after, _ = strconv.ParseFloat(m[2], 64)
	return before, after
}

func TestFineTune(t *testing.T) {
	p := open(t, laptop)
	p.click("view-train")
	p.shot("train-empty")
	p.bring("test_batch.bin", testSet(t, 1500))
	p.set("train-epochs", "1")
	p.set("train-workers", "1")
	p.press("train-start")
	p.wait(trainStatus("epoch 1/1 step"))
	p.shot("train-running")
	t.Log(p.text("train-status"))
	p.waitLong(trainStatus("done"))
	p.shot("train-done")
	before, after := p.accuracies()
	t.Log(p.text("train-status"), p.text("train-result"), before, after)
}

// TestTheWholeTutorial trains on 50,000 pictures for ten epochs, which takes minutes:
// set TENFOLD_TUTORIAL=1. It leaves the report and the curves in artifacts.
func TestTheWholeTutorial(t *testing.T) {
	if os.Getenv("TENFOLD_TUTORIAL") == "" {
		t.Skip("TENFOLD_TUTORIAL is not set: this takes ten minutes or so")
	}
	testSet(t, 1)
	p := open(t, laptop)
	p.press("train-tutorial")
	p.press("train-fetch")
	p.waitLong(`!document.getElementById("train-start").disabled && document.getElementById("train-fetch").disabled`)
	start := time.Now()
	p.press("train-start")
	for epoch := 1; epoch <= 10; epoch++ {
		for !eval[bool](p, fmt.Sprintf(`%s || %s`, trainStatus(fmt.Sprintf("epoch %d/10", epoch+1)), trainStatus("done"))) {
			time.Sleep(time.Second)
		}
		memory := eval[float64](p, `performance.measureUserAgentSpecificMemory().then((m) => m.bytes)`)
		t.Logf("%.0f s, %.0f MB: %s", time.Since(start).Seconds(), memory/1e6, p.text("train-status"))
	}
	p.waitLong(trainStatus("done"))
	t.Logf("%.0f s: %s", time.Since(start).Seconds(), p.text("train-result"))
	p.shot("train-tutorial")
}
