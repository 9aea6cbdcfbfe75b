package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// TestCodeField looks at the field of code on a phone in the theme that the person has chosen, which is
// not the system's, and with a keyboard over the lower half: it keeps its colours, the focus and what was
// typed, and its line is seen.
func TestCodeField(t *testing.T) {
	p := fresh(t, look{width: 390, height: 844, scale: 2, phone: true, script: noWebGL})
	p.click("view-build")
	p.wait(`document.getElementById("network-sum") !== null`)
	for _, theme := range []string{"dark", "light"} {
		system := map[string]string{"dark": "light", "light": "dark"}[theme]
		p.scheme(system)
		if eval[string](p, `document.documentElement.dataset.theme ?? ""`) != theme {
			p.click("theme")
		}
		p.wait(fmt.Sprintf(`document.documentElement.dataset.theme === %q`, theme))
		p.wait(`(() => { const e = document.getElementById("network-code"); e.scrollIntoView(); e.focus(); return document.activeElement === e; })()`)
		colours := eval[string](p, `(() => { const s = getComputedStyle(document.getElementById("network-code")); return s.color + " on " + s.backgroundColor + ", " + s.colorScheme; })()`)
		want := map[string]string{"dark": "rgb(236, 237, 239) on rgb(19, 20, 23), dark", "light": "rgb(27, 29, 33) on rgb(247, 247, 245), light"}[theme]
		if colours != want {
			t.Errorf("%s chosen, the system %s: the code is %s, want %s", theme, system, colours, want)
		}
		p.shot("build-code-" + theme + "-chosen")
	}
	eval[any](p, `(() => { const e = document.getElementById("network-code"); e.setSelectionRange(0, 0); document.execCommand("insertText", false, "# mine\n"); })()`)
	low := look{width: 390, height: 430, scale: 2, phone: true} // a browser that makes room for the keyboard
	p.resize(low)
	p.wait(`innerHeight === 430`)
	p.wait(`(() => { const e = document.getElementById("network-code"), r = e?.getBoundingClientRect(); return document.activeElement === e && r.top < innerHeight - 100 && r.bottom > 100 && e.value.startsWith("# mine\n"); })()`)
	p.shot("build-code-keyboard")
	if code := eval[string](p, `document.getElementById("network-code").value`); !strings.HasPrefix(code, "# mine\ndef make_model") {
		t.Errorf("the code is\n%s", code)
	}
}
