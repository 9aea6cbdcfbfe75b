package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// webkit is the session of a WebKitWebDriver, by its address.
type webkit string

// safaris are the features that Safari has on and this browser has not.
const safaris = "+StorageAPI,+StorageAPIEstimate,+FileSystem,+AccessHandle"

// startWebKit opens WebKitGTK, the nearest to Safari that Linux has, or skips the test.
func startWebKit(t *testing.T) *engine {
	t.Helper()
	const missing = "no WebKitGTK: on Debian and Ubuntu, apt-get install webkit2gtk-driver xvfb; TestOtherBrowsersStorage and TestGestures stand in for it"
	browsers, err := filepath.Glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")
	if err != nil || browsers == nil {
		t.Skip(missing)
	}
	for _, name := range []string{"WebKitWebDriver", "Xvfb"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(missing)
		}
	}
	port := freePort(t)
	cmd := exec.Command("WebKitWebDriver", "--port="+port)
	cmd.Env = append(os.Environ(), screen(t), "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1", "XDG_DATA_HOME="+t.TempDir(), "XDG_CACHE_HOME="+t.TempDir())
	background(t, cmd)
	server := webkit("http://127.0.0.1:" + port)
	until(t, func() string { return "the driver" }, func() bool {
		answer, err := http.Get(string(server) + "/status")
		if err == nil {
			answer.Body.Close()
		}
		return err == nil
	})
	var made struct{ SessionID string }
	(&engine{t, server, ""}).call("NewSession", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"webkitgtk:browserOptions": map[string]any{"binary": browsers[len(browsers)-1], "args": []string{"--automation", "--features=" + safaris}},
	}}}, &made)
	b := &engine{t, server + webkit("/session/"+made.SessionID), "webkit"}
	t.Cleanup(func() { b.do("DeleteSession", nil) })
	return b
}

// endpoints are the methods and paths of commands.
var endpoints = map[string]struct{ method, path string }{
	"NewSession":         {"POST", "/session"},
	"DeleteSession":      {"DELETE", ""},
	"Navigate":           {"POST", "/url"},
	"ExecuteScript":      {"POST", "/execute/sync"},
	"ExecuteAsyncScript": {"POST", "/execute/async"},
	"PerformActions":     {"POST", "/actions"},
	"TakeScreenshot":     {"GET", "/screenshot"},
	"FindElement":        {"POST", "/element"},
	"ElementSendKeys":    {"POST", "/element/{id}/value"},
}

func (w webkit) do(command string, params map[string]any) (json.RawMessage, error) {
	at := endpoints[command]
	body := []byte("{}")
	if params != nil {
		var err error
		if body, err = json.Marshal(params); err != nil {
			return nil, err
		}
	}
	id, _ := params["id"].(string)
	request, err := http.NewRequest(at.method, string(w)+strings.Replace(at.path, "{id}", id, 1), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if at.method != "POST" {
		request.Body = http.NoBody
	}
	answer, err := (&http.Client{Timeout: 2 * patience}).Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var result struct{ Value json.RawMessage }
	if err := json.NewDecoder(answer.Body).Decode(&result); err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%.300s", result.Value)
	}
	return result.Value, nil
}

// TestWebKit walks through the page in WebKitGTK.
func TestWebKit(t *testing.T) {
	t.Parallel()
	if missing != "" {
		t.Skip(missing)
	}
	startWebKit(t).walk()
}
