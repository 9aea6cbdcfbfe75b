package app_test

import (
	"testing"

	"tenfold/wasm/ui/app/apptest"
)

func TestOpens(t *testing.T) {
	for _, size := range [][2]float64{{390, 844}, {1280, 800}} {
		b := apptest.Open(t, size[0], size[1], false)
		for _, v := range []string{"classify", "train", "data", "evaluate", "model"} {
			b.Press("view-" + v)
			if b.Hash != v && v != "classify" {
				t.Errorf("the address of %s is %q", v, b.Hash)
			}
			b.Render()
		}
		b.Shot("app")
	}
}
