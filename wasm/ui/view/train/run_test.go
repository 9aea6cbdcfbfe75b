package train_test

import (
	"bytes"
	"image/png"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/library"
	"tenfold/wasm/ui/network"
)

// says returns a Training of a run in the middle of an epoch.
func says(begin protocol.Begin, state string, epoch, step int) protocol.Training {
	e := protocol.Training{Run: begin.Run, State: state, Epoch: epoch, Epochs: begin.Job.Epochs, Step: step, Steps: 250, PicturesPerSec: 412, Left: 180}
	if step > 0 {
		e.Mean, e.Batch = task.Metrics{Loss: 0.912, Accuracy: 0.681}, task.Metrics{Loss: 0.9, Accuracy: 0.7}
	}
	return e
}

func TestARun(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Set("train-epochs", "2")
	b.Set("train-rate", "0,002")
	begin := begun(t, b)
	if begin.Job.Epochs != 2 || begin.Job.Rate != 0.002 || len(begin.Model) == 0 || !b.Lit {
		t.Fatalf("%+v", begin.Job)
	}
	if !strings.Contains(b.Hash, "rate=0.002") {
		t.Errorf("the address is %q", b.Hash)
	}
	if b.Has("train-start") {
		t.Error("another run can be started in the middle of this one")
	}
	b.Says(says(begin, protocol.Running, 1, 10))
	if s := b.Text("train-status"); s != "epoch 1/2 step 10/250, loss 0.912, accuracy 68.1%, 412 pictures/s, estimating the time left" {
		t.Errorf("the status is %q", s)
	}
	b.Says(says(begin, protocol.Running, 1, 40))
	if s := b.Text("train-status"); !strings.HasSuffix(s, ", 412 pictures/s, 3 min left") {
		t.Errorf("when the time left is known, the status is %q", s)
	}
	b.Says(says(begin, protocol.Running, 1, 0))
	if s := b.Text("train-status"); !strings.HasPrefix(s, "epoch 1/2 step 0/250, 412 pictures/s") {
		t.Errorf("before the first step the status is %q", s)
	}
	b.Says(protocol.Training{Run: begin.Run + 5, State: protocol.Paused}) // of another run
	if b.Desk().Library.Run.Paused() {
		t.Error("an event of another run counts")
	}
	b.Press("train-pause")
	if _, ok := b.Asked().(protocol.Pause); !ok {
		t.Errorf("%T", b.Asked())
	}
	b.Says(says(begin, protocol.Paused, 1, 40))
	if s := b.Text("train-status"); !strings.HasSuffix(s, "paused") || b.Text("train-pause") != "Continue" {
		t.Errorf("the status is %q", s)
	}
	b.Press("train-pause")
	if _, ok := b.Asked().(protocol.Continue); !ok {
		t.Errorf("%T", b.Asked())
	}
	b.Key(".")
	if _, ok := b.Asked().(protocol.StepOnce); !ok {
		t.Errorf("%T", b.Asked())
	}
	val := task.Metrics{Loss: 0.6, Accuracy: 0.745}
	b.Says(protocol.EpochDone{Run: begin.Run, Epoch: task.Epoch{Epoch: 1, Rate: 0.002, Train: task.Metrics{Loss: 0.8, Accuracy: 0.7}, Val: val}, Confusion: confusion(10)})
	b.Says(says(begin, protocol.Validating, 2, 0))
	if s := b.Text("train-status"); !strings.Contains(s, "val_accuracy 74.5%") || !strings.HasSuffix(s, "validating") {
		t.Errorf("the status is %q", s)
	}
	b.Says(protocol.Finished{Run: begin.Run, Before: task.Metrics{Loss: 0.7, Accuracy: 0.712}, After: val})
	if s := b.Text("train-result"); !strings.HasPrefix(s, "Validation, 2,000 pictures: 71.2% before, 74.5% after") || !strings.Contains(s, "no longer a fair measure") {
		t.Errorf("the result is %q", s)
	}
	if s := b.Text("train-status"); !strings.HasPrefix(s, "done") {
		t.Errorf("the status is %q", s)
	}
	if b.Lit || b.Desk().Library.Run.Active {
		t.Error("the run goes on")
	}
}

