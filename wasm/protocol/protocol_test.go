package protocol

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"tenfold/nn/task"
)

// examples are one of each message.
var examples = []any{
	Load{ID: 6, Model: []byte{1, 2, 3}}, Describe{}, Classify{ID: 7, Pictures: []byte{4, 5}}, Cancel{ID: 7},
	Ready{Kernel: "go", Model: &task.Model{Name: "m", Classes: []string{"a"}, Input: task.Shape{1}}},
	Loaded{ID: 6, Model: task.Model{Name: "m", Measured: []task.Measurement{{On: "test", Pictures: 3, Metrics: task.Metrics{Loss: 1, Accuracy: 0.5}}}, Classes: []string{"a"}, Input: task.Shape{1, 2, 3}, Params: 9, Layers: []task.Layer{{Class: "Dense", Name: "dense", Output: task.Shape{3}, Params: 9}}}},
	Compare{Model: []byte{1}}, Fetch{Names: []string{"a"}}, Forget{What: task.Mine}, Add{Task: task.Task{Classes: []string{"a", "b"}, Input: task.Shape{1, 2, 1}, Scale: 1}, Picture: []byte{1, 2}, Class: 1}, Drop{Index: 2},
	Begin{Run: 3, Job: task.Tutorial, Model: []byte{9}}, Resume{Run: 4}, Join{}, Teach{ID: 4, Run: 2, Model: []byte{3}}, Discard{}, Pause{}, Continue{}, StepOnce{}, Stop{}, Recall{Kind: "best"},
	Stored{Test: 1, Train: 2, Mine: []Labelled{{Picture: []byte{1}, Class: 2}}, Bytes: 3, Kept: true, Saved: true, Networks: []string{"a"}, Coming: "x", Done: 4, Total: 5},
	Resumable{Job: task.FineTuning, Epoch: 1, Step: 2, Unix: 3},
	Training{Run: 1, State: Running, Epoch: 1, Epochs: 2, Step: 3, Steps: 4, Batch: task.Metrics{Loss: 1}, Mean: task.Metrics{Accuracy: 0.5}, Rate: 1e-3, PicturesPerSec: 5, Left: 6, Workers: 2, Memory: 7},
	EpochDone{Run: 1, Epoch: task.Epoch{Epoch: 1, Rate: 2, Val: task.Metrics{Loss: 3}}, Confusion: [][]int{{1, 2}, {3, 4}}, Mistakes: []Mistake{{Picture: []byte{1}, True: 2, Class: 3, Score: 0.5}}},
	Began{Run: 1, Job: task.Tutorial, Before: task.Metrics{Loss: 1}, Trained: 2, HeldOut: 3, Params: 4, MultiplyAdds: 5, Summary: "s", Code: "c", History: []task.Epoch{{Epoch: 1}}},
	Finished{Run: 1, Before: task.Metrics{Loss: 1}, After: task.Metrics{Loss: 2}, Best: task.Epoch{Epoch: 3}, Stopped: true, Why: "x", Network: "a", MineBefore: 0.1, MineAfter: 0.2},
	Weights{Run: 1, Kind: "live", File: []byte{1}}, Notice{Text: "x"},
	Survey{What: task.Mine}, Look{ID: 1, What: "a", Index: []int{3, 1}}, Evaluate{ID: 2, What: "a", Job: &task.Job{HoldOut: 0.2}, Model: []byte{1}, Beside: []byte{2}, Stored: "last"},
	Excite{ID: 1, What: "a", Layer: 2, Channel: 3, Model: []byte{1}}, Inspect{ID: 1, Picture: []byte{1}, Layer: 2}, TakeApart{ID: 1, Picture: []byte{1}, Layer: 2, Filter: 3, Y: 4, X: 5},
	Explain{ID: 1, Picture: []byte{1}, Class: 2, Method: GradCAM}, Stimulate{ID: 1, Layer: 2, Channel: 3, Steps: 4, Seed: 5}, Temper{Temperature: 1.5},
	Surveyed{What: "a", Labels: []byte{1}, Means: [][]byte{{1}, {}}}, Looked{ID: 1, What: "a", Index: []int{1}, Pictures: []Labelled{{Picture: []byte{1}, Class: 2}}},
	Measuring{ID: 1, Done: 2, Total: 3, PicturesPerSec: 4},
	Evaluated{ID: 1, What: "a", Index: []int{1}, Report: task.Evaluation{Pictures: 3, Bins: []task.Bin{{Pictures: 1}}, Classes: []task.ClassMetrics{{Support: 2}}}, Comparison: &task.Comparison{OnlyFirst: 1, Neither: 2, P: 0.5}, True: []byte{1}, Class: []byte{2}, Beside: []byte{3}, Score: []float32{0.5}},
	Excited{ID: 1, Layer: 2, Channel: 3, Values: []float64{1}, Pictures: []Labelled{{Picture: []byte{1}, Class: 2}}},
	Inspected{ID: 1, Layer: 2, H: 3, W: 4, C: 5, Low: -1, High: 2, Maps: []byte{1}, Lows: []float32{1}, Highs: []float32{2}, Filters: []byte{3}, Side: 3, Micros: []float64{1}, Unbounded: 4},
	TakenApart{ID: 1, Layer: 2, Filter: 3, Y: 4, X: 5, H: 6, W: 7, C: 8, Patch: []float32{1}, Kernel: []float32{2}, Bias: 3, Sum: 4, Out: 5, From: 1, Channel: 2, Top: -1, Left: 3, StepY: 1, StepX: 2, Terms: map[string]float32{"gamma": 6}},
	Explained{ID: 1, Class: 2, Method: Occlusion, H: 1, W: 1, Values: []float32{1}}, Stimulated{ID: 1, Layer: 2, Channel: 3, Iteration: 4, Excited: 5, Picture: []byte{6}, Done: true},
	Design{ID: 1, Network: "tutorial", Code: "x", Change: Change{Op: MoveLayer, At: 1, By: -1, Class: "Dense", Argument: "units", Value: "3"}, Recipe: task.TutorialRecipe}, Weigh{ID: 1, Network: "design:x", Batch: 2, Workers: 3},
	Designed{ID: 1, Refused: "no", Line: 2, Network: "design:x", Code: "c", Script: "s", Layers: []DesignedLayer{{Layer: task.Layer{Class: "Dense", In: []int{-1}, Output: task.Shape{3}}, Wrong: "w", Call: "Dense(3)", Takes: "inputs", Merges: true, Arguments: []Argument{{Name: "units", Value: "3", Choices: []string{"a"}}}}}, Why: "w", Params: 1, NonTrainable: 2, MultiplyAdds: 3, Recipe: &task.Recipe{Epochs: 1}, HoldOut: 0.2, Notes: []string{"n"}},
	Convert{ID: 1, Files: map[string][]byte{"a": {1}}, At: []byte{2}, Task: &task.Task{Classes: []string{"a"}, Scale: 1}}, Converted{ID: 1, File: []byte{1}, Task: task.Task{Classes: []string{"a"}}, Unsaid: task.Unsaid{Classes: true}}, Export{ID: 1, Model: []byte{1}, Ending: ".onnx", Picture: []byte{2}}, Exported{ID: 1, File: []byte{1}},
	ExportPage{ID: 1, Title: "a", Model: []byte{1}, Kit: map[string][]byte{KitPage: {2}}}, PageExported{ID: 1, File: []byte{1}},
	ChangeProject{Project: "a", Op: MovePictures, Class: 1, Into: 2, Name: "b", Index: []int{3}}, CopyProject{ID: 1, Part: "a", Each: 2, Name: "b"}, Keep{Film: true, Project: "a", Class: 1, Side: 2, Pixels: []byte{3}},
	Learn{ID: 1, Run: 2, Project: "a", Model: []byte{3}, HoldOut: 0.2, Mirror: true, Seed: 4}, SaveProject{ID: 1, Project: "a", Networks: map[string][]byte{"b": {1}}, Using: "b"},
	Projects{List: []task.Project{{ID: "a", Name: "b", Classes: []task.ProjectClass{{Name: "c", Colour: 1, Pictures: 2}}, Bytes: 3, CanUndo: true, Order: 4, Why: "d"}}, Using: "a"},
	Importing{ID: 1, Project: "a", Files: 2, Total: 3, Added: 4, Known: 5, Skipped: []task.Skipped{{Name: "b", Why: "c"}}, More: 6, Done: true, Why: "d"},
	Learned{ID: 1, Project: "a", Trained: 2, Index: []int{3}, True: []byte{4}, Class: []byte{5}, Score: []float32{0.5}, Report: task.Evaluation{Pictures: 3, Bins: []task.Bin{{Pictures: 1}}, Classes: []task.ClassMetrics{{Support: 2}}}, Doubt: 0.5},
	Find{ID: 1, Project: "a", How: Alike, Model: []byte{1}}, Found{ID: 1, Project: "a", How: Alike, Index: []int{2}},
	Saved{ID: 1, Name: "a", Lost: 2}, Opened{Project: "a", Networks: map[string][]byte{"b": {1}}, Using: "b"},
	Weighed{ID: 1, Seconds: 0.5, Bytes: 1e9}, Watch{On: true},
	Watched{Run: 1, Layers: []task.Insight{{Layer: "dense", Learns: true, Weights: task.Spread{Mean: 1, Deviation: 2}, Units: 3, Dead: 1}}, Pictures: []Labelled{{Picture: []byte{1}, Class: 2}}, Class: []int{3}, Score: []float32{0.5}, Share: 0.02},
	Classified{ID: 1 << 60, Probs: []float32{0.25, 1e-9}, Compared: []float32{0.5}, Millis: 1.5}, Taught{ID: 4, Pictures: 5, Before: 1, After: 5, Drawn: true, Others: 9, OthersBefore: 7, OthersAfter: 6}, Cancelled{ID: 3}, Failed{ID: 4, Message: "why"},
}

