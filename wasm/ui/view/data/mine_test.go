package data_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
)

// TestMyPictures looks at the person's own pictures, deletes one and puts it back.
func TestMyPictures(t *testing.T) {
	own := []protocol.Labelled{{Picture: apptest.Plain(0), Class: 0}, {Picture: apptest.Plain(1), Class: 1}}
	b := open(t, 1280, 800, false, 20, own...)
	if b.Has("data-remove") {
		t.Error("a test picture can be deleted")
	}
	b.Press("data-mine")
	b.Album(2)
	if s := b.Text("data-status"); !strings.HasSuffix(s, "; all 2 of all classes") {
		t.Errorf("%q", s)
	}
	b.Press("data-next")
	b.Album(2)
	var at int
	if _, err := fmt.Sscanf(b.Text("data-picture"), "Picture %d", &at); err != nil {
		t.Fatal(err)
	}
	b.Press("data-remove")
	if d := apptest.Asks[protocol.Drop](b); len(d) != 1 || d[0].Index != at {
		t.Errorf("%+v", d)
	}
	b.Do("data-remove")
	if d := apptest.Asks[protocol.Drop](b); len(d) != 0 {
		t.Error("a second press deletes another picture")
	}
	b.Trains(20, own[1-at])
	if !b.Has("data-picture") || b.Leaf("data-remove").Disabled == "" {
		t.Error("before it is known what is left, it is not shown what there was, or can be deleted")
	}
	if l := apptest.Asks[protocol.Look](b); len(l) != 0 {
		t.Errorf("pictures are asked for by the numbers of before: %+v", l)
	}
	b.Desk().Library.Forget()
	b.Says(protocol.Notice{})
	b.Album(1)
	if s := b.Text("data-picture"); !strings.HasPrefix(s, "Picture 0 ") {
		t.Errorf("the one that is left is not enlarged: %q", s)
	}
	b.Press("data-restore")
	if a := apptest.Asks[protocol.Add](b); len(a) != 1 || a[0].Class != at || !slices.Equal(a[0].Picture, own[at].Picture) {
		t.Errorf("%d pictures are put back", len(a))
	}
	if b.Has("data-restore") {
		t.Error("it can be put back twice")
	}
	b.Trains(20, own...)
	b.Album(2)
	b.Press("data-remove")
	b.Says(protocol.Failed{Message: "no"})
	if b.Leaf("data-remove").Disabled != "" {
		t.Error("after an error no picture can be deleted")
	}
	b.Press("data-remove")
	b.Trains(20)
	if !b.Has("data-restore") {
		t.Error("the last one cannot be put back")
	}
}