// TestOwnSettings changes the settings after a run: what is said and shown of it stays.
func TestOwnSettings(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Set("train-epochs", "2")
	b.Set("train-rate", "0.002")
	trained(t, b)
	say := func() []string {
		return []string{b.Text("train-result"), b.Text("train-status"), b.Text("train-chart-rate"), b.Text("train-chart-accuracy")}
	}
	before := say()
	b.Press("train-report")
	b.Press("train-tutorial")
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 10000, Train: 50000, Saved: true})
	if after := say(); !slices.Equal(before, after) {
		t.Errorf("%q\nbecame\n%q", before, after)
	}
	b.Press("train-report")
	if !bytes.Equal(b.Saved[0].Content, b.Saved[1].Content) {
		t.Error("the report is another")
	}
}

func TestExports(t *testing.T) {
	b := open(t, 1280, 800, false)
	for _, id := range []string{"train-csv", "train-png", "train-report"} {
		if b.Leaf(id).Disabled == "" {
			t.Errorf("%s can be pressed before there is anything", id)
		}
	}
	b.Set("train-epochs", "2")
	b.Set("train-rate", "0.002")
	begin := begun(t, b)
	epoch(b, begin, 1)
	b.Press("train-stop")
	for _, id := range []string{"train-csv", "train-png", "train-report", "train-weights"} { // while it stops
		b.Press(id)
	}
	if len(b.Saved) != 4 {
		t.Fatalf("%d files", len(b.Saved))
	}
	if s := string(b.Saved[0].Content); !strings.HasPrefix(s, "epoch,lr,loss,accuracy,val_loss,val_accuracy,seconds\n1,0.002,") {
		t.Errorf("the history is %q", s)
	}
	img, err := png.Decode(bytes.NewReader(b.Saved[1].Content))
	if err != nil || img.Bounds().Dx() != 960 || img.Bounds().Dy() != 720 {
		t.Error(err, img.Bounds())
	}
	apptest.Save(t, img, "../../../../artifacts/train-curves.png")
	b.Says(protocol.Finished{Run: begin.Run, Before: task.Metrics{Loss: 0.7, Accuracy: 0.712}, After: task.Metrics{Loss: 0.6, Accuracy: 0.745}, Stopped: true})
	b.Press("train-report")
	s := string(b.Saved[4].Content)
	for _, want := range []string{"71.2% before, 74.5% after", "data:image/png", "<td>0.002</td>", "Date", ">airplane<", "overflow-x:auto", "<h2>Network</h2>\n<pre>conv2d (Conv2D)\n</pre>", "<pre>x = layer(x) if 1 &lt; 2 else x\n</pre>", "8,000 trained on, 2,000 in validation"} {
		if !strings.Contains(s, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	for _, name := range []string{"Pictures", "Learning rate", "Limit training pictures", "Result"} {
		if n := strings.Count(s, "<th scope=\"row\">"+name+"<"); n != 1 {
			t.Errorf("the report has %d rows %q", n, name)
		}
	}
	b.Press("train-link")
	if b.Copied != "#train?epochs=2&rate=0.002" {
		t.Errorf("copied %q", b.Copied)
	}
}

// TestStops presses Stop: the page says at once that it stops, and takes no second press.
func TestStops(t *testing.T) {
	b := open(t, 1280, 800, false)
	begin := begun(t, b)
	epoch(b, begin, 1)
	b.Press("train-stop")
	if _, ok := b.Asked().(protocol.Stop); !ok {
		t.Fatalf("%T", b.Asked())
	}
	for _, id := range []string{"train-stop", "train-pause", "train-step"} {
		if b.Leaf(id).Disabled == "" {
			t.Errorf("%s can be pressed while the run stops", id)
		}
	}
	if !strings.Contains(b.Text("train-status"), "stopping …") || b.Text("train-stop") != "Stopping …" {
		t.Errorf("status %q", b.Text("train-status"))
	}
	b.Says(protocol.Finished{Run: begin.Run, Before: task.Metrics{Loss: 0.7, Accuracy: 0.712}, Stopped: true})
	if s := b.Text("train-status"); !strings.HasPrefix(s, "stopped in epoch 1 of 3") || b.Leaf("train-start").Disabled != "" {
		t.Errorf("status %q", s)
	}
	if s := b.Text("train-result"); strings.Contains(s, "after") && strings.Contains(s, "%") {
		t.Errorf("without a measurement at the end the result is %q", s)
	}
}

// TestDoodlesNeedNothing trains on drawings where no picture is stored and no server has any.
func TestDoodlesNeedNothing(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Desk().Library.Served = nil
	b.Trains(0)
	if s := b.Text("train-status"); !strings.Contains(s, "Doodles need none") {
		t.Errorf("the status is %q", s)
	}
	if s := b.Text("train-has-doodles"); s != "50,000 pictures" {
		t.Errorf("of doodles there are %q", s)
	}
	for _, served := range []map[string]int{nil, apptest.Served} {
		b.Desk().Library.Served = served
		b.Press("train-doodles")
		if b.Leaf("train-start").Disabled != "" || b.Has("train-fetch") {
			t.Errorf("served %v: Start waits for %q", served, b.Leaf("train-start").Disabled)
		}
	}
	b.Press("train-start")
	if c, ok := b.Asked().(protocol.Begin); !ok || c.Job != task.Doodling {
		t.Errorf("%+v", b.Asked())
	}
}

// TestNothingToTrainOn looks at what the page says where there are no pictures yet.
func TestNothingToTrainOn(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Says(protocol.Stored{Task: cifar10.Task})
	for served, want := range map[bool]string{true: "No training data yet. Download CIFAR-10's test set (30.7 MB) or training set (154 MB), or open a file.", false: "No training data yet."} {
		b.Desk().Library.Served = nil
		if served {
			b.Desk().Library.Served = apptest.Served
		}
		b.Set("train-epochs", "2")
		if s := b.Text("train-status"); s != want {
			t.Errorf("the server has pictures: %v; the status is %q", served, s)
		}
		if b.Leaf("train-start").Disabled == "" || b.Has("train-fetch") != served {
			t.Errorf("served %v: Start %q", served, b.Leaf("train-start").Disabled)
		}
	}
	b.Desk().Library.Served = map[string]int{task.TestSet: 2000}
	b.Set("train-epochs", "3")
	if s := b.Text("train-status"); s != "No training data yet. Download 2,000 pictures of CIFAR-10 (6.1 MB), or open a file." {
		t.Errorf("of a starter set it says %q", s)
	}
	if b.Press("view-data"); !strings.HasPrefix(b.Leaf("train-fetch-test").Name, "Download 2,000 pictures (6.1 MB)") || b.Has("train-fetch-train") {
		t.Errorf("the button says %q", b.Leaf("train-fetch-test").Name)
	}
	b.Press("view-train")
	b.Desk().Library.Served = apptest.Served
	b.Press("train-tutorial")
	if s := b.Text("train-fetch"); s != "Download test set + training set (184 MB)" {
		t.Errorf("the settings need %q", s)
	}
	b.Press("train-fetch")
	if c, ok := b.Asked().(protocol.Fetch); !ok || len(c.Names) != 6 {
		t.Errorf("%T", b.Asked())
	}
	b.Press("train-fetch-train")
	if c, ok := b.Asked().(protocol.Fetch); !ok || len(c.Names) != 5 {
		t.Errorf("%T", b.Asked())
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Coming: "data_batch_1.bin", Done: 15e6, Total: 30e6})
	if s := b.Text("train-status"); s != "reading data_batch_1.bin: 15.0 MB of 30.0 MB" {
		t.Errorf("the status is %q", s)
	}
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 10000, Train: 50000})
	if b.Has("train-fetch") || b.Leaf("train-start").Disabled != "" || b.Text("train-forget") != "Delete data (184 MB)" {
		t.Errorf("all is here: %q", b.Leaf("train-start").Disabled)
	}
	if !strings.Contains(b.Text("train-keeping"), "stores nothing") {
		t.Errorf("how long: %q", b.Text("train-keeping"))
	}
	b.Press("train-forget")
	if n := len(apptest.Asks[protocol.Forget](b)); n != 2 {
		t.Errorf("%d parts are removed", n)
	}
}

