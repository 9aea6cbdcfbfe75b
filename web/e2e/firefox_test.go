package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// firefox is a connection to Firefox's Marionette, where each message stands behind its
// length: https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html.
type firefox struct {
	net.Conn
	*bufio.Reader
	sent int // commands
}

// startFirefox opens Firefox in a fresh profile with preferences in JavaScript, or skips the test.
func startFirefox(t *testing.T, preferences string) *engine {
	t.Helper()
	for _, name := range []string{"firefox-esr", "Xvfb"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip("no Firefox: on Debian, apt-get install firefox-esr xvfb libgl1-mesa-dri")
		}
	}
	profile := t.TempDir()
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(quiet+preferences), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("firefox-esr", "--marionette", "--no-remote", "--profile", profile, "--width", "1280", "--height", "885") // of which the page has 800
	cmd.Env = append(os.Environ(), screen(t), "HOME="+t.TempDir())
	background(t, cmd)
	var port []byte
	until(t, func() string { return "Firefox" }, func() bool {
		port, _ = os.ReadFile(filepath.Join(profile, "MarionetteActivePort"))
		return len(port) > 0
	})
	conn, err := net.Dial("tcp", "127.0.0.1:"+strings.TrimSpace(string(port)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	f := &firefox{Conn: conn, Reader: bufio.NewReader(conn)}
	if _, err := f.receive(); err != nil { // its greeting
		t.Fatal(err)
	}
	b := &engine{t, f, "firefox"}
	b.call("NewSession", nil, nil)
	return b
}

// quiet are the preferences of a Firefox that asks nobody, and draws WebGL without a graphics
// processor.
const quiet = `
user_pref("marionette.port", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("app.update.enabled", false);
user_pref("webgl.force-enabled", true);
`

func (f *firefox) receive() ([]byte, error) {
	length, err := f.ReadString(':')
	if err != nil {
		return nil, err
	}
	var n int
	if _, err := fmt.Sscanf(length, "%d:", &n); err != nil {
		return nil, err
	}
	b := make([]byte, n)
	_, err = io.ReadFull(f.Reader, b)
	return b, err
}

func (f *firefox) do(command string, params map[string]any) (json.RawMessage, error) {
	if params == nil {
		params = map[string]any{}
	}
	f.sent++
	message, err := json.Marshal([]any{0, f.sent, "WebDriver:" + command, params})
	if err != nil {
		return nil, err
	}
	if err := f.SetDeadline(time.Now().Add(2 * patience)); err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(f.Conn, "%d:%s", len(message), message); err != nil {
		return nil, err
	}
	answer, err := f.receive()
	if err != nil {
		return nil, err
	}
	var parts [4]json.RawMessage // 1, the command's number, its error and its result
	if err := json.Unmarshal(answer, &parts); err != nil {
		return nil, err
	}
	if string(parts[2]) != "null" {
		return nil, fmt.Errorf("%.300s", parts[2])
	}
	var result struct{ Value json.RawMessage }
	err = json.Unmarshal(parts[3], &result)
	return result.Value, err
}

// TestFirefox walks through the page in Firefox.
func TestFirefox(t *testing.T) {
	t.Parallel()
	if missing != "" {
		t.Skip(missing)
	}
	startFirefox(t, "").walk()
}

// TestResistsFingerprinting opens the page in a Firefox that tells pages little, as Tor Browser and
// LibreWolf are: the window is larger than its textures, and the pixels of a canvas are invented.
func TestResistsFingerprinting(t *testing.T) {
	t.Parallel()
	if missing != "" {
		t.Skip(missing)
	}
	b := startFirefox(t, `user_pref("privacy.resistFingerprinting", true);`)
	b.call("SetWindowRect", map[string]any{"x": 0, "y": 0, "width": 1450, "height": 950}, nil)
	b.loaded(address)
	var pixels, texture float64
	b.eval(`innerWidth * devicePixelRatio`, &pixels)
	b.eval(`(() => { const gl = document.createElement("canvas").getContext("webgl2"); return gl?.getParameter(gl.MAX_TEXTURE_SIZE) ?? 0; })()`, &texture)
	if texture >= pixels {
		t.Errorf("textures of %g pixels are large enough for a window of %g", texture, pixels)
	}
	b.changes(func() { b.pointer(120, 300, 200, 380, 300, 240, 420, 330) })
	b.shot("resisting")
	drawn := b.text("prediction")
	b.choose("upload", "sky.png", pngOf(testPicture(64, 64)))
	b.wait(statusHas("invented pixels"))
	if now := b.text("prediction"); now != drawn {
		t.Errorf("of an invented picture the page says %q", now)
	}
	for _, view := range []string{"train", "data", "evaluate", "model", "build", "classes"} {
		b.press("do-view-" + view)
		b.shot("resisting-" + view)
	}
	var fault string
	if b.eval("tenfold.fault", &fault); fault != "" {
		t.Error(fault)
	}
}
