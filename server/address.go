package main

import (
	"fmt"
	"net"
	"strconv"
	"strings"
)

// listen listens on an address as given with an option: host:port, or one of the two; what
// is missing is that of otherwise.
func listen(addr, otherwise, option string) (net.Listener, error) {
	full, err := complete(addr, otherwise)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", option, addr, err)
	}
	l, err := net.Listen("tcp", full)
	if err != nil {
		return nil, fmt.Errorf("%w; another program may use the address: choose one with %s", err, option)
	}
	return l, nil
}

// complete returns an address with what it lacks from otherwise.
func complete(addr, otherwise string) (string, error) {
	host, port, err := net.SplitHostPort(otherwise)
	if err != nil {
		panic(err) // it is part of this program
	}
	switch bare := strings.Trim(addr, "[]"); {
	case addr == "":
		return otherwise, nil
	case strings.Contains(addr, "/"):
		return "", fmt.Errorf("want host:port, as %s, without http:// and without a path", otherwise)
	case number(addr):
		port = addr
	case !strings.Contains(addr, ":"), net.ParseIP(bare) != nil && (strings.Contains(addr, "[") || strings.Contains(addr, "::")):
		host = bare
	default:
		if host, port, err = net.SplitHostPort(addr); err != nil {
			return "", fmt.Errorf("want host:port, as %s: %w", otherwise, err)
		}
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return "", fmt.Errorf("%q is not a port: want a number from 0 to 65535", port)
	}
	return net.JoinHostPort(host, port), nil
}

func number(s string) bool { return strings.Trim(s, "0123456789") == "" }

// opens returns an address under which a browser on this machine reaches what listens on a: who
// listens everywhere is at no address that opens.
func opens(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		panic(err) // a listener has an address
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