// TestNewestWeightsClassify hands the page a network as it trains, and goes back.
func TestNewestWeightsClassify(t *testing.T) {
	b := open(t, 1280, 800, false)
	pretrained := b.Probs()
	begin := begun(t, b)
	b.Says(protocol.Weights{Run: begin.Run, Kind: "live", File: apptest.Network(t, 2)})
	n := b.Desk().Network
	b.Until("the newest weights are used", func() bool { return !slices.Equal(b.Probs(), pretrained) && n.Beside != nil })
	if !slices.Equal(n.Beside, pretrained) {
		t.Errorf("beside it %v, want the pretrained network's %v", n.Beside, pretrained)
	}
	b.Says(protocol.Weights{Run: begin.Run, Kind: "last", File: apptest.Network(t, 3)})
	b.Says(protocol.Stored{Task: cifar10.Task, Test: 10000, Saved: true})
	b.Says(protocol.Finished{Run: begin.Run, Stopped: true})
	b.Until("the last is in use", func() bool { return n.Using == "last" })
	if f := b.Leaf("train-last"); !f.Pressed || b.Leaf("train-revert").Pressed {
		t.Error("the last epoch is not shown as the one in use")
	}
	b.Press("train-best")
	if c, ok := b.Asked().(protocol.Recall); !ok || c.Kind != "best" {
		t.Errorf("%T", b.Asked())
	}
	b.Press("train-revert")
	b.Until("the pretrained network is back", func() bool { return slices.Equal(b.Probs(), pretrained) && n.Beside == nil })
	if !b.Leaf("train-revert").Pressed {
		t.Error("the pretrained network is not shown as the one in use")
	}
}

