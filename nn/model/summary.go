package model

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"tenfold/nn/layer"
	"tenfold/nn/task"
)

// Describe describes the model.
func (m *Network) Describe() task.Model {
	s := task.Model{Name: m.Name, Measured: m.Measured, Temperature: m.Temperature, Doubt: m.Doubt, Report: m.Report, History: m.History, Task: m.Task, Logits: m.Ending() != "softmax"}
	for _, n := range m.nodes {
		d := n.Describe()
		s.Params += d.Params
		s.Layers = append(s.Layers, d)
	}
	return s
}

// Describe returns what is needed to show a layer in its place.
func (n Node) Describe() task.Layer {
	d := layer.Describe(n.Layer)
	d.Name, d.In, d.Output = n.Name, n.In, n.Out
	for _, w := range n.Weights {
		d.Params += w.Shape.Size()
		if w.NonTrainable {
			d.NonTrainable += w.Shape.Size()
		}
		if w.Kernel() { // a convolution's is used at each place of its output
			d.MultiplyAdds += w.Shape.Size() * n.Out.Size() / n.Out[len(n.Out)-1]
		}
	}
	return d
}

// row reports whether the layers stand in a row, each with the output of the one before as its
// input.
func (m *Network) row() bool {
	for i, n := range m.nodes {
		if len(n.In) != 1 || n.In[0] != i-1 {
			return false
		}
	}
	return true
}

// Summary describes the model as Keras prints it: a Sequential, or where there is more than
// one path a table that says what each layer takes in.
func (m *Network) Summary() string {
	s := m.Describe()
	t := table{columns: []string{"Layer (type)", "Output Shape", "Param #"}, widths: []int{29, 26, 10}}
	if !m.row() {
		t = table{columns: []string{"Layer (type)", "Output Shape", "Param #", "Connected to"}, widths: []int{45, 26, 11, 25}}
		t.rows = append(t.rows, [][]string{{"input (InputLayer)"}, {m.Input.String()}, {"0"}})
	}
	fixed := 0
	for i, l := range s.Layers {
		var from []string
		for _, in := range m.nodes[i].In {
			from = append(from, m.name(in))
		}
		t.rows = append(t.rows, [][]string{{l.Name + " (" + l.Class + ")"}, {l.Output.String()}, {fmt.Sprint(l.Params)}, from}[:len(t.columns)])
		fixed += l.NonTrainable
	}
	t.widen()
	return fmt.Sprintf("Model: %q\n%sTotal params: %s\nTrainable params: %s\nNon-trainable params: %s\n%s\n", m.Name,
		t.String(), Thousands(s.Params), Thousands(s.Params-fixed), Thousands(fixed), t.rule("_"))
}

// name returns that of a node, or what stands for the pictures.
func (m *Network) name(node int) string {
	if node == Input {
		return inputName
	}
	return m.nodes[node].Name
}

// inputName stands for the pictures.
const inputName = "input"

// table is text in columns, as Keras' summaries are.
type table struct {
	columns []string
	widths  []int
	rows    [][][]string // a cell's lines
}

// widen makes each column wide enough for its cells, with a space behind them. One letter too many stays,
// as Keras prints max_pooling2d_1 in the tutorial's table.
func (t table) widen() {
	longest := make([]int, len(t.widths))
	for _, row := range t.rows {
		for k, lines := range row {
			for _, l := range lines {
				longest[k] = max(longest[k], utf8.RuneCountInString(l))
			}
		}
	}
	for k, n := range longest {
		if n > t.widths[k]+1 {
			t.widths[k] = n + 1
		}
	}
}

func (t table) rule(of string) string {
	n := 0
	for _, w := range t.widths {
		n += w
	}
	return strings.Repeat(of, n)
}

// String writes the table, with a line above, below, and between any two rows.
func (t table) String() string {
	var b strings.Builder
	line := func(cells []string) {
		var l strings.Builder
		for i, c := range cells {
			fmt.Fprintf(&l, "%-*s", t.widths[i], c)
		}
		fmt.Fprintln(&b, strings.TrimRight(l.String(), " "))
	}
	fmt.Fprintln(&b, t.rule("_"))
	line(t.columns)
	fmt.Fprintln(&b, t.rule("="))
	for i, row := range t.rows {
		if i > 0 {
			fmt.Fprintln(&b, t.rule("_"))
		}
		for l, more := 0, true; more; l++ {
			more = false
			cells := make([]string, len(row))
			for k, lines := range row {
				if l < len(lines) {
					cells[k] = lines[l]
				}
				more = more || l+1 < len(lines)
			}
			line(cells)
		}
	}
	fmt.Fprintln(&b, t.rule("="))
	return b.String()
}

// Thousands writes a number in groups of three digits: 1,084,234.
func Thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
