package build_test

import (
	"strings"
	"testing"

	"tenfold/nn/design"
	"tenfold/nn/layer"
	"tenfold/nn/task"
	"tenfold/wasm/protocol"
	"tenfold/wasm/ui/app/apptest"
	"tenfold/wasm/ui/words"
)

// opened returns the page in the Build view.
func opened(t testing.TB, w, h float64, dark bool) *apptest.Browser {
	b := apptest.Open(t, w, h, dark)
	b.Settled()
	b.Press("view-build")
	b.Until("the network is there", func() bool { return b.Has("network-sum") })
	return b
}

// TestTutorial shows the tutorial's network with its figures, its code and its estimate.
func TestTutorial(t *testing.T) {
	b := opened(t, 1280, 800, false)
	if got, want := b.Text("network-sum"), "1,084,234 parameters, 13,289,984 multiply-adds a picture."; got != want {
		t.Errorf("the sum is %q, want %q", got, want)
	}
	code := b.Leaf("network-code").Value
	if !strings.Contains(code, "model.add(Conv2D(16, (3, 3), padding='same', activation='relu'))\n    model.add(LeakyReLU(negative_slope=0.1))") {
		t.Errorf("the code is\n%s", code)
	}
	b.Until("it is weighed", func() bool { return b.Has("network-takes") })
	if text := b.Text("network-takes"); !strings.Contains(text, "an epoch of") {
		t.Errorf("what it takes is %q", text)
	}
	b.Press("network-copy")
	if !strings.Contains(b.Copied, "keras.datasets.cifar10.load_data()") || !strings.Contains(b.Copied, "model.fit(") {
		t.Errorf("what is copied is\n%s", b.Copied)
	}
}

// TestLayers adds, moves, sets and deletes layers, undoes and makes it again.
func TestLayers(t *testing.T) {
	b := opened(t, 1280, 800, false)
	whole := b.Leaf("network-code").Value
	until := func(what, code string, has bool) {
		t.Helper()
		b.Until(what, func() bool { return strings.Contains(b.Leaf("network-code").Value, code) == has })
	}
	b.Set("network-kind", "BatchNormalization")
	b.Press("network-add")
	until("the layer is there", "activation='relu'))\n    model.add(BatchNormalization())", true)
	if b.Text("network-sum") != "1,084,298 parameters (32 not trainable), 13,289,984 multiply-adds a picture." {
		t.Errorf("the sum is %q", b.Text("network-sum"))
	}
	b.Press("network-down")
	until("it is moved", "negative_slope=0.1))\n    model.add(BatchNormalization())", true)
	b.Set("network-arg-momentum", "0.9")
	until("it has another momentum", "BatchNormalization(momentum=0.9)", true)
	b.Set("network-arg-momentum", "nine")
	b.Until("it is refused", func() bool { return b.Leaf("network-arg-momentum").Invalid != "" })
	if got, want := b.Leaf("network-arg-momentum").Invalid, "BatchNormalization: momentum: nine is not defined"; got != want {
		t.Errorf("a wrong argument: %q, want %q", got, want)
	}
	b.Press("network-delete")
	until("it is gone", "BatchNormalization", false)
	if got := b.Leaf("network-code").Value; got != whole {
		t.Errorf("without it the network is\n%s", got)
	}
	b.Press("network-undo")
	until("it is back", "BatchNormalization(momentum=0.9)", true)
	for range 3 {
		b.Press("network-undo")
		b.Settled()
	}
	until("all is undone", "BatchNormalization", false)
	b.Press("network-redo")
	until("the first change is made again", "activation='relu'))\n    model.add(BatchNormalization())", true)
}

// TestMisfit takes the Flatten away: it is said where, and the network cannot be trained.
func TestMisfit(t *testing.T) {
	b := opened(t, 1280, 800, false)
	for i, row := range b.Leaf("network-layers").Cells()[1:] {
		if strings.HasPrefix(row[0], "Flatten") {
			b.Leaf("network-layers").Children[i].Do()
		}
	}
	b.Press("network-delete")
	b.Until("it does not fit", func() bool { return b.Leaf("network-train").Disabled != "" && b.Has("network-fits") })
	if got := b.Text("network-fits"); got != "It cannot be trained yet: dense: input of shape (None, 8, 8, 64): want one axis; put a Flatten before it." {
		t.Errorf("it says %q", got)
	}
	said := false
	for _, row := range b.Leaf("network-layers").Cells() {
		said = said || row[0] == "Dense(256) – input of shape (None, 8, 8, 64): want one axis; put a Flatten before it"
	}
	if !said {
		t.Errorf("the table is %v", b.Leaf("network-layers").Cells())
	}
	if b.Leaf("network-copy").Disabled == "" {
		t.Error("a network that does not fit can be copied as a script")
	}
}

