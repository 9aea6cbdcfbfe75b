package classify_test

import (
	"image"
	"slices"
	"strings"
	"testing"

	"tenfold/wasm/ui/app/apptest"
)

// TestPicturesThatCameTogether shows one of three: the others can be reached, also when there is
// little room, and what comes after is one alone.
func TestPicturesThatCameTogether(t *testing.T) {
	for _, size := range [][2]float64{{1280, 800}, {360, 740}} {
		b := apptest.Open(t, size[0], size[1], false)
		img := image.NewRGBA(image.Rect(0, 0, 60, 40))
		b.ShowOne(img, "b.png", 1, 3)
		b.Settled()
		if s := b.Text("next-file"); !strings.Contains(s, "2 of 3") {
			t.Errorf("the button says %q", s)
		}
		b.Render()
		b.Press("next-file")
		b.Key("n")
		if n := len(b.Called); n < 2 || !slices.Equal(b.Called[n-2:], []string{"file 2", "file 2"}) {
			t.Errorf("asked for %q", b.Called)
		}
		b.Show(img, "alone.png")
		b.Settled()
		if b.Has("next-file") {
			t.Error("of one picture there is a next one")
		}
	}
}

// TestWhereAPictureWent drops one in each view.
func TestWhereAPictureWent(t *testing.T) {
	b := apptest.Open(t, 1280, 800, false)
	img := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for view, shown := range map[string]bool{"classify": true, "train": false, "data": false, "evaluate": false, "model": true} {
		b.Press("view-" + view)
		b.Problem("")
		b.Show(img, "folder/猫\u202e.png")
		if s := b.Twin().Status; strings.Contains(s, "猫\ufffd.png is now the picture in Classify.") == shown {
			t.Errorf("in %s it is said: %q", view, s)
		}
	}
	b.File("猫の写真.safetensors", []byte("x"))
	b.Until("it is refused", func() bool {
		return strings.Contains(b.Twin().Status, "The file 猫の写真.safetensors cannot be used")
	})
}
