package e2e

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
)

func TestZZ(t *testing.T) {
	p := blank(t, flat)
	p.navigate(address + "/404.html")
	dir := t.TempDir()
	os.MkdirAll(filepath.Join(dir, "a", "b"), 0o755)
	os.WriteFile(filepath.Join(dir, "a", "b", "x.txt"), []byte("hello"), 0o644)
	eval[any](p, `globalThis.log = []; for (const n of ["dragenter","dragover","drop"]) addEventListener(n, (e) => { e.preventDefault(); log.push(n + " " + [...e.dataTransfer.items].map((i) => i.kind + " " + (i.webkitGetAsEntry?.()?.isDirectory) + " " + i.getAsFile()?.name)); if (n=="drop") { const en = e.dataTransfer.items[0]?.webkitGetAsEntry(); if (en?.isDirectory) en.createReader().readEntries((all) => log.push("entries " + all.map((x) => x.fullPath)), (er) => log.push("err " + er)); } })`)
	p.dropPaths(filepath.Join(dir, "a"))
	time.Sleep(time.Second)
	t.Log(eval[any](p, "log"))
	_ = input.DragData{}
}
