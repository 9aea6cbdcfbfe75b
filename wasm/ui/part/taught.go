package part

import (
	"fmt"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/words"
)

// Taught says the result of teaching.
func Taught(e *protocol.Taught) string {
	w := &words.Part
	text := fmt.Sprintf(w.Taught, e.After, e.Pictures, e.Before)
	if e.Before == e.Pictures && e.After == e.Pictures {
		text = fmt.Sprintf(w.TaughtAll, e.Pictures)
		if e.Pictures == 1 {
			text = w.TaughtOne
		}
	}
	if e.Others == 0 {
		return text
	}
	on := w.TaughtOthers
	if e.Drawn {
		on = w.TaughtDoodles
	}
	share := func(n int) string { return figure.Percent(float64(n) / float64(e.Others)) }
	return text + " " + fmt.Sprintf(on, figure.Count(e.Others), share(e.OthersBefore), share(e.OthersAfter))
}
