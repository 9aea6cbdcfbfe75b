// Release writes into dist/ what is given to others: the page for any static host, and the
// programs for each platform as archives that are the same, byte for byte, whoever builds
// them, with the licences of all that is in them, a bill of materials and checksums.
//
//	go run ./web/release [-data DIR]
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"tenfold/nn/cifar10"
	"tenfold/nn/cifar10/archive"
	"tenfold/nn/task"
	"tenfold/server/headers"
)

// platforms are those that archives are made for; a new one adds a line.
var platforms = []platform{
	{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"},
}

type platform struct{ os, arch string }

func (p platform) env() []string { return []string{"GOOS=" + p.os, "GOARCH=" + p.arch} }

// programs are the native programs and the page's, by the names of their packages.
var programs = []struct {
	name, pkg string
	page      bool // runs in the page
}{
	{"tenfold", "server", false}, {"tenfold-train", "nn/cmd/tenfold-train", false},
	{"page-ui", "wasm/ui", true}, {"page-worker", "wasm/worker", true}, {"page-trainer", "wasm/trainer", true},
	{"page-drafter", "wasm/drafter", true}, {"page-classifier", "wasm/classifier", true},
}

// sbom writes a bill of materials. It is run as a tool and no dependency.
const sbom = "github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.9.0"

func main() {
	log.SetFlags(0)
	log.SetPrefix("release: ")
	data := flag.String("data", "", "`folder` with CIFAR-10's files: the site gets the first 2,000 test pictures to begin with; empty means none")
	flag.Parse()
	if err := release("dist", *data); err != nil {
		log.Fatal(err)
	}
}

func release(dist, data string) error {
	version, at, err := state()
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dist); err != nil {
		return err
	}
	if err := os.MkdirAll(dist, 0o755); err != nil {
		return err
	}
	licences, err := thirdParty()
	if err != nil {
		return err
	}
	if err := site(filepath.Join(dist, "site"), licences); err != nil {
		return err
	}
	if data != "" {
		if err := starter(filepath.Join(dist, "site", "data"), data); err != nil {
			return err
		}
	}
	for _, p := range platforms {
		files, err := build(p, licences)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("tenfold_%s_%s_%s", version, p.os, p.arch)
		pack, ending := tarball, ".tar.gz"
		if p.os == "windows" {
			pack, ending = zipped, ".zip"
		}
		b, err := pack(name, files, at)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dist, name+ending), b, 0o644); err != nil {
			return err
		}
		log.Printf("%-48s %9d bytes", name+ending, len(b))
	}
	for _, p := range programs {
		if err := bill(filepath.Join(dist, p.name+".cdx.json"), p.pkg, p.page, at); err != nil {
			return err
		}
	}
	return sums(dist)
}

// state returns the version's name and the time of its commit, which all files get.
func state() (version string, at time.Time, err error) {
	out, err := exec.Command("git", "describe", "--tags", "--always", "--dirty").Output()
	if err != nil {
		return "", at, fmt.Errorf("a release is made of a commit: git describe: %w", err)
	}
	seconds := os.Getenv("SOURCE_DATE_EPOCH") // https://reproducible-builds.org/specs/source-date-epoch
	if seconds == "" {
		b, err := exec.Command("git", "log", "-1", "--format=%ct").Output()
		if err != nil {
			return "", at, fmt.Errorf("git log: %w", err)
		}
		seconds = strings.TrimSpace(string(b))
	}
	n, err := strconv.ParseInt(seconds, 10, 64)
	return strings.TrimSpace(string(out)), time.Unix(n, 0).UTC(), err
}

// site copies the packed page and adds the headers for hosts that read them.
func site(dir string, licences []byte) error {
	if err := os.CopyFS(dir, os.DirFS("web/dist")); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(dir, "README")); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, "_headers"))
	if err != nil {
		return err
	}
	defer f.Close()
	if err := headers.Write(f); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "licences.txt"), licences, 0o644)
}

// starterSet is how many pictures a site has for its visitors to begin with: as many as a phone
// fetches in a moment, and enough to fine-tune on.
const starterSet = 2000

// starter writes the first pictures of the test set where the page looks for it.
func starter(dir, data string) error {
	set, err := archive.LoadTest(data)
	if err != nil {
		return err
	}
	var b []byte
	for i := range min(starterSet, set.Len()) {
		pixels, label := set.Picture(i)
		record, err := cifar10.Record(pixels, label)
		if err != nil {
			return err
		}
		b = append(b, record...)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, task.TestFiles[0]), b, 0o644)
}

// build builds the native programs for a platform, and returns what its archive holds.
func build(p platform, licences []byte) ([]file, error) {
	tmp, err := os.MkdirTemp("", "tenfold-release-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	files := []file{{"licences.txt", licences, 0o644}}
	for _, name := range []string{"LICENSE", "README.md"} {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name, b, 0o644})
	}
	for _, program := range programs {
		if program.page {
			continue
		}
		name := program.name
		if p.os == "windows" {
			name += ".exe"
		}
		path := filepath.Join(tmp, name)
		if _, err := run(p.env(), "go", "build", "-trimpath", "-buildvcs=true", "-ldflags=-s -w", "-o", path, "./"+program.pkg); err != nil {
			return nil, err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name, b, 0o755})
	}
	return files, nil
}

// bill writes a program's bill of materials, https://cyclonedx.org, with the commit's time
// in place of the present.
func bill(path, pkg string, page bool, at time.Time) error {
	p := platforms[0]
	if page {
		p = platform{"js", "wasm"}
	}
	// The tool is built for this machine; what it looks at is built for another.
	dir, err := os.MkdirTemp("", "tenfold-sbom-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if _, err := run([]string{"GOBIN=" + dir, "GOFLAGS=-mod=mod"}, "go", "install", sbom); err != nil {
		return err
	}
	out, err := run(p.env(), filepath.Join(dir, "cyclonedx-gomod"), "app", "-json", "-licenses", "-noserial", "-std", "-main", pkg, ".")
	if err != nil {
		return err
	}
	var b map[string]any
	if err := json.Unmarshal(out, &b); err != nil {
		return fmt.Errorf("the bill of materials of %s: %w", pkg, err)
	}
	metadata, ok := b["metadata"].(map[string]any)
	if !ok {
		return fmt.Errorf("the bill of materials of %s has no metadata", pkg)
	}
	metadata["timestamp"] = at.Format(time.RFC3339)
	delete(metadata, "tools") // it has the hash of the tool, which was built on this machine
	out, err = json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(out, '\n'), 0o644)
}

// run runs a command with additions to the environment and returns what it prints.
func run(env []string, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, said.String())
	}
	return out, nil
}
