package library

import (
	"slices"
	"strings"

	"tenfold/wasm/protocol"
)

// Ended returns the runs that have ended, the newest first, as they are numbered from 1.
func (l *Library) Ended() (all []*Run) {
	if l.Run.ended() && !l.Run.Active {
		all = append(all, &l.Run)
	}
	for i := range l.Runs {
		all = append(all, &l.Runs[i])
	}
	return all
}

// Network returns the name under which the network that a run has ended with is stored, "" if it is not
// any more.
func (l *Library) Network(r *Run) string {
	if r.Finished != nil && l.Stored != nil && slices.Contains(l.Stored.Networks, r.Finished.Network) {
		return r.Finished.Network
	}
	return ""
}

// OfNetwork returns the run that ended with the network of a name, and its number; nil if there is
// none.
func (l *Library) OfNetwork(name string) (r *Run, number int) {
	for i, r := range l.Ended() {
		if IsRunNetwork(name) && r.Finished.Network == name {
			return r, i + 1
		}
	}
	return nil, 0
}

// IsRunNetwork reports whether a name of a network is that of one that a run has ended with.
func IsRunNetwork(name string) bool { return strings.HasPrefix(name, protocol.RunNetwork) }

// forgetNetwork has the worker remove the network of a run that is deleted.
func (l *Library) forgetNetwork(r *Run) {
	if name := l.Network(r); name != "" {
		l.Tell(protocol.Forget{What: name})
	}
}