func TestRoundTrip(t *testing.T) {
	seen := map[reflect.Type]bool{}
	for _, m := range examples {
		seen[reflect.TypeOf(m)] = true
		b, err := Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		var back any
		_, isCommand := m.(Command)
		if isCommand {
			back, err = DecodeCommand(b)
		} else {
			back, err = DecodeEvent(b)
		}
		if err != nil || !reflect.DeepEqual(back, m) {
			t.Errorf("%T came back as %+v (%v)", m, back, err)
		}
		if isCommand {
			_, err = DecodeEvent(b)
		} else {
			_, err = DecodeCommand(b)
		}
		if err == nil {
			t.Errorf("the wrong side took a %T", m)
		}
	}
	for _, m := range messages {
		if !seen[reflect.TypeOf(m)] {
			t.Errorf("%T is in the list of messages but not among the examples", m)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	good, err := Encode(Cancel{ID: 7})
	if err != nil {
		t.Fatal(err)
	}
	other := append([]byte{}, good...)
	other[0] = Version + 1
	for want, b := range map[string][]byte{
		"empty": nil, fmt.Sprint("version ", Version): other, "EOF": good[:len(good)-1], "protocol": {Version}, "extraneous": append(append([]byte{}, good...), 0),
		"not a message": {Version, 0x01}, // a number without a tag
	} {
		if m, err := DecodeCommand(b); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%x: %+v, error %v, want it to say %q", b, m, err, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, m := range examples {
		b, err := Encode(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := DecodeCommand(b); err == nil {
			if _, err := Encode(m); err != nil {
				t.Fatal(err)
			}
		}
		if m, err := DecodeEvent(b); err == nil {
			if _, err := Encode(m); err != nil {
				t.Fatal(err)
			}
		}
	})
}
