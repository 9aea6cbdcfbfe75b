package e2e

import (
	"testing"
)

// views are looked at in three sizes and both themes.
var sizes = map[string]look{
	"phone":  {width: 360, height: 740, scale: 2, phone: true},
	"laptop": {width: 1280, height: 800, scale: 1},
	"large":  {width: 2560, height: 1440, scale: 1},
}

// TestLookScreens keeps screenshots of Data, Evaluate and Model with real data.
func TestLookScreens(t *testing.T) {
	for name, size := range sizes {
		for _, scheme := range []string{"light", "dark"} {
			l := size
			l.dark = scheme == "dark"
			p := ready(t, l, 2000)
			p.click("view-data")
			p.wait(`document.getElementById("data-shown").textContent !== ""`)
			p.press("data-next")
			p.wait(`document.getElementById("data-picture").textContent.includes("network says")`)
			p.shot("data-" + name + "-" + scheme)
			p.press("data-all")
			p.shot("data-all-" + name + "-" + scheme)
			p.click("view-evaluate")
			p.press("evaluate-start")
			p.waitLong(`document.getElementById("evaluate-status").textContent.startsWith("done")`)
			p.shot("evaluate-" + name + "-" + scheme)
			p.click("view-model")
			p.wait(`document.getElementById("model-reasons").textContent !== ""`)
			p.press("model-stimulus")
			p.wait(`document.getElementById("model-excited").textContent.includes("done")`)
			p.press("model-nine")
			p.waitLong(`document.getElementById("model-excited").textContent.includes("excite it most")`)
			p.shot("model-" + name + "-" + scheme)
		}
	}
}