// TestStartsFromWhatIsInUse begins a run with what was learned before, unless one goes back.
func TestStartsFromWhatIsInUse(t *testing.T) {
	b := open(t, 1280, 800, false)
	n, other := b.Desk().Network, apptest.Network(t, 2)
	if b.Leaf("train-from").Value != task.TutorialCNN {
		t.Fatalf("it starts from %q", b.Leaf("train-from").Value)
	}
	b.Press("train-teach")
	teach := b.Asked().(protocol.Teach)
	b.Says(protocol.Weights{Run: teach.Run, Kind: "last", File: other})
	b.Says(protocol.Taught{ID: teach.ID, Pictures: 1, After: 1})
	b.Until("what was taught is in use", func() bool { return n.Using == "last" })
	if v := b.Leaf("train-from").Value; v != library.InUse {
		t.Errorf("after teaching it starts from %q", v)
	}
	begin := begun(t, b)
	if begin.Job.From != task.Given || !bytes.Equal(begin.Model, other) {
		t.Errorf("the run starts from %q", begin.Job.From)
	}
	epoch(b, begin, 1)
	b.Says(protocol.Finished{Run: begin.Run, After: task.Metrics{Loss: 1, Accuracy: 0.5}})
	b.Press("train-report")
	if s := string(b.Saved[0].Content); !strings.Contains(s, "<td>Last epoch</td>") {
		t.Error("the report does not say what the run began with")
	}
	b.Press("train-revert")
	if b.Leaf("train-start").Disabled == "" {
		t.Error("a run can be begun while it is not known with which network")
	}
	b.Until("the pretrained network is back", func() bool { return n.Using == network.Opening })
	if v := b.Leaf("train-from").Value; v != task.TutorialCNN {
		t.Errorf("it starts from %q", v)
	}
	b.Set("train-from", task.Given)
	b.Press("train-start")
	if s := b.Twin().Status; !strings.HasPrefix(s, "Choose a file of weights first") {
		t.Errorf("without a file: %q", s)
	}
}

