package room

import (
	"net"
	"os"
	"slices"
	"strings"
)

// Hosts returns the addresses and names under which this machine can be reached, the one that
// a room's other computers reach most likely first. This machine's own come last.
func Hosts() ([]string, error) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	var all []host
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 {
			continue
		}
		addresses, err := i.Addrs()
		if err != nil {
			return nil, err
		}
		for _, a := range addresses {
			if ip, ok := a.(*net.IPNet); ok && !ip.IP.IsLinkLocalUnicast() {
				all = append(all, host{ip.IP, virtual(i.Name)})
			}
		}
	}
	names := ranked(all)
	if name, err := os.Hostname(); err == nil && name != "localhost" {
		at := slices.IndexFunc(names, func(h string) bool { return net.ParseIP(h).IsLoopback() })
		if at < 0 {
			at = len(names)
		}
		names = slices.Insert(names, at, name)
	}
	return append(names, "localhost"), nil
}

type host struct {
	ip      net.IP
	virtual bool // of a container or a machine inside this one
}

// virtual reports whether an interface leads to containers rather than to the room.
func virtual(name string) bool {
	return slices.ContainsFunc([]string{"docker", "veth", "br-", "virbr", "vmnet", "tun", "tap", "utun", "wg", "zt"}, func(p string) bool { return strings.HasPrefix(name, p) })
}

// ranked sorts addresses: those of the room's network first, IPv4 before IPv6.
func ranked(all []host) []string {
	rank := func(h host) int {
		n := 0
		if h.ip.IsLoopback() {
			n += 8
		}
		if h.virtual {
			n += 4
		}
		if h.ip.To4() == nil {
			n += 2
		}
		if !h.ip.IsPrivate() {
			n++
		}
		return n
	}
	slices.SortStableFunc(all, func(a, b host) int { return rank(a) - rank(b) })
	var names []string
	for _, h := range all {
		names = append(names, h.ip.String())
	}
	return names
}
