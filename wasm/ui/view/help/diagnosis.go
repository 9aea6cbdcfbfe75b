package help

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"tenfold/wasm/ui/desk"
	"tenfold/wasm/ui/figure"
	"tenfold/wasm/ui/words"
)

// check is one line of the diagnosis: what there is, and if something is missing why and
// what to do.
type check struct {
	label *string // of package words, which another language sets
	look  func(d *desk.Desk, b *desk.Browser) (value, fix string)
}

// finding is what a check has found.
type finding struct{ label, value, fix string }

// findings returns what there is in the browser; nil before it was looked at.
func (v *View) findings() (all []finding) {
	d := v.desk
	if d.Browser == nil {
		return nil
	}
	for _, c := range checks {
		value, fix := c.look(d, d.Browser)
		all = append(all, finding{*c.label, cmp.Or(value, words.Diagnosis.Unknown), fix})
	}
	return all
}

// missing returns how many findings need a word.
func missing(found []finding) (n int) {
	for _, f := range found {
		if f.fix != "" {
			n++
		}
	}
	return n
}

// status says in a line how much is missing.
func status(found []finding) string {
	t := &words.Diagnosis
	switch n := missing(found); {
	case found == nil:
		return t.Looking
	case n == 0:
		return t.All
	default:
		return fmt.Sprintf(t.Some, figure.Things(n, words.Nouns.Note))
	}
}

// report returns the diagnosis for a report of a fault.
func report(found []finding, faults []desk.Fault) string {
	var s strings.Builder
	for _, f := range found {
		fmt.Fprintf(&s, "%s: %s\n", f.label, f.value)
		if f.fix != "" {
			fmt.Fprintf(&s, "  %s\n", f.fix)
		}
	}
	for _, f := range faults {
		fmt.Fprintf(&s, "\n%s: %s\n%s\n", words.Diagnosis.Fault, f.What, f.Where)
	}
	return s.String()
}

// copy puts the report on the clipboard.
func (v *View) copy() {
	d := v.desk
	d.Host.Copy(fmt.Sprintf("%s, %s\n%s", words.App.Name, d.LookedAt.UTC().Format(time.RFC3339), report(v.findings(), d.Faults)))
}

// checks lists what is looked at; a new one adds a line.
var checks = []check{
	{&words.Diagnosis.Secure, secure},
	{&words.Diagnosis.Isolated, isolated},
	{&words.Diagnosis.Workers, workers},
	{&words.Diagnosis.Simd, func(*desk.Desk, *desk.Browser) (string, string) { return words.Diagnosis.Yes, "" }}, // without it the page does not start
	{&words.Diagnosis.Relaxed, relaxed},
	{&words.Diagnosis.Memory, memory},
	{&words.Diagnosis.Storage, storage},
	{&words.Diagnosis.Offline, offline},
	{&words.Diagnosis.Camera, camera},
	{&words.Diagnosis.Canvas, canvas},
	{&words.Diagnosis.Faults, func(d *desk.Desk, _ *desk.Browser) (string, string) {
		if len(d.Faults) == 0 {
			return words.Diagnosis.None, ""
		}
		return d.Faults[len(d.Faults)-1].What, words.Diagnosis.FaultsFix
	}},
	{&words.Diagnosis.Program, func(d *desk.Desk, _ *desk.Browser) (string, string) { return d.Version, "" }},
	{&words.Diagnosis.Browser, func(_ *desk.Desk, b *desk.Browser) (string, string) { return b.Agent, "" }},
}

func secure(_ *desk.Desk, b *desk.Browser) (string, string) {
	if b.Secure {
		return words.Diagnosis.Yes, ""
	}
	return words.Diagnosis.No, words.Diagnosis.SecureFix
}

func isolated(_ *desk.Desk, b *desk.Browser) (string, string) {
	t := &words.Diagnosis
	switch {
	case b.Isolated:
		return t.Shares, ""
	case !b.Secure:
		return t.Messages, t.IsolatedSecure
	}
	return t.Messages, t.IsolatedHeaders
}

func workers(d *desk.Desk, b *desk.Browser) (string, string) {
	t := &words.Diagnosis
	n := d.Library.Job.Workers
	if n == 0 {
		n = b.Cores
	}
	value := fmt.Sprintf(t.WorkersValue, figure.Things(b.Cores, words.Nouns.Core), figure.Things(n, words.Nouns.Worker))
	if b.Cores < 2 {
		return value, t.OneCore
	}
	return value, ""
}

func relaxed(_ *desk.Desk, b *desk.Browser) (string, string) {
	if strings.Contains(b.Program, "relaxed") {
		return words.Diagnosis.Yes, ""
	}
	return words.Diagnosis.No, words.Diagnosis.RelaxedFix
}

func memory(d *desk.Desk, b *desk.Browser) (string, string) {
	t := &words.Diagnosis
	all := []string{fmt.Sprintf(t.ThisPage, figure.Megabytes(b.Memory))}
	if used := d.Library.Run.State.Memory; used > 0 {
		all = append(all, fmt.Sprintf(t.TrainingTakes, figure.Megabytes(float64(used))))
	}
	if b.Device > 0 {
		all = append(all, fmt.Sprintf(t.DeviceHas, b.Device))
	}
	value := strings.Join(all, ", ")
	if b.Device > 0 && b.Device < 2 {
		return value, t.LittleMemory
	}
	return value, ""
}

func storage(_ *desk.Desk, b *desk.Browser) (string, string) {
	t := &words.Diagnosis
	value := fmt.Sprintf(t.Used, figure.Megabytes(b.Used), figure.Megabytes(b.Quota))
	switch {
	case !b.Files && !b.Secure:
		return t.None, t.StorageSecure
	case !b.Files:
		return t.None, t.StorageNone
	case !b.Lasting:
		return value, t.StorageAtRisk
	}
	return value + ", " + t.Kept, ""
}

func offline(d *desk.Desk, b *desk.Browser) (string, string) {
	t := &words.Diagnosis
	switch {
	case d.Keeping == desk.Complete:
		return t.OfflineAll, ""
	case d.Keeping != desk.Absent:
		return t.OfflineUsed, ""
	case !b.Secure:
		return t.No, t.NeedsSecure
	case !b.Service:
		return t.No, t.NoService
	case b.Installing:
		return t.OfflineInstalling, t.OfflineInstallingFix
	}
	return t.No, t.NotStored
}

func camera(_ *desk.Desk, b *desk.Browser) (string, string) {
	t := &words.Diagnosis
	switch {
	case b.Camera == "":
		return t.Yes, ""
	case !b.Secure:
		return t.No, t.CameraSecure
	}
	return t.No, b.Camera + " " + t.CameraInstead
}

// software are names of what draws without a graphics processor.
var software = []string{"SwiftShader", "llvmpipe", "Software", "Basic Render"}

func canvas(_ *desk.Desk, b *desk.Browser) (string, string) {
	if b.Canvas == desk.Flat {
		return words.Diagnosis.Flat, words.Diagnosis.NoWebGL
	}
	for _, name := range software {
		if strings.Contains(b.Canvas, name) {
			return b.Canvas, words.Diagnosis.Software
		}
	}
	return b.Canvas, ""
}
