package classes_test

import (
	"strings"
	"testing"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/words"
)

// asked is the last question to the room's server; the test fails where there is another number of them.
func asked(b *apptest.Browser, n int) desk.RoomAsk {
	b.Helper()
	if len(b.Roomed) != n {
		b.Fatalf("the room was asked %d times, want %d: %+v", len(b.Roomed), n, b.Roomed)
	}
	return b.Roomed[n-1]
}

// says answers it.
func says(b *apptest.Browser, n, status int, text string) {
	b.Helper()
	q := asked(b, n)
	b.RoomSaid(desk.RoomSaid{What: q.What, Code: q.Code, Status: status, Text: text})
}

// sharing is the page where the server shares.
func sharing(t testing.TB, w, h float64, dark bool) *apptest.Browser {
	b := opened(t, w, h, dark, pets(20, 20, 20))
	if b.Has("room-fetch") {
		t.Error("it is offered before the server has said that it shares")
	}
	says(b, 1, 200, `{"share":true,"most":1000000}`)
	return b
}

const (
	one  = `{"code":"K7X4MP","name":"Pets","classes":3,"pictures":60,"network":true,"until":"2027-01-02T03:04:05Z"}`
	list = `{"share":true,"most":1000000,"list":[{"code":"CCCCCC","name":"Leaves","classes":4,"pictures":1200,"until":"2027-01-01T03:04:05Z"}]}`
)

// rows are how many projects are listed.
func rows(b *apptest.Browser) (n int) {
	b.Helper()
	for _, row := range b.Leaf("room-list").Children {
		if strings.HasPrefix(row.ID, "room-list-") {
			n++
		}
	}
	return n
}

// TestRoomShares puts a project up, after the key was wrong once, shows its code, and deletes it.
func TestRoomShares(t *testing.T) {
	b := sharing(t, 1280, 800, false)
	b.Trained = nil
	b.Press("project-share") // there is no key yet
	if asked(b, 1); !b.Has("room-key") {
		t.Fatal("the key is not asked for")
	}
	b.Set("room-key", "wrong")
	b.Press("project-share")
	if q := asked(b, 2); q.What != desk.RoomAbout || q.Key != "wrong" {
		t.Errorf("%+v", q)
	}
	says(b, 2, 403, "the key is another one")
	if b.Text("room-why") != words.Room.WrongKey || len(b.Trained) > 0 {
		t.Error(b.Text("room-why"), len(b.Trained))
	}
	b.Set("room-key", "k7x4-mpcc")
	b.Press("project-share")
	says(b, 3, 200, list)
	c := apptest.Asks[protocol.SaveProject](b)
	if len(c) != 1 || !c[0].Up || c[0].Bare || c[0].Project != id {
		t.Fatalf("%+v", c)
	}
	b.Says(protocol.Measuring{ID: c[0].ID, Done: 30, Total: 60})
	if b.Leaf("project-save").Disabled == "" {
		t.Error("something else can be begun meanwhile")
	}
	b.Says(protocol.Saved{ID: c[0].ID, Name: "Pets.zip"})
	if q := asked(b, 4); q.What != desk.RoomPutUp || q.Key != "k7x4-mpcc" || q.Most != 1000000 {
		t.Errorf("%+v", q)
	}
	b.RoomSaid(desk.RoomSaid{What: desk.RoomPutUp, Done: 1 << 20, Total: 4 << 20})
	if s := b.Text("room-going"); !strings.Contains(s, "Sending, 1.0 MB of 4.2 MB") {
		t.Error(s)
	}
	b.RoomSaid(desk.RoomSaid{What: desk.RoomPutUp, Done: 4 << 20, Total: 4 << 20})
	if s := b.Text("room-going"); !strings.Contains(s, words.Room.Checking) {
		t.Error(s)
	}
	says(b, 4, 201, one)
	if b.Text("room-shown") != "K7X 4MP" || rows(b) != 2 || b.Has("room-key") || b.Has("room-going") {
		t.Error(b.Words())
	}
	b.Press("room-list-1")
	if b.Text("room-shown") != "CCC CCC" {
		t.Error("another code is not shown:", b.Text("room-shown"))
	}
	b.Press("room-delete")
	if q := asked(b, 5); q.What != desk.RoomDelete || q.Code != "CCCCCC" || q.Key == "" {
		t.Errorf("%+v", q)
	}
	says(b, 5, 204, "")
	if b.Has("room-shown") || rows(b) != 1 {
		t.Error("what was deleted is still there")
	}
	b.Trained = nil
	b.Set("room-pictures", "false") // the network in use is of other classes
	if b.Leaf("project-share").Disabled != words.Room.NotLearned {
		t.Error("nothing at all can be put up:", b.Leaf("project-share").Disabled)
	}
}

