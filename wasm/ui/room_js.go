package main

import (
	"syscall/js"

	"tenfold/wasm/browser"
	"tenfold/wasm/ui/app"
	"tenfold/wasm/ui/desk"
)

// methods are those of HTTP for what can be asked.
var methods = map[desk.RoomTopic]string{desk.RoomAbout: "GET", desk.RoomPutUp: "POST", desk.RoomFetch: "GET", desk.RoomDelete: "DELETE"}

// Room implements desk.Host. See web/page.js.
func (h *host) Room(q desk.RoomAsk) {
	body := js.Null()
	if q.What == desk.RoomPutUp {
		body, h.up = h.up, js.Undefined()
	}
	said := func(s desk.RoomSaid) {
		s.What, s.Code = q.What, q.Code
		h.now(func(p *app.App) { p.RoomSaid(s) })
	}
	browser.Go(func() {
		far := browser.Func(func(_ js.Value, args []js.Value) any {
			said(desk.RoomSaid{Done: args[0].Int(), Total: args[1].Int()})
			return nil
		})
		defer far.Release()
		v, err := browser.Await(tenfold(), "room", methods[q.What], q.Code, q.Key, body, q.Most, far)
		if err != nil {
			said(desk.RoomSaid{Status: desk.RoomSilent})
			return
		}
		s := desk.RoomSaid{Status: v.Get("status").Int(), Text: v.Get("text").String(), Total: v.Get("bytes").Int()}
		if file := v.Get("file"); file.Truthy() {
			h.pictures([]js.Value{file})
		}
		said(s)
	})
}

// LeaveRoom implements desk.Host.
func (h *host) LeaveRoom() { browser.Try(func() { tenfold().Call("leaveRoom") }) }
