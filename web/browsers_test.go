package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// newer are what the oldest browsers that are meant lack: Safari 16.4, and Chrome, Edge and Firefox
// of two years ago. Each is said with the version of the browser that was last to have it, from
// https://github.com/mdn/browser-compat-data. A further one is a line.
var newer = map[string]string{
	`\bPromise\.withResolvers\b`:          "Safari 17.4",
	`\bPromise\.try\b`:                    "Safari 18.2",
	`\b(Object|Map)\.groupBy\b`:           "Safari 17.4",
	`\b(Iterator\.from|Iterator\.concat)`: "Safari 18.4",
	`\.(values|keys|entries)\(\)\.(map|filter|take|drop|flatMap|reduce|toArray|forEach|some|every|find)\(`: "Safari 18.4",
	`\.(isSubsetOf|isSupersetOf|isDisjointFrom|union|intersection|difference|symmetricDifference)\(`:       "Safari 17",
	`\bURL\.(canParse|parse)\b`:                             "Safari 17 and 18",
	`\bAbortSignal\.any\b`:                                  "Safari 17.4",
	`\bRegExp\.escape\b`:                                    "Safari 18.2",
	`\b(fromBase64|fromHex|toBase64|toHex)\(`:               "Safari 18.2",
	`\bFloat16Array\b|\bMath\.f16round\b`:                   "Safari 18.2",
	`\b(buffer\.transfer|transferToFixedLength)\(`:          "Safari 17.4",
	`\bMath\.sumPrecise\b|\bError\.isError\b`:               "all but the newest",
	`\bArray\.fromAsync\b`:                                  "Chrome 121",
	`\bscheduler\.`:                                         "Safari has none",
	`\brequestIdleCallback\b`:                               "Safari has none",
	`\bshow(Open|Save)FilePicker\b|\bshowDirectoryPicker\b`: "Chrome alone",
	`\bIntl\.DurationFormat\b`:                              "Firefox 136",
	`\bdocument\.startViewTransition\b`:                     "Safari 18",
	`\bcheckVisibility\(`:                                   "Safari 17.4",
	`\bwith\s*\{\s*type:`:                                   "Safari 17.2", // an import's attributes
	`\b(await\s+)?using\s+\w+\s*=`:                          "Safari has none",
	`/[dgimsuy]*v[dgimsuy]*\.(test|exec)\(`:                 "Safari 17", // of sets in a pattern
	`\blight-dark\(|\bfield-sizing\b|@starting-style`:       "Safari 17.5",
	`@scope\b|@container style\(`:                           "Safari 17.4 and 18",
	`\bpopover=|\bpopovertarget=|\bcommandfor=`:             "Safari 17",
	`\brgb\(from |\boklch\(from `:                           "Safari 16.4 in a part",
	`\banimation-timeline\b|\banchor\(`:                     "Safari 26",
}

// guarded is where a program asks first whether the browser has it.
var guarded = regexp.MustCompile(`\?\.|\?\?`)

// inGo is how Go calls and reads what JavaScript has behind a point.
var inGo = regexp.MustCompile(`\.(?:Call|Get)\("(\w+)"`)

// TestBrowsers is the linter of what the page asks of a browser: its scripts and styles, and the names
// that Go calls.
func TestBrowsers(t *testing.T) {
	var files []string
	for _, pattern := range []string{"*.js", "*.css", "*.html", "classifier/*.js", "classifier/*.css", "classifier/*.html"} {
		some, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, some...)
	}
	err := filepath.WalkDir("../wasm", func(path string, d fs.DirEntry, err error) error {
		if strings.HasSuffix(path, "_js.go") {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for pattern, since := range newer {
		re := regexp.MustCompile(pattern)
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := string(b)
			if strings.HasSuffix(file, ".go") {
				text = inGo.ReplaceAllString(text, ".$1(")
			}
			for n, line := range strings.Split(text, "\n") {
				at := re.FindStringIndex(line)
				if at != nil && !guarded.MatchString(line[at[0]:]) {
					t.Errorf("%s:%d: %q: %s", file, n+1, line[at[0]:at[1]], since)
				}
			}
		}
	}
}

// TestNewer shows the linter what it looks for.
func TestNewer(t *testing.T) {
	for _, code := range []string{"Promise.withResolvers()", "m.values().map(f)", "a.union(b)", "Uint8Array.fromBase64(s)", "requestIdleCallback(f)", "color: light-dark(#000, #fff)", `<div popover="auto">`, inGo.ReplaceAllString(`b.Call("toHex")`, ".$1("), `import x from "x.json" with { type: "json" }`} {
		found := false
		for pattern := range newer {
			found = found || regexp.MustCompile(pattern).MatchString(code)
		}
		if !found {
			t.Errorf("%q is not found", code)
		}
	}
}
