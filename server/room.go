package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/mdp/qrterminal/v3"

	"tenfold/server/headers"
	"tenfold/server/room"
	"tenfold/server/share"
)

// serveRoom serves everybody on the network until ctx ends: over https, and over http
// those who come that way, with an explanation.
func serveRoom(ctx context.Context, s settings, handler *http.ServeMux, out io.Writer, log *slog.Logger) error {
	hosts, err := room.Hosts()
	if err != nil {
		return err
	}
	certificate, err := certificateOf(s, hosts)
	if err != nil {
		return err
	}
	shared, err := sharing(s.share)
	if err != nil {
		return err
	}
	secure, err := listen(s.addr, ":8443", "-addr")
	if err != nil {
		return err
	}
	plain, err := listen(s.plain, ":8080", "-http")
	if err != nil {
		return err
	}
	var addresses []string
	for _, h := range hosts {
		addresses = append(addresses, "https://"+net.JoinHostPort(h, port(secure)))
	}
	r := room.New(addresses, s.cert == "")
	r.Handle(handler)
	announce(out, r, port(plain), shared)
	both, stop := context.WithCancel(ctx)
	defer stop()
	encrypted := handler
	if shared != nil { // over https alone: pictures of people and the teacher's key are for nobody else
		encrypted = http.NewServeMux()
		encrypted.Handle("/", handler)
		shared.Handle(encrypted)
		go shared.Sweep(both)
	}
	done := make(chan error, 2)
	warnings := logWriter{log}
	go func() {
		done <- serve(both, endpoint{secure, logged(log, headers.Add(encrypted)), r.Track, &tls.Config{Certificates: []tls.Certificate{certificate}}}, warnings)
	}()
	go func() {
		done <- serve(both, endpoint{plain, logged(log, headers.Add(r.Welcome(handler))), r.Track, nil}, warnings)
	}()
	err = <-done
	stop()
	if second := <-done; err == nil {
		err = second
	}
	return err
}

// sharing shares what lies in a folder, nothing for "".
func sharing(dir string) (*share.Share, error) {
	if dir == "" {
		return nil, nil
	}
	s, err := share.New(dir)
	if err != nil {
		return nil, fmt.Errorf("-share %s: %w", dir, err)
	}
	return s, nil
}

func port(l net.Listener) string {
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		panic(err) // a listener has an address
	}
	return port
}

// certificateOf returns the one in the files that were given, or the one that is kept on this
// machine.
func certificateOf(s settings, hosts []string) (tls.Certificate, error) {
	if s.cert != "" || s.key != "" {
		c, err := tls.LoadX509KeyPair(s.cert, s.key)
		if err != nil {
			return c, fmt.Errorf("-cert and -key: %w", err)
		}
		return c, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("there is no folder to keep a certificate in: %w; give one with -cert and -key", err)
	}
	return room.Certificate(filepath.Join(dir, "tenfold"), hosts, time.Now())
}

// announce prints where the page is, with a QR code of the best address.
func announce(out io.Writer, r *room.Room, plain string, shared *share.Share) {
	qrterminal.GenerateHalfBlock(r.Address, qrterminal.M, out)
	fmt.Fprintf(out, "Tenfold is at %s (Ctrl-C ends it)\n", r.Address)
	for _, a := range r.Others {
		fmt.Fprintf(out, "          or %s\n", a)
	}
	fmt.Fprintf(out, "Those who type the address without https come to port %s, which says what works without it.\n", plain)
	fmt.Fprintf(out, "For the projector: %s/join\n", r.Address)
	if shared != nil {
		fmt.Fprintf(out, "Projects are put up under Classes, over https, by who has the key: %s\n", shared.Key)
	}
	if r.Own {
		fmt.Fprintln(out, "The certificate was made on this machine, so browsers warn of it: choose Advanced, then Proceed.")
	}
}

// logWriter hands what is written to it to a log.
type logWriter struct{ *slog.Logger }

// Write implements io.Writer.
func (w logWriter) Write(b []byte) (int, error) {
	w.Warn(string(b))
	return len(b), nil
}
