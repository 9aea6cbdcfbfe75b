package keras

import (
	"regexp"
	"strconv"
	"strings"
)

// What stands around code where it was copied: IPython's prompts, a fence of Markdown's, and a line's number.
var (
	prompt   = regexp.MustCompile(`^(In ?\[[0-9 ]*\]: ?|\s*\.\.\.: ?)`)
	answer   = regexp.MustCompile(`^Out ?\[[0-9]*\]:`)
	fence    = regexp.MustCompile("^\\s*(```|~~~)[a-zA-Z0-9]*\\s*$")
	numbered = regexp.MustCompile(`^\s*([0-9]{1,5})[:.|)]?(\s.*|$)`)
)

// undressed is code without what stands around its lines, of which there are as many as before.
func undressed(code string) string {
	lines := strings.Split(code, "\n")
	console := strings.Contains(code, "In [") || strings.Contains(code, "In[")
	for i, l := range lines {
		switch {
		case fence.MatchString(l), console && answer.MatchString(l):
			lines[i] = ""
		case console:
			lines[i] = prompt.ReplaceAllString(l, "")
		}
	}
	unnumber(lines)
	return strings.Join(lines, "\n")
}

// unnumber takes the numbers of lines away, if all have one, and they count up.
func unnumber(lines []string) {
	const least = 3
	rest, count, gap := make([]string, len(lines)), 0, 1<<16
	last := 0
	for i, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		m := numbered.FindStringSubmatch(l)
		if m == nil {
			return
		}
		n, _ := strconv.Atoi(m[1]) // of five digits at most
		if count > 0 && n <= last {
			return
		}
		last, rest[i] = n, m[2]
		count++
		if strings.TrimSpace(m[2]) != "" {
			gap = min(gap, len(m[2])-len(strings.TrimLeft(m[2], " \t")))
		}
	}
	if count < least {
		return
	}
	for i := range lines {
		lines[i] = rest[i][min(gap, len(rest[i])):]
	}
}
