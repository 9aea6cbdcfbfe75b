package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestDiagnosis opens it with its key, here and over plain http from another address, and
// copies it.
func TestDiagnosis(t *testing.T) {
	const copying = `navigator.clipboard && (navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); });
		document.execCommand = (what) => { window.copied = document.activeElement.value; return what === "copy"; };`
	for name, c := range map[string]struct {
		look
		want, not []string
	}{
		"here":       {look{width: 1280, height: 800, scale: 1, script: copying}, []string{"Secure address: yes", "Cross-origin isolated: yes", "Relaxed SIMD: yes", "MB used of", "Canvas: ANGLE"}, []string{"unknown", "Storage: none"}},
		"plain http": {look{width: 360, height: 740, scale: 2, phone: true, dark: true, script: copying, address: plain(t)}, []string{"Secure address: no", "over https", "workers send messages", "Storage: none", "Camera: no"}, []string{"unknown"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, c.look)
			p.do(chromedp.KeyEvent("?"))
			p.wait(`(document.getElementById("about-status")?.textContent ?? "").includes("to note")`)
			p.press("about-copy")
			p.wait("window.copied !== undefined")
			text := eval[string](p, "window.copied")
			for _, want := range append(c.want, "Program: ", "Browser: Mozilla") {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in\n%s", want, text)
				}
			}
			for _, not := range c.not {
				if strings.Contains(text, not) {
					t.Errorf("%q in\n%s", not, text)
				}
			}
			p.shot("about-" + strings.ReplaceAll(name, " ", "-"))
			t.Logf("\n%s", text)
		})
	}
}

// TestPresenting fine-tunes, puts both networks side by side, and starts over with one key.
func TestPresenting(t *testing.T) {
	p := ready(t, laptop, 400)
	p.short()
	p.press("train-start")
	p.waitLong(trainStatus("done"))
	p.do(chromedp.KeyEvent("p"))
	p.wait(`/^[a-z]+$/.test(document.getElementById("present-tuned")?.textContent ?? "") && /%/.test(document.getElementById("present-tuned-share")?.textContent ?? "")`)
	p.shot("present-laptop")
	p.click("view-train")
	p.shot("present-train")
	p.do(chromedp.KeyEvent("x"))
	p.wait(`document.title.startsWith("Classify") && !document.getElementById("present-tuned-share")`)
	p.shot("present-reset")
	p.click("undo")
	p.wait(`document.getElementById("prediction").textContent.startsWith("ship")`)
	p.do(chromedp.KeyEvent("p"))
	p.wait(`!document.getElementById("present-tuned") && !document.getElementById("do-present-stop")`)
}