// TestProposesTheNetworkInUse proposes to train what the page opens with, and goes on with whatever is in
// use; a file in use is among those that can be gone on with.
func TestProposesTheNetworkInUse(t *testing.T) {
	opening := network.Opening
	defer func() { network.Opening = opening }()
	for _, network.Opening = range network.Pretrained {
		b := open(t, 1280, 800, false)
		if v := b.Leaf("train-from").Value; v != network.Opening || !b.Leaf("train-tune").Pressed {
			t.Errorf("the page opens with %q and would train %q; that it is the proposal: %v", network.Opening, v, b.Leaf("train-tune").Pressed)
		}
		b.Press("train-tutorial")
		b.Press("train-tune")
		if v := b.Leaf("train-from").Value; v != network.Opening {
			t.Errorf("the preset would train %q, not %q", v, network.Opening)
		}
		if begin := begun(t, b); begin.Job.From != network.Opening || len(begin.Model) == 0 {
			t.Errorf("the run begins with %q", begin.Job.From)
		}
	}
	network.Opening = opening
	b := open(t, 1280, 800, false)
	b.Press("train-tutorial")
	b.File("mine.safetensors", apptest.Network(t, 2))
	b.Until("the file is in use", func() bool { return b.Desk().Network.Using == task.Given })
	b.Press("train-tune")
	if v := b.Leaf("train-from").Value; v != library.InUse {
		t.Errorf("with a file in use the preset would train %q", v)
	}
	if l := b.Leaf("train-used"); !l.Pressed || b.Text("train-used") != "mine.safetensors" {
		t.Errorf("the network in use is %q, pressed %v", b.Text("train-used"), l.Pressed)
	}
}

// TestStoppedWithinAnEpoch says the same figure of a stopped run wherever it stands, and its CSV has what was
// measured.
func TestStoppedWithinAnEpoch(t *testing.T) {
	for _, epochs := range []int{0, 1} {
		b := open(t, 1280, 800, false)
		begin := begun(t, b)
		if epochs > 0 {
			epoch(b, begin, 1)
		}
		b.Says(says(begin, protocol.Running, epochs+1, 40))
		b.Press("train-stop")
		b.Says(protocol.Finished{Run: begin.Run, Before: task.Metrics{Loss: 0.7, Accuracy: 0.712}, After: task.Metrics{Loss: 1, Accuracy: 0.601}})
		for _, id := range []string{"train-result", "train-share"} {
			if s := b.Text(id); !strings.Contains(s, "60.1%") {
				t.Errorf("%s after %d epochs: %q", id, epochs, s)
			}
		}
		r := &b.Desk().Library.Run
		if m, ok := r.Reached(); !ok || m.Accuracy != 0.601 {
			t.Errorf("after %d epochs the run has reached %+v", epochs, m)
		}
		b.Press("train-csv")
		rows := strings.Split(strings.TrimSpace(string(b.Saved[0].Content)), "\n")
		if last := rows[len(rows)-1]; len(rows) != 2+epochs || !strings.Contains(last, ",1,0.601,") {
			t.Errorf("after %d epochs the table is %q", epochs, rows)
		}
	}
}

// TestStartsAnewAfterAFailure has a run diverge: the next one begins where it began, not with
// what it has left.
func TestStartsAnewAfterAFailure(t *testing.T) {
	b := open(t, 1280, 800, false)
	n := b.Desk().Network
	begin := begun(t, b)
	b.Says(protocol.Weights{Run: begin.Run, Kind: "live", File: apptest.Network(t, 2)})
	b.Until("it is in use as it trains", func() bool { return n.Using == "live" })
	b.Says(protocol.Weights{Run: begin.Run, Kind: "last", File: apptest.Network(t, 3)})
	b.Says(protocol.Finished{Run: begin.Run, Stopped: true, Why: "the learning rate 1000 may be too high"})
	b.Until("what it has left is in use", func() bool { return n.Using == "last" })
	if v := b.Leaf("train-from").Value; v != task.TutorialCNN {
		t.Errorf("the next run starts from %q", v)
	}
}

// TestOffersToResume offers a run that was cut off, takes it up, and gives one up.
func TestOffersToResume(t *testing.T) {
	b := open(t, 1280, 800, false)
	b.Says(protocol.Resumable{Job: task.Tutorial, Epoch: 3, Step: 7})
	if s := b.Text("train-status"); s != "Training was interrupted in epoch 4 of 10: resume or discard it." {
		t.Errorf("status %q", s)
	}
	b.Press("train-discard")
	if _, ok := b.Asked().(protocol.Discard); !ok || b.Has("train-resume") {
		t.Errorf("%T", b.Asked())
	}
	b.Says(protocol.Resumable{Job: task.Tutorial, Epoch: 3, Step: 7})
	b.Press("train-resume")
	if _, ok := b.Asked().(protocol.Resume); !ok || b.Leaf("train-epochs").Value != "10" {
		t.Errorf("%T", b.Asked())
	}
}
