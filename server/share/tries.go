package share

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// tries count what was guessed wrong, by address, within a minute.
type tries struct {
	most int // of an address

	mu    sync.Mutex
	since time.Time
	n     map[netip.Addr]int
}

// mostAddresses are counted at once; in a minute in which more come, the further ones wait.
const mostAddresses = 10000

// try counts a try, unless an address has had its share: then it has to wait. Of one that was right
// the caller calls right.
func (t *tries) try(remote string, now time.Time) (right func(), ok bool) {
	who := address(remote)
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.since) >= time.Minute || now.Before(t.since) {
		t.since, t.n = now, map[netip.Addr]int{}
	}
	n, known := t.n[who]
	if n >= t.most || !known && len(t.n) >= mostAddresses {
		return nil, false
	}
	t.n[who]++
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.n[who] > 0 {
			t.n[who]--
		}
	}, true
}

// address is who asks; with IPv6 it is the network, of which one computer has every address.
func address(remote string) netip.Addr {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return netip.Addr{}
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() && !ip.IsLinkLocalUnicast() {
		if p, err := ip.Prefix(64); err == nil {
			return p.Addr()
		}
	}
	return ip
}
