package picture

import "bytes"

// Kind is what a file is that the user opens.
type Kind int

const (
	Unknown Kind = iota
	Image        // what browsers may decode
	HEIC         // what iPhones take, and which Safari alone decodes
	Vector       // SVG
	WebPage
	Weights  // safetensors, or HDF5 of Keras'
	Manifest // a network of TensorFlow.js', beside whose file others lie
	Project  // the user's own classes, as a .zip
	Data     // pictures with labels, or something that resembles them: package archive says what
)

// HeadBytes is how much of a file tells its kind.
const HeadBytes = 64 << 10

// kinds are how files begin, from a place on. A further one is a line.
var kinds = []struct {
	at    int
	magic string
	kind  Kind
}{
	{0, "\xff\xd8\xff", Image}, {0, "\x89PNG\r\n\x1a\n", Image}, {0, "GIF8", Image}, {8, "WEBP", Image}, {0, "BM", Image},
	{4, "ftypavif", Image}, {4, "ftypavis", Image}, {0, "\x00\x00\x01\x00", Image}, {0, "II*\x00", Image}, {0, "MM\x00*", Image}, {0, "\x00\x00\x00\x0cJXL ", Image}, {0, "\xff\x0a", Image},
	{4, "ftypheic", HEIC}, {4, "ftypheix", HEIC}, {4, "ftypheim", HEIC}, {4, "ftypheis", HEIC}, {4, "ftyphevc", HEIC}, {4, "ftypmif1", HEIC}, {4, "ftypmsf1", HEIC},
	{30, "metadata.json", Weights}, {30, "config.json", Weights}, // a .keras file, which is a .zip
	{30, "model.", Weights}, {30, "project.json", Project},
	{0, "\x1f\x8b", Data}, {0, "PK\x03\x04", Data}, {257, "ustar", Data}, {0, "\x93NUMPY", Data}, {0, "PAR1", Data}, {0, "MATLAB ", Data},
	{0, "version https://git-lfs", Data}, {0, "7z\xbc\xaf\x27\x1c", Data}, {0, "Rar!", Data}, {0, "\xfd7zXZ", Data}, {0, "BZh", Data},
	{8, `{"`, Weights}, {0, "\x89HDF\r\n\x1a\n", Weights}, // Keras'
}

// KindOf tells what a file of size bytes is by its first HeadBytes, never by its name. record
// is the size of a picture with its class in the data set's own layout, in bytes.
func KindOf(head []byte, size, record int) Kind {
	for _, k := range kinds {
		if len(head) >= k.at && bytes.HasPrefix(head[k.at:], []byte(k.magic)) {
			return k.kind
		}
	}
	if len(head) > 2 && head[0] == 0x80 && head[1] <= 5 { // a pickle
		return Data
	}
	if text := bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 4096)], "\ufeff \t\r\n")); bytes.HasPrefix(text, []byte("<")) {
		switch svg := bytes.Index(text, []byte("<svg")); {
		case bytes.HasPrefix(text, []byte("<!doctype html")), bytes.HasPrefix(text, []byte("<html")), bytes.HasPrefix(text, []byte("<meta")):
			return WebPage
		case svg >= 0:
			return Vector
		case bytes.Contains(text, []byte("<html")):
			return WebPage
		}
	}
	if records(head, record) && (size%record == 0 || size > 10*record) {
		return Data
	}
	switch text := head[:min(len(head), 4096)]; {
	case bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) && (bytes.Contains(head, []byte(`"modelTopology"`)) || bytes.Contains(head, []byte(`"weightsManifest"`))):
		return Manifest
	case len(text) > 4 && text[0] == 8 && text[1] < 32 && (text[2] == 0x12 || text[2] == 0x3a): // ONNX: its version, and then what made it or the graph
		return Weights
	}
	return Unknown
}

// records reports whether b begins with pictures in that layout, each after its class.
func records(b []byte, record int) bool {
	for at := 0; at < len(b); at += record {
		if b[at] >= 10 {
			return false
		}
	}
	return len(b) > 0
}