// TestCode pastes code, wrong and right, and trains what it describes.
func TestCode(t *testing.T) {
	b := opened(t, 1280, 800, false)
	b.Set("network-code", "model = Sequential()\nmodel.add(Conv2D(8, 3))\nmodel.add(LSTM(8))")
	b.Press("network-apply")
	b.Until("it is refused", func() bool { return b.Text("network-error") != "" })
	if got, want := b.Text("network-error"), "Line 3: LSTM is not among the layers here"; got != want {
		t.Errorf("the error is %q, want %q", got, want)
	}
	if b.Text("network-sum") != "1,084,234 parameters, 13,289,984 multiply-adds a picture." {
		t.Error("the network is another")
	}
	b.Set("network-code", `
model = Sequential([Conv2D(8, 3, activation='relu', input_shape=(32, 32, 3)), MaxPooling2D(), Flatten(), Dense(10, activation='softmax')])
model.compile(optimizer=Adam(2e-3), loss='categorical_crossentropy')
model.fit(x_train, y_train, batch_size=64, epochs=3, callbacks=[EarlyStopping()])
`)
	b.Press("network-apply")
	b.Until("it is taken", func() bool { return b.Has("network-recipe") })
	if b.Text("network-error") != "" || !strings.HasPrefix(b.Text("network-sum"), "18,234 parameters") || !strings.Contains(b.Text("network-note-0"), "EarlyStopping") {
		t.Errorf("error %q, sum %q", b.Text("network-error"), b.Text("network-sum"))
	}
	b.Press("network-train")
	job := b.Desk().Library.Job
	if b.Desk().View != "train" || job.From != task.Random || !strings.HasPrefix(job.Network, task.DesignPrefix) || job.Epochs != 3 || job.Batch != 64 || job.Rate != 2e-3 || job.Optimizer != task.Adam {
		t.Errorf("the view is %s, the job %+v", b.Desk().View, job)
	}
	if !strings.Contains(b.Leaf("train-from").Value, task.DesignPrefix) {
		t.Error("Train does not say that it begins with this network")
	}
	hash := b.Hash
	if len(hash) > 2000 || !strings.Contains(hash, "design") {
		t.Errorf("the address is %q", hash)
	}
	c := apptest.Open(t, 1280, 800, false)
	c.Settled()
	c.Address(hash)
	if got := c.Desk().Library.Job; got.Network != job.Network || got.Epochs != 3 {
		t.Errorf("the address opens %+v, want %+v", got, job)
	}
}

// TestPresets shows every network of the list, and the address of one that is changed.
func TestPresets(t *testing.T) {
	b := opened(t, 390, 844, true)
	for _, o := range b.Leaf("network-preset").Options {
		b.Set("network-preset", o.Value)
		want := o.Value
		if want == protocol.NetworkInUse { // whose layers become the user's own
			want = ""
		}
		b.Until(o.Label, func() bool {
			return b.Leaf("network-preset").Value == want && b.Leaf("network-train").Disabled == "" && b.Leaf("network-code").Value != ""
		})
	}
	b.Set("network-preset", "resnet8")
	b.Until("the residual network is there", func() bool { return strings.Contains(b.Leaf("network-code").Value, "Add()([") })
	b.Press("network-link")
	if b.Copied != "#build?network=resnet8" {
		t.Errorf("the link is %q", b.Copied)
	}
}

// TestLost has the worker die while a change is under way: it is asked again.
func TestLost(t *testing.T) {
	b := opened(t, 1280, 800, false)
	b.Set("network-kind", "Dropout")
	b.Press("network-add")
	b.WorkerDied("it has ended")
	b.Until("the layer is there", func() bool {
		return strings.Contains(b.Leaf("network-code").Value, "activation='relu'))\n    model.add(Dropout(0.25))")
	})
}

// TestShots keeps pictures of the view to look at.
func TestShots(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no pictures are kept")
	}
	for name, size := range map[string][2]float64{"phone": {390, 844}, "tablet": {768, 1024}, "laptop": {1280, 800}, "large": {1920, 1080}} {
		b := opened(t, size[0], size[1], name == "tablet" || name == "large")
		b.Until("it is weighed", func() bool { return b.Has("network-takes") })
		b.Shot("build-" + name)
		b.Reveal("network-delete")
		b.Shot("build-" + name + "-layer")
		b.Reveal("network-copy")
		b.Shot("build-" + name + "-code")
		b.Set("network-preset", "resnet8")
		b.Until("the residual network is there", func() bool { return strings.Contains(b.Leaf("network-code").Value, "Add()([") })
		b.Shot("build-" + name + "-resnet")
		b.Press("network-delete")
		b.Set("network-code", "model = Sequential()\nmodel.add(LSTM(8))")
		b.Press("network-apply")
		b.Until("it is refused", func() bool { return b.Text("network-error") != "" })
		b.Reveal("network-copy")
		b.Shot("build-" + name + "-wrong")
	}
}

// TestExplained checks that each layer and each argument has its sentence.
func TestExplained(t *testing.T) {
	for _, class := range layer.Classes() {
		if words.Model.Kinds[class] == "" {
			t.Errorf("words.Model.Kinds has no sentence on %s", class)
		}
		for _, a := range layer.Arguments(class) {
			if words.Build.Arguments[a.Name] == "" {
				t.Errorf("words.Build.Arguments has no sentence on %s of %s", a.Name, class)
			}
		}
	}
	for _, p := range words.Build.Presets {
		if _, err := design.Named(p.Name); err != nil && p.Name != protocol.NetworkInUse {
			t.Errorf("the preset %s: %v", p.Title, err)
		}
	}
}
