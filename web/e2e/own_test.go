package e2e

import (
	"encoding/base64"
	"fmt"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/doodles"
)

// TestOwnPictures opens the page over pictures that an earlier version has kept for Teach: they are a project
// in Classes, where one is moved, and stays so.
func TestOwnPictures(t *testing.T) {
	data, _ := doodles.Load()
	var former []byte
	for i := range 12 {
		pixels, label := data.Picture(i)
		b, err := cifar10.Record(pixels, label)
		if err != nil {
			t.Fatal(err)
		}
		former = append(former, b...)
	}
	p := fresh(t, laptop)
	eval[any](p, fmt.Sprintf(`navigator.storage.getDirectory().then((d) => d.getDirectoryHandle("tenfold", {create: true})).then((d) => d.getFileHandle("my-pictures.bin", {create: true})).then((h) => h.createWritable())
		.then(async (w) => { await w.write(Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))); await w.close(); return 1; })`, base64.StdEncoding.EncodeToString(former)))
	p.click("view-classes")
	p.waitLong(`!!document.querySelector("#project option[value=mine]")`)
	p.set("project", "mine")
	p.wait(statusOf("12 pictures in 10 classes"))
	names := eval[string](p, `navigator.storage.getDirectory().then((d) => d.getDirectoryHandle("tenfold")).then(async (d) => (await Array.fromAsync(d.keys())).sort().join(" "))`)
	if names != "project-mine project-mine.0 using-project" {
		t.Errorf("the browser keeps %s", names)
	}
	count := func(row int) string {
		return eval[string](p, fmt.Sprintf(`document.getElementById("class-list-%d").textContent`, row))
	}
	unmoved := count(6)
	p.press("class-picture-0")
	p.wait(`document.getElementById("class-move") !== null`)
	eval[any](p, `{ const e = document.getElementById("class-move"); e.value = "5"; e.dispatchEvent(new Event("change")); }`)
	p.wait(fmt.Sprintf(`document.getElementById("class-list-6").textContent !== %q`, unmoved))
	before := count(6)
	p.shots("classes-own")
	p.reload()
	p.click("view-classes")
	p.waitLong(statusOf("12 pictures in 10 classes"))
	if got := count(6); got != before {
		t.Errorf("dogs: %q after a reload, %q before", got, before)
	}
}
