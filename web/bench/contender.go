package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/chromedp/chromedp"

	"tenfold/nn/bench"
)

// contender is something that is measured.
type contender struct {
	row
	network string
	where   string // "browser" or "native"
	ask     func(bench.Request) (bench.Answer, error)
}

// put asks and turns an error in the answer into an error.
func (c *contender) put(r bench.Request) (bench.Answer, error) {
	a, err := c.ask(r)
	if err == nil && a.Error != "" {
		err = fmt.Errorf("%s: %s", c.name, a.Error)
	}
	return a, err
}

// settings tell a worker's script what it is to run.
type settings map[string]any

// inBrowser starts a contender in workers of a tab, which knows it by its name.
func inBrowser(tab context.Context, name, script string, workers int, s settings) (*contender, error) {
	arguments, err := json.Marshal([]any{name, script, workers, s})
	if err != nil {
		return nil, err
	}
	a, err := evaluate(tab, fmt.Sprintf("begin(...%s)", arguments))
	if err == nil && a.Error != "" {
		err = fmt.Errorf("%s", a.Error)
	}
	if err != nil {
		return nil, fmt.Errorf("%s does not start: %w", name, err)
	}
	return &contender{where: "browser", ask: func(r bench.Request) (bench.Answer, error) {
		b, err := json.Marshal(r)
		if err != nil {
			return bench.Answer{}, err
		}
		return evaluate(tab, fmt.Sprintf("ask(%q, %s)", name, b))
	}}, nil
}

// evaluate awaits a promise of an answer.
func evaluate(tab context.Context, expression string) (bench.Answer, error) {
	var a bench.Answer
	text, err := chromedp.Run(tab, chromedp.Evaluate[string]("("+expression+").then(JSON.stringify)", chromedp.EvalAwaitPromise))
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal([]byte(text), &a)
}

// inProcess starts a contender that answers on its standard output.
func inProcess(ctx context.Context, name string, env []string, program string, args ...string) (*contender, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s does not start: %w", name, err)
	}
	lines := bufio.NewReader(out)
	return &contender{where: "native", ask: func(r bench.Request) (bench.Answer, error) {
		var a bench.Answer
		if err := json.NewEncoder(in).Encode(r); err != nil {
			return a, fmt.Errorf("%s: %w", name, err)
		}
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return a, fmt.Errorf("%s ended", name)
		} else if err != nil {
			return a, fmt.Errorf("%s: %w", name, err)
		}
		return a, json.Unmarshal(line, &a)
	}}, nil
}