// TestRoomFetches fetches by a code, and says what went wrong.
func TestRoomFetches(t *testing.T) {
	b := sharing(t, 1280, 800, false)
	if b.Leaf("room-fetch").Disabled != words.Room.NoCode {
		t.Error("without a code:", b.Leaf("room-fetch").Disabled)
	}
	b.Set("room-code", " k7x 4mp ")
	n := 1
	for status, want := range map[int]string{
		404: "Nothing is put up under k7x 4mp", 429: "too many wrong tries", desk.RoomSilent: "did not answer", 500: "answers 500: oops", 403: "not the key", desk.RoomLeft: "",
	} {
		b.Press("room-fetch")
		n++
		if q := asked(b, n); q.What != desk.RoomFetch || q.Code != "k7x 4mp" || q.Key != "" {
			t.Errorf("%+v", q)
		}
		if status == desk.RoomLeft {
			b.Press("room-cancel")
			if got := b.Called[len(b.Called)-1]; got != "leave room" {
				t.Error(got)
			}
		}
		says(b, n, status, "oops\n")
		if want == "" && b.Has("room-why") || want != "" && !strings.Contains(b.Text("room-why"), want) {
			t.Errorf("%d: %s", status, b.Words())
		}
	}
	b.Press("room-fetch")
	says(b, n+1, 200, "")
	if b.Has("room-why") || b.Leaf("room-code").Value != "" {
		t.Error("the code stays, or a fault:", b.Words())
	}
	b.Press("view-classify")
	b.Press("view-classes")
	asked(b, n+1) // whether it shares is asked once
}

// TestRoomOfNone shows nothing where a host answers anything with a page, and to who has no project what
// there is to fetch.
func TestRoomOfNone(t *testing.T) {
	for status, text := range map[int]string{404: "nothing", 200: "<html>", desk.RoomSilent: "", 201: `{"share":true}`} {
		b := opened(t, 1280, 800, false, pets(5))
		says(b, 1, status, text)
		if b.Has("room-fetch") || b.Has("room-why") {
			t.Errorf("%d %s: %s", status, text, b.Words())
		}
	}
	b := apptest.Open(t, 400, 800, false)
	b.Press("view-classes")
	b.Trains(0)
	b.Says(protocol.Projects{})
	says(b, 1, 200, `{"share":true}`)
	if !b.Has("room-fetch") || b.Has("project-share") {
		t.Error(b.Words())
	}
}

// TestRoomLost loses the worker while it packs.
func TestRoomLost(t *testing.T) {
	b := sharing(t, 1280, 800, false)
	b.Press("project-share")
	b.Set("room-key", "k7x4-mpcc")
	b.Press("project-share")
	says(b, 2, 200, list)
	b.TrainerDied("out of memory")
	if b.Text("room-why") != words.Room.Lost || b.Has("room-going") {
		t.Error(b.Words())
	}
}

// TestForgetsTheKey puts the key away: nothing of it is left in the page, and the next press asks for it. So does
// leaving the question whether it is right.
func TestForgetsTheKey(t *testing.T) {
	b := sharing(t, 1280, 800, false)
	b.Press("project-share")
	b.Set("room-key", "k7x4-mpcc")
	b.Press("project-share")
	says(b, 2, 200, list)
	c := apptest.Asks[protocol.SaveProject](b)
	b.Says(protocol.Saved{ID: c[0].ID, Name: "Pets.zip"})
	says(b, 3, 201, one)
	b.Press("room-forget")
	if b.Has("room-list") || b.Has("room-shown") || b.Has("room-forget") || strings.Contains(b.Words(), "k7x4") {
		t.Error(b.Words())
	}
	b.Press("project-share")
	if !b.Has("room-key") || b.Leaf("room-key").Value != "" || len(apptest.Asks[protocol.SaveProject](b)) != 0 {
		t.Error("the key is not asked for again")
	}
	b.Set("room-key", "k7x4-mpcc")
	b.Press("project-share")
	b.Press("room-cancel")
	says(b, 4, desk.RoomLeft, "")
	b.Press("project-share")
	if b.Leaf("room-key").Value != "" {
		t.Error("a key that was left is still there")
	}
}

// TestRoomLooks shows the code and the list.
func TestRoomLooks(t *testing.T) {
	for name, s := range map[string]struct {
		w, h float64
		dark bool
	}{"laptop": {1280, 1100, false}, "phone-dark": {390, 844, true}, "projector-dark": {1920, 1080, true}, "phone": {390, 844, false}} {
		b := sharing(t, s.w, s.h, s.dark)
		b.Press("project-share")
		b.Set("room-key", "k7x4-mpcc")
		b.Reveal("room-key")
		b.Shot("classes-room-key-" + name)
		b.Press("project-share")
		says(b, 2, 200, list)
		c := apptest.Asks[protocol.SaveProject](b)
		b.Says(protocol.Saved{ID: c[0].ID, Name: "Pets.zip"})
		b.RoomSaid(desk.RoomSaid{What: desk.RoomPutUp, Done: 1 << 20, Total: 4 << 20})
		b.Reveal("room-going")
		b.Shot("classes-room-going-" + name)
		says(b, 3, 201, one)
		b.Reveal("room-list")
		b.Shot("classes-room-" + name)
	}
}
