package app

import (
	"time"

	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/view"
)

// Forever is longer than any page lives.
const Forever = library.Forever

// Tick moves the clock. It says how long the page can be left alone until the next
// Tick, unless something happens: 0 while something moves by itself, and Forever if
// nothing is awaited.
func (a *App) Tick(now time.Time) time.Duration {
	a.At(now)
	a.ask()
	d := a.desk
	if died, err := d.Network.Watch(); died {
		d.Report(err)
		a.handle(view.Lost{})
		a.settle()
	}
	silent, text := d.Library.Watch()
	if text != "" {
		d.Say(text)
		a.handle(view.LibraryLost{})
		a.settle()
	}
	moving := false
	if m, ok := a.current().View.(view.Moving); ok {
		if moving = m.Move(now); moving {
			a.stale = true
		}
	}
	if moving {
		return 0
	}
	return min(d.Network.Wait(), silent)
}
