package cifar10

import "slices"

// Batch says which of the official files pictures are from.
type Batch struct {
	Test   bool // the test batch
	Train  bool // a training batch
	Number int  // of the training batch, from 1; 0 where it cannot be known
}

// File returns the official name, "" where it cannot be known.
func (b Batch) File() string {
	switch {
	case b.Test:
		return TestFiles[0]
	case b.Number > 0:
		return TrainFiles[b.Number-1]
	}
	return ""
}

// trainClasses are how many pictures of each class the official training batches have.
var trainClasses = [][]int{
	{1005, 974, 1032, 1016, 999, 937, 1030, 1001, 1025, 981},
	{984, 1007, 1010, 995, 1010, 988, 1008, 1026, 987, 985},
	{994, 1042, 965, 997, 990, 1029, 978, 1015, 961, 1029},
	{1003, 963, 1041, 976, 1004, 1021, 1004, 981, 1024, 983},
	{1014, 1014, 952, 1016, 997, 1025, 980, 977, 1003, 1022},
}

// Identify tells which of the official files pictures are, records in the
// official layout, by their classes, whatever the file was called: each has
// 10,000, the test batch exactly 1,000 of each class, which training batches
// have not (https://www.cs.toronto.edu/~kriz/cifar.html). So it recognises
// copies whose pictures were compressed or are in another order too, though not
// which training batch those are. For other files it returns the zero Batch.
func Identify(records []byte) Batch {
	if len(records) != FileSize {
		return Batch{}
	}
	count := make([]int, len(Task.Classes))
	for i := range PerFile {
		label := int(records[i*record])
		if label >= len(count) {
			return Batch{}
		}
		count[label]++
	}
	if !slices.ContainsFunc(count, func(n int) bool { return n != PerFile/len(count) }) {
		return Batch{Test: true}
	}
	at := slices.IndexFunc(trainClasses, func(c []int) bool { return slices.Equal(c, count) })
	return Batch{Train: true, Number: at + 1}
}
