package convert

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"tenfold/nn/keras"
	"tenfold/nn/model"
)

// Names of the files in a bundle, in addition to the model's.
const (
	readmeName  = "README.md"
	pictureName = "picture.png"
)

// Bundle writes a network in a format, with all that is needed to use it there: a .zip of the model's
// file, a README.md with the lines that load it, and picture.png with what the network says of it.
// picture are bytes of the shape of the network's task; for how, see Save. Open
// reads a bundle too.
func Bundle(f Format, net *model.Network, how *State, picture []byte) ([]byte, error) {
	b, err := f.Save(net, how)
	if err != nil {
		return nil, err
	}
	name := "model" + f.Ending
	all := []member{{name, b}}
	if f.unpack {
		z, err := unzip(b)
		if err != nil {
			return nil, err
		}
		all = nil
		for _, part := range z.File {
			b, err := z.read(part, maxPart)
			if err != nil {
				return nil, err
			}
			all = append(all, member{part.Name, b})
		}
		name = all[0].name
	}
	readme, png, err := Readme(f, net, name, pictureName, picture)
	if err != nil {
		return nil, err
	}
	return zipped(append(all, member{readmeName, readme}, member{pictureName, png})...)
}

// Readme writes what is to be known of a network's file that is called name: the lines that load it,
// how pictures become numbers, the classes, and what the network says of a picture, which png holds
// and which is called pictureName. picture are bytes of the shape of the network's task.
func Readme(f Format, net *model.Network, name, pictureName string, picture []byte) (readme, png []byte, err error) {
	if err := net.Task.Check(); err != nil {
		return nil, nil, fmt.Errorf("convert: the network cannot be described: %w", err)
	}
	if len(picture) != net.Pixels() {
		return nil, nil, fmt.Errorf("convert: a picture of %d bytes: want %d, of shape %v", len(picture), net.Pixels(), net.Input)
	}
	if n := net.Output().Size(); n != len(net.Classes) {
		return nil, nil, fmt.Errorf("convert: %d outputs for %d class names", n, len(net.Classes))
	}
	if f.loading == "" {
		return nil, nil, errors.New("convert: there is nothing to say of " + f.Name)
	}
	x := make([]float32, len(picture))
	net.Normalize(x, picture)
	_, probs := net.Predictor(1).Predict(x)
	answer := make([]string, len(probs))
	for i, p := range probs {
		answer[i] = strconv.FormatFloat(float64(p), 'f', 6, 64)
	}
	top := model.Top(probs)
	classes, err := json.Marshal(net.Classes)
	if err != nil {
		return nil, nil, fmt.Errorf("convert: %w", err)
	}
	mode, softmax, softmaxJS, probabilitiesJS := "RGB", "", "", "const p = Array.from(y.data);"
	if net.Input[2] == 1 {
		mode = "L"
	}
	if net.Ending() != "softmax" { // logits go out
		softmax, softmaxJS = "y = np.exp(y - y.max()) / np.exp(y - y.max()).sum()\n", ".softmax()"
		probabilitiesJS = "const e = Array.from(y.data, (v) => Math.exp(v - Math.max(...y.data))), sum = e.reduce((a, b) => a + b), p = e.map((v) => v / sum);"
	}
	shape := strings.Trim(fmt.Sprint([]int(net.Input)), "[]")
	text := strings.NewReplacer(
		"{name}", strings.Join(strings.Fields(net.Name), " "), "{file}", name, "{picture}", pictureName, "{format}", f.Name,
		"{classes}", string(classes), "{answer}", "["+strings.Join(answer, ", ")+"]",
		"{top}", net.Classes[top], "{probability}", fmt.Sprintf("%.1f%%", 100*probs[top]),
		"{shape}", strings.ReplaceAll(shape, " ", ", "), "{channels}", fmt.Sprint(net.Input[2]), "{mode}", mode,
		"{scaled}", keras.Scaled("x", net.Task), "{scale}", number(net.Scale), "{shift}", number(net.Shift),
		"{softmax}", softmax, "{softmaxJS}", softmaxJS, "{probabilitiesJS}", probabilitiesJS,
	)
	// The code of a network is long, and only one of the formats needs it.
	loading := f.loading
	if strings.Contains(loading, "{code}") {
		loading = strings.ReplaceAll(loading, "{code}", strings.TrimSpace(keras.Code(net.Input, net.Nodes())))
	}
	return []byte(text.Replace(strings.ReplaceAll(readmeText, "{loading}", loading))), pictureFile(picture, net.Input), nil
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
