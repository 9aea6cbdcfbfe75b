package part

import (
	"fmt"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/words"
)

// Taught says what teaching came to.
func Taught(e *protocol.Taught) string {
	w := &words.Part
	text := fmt.Sprintf(w.Taught, e.After, e.Pictures, e.Before)
	if e.Before == e.Pictures && e.After == e.Pictures {
		text = fmt.Sprintf(w.TaughtAll, e.Pictures)
		if e.Pictures == 1 {
			text = w.TaughtOne
		}
	}
	switch {
	case e.Others > 0:
		share := func(n int) string { return figure.Percent(float64(n) / float64(e.Others)) }
		text += " " + fmt.Sprintf(w.TaughtOthers, figure.Count(e.Others), share(e.OthersBefore), share(e.OthersAfter))
	case !e.Careful:
		text += " " + w.TaughtBlind
	}
	return text
}
