package keras

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// rounded is Python's round: of what a number is exactly, so that 2.675, which is a little less, is 2.67,
// and of what lies in the middle to the even digit.
func rounded(v, places float64) float64 {
	if places < 0 || places > 300 || math.Abs(v) > 1e15 {
		scale := math.Pow(10, places)
		return math.RoundToEven(v*scale) / scale
	}
	out, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', int(places), 64), 64)
	if err != nil {
		return math.NaN()
	}
	return out
}

// modular is pow(a, b, c) of whole numbers.
func modular(args []given) (any, bool, error) {
	var n [3]int64
	for i, a := range args {
		v, ok := a.value.(int64)
		if !ok {
			return nil, false, nil
		}
		n[i] = v
	}
	if n[1] < 0 || n[2] < 1 {
		return nil, false, nil
	}
	return new(big.Int).Exp(big.NewInt(n[0]), big.NewInt(n[1]), big.NewInt(n[2])).Int64(), true, nil
}

// numeric is the number that a text says, as int and float read it.
func numeric(name, s string) (any, bool, error) {
	s = strings.TrimSpace(s)
	if name == "int" {
		v, err := strconv.ParseInt(strings.ReplaceAll(s, "_", ""), 10, 64)
		return v, err == nil, nil
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && v-v == 0, nil
}

// sorted is a list in order: of numbers, or of texts.
func (r *reader) sorted(items []any, args []given, line int) (any, bool, error) {
	if key, ok := argument(args, -1, "key"); ok && key != nil {
		return nil, false, nil
	}
	numbers, texts := true, true
	for _, item := range items {
		_, number := real(item)
		_, text := item.(string)
		numbers, texts = numbers && number, texts && text
	}
	if !numbers && !texts {
		return nil, false, nil
	}
	out := slices.Clone(items)
	slices.SortStableFunc(out, func(a, b any) int {
		if texts {
			return strings.Compare(a.(string), b.(string))
		}
		v, _ := real(a)
		w, _ := real(b)
		switch {
		case v < w:
			return -1
		case v > w:
			return 1
		}
		return 0
	})
	if v, ok := argument(args, -1, "reverse"); ok {
		if yes, _ := truth(v); yes {
			slices.Reverse(out)
		}
	}
	return &sequence{items: out}, true, r.spend(8*len(items), line)
}

// distinct are items without those that are like one before, as a set has them.
func distinct(items []any) []any {
	seen, out := map[any]bool{}, []any(nil)
	for _, item := range items {
		if !plain(item) {
			out = append(out, item)
			continue
		}
		if k := keyed(item); !seen[k] {
			seen[k] = true
			out = append(out, item)
		}
	}
	return out
}

// formatted is a text with values in the place of {name}, {name:02d} and the like; ok is false where one
// is not known, or said in a way that is not read.
func (r *reader) formatted(s string, value func(name string) (any, bool)) (string, bool) {
	var b strings.Builder
	for len(s) > 0 {
		at := strings.IndexAny(s, "{}")
		if at < 0 {
			at = len(s)
		}
		b.WriteString(s[:at])
		if s = s[at:]; s == "" {
			break
		}
		if len(s) > 1 && s[0] == s[1] { // {{ and }}
			b.WriteByte(s[0])
			s = s[2:]
			continue
		}
		end := strings.IndexByte(s, '}')
		if s[0] == '}' || end < 0 {
			return "", false
		}
		name, how, _ := strings.Cut(s[1:end], ":")
		v, ok := value(strings.TrimSpace(name))
		if !ok {
			return "", false
		}
		text, ok := spelledOut(v, how)
		if !ok || b.Len()+len(text) > MaxCode {
			return "", false
		}
		b.WriteString(text)
		s = s[end+1:]
	}
	return b.String(), true
}

// spelledOut is a value as text, in a way as 02d or .3f.
func spelledOut(v any, how string) (string, bool) {
	const widest = 100
	digits := strings.Trim(how, "dfs")
	for _, n := range strings.Split(digits, ".") {
		if w, err := strconv.Atoi(n); n != "" && (err != nil || w < 0 || w > widest) {
			return "", false
		}
	}
	switch v := v.(type) {
	case int64:
		if how == "" || strings.HasSuffix(how, "d") || how == digits && !strings.Contains(how, ".") {
			return fmt.Sprintf("%"+digits+"d", v), true
		}
		if strings.HasSuffix(how, "f") {
			return fmt.Sprintf("%"+how, float64(v)), true
		}
	case float64:
		if strings.HasSuffix(how, "f") {
			return fmt.Sprintf("%"+how, v), true
		}
	case string:
		return v, how == "" || how == "s"
	}
	return "", false
}

// percent is a text with values in the place of %d, %s and %f.
func percent(s string, v any) (string, bool) {
	values := []any{v}
	if l, ok := v.(*sequence); ok && l.tuple {
		values = l.items
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "%")
		b.WriteString(before)
		if !ok {
			return b.String(), len(values) == 0
		}
		if strings.HasPrefix(rest, "%") {
			b.WriteByte('%')
			s = rest[1:]
			continue
		}
		end := strings.IndexAny(rest, "dfs")
		if end < 0 || len(values) == 0 {
			return "", false
		}
		how := rest[:end+1]
		if how == "d" {
			how = ""
		}
		text, ok := spelledOut(values[0], how)
		if !ok || b.Len()+len(text) > MaxCode {
			return "", false
		}
		b.WriteString(text)
		values, s = values[1:], rest[end+1:]
	}
}
