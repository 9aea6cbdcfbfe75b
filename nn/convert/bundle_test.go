package convert

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/doodles"
	"tenfold/nn/layer"
	"tenfold/nn/model"
	"tenfold/nn/task"
)

// TestBundle checks that a bundle has the model, a picture, and a README with what the network says of
// it, and that it is opened like the model alone.
func TestBundle(t *testing.T) {
	net := model.Slim()
	if err := net.Init(2); err != nil {
		t.Fatal(err)
	}
	net.Name = "Slim"
	picture := make([]byte, net.Pixels())
	doodles.Draw(picture, net.Input, 3, 1)
	x := make([]float32, len(picture))
	net.Normalize(x, picture)
	_, probs := net.Predictor(1).Predict(x)
	for _, f := range Formats {
		b, err := Bundle(f, net, nil, picture)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		z, err := unzip(b)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, part := range z.File {
			names = append(names, part.Name)
		}
		want := []string{"model" + f.Ending, "README.md", "picture.png"}
		if f.unpack {
			want = []string{tfName, tfShard, "README.md", "picture.png"}
		}
		if !slices.Equal(names, want) {
			t.Errorf("%s: it has %q, want %q", f.Name, names, want)
		}
		held, err := z.read(z.find("picture.png"), maxPart)
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := png.Decode(bytes.NewReader(held))
		if err != nil {
			t.Fatal(err)
		}
		for i := range net.Input[0] * net.Input[1] {
			r, g, b, _ := drawn.At(i%net.Input[1], i/net.Input[1]).RGBA()
			if byte(r>>8) != picture[3*i] || byte(g>>8) != picture[3*i+1] || byte(b>>8) != picture[3*i+2] {
				t.Fatalf("%s: pixel %d of the picture differs", f.Name, i)
			}
		}
		text, err := z.read(z.find("README.md"), maxPart)
		if err != nil {
			t.Fatal(err)
		}
		readme := string(text)
		for _, part := range []string{"# Slim", want[0], "picture.png", cifar10.Task.Classes[model.Top(probs)], `"airplane"`, "x / 255 - 0.5", "assert"} {
			if !strings.Contains(readme, part) {
				t.Errorf("%s: the README says nothing of %q", f.Name, part)
			}
		}
		if left := regexp.MustCompile(`\{(name|file|picture|format|classes|answer|top|probability|shape|channels|mode|scaled|scale|shift|softmax|softmaxJS|probabilitiesJS|code|loading)\}`).FindString(readme); left != "" {
			t.Errorf("%s: %s is not filled in:\n%s", f.Name, left, readme)
		}
		if said, asked := strings.Count(readme, "const answer = "), strings.Count(readme, "console.assert(answer.every("); said != asked {
			t.Errorf("%s: %d of %d answers are compared in a browser", f.Name, asked, said)
		}
		var answer []float64
		for _, m := range regexp.MustCompile(`\[[0-9., ]{40,}\]`).FindAllString(readme, -1) {
			if err := json.Unmarshal([]byte(m), &answer); err != nil {
				t.Fatal(err)
			}
		}
		near(t, f.Name, answer, probs)
		got, err := opened(b, nil)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		identical(t, f.Name, got, net)
		if !Known(b) {
			t.Errorf("%s: a bundle is taken for a file of our own", f.Name)
		}
	}
}

// TestReadmePython lets Python check the code in the READMEs, as far as
// possible without Keras.
func TestReadmePython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("SKIPPED: python3 is not installed, and it is what checks the code in the READMEs")
	}
	grey, err := model.New(task.Shape{20, 30, 1}, layer.Flatten{}, layer.Dense{Units: 2})
	if err != nil {
		t.Fatal(err)
	}
	grey.Classes, grey.Scale, grey.Shift = []string{`a "cat"`, "dög"}, 2./255, 1
	for _, f := range Formats {
		readme, _, err := Readme(f, grey, "my model"+f.Ending, "p.png", make([]byte, grey.Pixels()))
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range regexp.MustCompile("(?s)```python\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
			path := filepath.Join(t.TempDir(), "code.py")
			if err := os.WriteFile(path, []byte(code[1]), 0o644); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(python, "-c", "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf8').read())", path).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s\n%s", f.Name, err, out, code[1])
			}
			if !strings.Contains(code[1], "np.exp(y") || !strings.Contains(code[1], `convert("L")`) {
				t.Errorf("%s: logits of grey pictures are read as\n%s", f.Name, code[1])
			}
		}
	}
}

// TestUnbundled says what cannot be bundled.
func TestUnbundled(t *testing.T) {
	net := three(t)
	if _, err := Bundle(Safetensors, net, nil, make([]byte, 5)); err == nil || !strings.Contains(err.Error(), "a picture of 5 bytes: want 192") {
		t.Errorf("%v", err)
	}
	net.Classes = nil
	if _, err := Bundle(Safetensors, net, nil, make([]byte, net.Pixels())); err == nil || !strings.Contains(err.Error(), "it has 0 classes") {
		t.Errorf("%v", err)
	}
}

// TestNames tells formats and bundles by their names.
func TestNames(t *testing.T) {
	for name, want := range map[string]struct {
		ending string
		bundle bool
	}{
		"a.safetensors": {".safetensors", false}, "a.KERAS": {".keras", false}, "cifar.009.hdf5": {".h5", false}, "a.h5.zip": {".h5", true},
		"a.tfjs.zip": {".tfjs.zip", true}, "a.safetensors.zip": {".safetensors", true}, "a.zip": {"", false}, "a.py": {"", false},
	} {
		f, bundle := Bundled(name)
		if !bundle {
			f, _ = Of(name)
		}
		if f.Ending != want.ending || bundle != want.bundle {
			t.Errorf("%s: %q, %v", name, f.Ending, bundle)
		}
	}
}
