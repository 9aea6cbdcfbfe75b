package keras

import (
	"strings"
	"testing"

	"tenfold/nn/cifar10"
	"tenfold/nn/task"
)

// TestValues works expressions out as Python does: each is the units of a layer.
func TestValues(t *testing.T) {
	for expression, want := range map[string]int{
		"pow(2, 5, 7)":                             4,
		"pow(2, 5)":                                32,
		"len({1, 2, 2, 3})":                        3,
		"len({1, 1.0, 'a', 'a'})":                  2,
		"len(set([4, 4, 5]))":                      2,
		"3 if 'abc'[::-1] == 'cba' else 4":         3,
		"3 if 'abc'[1:] == 'bc' else 4":            3,
		"3 if 'abc'[1] == 'b' else 4":              3,
		"int(round(2.675, 2) * 100)":               267,
		"round(2.5)":                               2,
		"round(3.5)":                               4,
		"round(-7.5) + 20":                         12,
		"int(round(0.125, 2) * 1000)":              120,
		"int('12')":                                12,
		"int(' 1_000 ')":                           1000,
		"int(float('1.5') * 4)":                    6,
		"sorted([3, 1, 2])[0]":                     1,
		"sorted([3, 1, 2], reverse=True)[0]":       3,
		"int(sorted(['10', '9'])[0])":              10,
		"3 if any([0, 1]) else 4":                  3,
		"3 if all([0, 1]) else 4":                  4,
		"3 if all([]) else 4":                      3,
		"divmod(17, 5)[0]":                         3,
		"divmod(17, 5)[1]":                         2,
		"int(math.log2(64))":                       6,
		"np.prod([2, 3, 4])":                       24,
		"np.prod((2, 3, 4))":                       24,
		"math.prod([2, 3, 4])":                     24,
		"np.array([2, 3, 4]).sum()":                9,
		"np.array([2, 3, 4]).max()":                4,
		"(np.array([2, 3, 4]) * 2).sum()":          18,
		"(2 ** np.array([2, 3])).sum()":            12,
		"(np.array([2, 3]) + np.array([4, 5]))[1]": 8,
		"len(np.array([2, 3]) * 2)":                2,
		"[16, 32, 64].index(64) + 1":               3,
		"[1, 2, 2].count(2)":                       2,
		"int('%d' % 5)":                            5,
		"int('%d%s' % (5, '7'))":                   57,
		"int(f'{n:02d}1')":                         31,
		"int('{}{}'.format(4, n))":                 43,
		"int('{1}{0}'.format(4, n))":               34,
		"int('3,4'.split(',')[1])":                 4,
		"len('a b  c'.split())":                    3,
	} {
		s, err := Read("n = 3\nmodel = Sequential([Flatten(), Dense("+expression+")])", cifar10.Task, task.Recipe{})
		if err != nil {
			t.Errorf("%s: %v, want %d", expression, err, want)
		} else if got := s.Network.Output().Size(); got != want {
			t.Errorf("%s is %d, want %d", expression, got, want)
		}
	}
	for expression, want := range map[string]string{
		"int(x)":                         "x is not defined in the code",
		"int('x')":                       "int is not known from the code",
		"[1].index(2)":                   "index: 2 is not in the list",
		"int(f'{y}')":                    "is not known",
		"int('%d' % (1, 2))":             "",
		"int('{}'.format())":             "",
		"int('%999999d' % 5)":            "",
		"pow(2, 5, 0)":                   "",
		"np.array([[1, 2], [3, 4]]) * 2": "",
	} {
		if _, err := Read("model = Sequential([Flatten(), Dense("+expression+")])", cifar10.Task, task.Recipe{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", expression, err, want)
		}
	}
}

// TestPasted reads code with what stands around it where it was copied.
func TestPasted(t *testing.T) {
	for name, code := range map[string]string{
		"a fence":         "```python\nmodel = Sequential()\nmodel.add(Flatten())\nmodel.add(Dense(10))\n```\n",
		"a plain fence":   "~~~\nmodel = Sequential([Flatten(),\n  Dense(10)])\n~~~",
		"IPython":         "In [1]: model = Sequential()\n\nIn [2]: for n in (5, 10):\n   ...:     model.add(Dense(n) if n < 10 else Flatten())\n   ...: \nIn [3]: model.add(Dense(10))\nOut[3]: <None>\n",
		"numbered":        " 8 model = Sequential()\n 9 for n in (1, 2):\n10     model.add(Flatten())\n11\n12 model.add(Dense(10))\n",
		"numbered, colon": "1: def make_model():\n2:     m = Sequential()\n3:     m.add(Flatten())\n4:     m.add(Dense(10))\n5:     return m\n",
	} {
		if strings.HasPrefix(name, "IPython") {
			code = strings.Replace(code, "Dense(n) if n < 10 else Flatten()", "Flatten()", 1)
		}
		s, err := Read(code, cifar10.Task, task.Recipe{})
		if err != nil || s.Network.Output().Size() != 10 {
			t.Errorf("%s: %v", name, err)
		}
	}
	for code, want := range map[string]string{
		"```\nSequential([LSTM(8)])\n```":           "line 2: LSTM is not among the layers here",
		"1 x = 1\n2 y = 2\n3 Sequential([LSTM(8)])": "line 3: LSTM is not among the layers here",
	} {
		if _, err := Read(code, cifar10.Task, task.Recipe{}); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", code, err, want)
		}
	}
}
