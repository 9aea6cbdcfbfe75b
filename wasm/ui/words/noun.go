package words

// Noun is what a thing that is counted is called, with %s for the number, in the forms that Form
// tells apart. English has one of a thing and many.
type Noun []string

// Form says which of a Noun's forms goes with a number. Languages differ in it, so a file with
// another one sets it.
var Form = func(n int) int {
	if n == 1 {
		return 0
	}
	return 1
}

// For returns the form that goes with a number; the last one where the noun has fewer.
func (n Noun) For(number int) string { return n[min(Form(number), len(n)-1)] }

// NounWords are the things that the page counts.
type NounWords struct {
	Picture, Epoch, Layer, Core, Worker, Note, Class Noun

	Seconds, Minutes, Hours string // of a time, as a number

	Numbers []string // from 0 on, as one writes them in a sentence
}

// Nouns are the things in English.
var Nouns = NounWords{
	Seconds: "%.0f s", Minutes: "%.0f min", Hours: "%.1f h",

	Picture: Noun{"%s picture", "%s pictures"},
	Epoch:   Noun{"%s epoch", "%s epochs"},
	Layer:   Noun{"%s layer", "%s layers"},
	Core:    Noun{"%s core", "%s cores"},
	Worker:  Noun{"%s worker", "%s workers"},
	Class:   Noun{"%s class", "%s classes"},
	Note:    Noun{"%s thing", "%s things"},

	Numbers: []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"},
}
