package keras

import (
	"encoding/json"
	"strings"
)

// maxNotebook is the most of a notebook that is read, in bytes: most of it are pictures that its cells
// have put out.
const maxNotebook = 1 << 26

// notebook is the code of a Jupyter notebook's cells, one after the other; ok is false for anything else.
// Source: https://nbformat.readthedocs.io/en/latest/format_description.html.
func notebook(text string) (code string, ok bool) {
	if len(text) > maxNotebook || !strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")), "{") || !strings.Contains(text, `"cells"`) {
		return "", false
	}
	type cell struct {
		Type   string          `json:"cell_type"`
		Source json.RawMessage `json:"source"`
		Input  json.RawMessage `json:"input"` // of version 3
	}
	var n struct {
		Cells      []cell `json:"cells"`
		Worksheets []struct {
			Cells []cell `json:"cells"`
		} `json:"worksheets"`
	}
	if json.Unmarshal([]byte(strings.TrimPrefix(text, "\ufeff")), &n) != nil {
		return "", false
	}
	for _, w := range n.Worksheets {
		n.Cells = append(n.Cells, w.Cells...)
	}
	var b strings.Builder
	for _, c := range n.Cells {
		source := c.Source
		if source == nil {
			source = c.Input
		}
		if c.Type != "code" {
			continue
		}
		var lines []string
		var whole string
		if json.Unmarshal(source, &lines) == nil {
			whole = strings.Join(lines, "")
		} else if json.Unmarshal(source, &whole) != nil {
			continue
		}
		if other(whole) {
			continue
		}
		b.WriteString(whole)
		b.WriteString("\n\n")
	}
	return b.String(), true
}

// other says whether a cell is none of Python's: its first line says by what it is run.
func other(cell string) bool {
	magic, ok := strings.CutPrefix(strings.TrimSpace(cell), "%%")
	if !ok {
		return false
	}
	for _, python := range []string{"time", "capture", "prun", "python"} { // timeit too
		if strings.HasPrefix(magic, python) {
			return false
		}
	}
	return true
}
