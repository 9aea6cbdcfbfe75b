package app

import (
	"tenfold/wasm/ui/theme"
	"tenfold/wasm/ui/widget"
	"tenfold/wasm/ui/words"
)

// Colours are what the system asks of a page's colours.
type Colours struct {
	Forced *theme.Forced // no others may be used; nil without
	More   bool          // more contrast
}

// SetColours follows the system.
func (a *App) SetColours(c Colours) {
	a.colours = c
	a.dress()
	a.stale = true
}

// dress takes the theme that follows from what was chosen and what the system asks for.
func (a *App) dress() {
	t := theme.Light
	if a.dark {
		t = theme.Dark
	}
	if a.colours.More {
		t = t.Sharp()
	}
	if f := a.colours.Forced; f != nil {
		t = f.Theme()
	}
	a.desk.Theme = t
}

func (a *App) switchTheme() {
	a.dark = !a.dark
	a.dress()
	a.desk.Host.SaveTheme(a.dark)
}

// themeButton shows what it switches to.
func (a *App) themeButton() widget.Node {
	b := widget.Button{ID: "theme", Long: words.App.Dark, Icon: "dark", Key: "t", Plain: true, Do: a.switchTheme}
	if a.desk.Theme.Dark {
		b.Long, b.Icon = words.App.Light, "light"
	}
	if a.colours.Forced != nil {
		b.Disabled = words.App.SystemsColours
	}
	return b
}
