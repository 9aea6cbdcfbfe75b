package desk

import (
	"fmt"

	"tenfold/wasm/ui/words"
)

// Pretrained hands the file of a network that comes with the page to use: at once where it is at
// hand, and otherwise when it has been fetched.
func (d *Desk) Pretrained(name string, use func(file []byte)) {
	if file := d.files[name]; file != nil {
		use(file)
		return
	}
	d.Say(fmt.Sprintf(words.Network.Fetching, words.Network.Kinds[name]))
	d.awaited[name] = append(d.awaited[name], use)
	if len(d.awaited[name]) == 1 {
		d.Host.FetchNetwork(name)
	}
}

// Deciding reports whether it is not known yet which network will be in use: one is being fetched,
// or the worker has not said whether it accepts it.
func (d *Desk) Deciding() bool { return len(d.awaited) > 0 || d.Network.Deciding() }

// Fetched takes the file of a network that was to be fetched, or why that could not be.
func (d *Desk) Fetched(name string, file []byte, err error) {
	waiting := d.awaited[name]
	delete(d.awaited, name)
	if err != nil {
		d.Say(fmt.Sprintf(words.Network.NotFetched, words.Network.Kinds[name], err))
		return
	}
	d.Message = ""
	d.files[name] = file
	for _, use := range waiting {
		use(file)
	}
}

// UsePretrained classifies with a network that comes with the page. Of several that are asked
// for before one is there, the last is used.
func (d *Desk) UsePretrained(name string) {
	d.wanted = name
	d.Pretrained(name, func(file []byte) {
		if d.wanted == name && d.Network.Using != name {
			d.Use(name, file)
		}
	})
}
