package part

import (
	"fmt"

	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/figure"
)

// Taught says what teaching came to.
func Taught(e *protocol.Taught) string {
	text := fmt.Sprintf("%d of %d of your pictures are now right (%d before).", e.After, e.Pictures, e.Before)
	if e.Before == e.Pictures && e.After == e.Pictures {
		text = fmt.Sprintf("All %d of your pictures are right.", e.Pictures)
		if e.Pictures == 1 {
			text = "Your picture is right."
		}
	}
	switch {
	case e.Others > 0:
		share := func(n int) string { return figure.Percent(float64(n) / float64(e.Others)) }
		text += fmt.Sprintf(" On %s other pictures: %s before, %s after.", figure.Count(e.Others), share(e.OthersBefore), share(e.OthersAfter))
	case !e.Careful:
		text += " The file of this network does not say what ordinary pictures look like to it, and there are none here: it may be worse at others now."
	}
	return text
}
