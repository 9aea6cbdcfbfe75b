package room

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"sync"

	"rsc.io/qr"
)

//go:embed join.html welcome.html room.css join.js
var files embed.FS

var pages = template.Must(template.ParseFS(files, "*.html"))

// Room is what the projector's page and the welcome over http say.
type Room struct {
	Address string   // the best one, https://...
	Others  []string // further ones
	Own     bool     // the certificate was made here, so that browsers warn of it

	mu      sync.Mutex
	clients map[net.Conn]string // the host of each open connection
}

// New returns a room whose page is at addresses, the best first.
func New(addresses []string, own bool) *Room {
	return &Room{Address: addresses[0], Others: addresses[1:], Own: own, clients: map[net.Conn]string{}}
}

// Track is an http.Server's ConnState. It counts who is connected.
func (r *Room) Track(c net.Conn, s http.ConnState) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch s {
	case http.StateNew:
		host, _, err := net.SplitHostPort(c.RemoteAddr().String())
		if err != nil {
			host = c.RemoteAddr().String()
		}
		r.clients[c] = host
	case http.StateClosed, http.StateHijacked:
		delete(r.clients, c)
	}
}

// Connected returns how many other computers are connected.
func (r *Room) Connected() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	hosts := map[string]bool{}
	for _, h := range r.clients {
		if ip := net.ParseIP(h); ip == nil || !ip.IsLoopback() {
			hosts[h] = true
		}
	}
	return len(hosts)
}

// Code returns the QR code of the best address as a PNG.
func (r *Room) Code() ([]byte, error) {
	c, err := qr.Encode(r.Address, qr.M)
	if err != nil {
		return nil, fmt.Errorf("room: %w", err)
	}
	c.Scale = 12
	return c.PNG(), nil
}

// Handle adds the projector's page to a server.
func (r *Room) Handle(mux *http.ServeMux) {
	mux.HandleFunc("GET /join", func(w http.ResponseWriter, _ *http.Request) { r.page(w, "join.html") })
	mux.HandleFunc("GET /join/connected", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		fmt.Fprint(w, r.Connected())
	})
	for _, name := range []string{"room.css", "join.js"} {
		mux.HandleFunc("GET /join/"+name, func(w http.ResponseWriter, q *http.Request) { http.ServeFileFS(w, q, files, name) })
	}
}

// Welcome answers over plain http: a browser that cannot know a certificate that was made
// here is told what will happen, and that it may continue without; with a real certificate it
// is sent to https at once. plain serves the page without https.
func (r *Room) Welcome(plain http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		switch {
		case !r.Own:
			http.Redirect(w, q, r.secure(q), http.StatusTemporaryRedirect)
		case q.URL.Path == "/" && !q.URL.Query().Has("plain"):
			r.page(w, "welcome.html", r.secure(q))
		default:
			plain.ServeHTTP(w, q)
		}
	})
}

// secure returns the address over https of what was asked for, under the host that was used.
func (r *Room) secure(q *http.Request) string {
	host, _, err := net.SplitHostPort(q.Host)
	if err != nil {
		host = q.Host
	}
	_, port, err := net.SplitHostPort(r.Address[len("https://"):])
	if err != nil || host == "" {
		return r.Address
	}
	to := *q.URL
	to.Scheme, to.Host = "https", net.JoinHostPort(host, port)
	if _, err := url.Parse(to.String()); err != nil { // the host that was sent is none
		return r.Address
	}
	return to.String()
}

func (r *Room) page(w http.ResponseWriter, name string, to ...string) {
	code, err := r.Code()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	var b bytes.Buffer
	err = pages.ExecuteTemplate(&b, name, map[string]any{
		"Room": r, "Connected": r.Connected(), "To": to,
		"Code": template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(code)),
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Write(b.Bytes())
}
