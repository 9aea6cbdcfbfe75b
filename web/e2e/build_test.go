package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// ownNetwork is what a student might have, with the recipe of a short run.
const ownNetwork = `
from keras.models import Sequential
from keras.layers import *

def make_model():
    model = Sequential()
    for filters in (8, 16):
        model.add(Conv2D(filters, (3, 3), padding='same', use_bias=False))
        model.add(BatchNormalization())
        model.add(Activation('relu'))
        model.add(MaxPooling2D())
    model.add(GlobalAveragePooling2D())
    model.add(Dense(10, activation='softmax'))
    return model

model = make_model()
model.compile(loss='categorical_crossentropy', optimizer=keras.optimizers.Adam(learning_rate=0.004), metrics=['accuracy'])
model.fit(x_train, y_train, batch_size=16, epochs=2)
`

// TestBuild writes a network as Keras code, trains it, reloads in the middle, goes on, evaluates
// it, and opens it from its address where nothing of it is known; all by the document.
func TestBuild(t *testing.T) {
	p := ready(t, laptop, 1000)
	p.click("view-build")
	p.wait(`document.getElementById("network-sum") !== null`)
	p.set("network-code", strings.Replace(ownNetwork, "MaxPooling2D()", "MaxPooling3D()", 1))
	p.press("network-apply")
	p.wait(`document.getElementById("network-error")?.textContent === "Line 11: MaxPooling3D is not among the layers here"`)
	p.shot("build-wrong")
	p.set("network-code", ownNetwork)
	p.press("network-apply")
	p.wait(`document.getElementById("network-sum").textContent.startsWith("1,634 parameters (48 not trainable)")`)
	p.wait(`document.getElementById("network-takes") !== null`)
	t.Log(p.text("network-takes"))
	p.shot("build-own")
	script := eval[string](p, `(() => { let text = ""; navigator.clipboard.writeText = async (s) => { text = s; window.copied = s; }; return text; })()`)
	p.press("network-copy")
	p.wait(`window.copied?.includes("keras.datasets.cifar10.load_data()")`)
	if script != "" {
		t.Error("the script was there before")
	}
	hash := eval[string](p, "location.hash")

	p.press("network-train")
	p.wait(`document.getElementById("train-epochs")?.value === "2" && document.getElementById("train-batch")?.value === "16"`)
	p.set("train-data", "test")
	p.set("train-holdout", "0.2")
	p.set("train-workers", "1")
	settings := eval[string](p, "location.hash")
	const recipe = `JSON.stringify(["epochs", "batch", "rate", "optimizer", "data", "holdout"].map((name) => document.getElementById("train-" + name).value))`
	set := eval[string](p, recipe)
	if !strings.Contains(set, `"2","16","0.004","adam","test"`) {
		t.Errorf("the code's recipe is %s", set)
	}
	if len(settings) > 2000 {
		t.Errorf("the address of network and recipe has %d characters", len(settings))
	}
	p.press("train-start")
	p.wait(trainStatus("epoch 1/2 step"))
	p.press("train-pause")
	p.wait(trainStatus("paused"))
	p.reload()
	p.click("view-train")
	p.wait(trainStatus("resume"))
	p.press("train-resume")
	p.waitLong(trainStatus("done"))
	_, after := p.accuracies()
	t.Logf("held-out accuracy %.3f", after)
	if after < 0.15 {
		t.Errorf("the network has learned nothing: held-out accuracy %.3f", after)
	}
	p.click("view-evaluate")
	p.press("evaluate-start")
	p.waitLong(`(document.getElementById("evaluate-status")?.textContent ?? "").startsWith("done")`)
	if text := p.text("evaluate-comparison"); !strings.Contains(text, "McNemar") && !strings.Contains(text, "was trained on") {
		t.Errorf("beside the network that the page opens with: %q", text)
	}
	p.click("view-model")
	p.wait(`document.getElementById("model-summary")?.textContent.startsWith("10 layers, 1,634 parameters")`)

	p.sideBySide()

	stranger := flat
	stranger.apart = true
	q := blank(t, stranger)
	q.navigate(address + "/404.html")
	if n := eval[int](q, `navigator.storage.getDirectory().then(async (d) => (await Array.fromAsync(d.keys())).length + Object.keys(localStorage).filter((k) => k !== "tour").length)`); n != 0 {
		t.Errorf("another profile knows %d things of this one", n)
	}
	q.navigate(address + "/" + settings)
	q.waitLong(`document.getElementById("train-epochs")?.value === "2" && document.getElementById("train-from")?.value.includes("design:")`)
	if got := eval[string](q, recipe); got != set {
		t.Errorf("from its address the recipe is %s, not %s", got, set)
	}
	q.navigate(address + "/" + hash)
	q.reload()
	q.wait(`document.getElementById("network-sum")?.textContent.startsWith("1,634 parameters")`)
	if !strings.Contains(eval[string](q, `document.getElementById("network-code").value`), "GlobalAveragePooling2D()") {
		t.Error("the address opens another network")
	}
}

// sideBySide trains once more, and compares the network with that of the run before, which the browser
// has kept: how many pictures only one gets right, and which.
func (p *tab) sideBySide() {
	p.Helper()
	p.click("view-train")
	p.set("train-seed", "2")
	p.press("train-start")
	p.wait(trainStatus("epoch 1/2 step"))
	p.waitLong(trainStatus("done"))
	p.click("view-evaluate")
	p.press("evaluate-held-out")
	p.set("evaluate-beside", eval[string](p, `[...document.querySelectorAll("#evaluate-beside option")].find((o) => o.textContent.startsWith("Run 2"))?.value ?? ""`))
	p.press("evaluate-start")
	p.waitLong(`(document.getElementById("evaluate-comparison")?.textContent ?? "").startsWith("Run 2 ")`)
	p.Log(p.text("evaluate-comparison"))
	sum := 0
	for _, side := range []string{"both", "only-this", "only-other", "neither"} {
		n := eval[int](p, `Number(/[0-9,]+$/.exec(document.getElementById("evaluate-`+side+`").textContent)[0].replace(",", ""))`)
		p.Log(side, n)
		sum += n
	}
	if status := p.text("evaluate-status"); sum == 0 || !strings.Contains(status, fmt.Sprintf("on %d pictures", sum)) {
		p.Errorf("the two networks are compared on %d pictures: %s", sum, status)
	}
	p.press("evaluate-neither")
	p.wait(`document.getElementById("evaluate-picture-0") !== null`)
	p.shot("evaluate-sides")
	p.press("evaluate-picture-0")
	p.wait(`document.getElementById("do-view-classify")?.getAttribute("aria-current") === "page" || document.getElementById("prediction") !== null`)
}
