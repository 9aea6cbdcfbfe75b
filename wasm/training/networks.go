package training

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"tenfold/wasm/protocol"
)

// Networks that runs have ended with are stored under RunNetwork, the time in ms, which orders them, and
// networkEnding. This many are kept, and this many bytes of them except the newest; the
// oldest go first.
const (
	networkEnding   = ".safetensors"
	maxNetworks     = 20
	maxNetworkBytes = 256 << 20
)

// networks returns the names of those that are stored, the oldest first, and their inputs bytes.
func (s *Session) networks() (names []string, bytes []int, err error) {
	all, err := s.store.Names()
	if err != nil {
		return nil, nil, err
	}
	for _, name := range all {
		if !isNetwork(name) {
			continue
		}
		n, err := s.store.Size(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		names, bytes = append(names, name), append(bytes, n)
	}
	return names, bytes, nil
}

func isNetwork(name string) bool {
	return strings.HasPrefix(name, protocol.RunNetwork) && strings.HasSuffix(name, networkEnding)
}

// keepNetwork stores what a run has ended with, and returns its name.
func (s *Session) keepNetwork(file []byte) (string, error) {
	name := fmt.Sprintf("%s%013d%s", protocol.RunNetwork, time.Now().UnixMilli(), networkEnding)
	names, bytes, err := s.networks()
	if err != nil {
		return "", err
	}
	sum := len(file)
	for _, n := range bytes {
		sum += n
	}
	for i := 0; i < len(names) && (len(names)-i >= maxNetworks || sum > maxNetworkBytes); i++ {
		if err := s.store.Remove(names[i]); err != nil {
			return "", err
		}
		sum -= bytes[i]
	}
	return name, s.store.Write(name, file)
}

// weights returns those that are stored under a name of protocol.Recall.
func (s *Session) weights(kind string) ([]byte, error) {
	name := map[string]string{"best": bestFile, "last": lastFile}[kind]
	if isNetwork(kind) {
		name = kind
	}
	b, err := s.store.Read(name)
	if err != nil {
		return nil, fmt.Errorf("training: no such weights are saved: %w", err)
	}
	return b, nil
}

// recall sends weights that are stored.
func (s *Session) recall(kind string) error {
	b, err := s.weights(kind)
	if err == nil {
		s.host.Send(protocol.Weights{Kind: kind, File: b})
	}
	return err
}
