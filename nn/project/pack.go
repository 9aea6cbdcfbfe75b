package project

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"image"
	"image/png"
	"io/fs"
	"math/bits"
	"slices"
	"strings"

	"tenfold/nn/picture"
	"tenfold/nn/task"
)

// Files keeps a project's files under plain names. Read returns an error that is fs.ErrNotExist
// where there is none.
type Files interface {
	Names() ([]string, error)
	Read(name string) ([]byte, error)
	Write(name string, b []byte) error
	Remove(name string) error
}

// prefix begins the names of all files of projects: that of a project's state is prefix and its ID,
// those of its shards have a number behind it.
const prefix = "project-"

// shardSize is how large the files are in which pictures lie, in bytes: one is written anew with
// each picture that comes into it.
const shardSize = 1 << 20

// pack is where the pictures of a project lie: shards of one PNG file behind the other, of which
// only the last one still grows.
type pack struct {
	files Files
	id    string
	last  int    // the shard that grows
	grows []byte // its content
	dirty bool   // which is not written yet

	shown   int // the shard that was read last
	content []byte
}

func (k *pack) name(shard int) string { return fmt.Sprintf("%s%s.%d", prefix, k.id, shard) }

// add puts a file into the pack, and says where it lies.
func (k *pack) add(b []byte) (shard, at int, err error) {
	if len(k.grows) > 0 && len(k.grows)+len(b) > shardSize {
		if err := k.flush(); err != nil {
			return 0, 0, err
		}
		k.last, k.grows = k.last+1, nil
	}
	at = len(k.grows)
	k.grows, k.dirty = append(k.grows, b...), true
	return k.last, at, nil
}

// flush writes the shard that grows.
func (k *pack) flush() error {
	if !k.dirty {
		return nil
	}
	if err := k.files.Write(k.name(k.last), k.grows); err != nil {
		return err
	}
	k.dirty = false
	return nil
}

// read returns a file of the pack, which is not to be changed.
func (k *pack) read(q Picture) ([]byte, error) {
	content := k.grows
	if q.Shard != k.last {
		if k.content == nil || k.shown != q.Shard {
			b, err := k.files.Read(k.name(q.Shard))
			if err != nil {
				return nil, fmt.Errorf("project: pictures are lost: %w", err)
			}
			k.shown, k.content = q.Shard, b
		}
		content = k.content
	}
	if q.At < 0 || q.Size < 0 || q.At > len(content) || q.Size > len(content)-q.At {
		return nil, errors.New("project: a picture is lost: its file is cut short")
	}
	return content[q.At : q.At+q.Size], nil
}

