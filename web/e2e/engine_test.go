package e2e

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// engine is a page in another browser than Chromium. It is driven by WebDriver's commands,
// https://www.w3.org/TR/webdriver2, under the names that Firefox has for them.
type engine struct {
	*testing.T
	driver
	name string // of the browser, for screenshots
}

// driver carries out a command and returns its value.
type driver interface {
	do(command string, params map[string]any) (json.RawMessage, error)
}

// screen starts a screen that nobody sees, and returns its name for DISPLAY.
func screen(t *testing.T) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1600x1000x24")
	cmd.ExtraFiles = []*os.File{w}
	background(t, cmd)
	w.Close()
	display, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal("Xvfb: ", err)
	}
	return "DISPLAY=:" + strings.TrimSpace(display)
}

// background starts a program that ends with the test.
func background(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
}

func until(t *testing.T, what func() string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * patience); !so(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waiting for ", what())
		}
	}
}

// call carries out a command, whose value goes into v.
func (b *engine) call(command string, params map[string]any, v any) {
	b.Helper()
	value, err := b.do(command, params)
	if err != nil {
		b.Fatalf("%s: %v", command, err)
	}
	if v != nil {
		if err := json.Unmarshal(value, v); err != nil {
			b.Fatalf("%s: %.300s: %v", command, value, err)
		}
	}
}

func (b *engine) eval(expression string, v any) {
	b.Helper()
	b.call("ExecuteScript", map[string]any{"script": "return " + expression, "args": []any{}}, v)
}

// await evaluates a promise.
func (b *engine) await(promise string, v any) {
	b.Helper()
	b.call("ExecuteAsyncScript", map[string]any{"script": "const done = arguments[0]; (" + promise + ").then(done, (error) => done(String(error)))", "args": []any{}}, v)
}

func (b *engine) wait(expression string) {
	b.Helper()
	until(b.T, func() string {
		return fmt.Sprintf("%s; status %q, training %q", expression, b.text("status"), b.text("train-status"))
	}, func() (ok bool) {
		b.eval("Boolean("+expression+")", &ok)
		return ok
	})
}

func (b *engine) text(id string) (text string) {
	b.Helper()
	b.eval(fmt.Sprintf("document.getElementById(%q)?.textContent ?? ''", id), &text)
	return text
}

// changes runs f and waits for another prediction.
func (b *engine) changes(f func()) {
	b.Helper()
	before := b.text("prediction")
	f()
	b.wait(fmt.Sprintf("document.getElementById('prediction').textContent !== %q", before))
}

func (b *engine) press(id string) {
	b.Helper()
	b.wait(fmt.Sprintf("document.getElementById(%q)?.disabled === false", id))
	b.eval(fmt.Sprintf("document.getElementById(%q).click()", id), nil)
}

func (b *engine) set(id, value string) {
	b.Helper()
	b.eval(fmt.Sprintf("(e => { e.value = %q; e.dispatchEvent(new Event('change')) })(document.getElementById(%q))", value, id), nil)
}

// acts has an input device do something.
func (b *engine) acts(device map[string]any) {
	b.Helper()
	b.call("PerformActions", map[string]any{"actions": []any{device}}, nil)
}

// pointer moves the mouse through points, x and y in turn, with the button pressed.
func (b *engine) pointer(points ...int) {
	b.Helper()
	var actions []any
	for i := 0; i < len(points); i += 2 {
		actions = append(actions, map[string]any{"type": "pointerMove", "duration": 20, "x": points[i], "y": points[i+1], "origin": "viewport"})
		if i == 0 {
			actions = append(actions, map[string]any{"type": "pointerDown", "button": 0})
		}
	}
	actions = append(actions, map[string]any{"type": "pointerUp", "button": 0})
	b.acts(map[string]any{"type": "pointer", "id": "mouse", "parameters": map[string]any{"pointerType": "mouse"}, "actions": actions})
}

// clicks presses with the mouse what lies over the middle of an element.
func (b *engine) clicks(id string) {
	b.Helper()
	b.wait(fmt.Sprintf("document.getElementById(%q)?.disabled === false", id))
	var at [2]int
	b.eval(fmt.Sprintf(`(() => { const r = document.getElementById(%q).getBoundingClientRect(); return [Math.round(r.x + r.width / 2), Math.round(r.y + r.height / 2)]; })()`, id), &at)
	b.pointer(at[0], at[1])
}

// control is the key of that name in WebDriver.
const control = "\ue009"

// keys presses keys one after the other and lets them go in the opposite order.
func (b *engine) keys(keys ...string) {
	b.Helper()
	var down, up []any
	for _, key := range keys {
		down = append(down, map[string]any{"type": "keyDown", "value": key})
		up = append([]any{map[string]any{"type": "keyUp", "value": key}}, up...)
	}
	b.acts(map[string]any{"type": "key", "id": "keys", "actions": append(down, up...)})
}

// choose gives files to a file chooser of the page.
func (b *engine) choose(id, name string, content []byte) {
	b.Helper()
	file := filepath.Join(b.TempDir(), name)
	if err := os.WriteFile(file, content, 0o644); err != nil {
		b.Fatal(err)
	}
	var found map[string]string
	b.call("FindElement", map[string]any{"using": "css selector", "value": "#" + id}, &found)
	for _, element := range found {
		b.call("ElementSendKeys", map[string]any{"id": element, "text": file}, nil)
	}
}

func (b *engine) shot(name string) {
	b.Helper()
	var text string
	b.call("TakeScreenshot", map[string]any{"full": false}, &text)
	png, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		b.Fatal(err)
	}
	if err := os.MkdirAll(artifacts, 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(artifacts, b.name+"-"+name+".png"), png, 0o644); err != nil {
		b.Fatal(err)
	}
}

// loaded opens the page at an address and waits for its first answer.
func (b *engine) loaded(at string) {
	b.Helper()
	b.call("Navigate", map[string]any{"url": at}, nil)
	b.wait(loaded)
}

// reload loads the page anew as a person does. The driver's own way asks the network in Firefox, past
// what is kept.
func (b *engine) reload() {
	b.Helper()
	b.eval(`void (window.before = true, setTimeout(() => location.reload(), 0))`, nil)
	until(b.T, func() string { return "the page after a reload" }, func() bool {
		v, err := b.do("ExecuteScript", map[string]any{"script": "return !window.before && Boolean(" + loaded + ")", "args": []any{}})
		return err == nil && string(v) == "true" // while one page goes and the next comes there is an error
	})
}
