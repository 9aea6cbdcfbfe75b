package archive

import (
	"bytes"
	"errors"
	"strings"

	"tenfold/nn/cifar10"
)

// Words that follow a file's name in an error.
var (
	errHundred = errors.New("is of CIFAR-100, whose hundred classes are others: want CIFAR-10")
)

// foreign are files that people have instead of CIFAR-10's, by how they begin,
// and the words that follow their name in an error. A new one adds a line.
var foreign = []struct {
	at    int
	magic string
	words string
}{
	{0, "\x93NUMPY", "is an array of NumPy's (.npy): want CIFAR-10's binary version, or its Python version as it is published"},
	{0, "\x89HDF\r\n\x1a\n", "is an HDF5 file: want CIFAR-10's binary or Python version"},
	{0, "PAR1", "is a table in Parquet, as Hugging Face has the data set: want CIFAR-10's binary or Python version from " + home},
	{0, "MATLAB ", "is of CIFAR-10's Matlab version: want the binary or the Python version"},
	{0, "version https://git-lfs", "is only a pointer of Git LFS, not the file that it stands for: fetch that with `git lfs pull`"},
	{0, "../.git/annex/", "is only a pointer of git-annex, not the file that it stands for: fetch that with `git annex get`"},
	{0, "7z\xbc\xaf\x27\x1c", "is packed with 7-Zip, which cannot be unpacked here: unpack it, and choose what is in it"},
	{0, "Rar!", "is packed with RAR, which cannot be unpacked here: unpack it, and choose what is in it"},
	{0, "\xfd7zXZ", "is packed with xz, which cannot be unpacked here: unpack it, and choose what is in it"},
	{0, "BZh", "is packed with bzip2, which cannot be unpacked here: unpack it, and choose what is in it"},
	{0, "\x28\xb5\x2f\xfd", "is packed with Zstandard, which cannot be unpacked here: unpack it, and choose what is in it"},
	{0, "\xff\xd8\xff", aPicture}, {0, "\x89PNG", aPicture}, {0, "GIF8", aPicture}, {8, "WEBP", aPicture},
	{4, "ftypheic", aPicture}, {4, "ftypheix", aPicture}, {4, "ftypmif1", aPicture}, {4, "ftypavif", aPicture},
	{0, "%PDF", "is a PDF document: want CIFAR-10's files"},
	{0, "\x00\x05\x16\x07", "holds what macOS keeps beside a file, and no pictures"},
}

// home is where the data set is published.
const home = "https://www.cs.toronto.edu/~kriz/cifar.html"

const (
	aPicture = "is a picture. To classify it, use Upload in Classify; here want CIFAR-10's files"
	aPage    = "is a web page, which was saved instead of the file: download it again from " + home
	weights  = "holds weights (.safetensors), and no pictures"
)

// stranger says what a file is that begins like this, or "".
func stranger(head []byte) string {
	for _, f := range foreign {
		if len(head) >= f.at && bytes.HasPrefix(head[f.at:], []byte(f.magic)) {
			return f.words
		}
	}
	text := strings.ToLower(string(bytes.TrimLeft(head[:min(len(head), 512)], "\ufeff \t\r\n")))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<meta", "<script", "<?xml", "<!--"} {
		if strings.HasPrefix(text, tag) {
			return aPage
		}
	}
	if len(head) > 9 && head[8] == '{' && head[9] == '"' {
		return weights
	}
	return ""
}

// hundred reports whether a file of size bytes, -1 if not known, that begins
// with head is in CIFAR-100's binary version: records with a coarse and a fine
// label.
func hundred(head []byte, size int64) bool {
	const record = cifar10.FileSize/cifar10.PerFile + 1
	if size > 0 && size%record != 0 {
		return false
	}
	n := 0
	for ; len(head) >= 2; n++ {
		if head[0] >= 20 || head[1] >= 100 {
			return false
		}
		head = head[min(record, len(head)):]
	}
	return n > 1
}
