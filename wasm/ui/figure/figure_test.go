package figure

import (
	"testing"

	"tenfold/wasm/ui/words"
)

func TestFigures(t *testing.T) {
	for got, want := range map[string]string{
		Percent(0): "0.0%", Percent(0.7712): "77.1%", Percent(0.9994): "99.9%", Percent(0.99951): ">99.9%", Percent(1): "100%", Percent(1.25): "125.0%",
		Chance(1) + " ": ">99.9% ", Chance(0.5) + " ": "50.0% ", Chance(1.0000001) + "  ": ">99.9%  ",
		Whole(0): "0%", Whole(0.001): "<1%", Whole(0.996): ">99%", Whole(1): "100%", Whole(0.5): "50%",
		Count(0): "0", Count(999): "999", Count(1000): "1,000", Count(1084234): "1,084,234", Count(-1000): "-1,000",
		Things(1, words.Nouns.Core): "1 core", Things(1200, words.Nouns.Core): "1,200 cores", Things(0, words.Noun{"%s sheep"}): "0 sheep",
		Score(0.8816): "0.882", Megabytes(30.73e6): "30.7 MB", Megabytes(420.4e6): "420 MB", Megabytes(2.1e9): "2,100 MB",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
