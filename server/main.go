// Tenfold serves the page. All its files are inside this program.
package main

import (
	"context"
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

// run serves until ctx ends. It prints the address to out and logs to log.
func run(ctx context.Context, args []string, out, log io.Writer) error {
	fs := flag.NewFlagSet("tenfold", flag.ContinueOnError)
	fs.SetOutput(log)
	addr := fs.String("addr", "127.0.0.1:8080", "`host:port` to listen on")
	open := fs.Bool("open", false, "open the page in the browser")
	data := fs.String("data", "", "`folder` with CIFAR-10's files, for \"Random test picture\" and for training")
	if err := fs.Parse(args); err != nil {
		return err
	}
	handler, err := newHandler(*data, slog.New(slog.NewTextHandler(log, nil)))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return fmt.Errorf("%w; another program may use the address: choose one with -addr", err)
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      5 * time.Minute, // a slow phone takes long for 20 MB
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(slog.NewTextHandler(log, nil), slog.LevelWarn),
	}
	url := "http://" + listener.Addr().String()
	fmt.Fprintf(out, "Tenfold is at %s (Ctrl-C ends it)\n", url)
	if *open {
		if err := browser.OpenURL(url); err != nil {
			fmt.Fprintln(log, "tenfold: could not open the browser:", err)
		}
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return server.Shutdown(last)
}

// newHandler puts the page, its headers and the log together.
func newHandler(data string, log *slog.Logger) (http.Handler, error) {
	page, err := static.New(web.Dist())
	if err != nil {
		return nil, fmt.Errorf("%w; `make build` packs the page", err)
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
	return logged(log, secured(mux)), nil
}
