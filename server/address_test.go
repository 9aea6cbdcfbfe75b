package main

import (
	"net"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	const otherwise = "127.0.0.1:8080"
	for given, want := range map[string]string{
		"": otherwise, "8100": "127.0.0.1:8100", ":8101": ":8101", "0": "127.0.0.1:0",
		"localhost": "localhost:8080", "0.0.0.0": "0.0.0.0:8080", "192.168.1.7:80": "192.168.1.7:80",
		"::1": "[::1]:8080", "[::1]": "[::1]:8080", "[::1]:90": "[::1]:90", "::": "[::]:8080", "desk:8080": "desk:8080",
	} {
		if got, err := complete(given, otherwise); got != want || err != nil {
			t.Errorf("%q is %q (%v), want %q", given, got, err, want)
		}
	}
	if got, err := complete("8443", ":1"); got != ":8443" || err != nil {
		t.Errorf("in a room a port is %q (%v)", got, err)
	}
	for given, want := range map[string]string{
		"http://127.0.0.1:8080": "without http://", "65536": "not a port", ":x": "not a port", "a:b:c": "want host:port", ":-1": "not a port", "host:": "not a port",
	} {
		if got, err := complete(given, otherwise); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %q (%v), want an error that says %q", given, got, err, want)
		}
	}
	for listens, want := range map[string]string{"[::]:8101": "127.0.0.1:8101", "0.0.0.0:80": "127.0.0.1:80", "[::1]:80": "[::1]:80", "192.168.1.7:80": "192.168.1.7:80"} {
		a, err := net.ResolveTCPAddr("tcp", listens)
		if err != nil {
			t.Fatal(err)
		}
		if got := opens(a); got != want {
			t.Errorf("who listens on %s is at %s, want %s", listens, got, want)
		}
	}
}
