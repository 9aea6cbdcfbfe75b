package main

import (
	"bytes"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"tenfold/server/headers"
)

// process is a server that runs.
type process struct {
	name, address string
	cmd           *exec.Cmd
}

// start starts our server and those of the peers that are installed.
func start(s settings) ([]*process, error) {
	site, err := filepath.Abs(s.site)
	if err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp("", "tenfold-load-")
	if err != nil {
		return nil, err
	}
	var all []*process
	for _, c := range []struct {
		name    string
		command func(port, dir string) (*exec.Cmd, error)
	}{
		{"tenfold", func(port, dir string) (*exec.Cmd, error) {
			return exec.Command(s.program, "-addr", "127.0.0.1:"+port), nil
		}},
		{"caddy", func(port, dir string) (*exec.Cmd, error) { return caddy(port, site, dir) }},
		{"nginx", func(port, dir string) (*exec.Cmd, error) { return nginx(port, site, dir) }},
	} {
		program := c.name
		if c.name == "tenfold" {
			program = s.program
		}
		if _, err := exec.LookPath(program); err != nil {
			if c.name == "tenfold" {
				return nil, fmt.Errorf("%w: `make build` builds it", err)
			}
			log.Printf("%s is not installed, and not measured (Debian, Ubuntu: apt-get install caddy nginx-light libnginx-mod-http-brotli-static)", c.name)
			continue
		}
		port, err := free()
		if err != nil {
			return nil, err
		}
		dir := filepath.Join(tmp, c.name)
		if err := os.Mkdir(dir, 0o755); err != nil {
			return nil, err
		}
		cmd, err := c.command(port, dir)
		if err != nil {
			return nil, err
		}
		var said bytes.Buffer
		cmd.Stderr = &said
		if c.name == "tenfold" {
			cmd.Stderr = nil // it logs each request, as the others do into files
			if cmd.Stderr, err = os.Create(filepath.Join(dir, "log")); err != nil {
				return nil, err
			}
		}
		if err := cmd.Start(); err != nil {
			return nil, err
		}
		p := &process{c.name, "http://127.0.0.1:" + port, cmd}
		all = append(all, p)
		if err := p.ready(); err != nil {
			return all, fmt.Errorf("%s: %w\n%s", c.name, err, said.String())
		}
	}
	return all, nil
}

// free returns a port that nobody listens on.
func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

func (p *process) ready() (err error) {
	for range 100 {
		var r *http.Response
		if r, err = http.Get(p.address + "/"); err == nil {
			r.Body.Close()
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

func (p *process) stop() {
	p.cmd.Process.Signal(os.Interrupt)
	p.cmd.Wait()
}

// caddy serves the site as its documentation says: with precompressed files, and a log.
func caddy(port, site, dir string) (*exec.Cmd, error) {
	var added strings.Builder
	for name, value := range headers.All {
		fmt.Fprintf(&added, "\t\t%s %q\n", name, value)
	}
	config := fmt.Sprintf("{\n\tadmin off\n\tauto_https off\n}\n:%s {\n\tbind 127.0.0.1\n\troot * %s\n\tfile_server {\n\t\tprecompressed br gzip\n\t}\n\theader {\n%s\t}\n\tlog {\n\t\toutput file %s/log\n\t}\n}\n", port, site, added.String(), dir)
	path := filepath.Join(dir, "Caddyfile")
	if err := os.WriteFile(path, []byte(config), 0o644); err != nil {
		return nil, err
	}
	cmd := exec.Command("caddy", "run", "--config", path, "--adapter", "caddyfile")
	cmd.Env = append(os.Environ(), "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	return cmd, nil
}

// nginx serves the site with sendfile and one worker a core.
func nginx(port, site, dir string) (*exec.Cmd, error) {
	var added strings.Builder
	for name, value := range headers.All {
		fmt.Fprintf(&added, " add_header %s %q;", name, value)
	}
	config := fmt.Sprintf(`daemon off; pid %[3]s/pid; error_log %[3]s/error.log; worker_processes auto;
load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
events { worker_connections 4096; }
http {
	types { text/html html; text/css css; text/javascript js; application/wasm wasm; image/svg+xml svg; image/png png; application/json json; application/manifest+json webmanifest; }
	default_type application/octet-stream; sendfile on; tcp_nopush on; access_log %[3]s/log; brotli_static on; gzip_static on;
	client_body_temp_path %[3]s/body; proxy_temp_path %[3]s/proxy; fastcgi_temp_path %[3]s/fastcgi; uwsgi_temp_path %[3]s/uwsgi; scgi_temp_path %[3]s/scgi;
	server { listen 127.0.0.1:%[1]s backlog=4096; root %[2]s;%[4]s }
}
`, port, site, dir, added.String())
	path := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(path, []byte(config), 0o644); err != nil {
		return nil, err
	}
	return exec.Command("nginx", "-e", filepath.Join(dir, "error.log"), "-c", path), nil
}

// peak returns the most memory that a server and its children have held, in MB; 0 where the
// system does not say.
func (p *process) peak() float64 {
	pids := []string{strconv.Itoa(p.cmd.Process.Pid)}
	if b, err := os.ReadFile(fmt.Sprintf("/proc/%s/task/%s/children", pids[0], pids[0])); err == nil {
		pids = append(pids, strings.Fields(string(b))...)
	}
	sum := 0.0
	for _, pid := range pids {
		b, err := os.ReadFile("/proc/" + pid + "/status")
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(b)) {
			if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
				var kb float64
				fmt.Sscanf(rest, "%f", &kb)
				sum += kb / 1024
			}
		}
	}
	return sum
}
