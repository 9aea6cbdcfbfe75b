package page

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"tenfold/wasm/ui/paint"
	"tenfold/wasm/ui/theme"
)

// Browser is what the page's browser has, as far as it matters here.
type Browser struct {
	Agent    string // its words for itself
	Canvas   string // what draws
	Program  string // of the worker that classifies
	Secure   bool   // a secure context
	Isolated bool   // cross-origin isolated
	Files    bool   // private files
	Lasting  bool   // it will not remove them by itself
	Service  bool   // service workers
	Camera   string // "", or why there is none
	Cores    int
	Device   float64 // memory in GB; 0 if it does not say
	Memory   float64 // bytes that this program has taken
	Used     float64 // bytes of storage
	Quota    float64
}

// Flat is the Canvas of a browser without WebGL.
const Flat = "2D, without WebGL"

// check is one line of the diagnosis: what there is, and if something is missing why and
// what to do.
type check struct {
	label string
	look  func(p *Page, b *Browser) (value, fix string)
}

// checks lists what is looked at; a new one adds a line.
var checks = []check{
	{"Secure address", func(_ *Page, b *Browser) (string, string) {
		if b.Secure {
			return "yes", ""
		}
		return "no", "Open the page over https, or on this computer as localhost. Without it there is no camera, nothing is kept for later, and workers share no memory."
	}},
	{"Cross-origin isolated", func(_ *Page, b *Browser) (string, string) {
		switch {
		case b.Isolated:
			return "yes: workers share memory", ""
		case !b.Secure:
			return "no: workers send messages", "It needs a secure address. Training works without it, a little slower."
		}
		return "no: workers send messages", "The server does not send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp; bin/tenfold does. Training works without, a little slower."
	}},
	{"Workers", func(p *Page, b *Browser) (string, string) {
		workers := p.train.job.Workers
		if workers == 0 {
			workers = b.Cores
		}
		value := fmt.Sprintf("%s, %s", count(b.Cores, "core"), count(workers, "worker")+" to train with")
		if b.Cores < 2 {
			return value, "The browser tells of one core, so training uses one. Some browsers hide the others in private windows."
		}
		return value, ""
	}},
	{"SIMD", func(*Page, *Browser) (string, string) { return "yes", "" }}, // without it the page does not start
	{"Relaxed SIMD", func(_ *Page, b *Browser) (string, string) {
		if strings.Contains(b.Program, "relaxed") {
			return "yes", ""
		}
		return "no", "This browser does not have it, or it is switched off. All works without; on some processors the network is slower. A newer browser may have it."
	}},
	{"Memory", func(p *Page, b *Browser) (string, string) {
		value := fmt.Sprintf("this page %.0f MB", b.Memory/1e6)
		if used := p.train.state.Memory; used > 0 {
			value += fmt.Sprintf(", training %.0f MB", float64(used)/1e6)
		}
		if b.Device > 0 {
			value += fmt.Sprintf(", device %.3g GB", b.Device)
		}
		if b.Device > 0 && b.Device < 2 {
			return value, "Training takes about 0.5 GB. Close other pages before it."
		}
		return value, ""
	}},
	{"Storage", func(_ *Page, b *Browser) (string, string) {
		value := fmt.Sprintf("%.1f MB used of %.0f MB", b.Used/1e6, b.Quota/1e6)
		switch {
		case !b.Files && !b.Secure:
			return "none", "It needs a secure address. Pictures and training stay in memory until the page is closed: download what you want to keep."
		case !b.Files:
			return "none", "This browser keeps no files for the page, as in some private windows. Download what you want to keep."
		case !b.Lasting:
			return value, "The browser may remove it when room is short, and some do after a week unused. Download what you want to keep. An installed page is kept longer."
		}
		return value + ", kept", ""
	}},
	{"Without a network", func(p *Page, b *Browser) (string, string) {
		switch {
		case p.all == complete:
			return "everything is kept", ""
		case p.all != absent:
			return "what was used is kept", ""
		case !b.Secure:
			return "no", "It needs a secure address."
		case !b.Service:
			return "no", "This browser has no service workers, as in some private windows."
		}
		return "no", "The browser keeps nothing of a page whose certificate it does not trust. Use localhost, or give tenfold a real one with -cert and -key."
	}},
	{"Camera", func(_ *Page, b *Browser) (string, string) {
		switch {
		case b.Camera == "":
			return "yes", ""
		case !b.Secure:
			return "no", "It needs a secure address. Upload a picture in its place."
		}
		return "no", b.Camera + " Upload a picture in its place."
	}},
	{"Canvas", func(_ *Page, b *Browser) (string, string) {
		if b.Canvas == Flat {
			return b.Canvas, "This browser has no WebGL 2: it was switched off, or the graphics processor is not supported. Everything works without it."
		}
		for _, soft := range []string{"SwiftShader", "llvmpipe", "Software", "Basic Render"} {
			if strings.Contains(b.Canvas, soft) {
				return b.Canvas, "The page is drawn without the graphics processor, which costs a part of a core. Switch hardware acceleration on in the browser's settings."
			}
		}
		return b.Canvas, ""
	}},
	{"Faults", func(p *Page, _ *Browser) (string, string) {
		if len(p.faults) == 0 {
			return "none", ""
		}
		return p.faults[len(p.faults)-1].what, "Something went wrong in the page's program. Please copy this as text and report it."
	}},
	{"Program", func(p *Page, b *Browser) (string, string) { return p.version, "" }},
	{"Browser", func(_ *Page, b *Browser) (string, string) { return b.Agent, "" }},
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// finding is what a check has found.
type finding struct{ label, value, fix string }

// Examined takes what there is in the browser.
func (p *Page) Examined(b Browser) {
	p.findings = nil
	for _, c := range checks {
		value, fix := c.look(p, &b)
		p.findings = append(p.findings, finding{c.label, value, fix})
	}
	p.findingsAt = p.now
}

// findingsText is the diagnosis for a report of a fault.
func (p *Page) findingsText() string {
	var s strings.Builder
	for _, f := range p.findings {
		fmt.Fprintf(&s, "%s: %s\n", f.label, f.value)
		if f.fix != "" {
			fmt.Fprintf(&s, "  %s\n", f.fix)
		}
	}
	for _, f := range p.faults {
		fmt.Fprintf(&s, "\nFault: %s\n%s\n", f.what, f.where)
	}
	return s.String()
}

// findingsLine says how much is missing.
func (p *Page) findingsLine() string {
	missing := 0
	for _, f := range p.findings {
		if f.fix != "" {
			missing++
		}
	}
	switch {
	case p.findings == nil:
		return "Looking at this browser."
	case missing == 0:
		return "This browser has all that the page can use."
	}
	return fmt.Sprintf("%s to know of. All else is there.", count(missing, "thing"))
}

const about = "about"

// toggleAbout goes to the diagnosis and back.
func (p *Page) toggleAbout() {
	if p.view == about {
		p.show(p.back)
		return
	}
	p.back = p.view
	p.show(about)
	p.host.Examine()
}

// aboutAction belongs to all views.
var aboutAction = &Action{ID: "diagnosis", Label: "About", Long: "About this browser: what it has and what it lacks", Icon: "about", Key: "?", Pressed: func(p *Page) bool { return p.view == about }, Do: (*Page).toggleAbout}

// aboutActions lists what can be done in the diagnosis.
var aboutActions = []*Action{
	{ID: "about-copy", Label: "Copy as text", Icon: "paste", Enabled: func(p *Page) bool { return p.findings != nil }, Do: func(p *Page) {
		p.host.Copy(fmt.Sprintf("Tenfold, %s\n%s", p.findingsAt.UTC().Format(time.RFC3339), p.findingsText()))
	}},
	{ID: "about-present", Label: "Present", Long: "Presenter mode: large type", Icon: "present", Pressed: func(p *Page) bool { return p.presenting }, Do: (*Page).present},
	{ID: "about-close", Label: "Close", Icon: "none", Key: "Escape", Do: (*Page).toggleAbout},
}

// aboutPanels is the diagnosis.
func aboutPanels(p *Page, area paint.Rect) []Panel {
	gap := float64(theme.Gap)
	if p.narrow() {
		gap = 12
	}
	w := min(area.W-2*gap, 760)
	r := paint.Rect{X: (area.W - w) / 2, Y: area.Y + gap, W: w}
	th := p.theme
	value := paint.Style{Size: theme.Note, Color: th.Ink}
	fix := paint.Style{Size: theme.Note, Color: th.Quiet}
	measure := paint.Canvas{Scale: p.Scale()}
	const top, step, label = 72, 20, 176
	left := 40.0 + label
	if p.narrow() {
		left = 40
	}
	type row struct {
		label      string
		y          float64
		value, fix []string
	}
	var rows []row
	y := float64(top)
	for _, f := range p.findings {
		next := row{label: f.label, y: y, value: measure.Wrap(cmp.Or(f.value, "unknown"), w-left-theme.Pad, value)}
		if f.fix != "" {
			next.fix = measure.Wrap(f.fix, w-left-theme.Pad, fix)
		}
		lines := len(next.value) + len(next.fix)
		if p.narrow() {
			lines++
		}
		y += float64(lines)*step + 12
		rows = append(rows, next)
	}
	r.H = y + theme.Touch + theme.Pad
	at := paint.Rect{X: r.X + theme.Pad, Y: r.Y + r.H - theme.Touch - theme.Pad, W: min(w-2*theme.Pad, 480), H: theme.Touch}
	states, press := p.line([]string{"about-copy", "about-present", "about-close"}, at)
	line := p.findingsLine()
	return []Panel{{Name: "about", Rect: r, Key: p.viewKey(r, states, p.findingsText(), line), parts: press, Paint: func(c *paint.Canvas) {
		card(c, r, th)
		title(c, "This browser", th)
		c.Text(c.Fit(line, w-2*theme.Pad, fix), paint.Point{X: theme.Pad, Y: 54}, fix)
		for _, f := range rows {
			if f.fix == nil {
				c.Icon("evaluate", paint.Point{X: theme.Pad + 10, Y: f.y + 9}, 16, th.Accent)
			} else {
				c.Icon("notice", paint.Point{X: theme.Pad + 10, Y: f.y + 9}, 18, th.Warning)
			}
			base := f.y + 14
			c.Text(f.label, paint.Point{X: 40, Y: base}, paint.Style{Size: theme.Note, Weight: paint.Medium, Color: th.Ink})
			if left == 40 {
				base += step
			}
			for _, text := range f.value {
				c.Text(text, paint.Point{X: left, Y: base}, value)
				base += step
			}
			for _, text := range f.fix {
				c.Text(text, paint.Point{X: left, Y: base}, fix)
				base += step
			}
		}
		p.look(c, states, r, th)
	}}}
}
