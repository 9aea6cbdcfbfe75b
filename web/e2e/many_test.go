package e2e

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"tenfold/nn/doodles"
	"tenfold/nn/picture"
	"tenfold/nn/task"
)

// TestManyPictures brings ten thousand pictures in, or as many as TENFOLD_MANY says above 1, and says what that
// took of time, memory and frames; TENFOLD_MANY asks for it, since it takes minutes.
func TestManyPictures(t *testing.T) {
	if os.Getenv("TENFOLD_MANY") == "" {
		t.Skip("TENFOLD_MANY=1 brings 10,000 pictures in, which takes minutes")
	}
	n := 10000
	if asked, err := strconv.Atoi(os.Getenv("TENFOLD_MANY")); err == nil && asked > 1 {
		n = asked
	}
	data, _ := doodles.Load()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range n {
		pixels, label := data.Picture(i)
		w, err := z.Create(fmt.Sprintf("many/class %d/%d.png", label, i))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(w, picture.Enlarge(pixels, task.Shape{32, 32, 3})); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	p := fresh(t, flat)
	p.click("view-classes")
	p.wait(`document.getElementById("project-new") !== null`)
	p.wait(`document.getElementById("project-status") === null`) // the worker runs
	idle := renderers()
	eval[any](p, watching)
	began := time.Now()
	p.pictures("many.zip", b.Bytes())
	half, most := 0, 0
	for deadline := time.Now().Add(time.Hour); !eval[bool](p, `(document.getElementById("project-came")?.textContent ?? "").includes("added")`); time.Sleep(time.Second) {
		if time.Now().After(deadline) {
			t.Fatal(p.text("project-coming"), eval[string](p, "seen()"))
		}
		now := renderers()
		most = max(most, now)
		var done int
		fmt.Sscan(strings.ReplaceAll(p.text("project-coming"), ",", ""), &done)
		if half == 0 && done >= n/2 {
			half = now
		}
	}
	t.Logf("%s after %.0f s", p.text("project-came"), time.Since(began).Seconds())
	t.Logf("memory of the page with its workers: %d MB before, %d MB half-way, %d MB at the end, %d MB at most", idle, half, renderers(), most)
	t.Log("while they came in: " + eval[string](p, "seen()"))
	t.Log(p.text("project-status"))
	eval[any](p, watching)
	for range 5 {
		p.press("class-on")
		time.Sleep(500 * time.Millisecond)
	}
	t.Log("turning pages: " + eval[string](p, "seen()"))
	p.shot("project-many")
	p.reload()
	p.click("view-classes")
	p.wait(`!!document.getElementById("project-status")?.textContent.includes(" pictures in 10 classes")`)
	right, of := p.learns()
	t.Logf("%d of %d; memory %d MB", right, of, renderers())
}

// watching notes the page's frames, and the tasks that kept it busy; seen says what they were.
const watching = `(() => {
	const began = performance.now();
	const round = (x) => Math.round(x);
	let frames = 0, late = 0, longest = 0, at = 0, last = began, busy = [];
	window.watched?.();
	let on = true;
	const frame = () => {
		if (!on) return;
		const now = performance.now(), gap = now - last;
		frames++;
		if (gap > 100) late++;
		if (gap > longest) { longest = gap; at = last - began; }
		last = now;
		requestAnimationFrame(frame);
	};
	requestAnimationFrame(frame);
	const observer = new PerformanceObserver((list) => { for (const e of list.getEntries()) busy.push([e.duration, e.startTime - began]); });
	observer.observe({type: "longtask"});
	window.watched = () => { on = false; observer.disconnect(); };
	window.seen = () => {
		busy.sort((a, b) => b[0] - a[0]);
		return frames + " frames in " + round((performance.now() - began) / 1000) + " s, " + late + " after more than 100 ms, the longest pause " + round(longest) + " ms, from " + round(at) + " ms on; " +
			busy.length + " tasks of the page above 50 ms, the longest " + busy.slice(0, 5).map((t) => round(t[0]) + " ms from " + round(t[1]) + " ms on").join(", ");
	};
})()`

// renderers is how much memory the test's own browser takes for the page that takes the most, with its
// workers, MB; 0 where the system does not say.
func renderers() (most int) {
	parents, sizes := map[int]int{}, map[int]int{}
	all, _ := filepath.Glob("/proc/[0-9]*/status")
	for _, name := range all {
		status, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		var pid, parent, kB int
		for line := range strings.Lines(string(status)) {
			fmt.Sscanf(line, "Pid: %d", &pid)
			fmt.Sscanf(line, "PPid: %d", &parent)
			fmt.Sscanf(line, "VmRSS: %d", &kB)
		}
		parents[pid] = parent
		if command, _ := os.ReadFile(filepath.Join(filepath.Dir(name), "cmdline")); strings.Contains(string(command), "--type=renderer") {
			sizes[pid] = kB / 1024
		}
	}
	for pid, size := range sizes {
		for of := pid; of > 1; of = parents[of] {
			if of == os.Getpid() {
				most = max(most, size)
				break
			}
		}
	}
	return most
}
