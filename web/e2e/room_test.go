package e2e

import (
	"net"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/security"
)

// TestRoom starts the server as a teacher does, opens the page from the machine's own
// network over https, with a certificate that the browser is told to go on with, and the
// page for the projector.
func TestRoom(t *testing.T) {
	if missing != "" {
		t.Skip(missing)
	}
	at, stop, err := launch("-room", "-addr", ":0", "-http", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	to, err := url.Parse(at)
	if err != nil || to.Scheme != "https" {
		t.Fatalf("%q: %v", at, err)
	}
	if ip := net.ParseIP(to.Hostname()); ip == nil || ip.IsLoopback() {
		t.Skipf("the best address is %s: connect this machine to a network to test a room", at)
	}
	p := blank(t, laptop)
	p.do(call(security.SetIgnoreCertificateErrors, security.SetIgnoreCertificateErrorsParams{Ignore: true}))
	p.navigate(at)
	p.wait(`window.tenfold && document.getElementById("loading").hidden && tenfold.answers > 0`)
	if !eval[bool](p, "isSecureContext && crossOriginIsolated") {
		t.Error("over https the page is no secure context, or is not isolated")
	}
	if s := p.text("prediction"); !strings.HasPrefix(s, "ship") {
		t.Errorf("the prediction is %q", s)
	}
	p.navigate(at + "/join")
	p.wait(`document.getElementById("connected").textContent === "1"`)
	if got := eval[string](p, `document.querySelector(".address").textContent`); got != at {
		t.Errorf("the projector shows %q, want %q", got, at)
	}
	p.shot("room-join")
}
