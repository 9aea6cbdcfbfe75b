// Tenfold serves the page. All its files are inside this program.
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/pkg/browser"

	"tenfold/nn/task"
	"tenfold/server/headers"
	"tenfold/server/static"
	"tenfold/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "tenfold:", err)
			os.Exit(1)
		}
	}
}

// settings are what the program was started with.
type settings struct {
	addr, plain, data, cert, key, network, share string
	open, room                                   bool
}

// run serves until ctx ends. It prints the addresses to out and logs to log.
func run(ctx context.Context, args []string, out, log io.Writer) error {
	var s settings
	fs := flag.NewFlagSet("tenfold", flag.ContinueOnError)
	fs.SetOutput(log)
	fs.StringVar(&s.addr, "addr", "", "`host:port` to listen on, or one of the two (127.0.0.1:8080; in a room, for https, :8443)")
	fs.BoolVar(&s.open, "open", false, "open the page in the browser")
	fs.StringVar(&s.data, "data", "", "`folder` with CIFAR-10's files, for \"Random test picture\" and for training")
	fs.StringVar(&s.network, "model", "", "`name` of the pretrained network that the page opens with; empty means the page's own choice")
	fs.BoolVar(&s.room, "room", false, "serve everybody on this machine's network, over https, with a page for the projector at /join")
	fs.StringVar(&s.plain, "http", ":8080", "in a room: `host:port` for those who come over http")
	fs.StringVar(&s.cert, "cert", "", "in a room: `file` of a real certificate, PEM; without it one is made and kept on this machine")
	fs.StringVar(&s.key, "key", "", "in a room: `file` of the certificate's key, PEM")
	fs.StringVar(&s.share, "share", "", "in a room: `folder` for projects that the teacher puts up, for a week, so that others fetch them by a code")
	version := fs.Bool("version", false, "print what this program was built from")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 {
		return fmt.Errorf("%q is not an option: -help lists them; an address is given with -addr, a data set with -data", fs.Arg(0))
	}
	if *version {
		fmt.Fprintln(out, "tenfold", task.Version())
		return nil
	}
	logger := slog.New(slog.NewTextHandler(log, nil))
	handler, err := newHandler(s.data, s.network)
	if err != nil {
		return err
	}
	if s.room {
		return serveRoom(ctx, s, handler, out, logger)
	}
	if s.share != "" {
		return errors.New("-share is for a room: give -room too")
	}
	listener, err := listen(s.addr, "127.0.0.1:8080", "-addr")
	if err != nil {
		return err
	}
	url := "http://" + opens(listener.Addr())
	fmt.Fprintf(out, "Tenfold is at %s (Ctrl-C ends it)\n", url)
	if s.open {
		if err := browser.OpenURL(url); err != nil {
			fmt.Fprintln(log, "tenfold: could not open the browser:", err)
		}
	}
	return serve(ctx, endpoint{Listener: listener, handler: logged(logger, headers.Add(handler))}, log)
}

// endpoint is one address that is served.
type endpoint struct {
	net.Listener
	handler http.Handler
	track   func(net.Conn, http.ConnState) // nil for nobody
	secure  *tls.Config                    // nil for http
}

// serve serves until ctx ends.
func serve(ctx context.Context, e endpoint, log io.Writer) error {
	server := &http.Server{
		Handler:           e.handler,
		ConnState:         e.track,
		TLSConfig:         e.secure,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      5 * time.Minute, // a slow phone takes long for 20 MB
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(slog.NewTextHandler(log, nil), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() {
		if e.secure != nil {
			done <- server.ServeTLS(e, "", "")
		} else {
			done <- server.Serve(e)
		}
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return server.Shutdown(last)
}

// newHandler puts the page and the data set together. network is the name of the pretrained one
// that the page opens with, or "".
func newHandler(data, network string) (*http.ServeMux, error) {
	page, err := static.New(web.Dist())
	if err != nil {
		return nil, fmt.Errorf("%w; `make build` packs the page", err)
	}
	if network != "" {
		if err := openWith(page, web.Dist(), network); err != nil {
			return nil, err
		}
	}
	mux := http.NewServeMux()
	mux.Handle("/", page)
	if data != "" {
		sets, err := dataSet(data)
		if err != nil {
			return nil, err
		}
		mux.Handle("/data/", sets)
	}
	return mux, nil
}