// List gives the IDs of the projects that files keep.
func List(files Files) ([]string, error) {
	names, err := files.Names()
	var ids []string
	for _, n := range names {
		if id, ok := strings.CutPrefix(n, prefix); ok && !strings.Contains(id, ".") {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// Open opens a project that is kept. Pictures whose files are lost are left out.
func Open(files Files, id string) (*Project, error) {
	b, err := files.Read(prefix + id)
	if err != nil {
		return nil, fmt.Errorf("project: %w", err)
	}
	p := &Project{ID: id, pack: pack{files: files, id: id}}
	if err := json.Unmarshal(b, &p.State); err != nil {
		return nil, fmt.Errorf("project: its list is damaged: %w", err)
	}
	p.Pictures = slices.DeleteFunc(p.Pictures, func(q Picture) bool { return p.has(q.Class) != nil })
	for i, q := range p.Pictures {
		if q.Serial == 0 { // of an earlier version
			p.Pictures[i].Serial = i + 1
		}
		p.serial = max(p.serial, p.Pictures[i].Serial)
	}
	return p, p.tidy()
}

// tidy removes shards of which nothing is left, leaves out pictures whose files are lost, and opens the
// last shard.
func (p *Project) tidy() error {
	sizes := map[int]int{} // bytes that are in use
	for _, q := range p.Pictures {
		sizes[q.Shard] += q.Size
		p.pack.last = max(p.pack.last, q.Shard)
	}
	names, err := p.pack.files.Names()
	if err != nil {
		return err
	}
	there := map[int]bool{}
	for _, n := range names {
		rest, ok := strings.CutPrefix(n, prefix+p.ID+".")
		var shard int
		if _, err := fmt.Sscan(rest, &shard); !ok || err != nil {
			continue
		}
		if there[shard] = true; sizes[shard] == 0 {
			_ = p.pack.files.Remove(n) // if it stays, it is removed another time
		}
	}
	b, err := p.pack.files.Read(p.pack.name(p.pack.last))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	last, before := p.pack.last, len(p.Pictures)
	p.Pictures = slices.DeleteFunc(p.Pictures, func(q Picture) bool {
		return !there[q.Shard] || q.Shard == last && (q.At < 0 || q.Size < 0 || q.At > len(b) || q.Size > len(b)-q.At)
	})
	if len(p.Pictures) < before { // what is left of the shard is not touched
		p.pack.last++
		b = nil
	}
	p.pack.grows = b
	return nil
}

// Save keeps the project.
func (p *Project) Save() error {
	if err := p.pack.flush(); err != nil {
		return err
	}
	b, err := json.Marshal(p.State)
	if err != nil {
		return fmt.Errorf("project: %w", err)
	}
	return p.pack.files.Write(prefix+p.ID, b)
}

// Delete removes all files of the project, the list first: of what is cut off then, the rest is
// collected later.
func (p *Project) Delete() error {
	names, err := p.pack.files.Names()
	if err == nil {
		err = p.pack.files.Remove(prefix + p.ID)
	}
	if err != nil {
		return err // nothing is gone
	}
	for _, n := range names {
		if strings.HasPrefix(n, prefix+p.ID+".") {
			_ = p.pack.files.Remove(n) // if it stays, it is collected
		}
	}
	return nil
}

// Collect removes shards of which there is no list: of projects whose deletion, or whose first import, was
// cut off. What cannot be removed is left for another time.
func Collect(files Files) error {
	names, err := files.Names()
	if err != nil {
		return err
	}
	for _, n := range names {
		if id, ok := strings.CutPrefix(n, prefix); ok && strings.Contains(id, ".") {
			if id, _, _ = strings.Cut(id, "."); !slices.Contains(names, prefix+id) {
				_ = files.Remove(n)
			}
		}
	}
	return nil
}

// Bytes is how much room the pictures take.
func (p *Project) Bytes() (n int) {
	for _, q := range p.Pictures {
		n += q.Size
	}
	return n
}

// shape is that of a picture that is kept.
func shape(side int) task.Shape { return task.Shape{side, side, 3} }

// Square is a picture as it is kept: the square of it that a network would see, MaxSide pixels
// wide or fewer if it has no more, and three bytes a pixel.
func Square(img *image.RGBA) (pixels []byte, side int) {
	q := picture.Open(img, "")
	side = max(min(MaxSide, int(q.Side+0.5)), 1)
	return q.Pixels(shape(side)), side
}

// Add puts a picture into a class: pixels of a square with three bytes each. One that is there
// already is not put there twice.
func (p *Project) Add(class int, pixels []byte, side int) (added bool, err error) {
	return p.add(class, pixels, side, 0)
}

// filmed is how many pictures of a film go together.
const filmed = 10

// Go adds a picture of a film, as Add does; on says that it is not the first one.
func (p *Project) Go(class int, pixels []byte, side int, on bool) (added bool, err error) {
	if !on || p.rolled == filmed {
		p.film, p.rolled = p.serial+1, 0
	}
	added, err = p.add(class, pixels, side, p.film)
	if added {
		p.rolled++
	}
	return added, err
}

func (p *Project) add(class int, pixels []byte, side, film int) (added bool, err error) {
	switch {
	case p.has(class) != nil:
		return false, p.has(class)
	case side < 1 || side > MaxSide || len(pixels) != 3*side*side:
		return false, fmt.Errorf("project: a picture of %d bytes is no square of at most %dx%[2]d pixels", len(pixels), MaxSide)
	case len(p.Pictures) >= p.most():
		return false, fmt.Errorf("project: there are %d pictures already, which is the most that %q may have", p.most(), p.Name)
	}
	sum := fnv.New64a()
	sum.Write(pixels)
	q := Picture{Class: class, Sum: sum.Sum64(), Look: look(pixels, side), Serial: p.serial + 1, Film: film}
	for _, other := range p.Pictures {
		if other.Sum == q.Sum && other.Class == class {
			return false, nil
		}
	}
	b, err := encoded(picture.Enlarge(pixels, shape(side)))
	if err != nil {
		return false, err
	}
	q.Size = len(b)
	if q.Shard, q.At, err = p.pack.add(b); err != nil {
		return false, err
	}
	p.serial = q.Serial
	p.Pictures = append(p.Pictures, q) // an earlier state is shorter
	return true, nil
}

func (p *Project) most() int { return cmp.Or(p.Most, MaxPictures) }

// encoded is a picture as the file that is kept of it.
func encoded(img *image.RGBA) ([]byte, error) {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, img); err != nil {
		return nil, fmt.Errorf("project: %w", err)
	}
	return b.Bytes(), nil
}

// Begin says that pictures will be added, which Undo takes back together.
func (p *Project) Begin() { p.remember() }

// PNG is the file of a picture.
func (p *Project) PNG(i int) ([]byte, error) {
	if err := p.hold([]int{i}); err != nil {
		return nil, err
	}
	return p.pack.read(p.Pictures[i])
}

// Image is a picture.
func (p *Project) Image(i int) (*image.RGBA, error) {
	if err := p.hold([]int{i}); err != nil {
		return nil, err
	}
	return p.image(p.Pictures[i])
}

func (p *Project) image(q Picture) (*image.RGBA, error) {
	b, err := p.pack.read(q)
	if err != nil {
		return nil, err
	}
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if err == nil && (c.Width > MaxSide || c.Height > MaxSide) {
		err = fmt.Errorf("it has %dx%d pixels", c.Width, c.Height)
	}
	var img image.Image
	if err == nil {
		img, err = png.Decode(bytes.NewReader(b))
	}
	if err != nil {
		return nil, fmt.Errorf("project: a picture is damaged: %w", err)
	}
	return rgba(img), nil
}

// look tells what a picture looks like in 64 bits, of which those of pictures that look alike
// differ little: whether each of 8x8 cells is brighter than the one to its right. Source: the
// difference hash, https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html.
func look(pixels []byte, side int) (bits uint64) {
	small := picture.Shrink(picture.Enlarge(pixels, shape(side)), task.Shape{9, 9, 1})
	for y := range 8 {
		for x := range 8 {
			bits <<= 1
			if small[9*y+x] > small[9*y+x+1] {
				bits |= 1
			}
		}
	}
	return bits
}

// near is how many bits of two pictures that look alike may differ.
const near = 4

// Twins are pairs of pictures that look alike, at most so many of them: a picture and an earlier
// one.
func (p *Project) Twins(most int) (pairs [][2]int) {
	for i, a := range p.Pictures {
		for j, b := range p.Pictures[:i] {
			if bits.OnesCount64(a.Look^b.Look) <= near {
				if pairs = append(pairs, [2]int{i, j}); len(pairs) == most {
					return pairs
				}
				break
			}
		}
	}
	return pairs
}
