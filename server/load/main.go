// Load has a room full of browsers fetch the whole page at once, from this project's server
// and, in turn, from caddy and nginx, where they are installed, with the same precompressed
// files. It prints throughput, delays, errors and memory, and ratios of medians.
//
//	go run ./server/load [-clients 60] [-rounds 5] [-out artifacts]
package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"
)

// settings are what is measured.
type settings struct {
	clients, rounds, visits int
	site, program, out      string
}

// figures are those of one server with warm or cold clients.
type figures struct {
	Server  string    `json:"server"`
	Warm    bool      `json:"warm"`
	Pages   []float64 `json:"pages_per_second"` // one a round
	Mega    []float64 `json:"megabytes_per_second"`
	P50     []float64 `json:"p50_ms"` // of a request
	P99     []float64 `json:"p99_ms"`
	Errors  int       `json:"errors"`
	Memory  float64   `json:"peak_memory_mb"`
	Message string    `json:"first_error,omitempty"`
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("load: ")
	var s settings
	flag.IntVar(&s.clients, "clients", 60, "how many fetch at once")
	flag.IntVar(&s.rounds, "rounds", 7, "how often each server has its turn")
	flag.IntVar(&s.visits, "visits", 3, "how often each client comes in a round")
	flag.StringVar(&s.site, "site", "web/dist", "`folder` of the packed page")
	flag.StringVar(&s.program, "program", "bin/tenfold", "this project's server")
	flag.StringVar(&s.out, "out", "artifacts", "`folder` for load.json")
	flag.Parse()
	if err := run(s); err != nil {
		log.Fatal(err)
	}
}

func run(s settings) error {
	files, err := firstVisit(s.site)
	if err != nil {
		return err
	}
	servers, err := start(s)
	if err != nil {
		return err
	}
	defer func() {
		for _, p := range servers {
			p.stop()
		}
	}()
	var all []*figures
	for _, warm := range []bool{false, true} {
		of := map[string]*figures{}
		for _, p := range servers {
			of[p.name] = &figures{Server: p.name, Warm: warm}
			all = append(all, of[p.name])
		}
		for round := range s.rounds + 1 {
			for i := range servers { // each round begins with another one
				p := servers[(i+round)%len(servers)]
				m := visitAll(p.address, files, s, warm)
				if round > 0 { // the first one warms up
					of[p.name].add(m)
				}
				time.Sleep(100 * time.Millisecond)
			}
		}
	}
	for _, p := range servers {
		mb := p.peak()
		for _, f := range all {
			if f.Server == p.name {
				f.Memory = mb
			}
		}
	}
	table(all, s)
	return save(all, s)
}

// add takes the measurement of one round.
func (f *figures) add(m measurement) {
	f.Pages = append(f.Pages, float64(m.pages)/m.took.Seconds())
	f.Mega = append(f.Mega, float64(m.bytes)/m.took.Seconds()/1e6)
	slices.Sort(m.delays)
	at := func(share float64) float64 {
		return float64(m.delays[int(share*float64(len(m.delays)-1))].Microseconds()) / 1e3
	}
	if len(m.delays) > 0 {
		f.P50, f.P99 = append(f.P50, at(0.5)), append(f.P99, at(0.99))
	}
	f.Errors += len(m.errors)
	if len(m.errors) > 0 {
		f.Message = cmp.Or(f.Message, m.errors[0].Error())
	}
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

func table(all []*figures, s settings) {
	fmt.Printf("%d clients at once, each %d times; medians of %d rounds (least to most)\n\n", s.clients, s.visits, s.rounds)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "server\tcache\tpages/s\tMB/s\tp50 ms\tp99 ms\terrors\tpeak MB")
	for _, f := range all {
		cache := "cold"
		if f.Warm {
			cache = "warm"
		}
		fmt.Fprintf(w, "%s\t%s\t%.0f (%.0f-%.0f)\t%.0f\t%.1f\t%.1f\t%d\t%.0f\n", f.Server, cache, median(f.Pages), slices.Min(f.Pages), slices.Max(f.Pages), median(f.Mega), median(f.P50), median(f.P99), f.Errors, f.Memory)
	}
	w.Flush()
	fmt.Println()
	for name, r := range ratios(all) {
		fmt.Printf("%s: %.2f (at least 0.8 is aimed at)\n", name, r)
	}
	for _, f := range all {
		if f.Message != "" {
			fmt.Printf("%s: %s\n", f.Server, f.Message)
		}
	}
}

// ratios are our throughput by the better one's.
func ratios(all []*figures) map[string]float64 {
	out := map[string]float64{}
	for name, warm := range map[string]bool{"throughput, cold, by the better peer's": false, "throughput, warm, by the better peer's": true} {
		ours, best := 0.0, 0.0
		for _, f := range all {
			switch v := median(f.Pages); {
			case f.Warm != warm:
			case f.Server == "tenfold":
				ours = v
			default:
				best = max(best, v)
			}
		}
		if best > 0 {
			out[name] = ours / best
		}
	}
	return out
}

func save(all []*figures, s settings) error {
	if err := os.MkdirAll(s.out, 0o755); err != nil {
		return err
	}
	b, err := json.MarshalIndent(map[string]any{"clients": s.clients, "visits": s.visits, "rounds": s.rounds, "results": all, "ratios": ratios(all)}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.out, "load.json"), append(b, '\n'), 0o644)
}
