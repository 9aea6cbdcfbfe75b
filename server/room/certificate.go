// Package room serves the page to the computers of a room: over https, with a
// certificate that is made on this machine, and with a page for the projector that says
// where it is and how many have come.
package room

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// valid is how long a certificate that is made here is good. Browsers distrust longer
// ones than 398 days.
const valid = 397 * 24 * time.Hour

// Certificate returns the certificate that is kept in dir, or makes one for hosts, names
// and addresses, and keeps it. A new one is made when the old one lacks a host or ends
// within a day. The key is in the file too, which nobody else may read: by its mode, and on
// Windows, which has none, by the access list that it inherits from the user's own folder.
func Certificate(dir string, hosts []string, now time.Time) (tls.Certificate, error) {
	path := filepath.Join(dir, "certificate.pem")
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return tls.Certificate{}, fmt.Errorf("room: %w", err)
	}
	if c, err := tls.X509KeyPair(b, b); err == nil && good(c.Leaf, hosts, now) {
		return c, nil
	}
	if b, err = issue(hosts, now); err != nil {
		return tls.Certificate{}, fmt.Errorf("room: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return tls.Certificate{}, fmt.Errorf("room: %w", err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		return tls.Certificate{}, fmt.Errorf("room: the certificate cannot be kept: %w", err)
	}
	return tls.X509KeyPair(b, b)
}

func good(c *x509.Certificate, hosts []string, now time.Time) bool {
	if now.Before(c.NotBefore) || now.Add(24*time.Hour).After(c.NotAfter) {
		return false
	}
	for _, h := range hosts {
		if c.VerifyHostname(h) != nil {
			return false
		}
	}
	return true
}

// issue makes a key and a certificate that it signs itself, both as PEM.
func issue(hosts []string, now time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	c := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "Tenfold on " + hosts[0]},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(valid),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
	}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			c.IPAddresses = append(c.IPAddresses, ip)
		} else {
			c.DNSNames = append(c.DNSNames, h)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	out := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return append(out, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})...), nil
}
