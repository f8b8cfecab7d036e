package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/config"
)

// write makes a settings file in a fresh folder and returns its path.
func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), config.FileName)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	got, values, err := config.Read("", nil, nil)
	if err != nil {
		t.Fatalf("Read() = %v", err)
	}
	if diff := cmp.Diff(config.Default(), got); diff != "" {
		t.Errorf("Read() differs from the defaults (-want +got):\n%s", diff)
	}
	for _, v := range values {
		if v.Source.Layer != "default" {
			t.Errorf("Read(): %s is from %s, want default", v.Key, v.Source)
		}
	}
}

func TestReadLayers(t *testing.T) {
	path := write(t, `# settings
graph:
  url: "bolt:file.bolt"
loader:
  workers: 2
  min_confidence: 1
  timeout: 30s
server:
`)
	environ := []string{"HOME=/", "PARLEY_LOADER_WORKERS=3", "PARLEY_LOADER_TIMEOUT=45s", "PARLEY_LOG_LEVEL=",
		"PARLEY_PORT=tcp://10.0.0.1:80", "PARLEY_SERVICE_HOST=10.0.0.1", "PARLEY_PORT_80_TCP_ADDR=10.0.0.1"}
	got, values, err := config.Read(path, environ, []config.Flag{{Name: "workers", Key: "loader.workers", Value: "4"}})
	if err != nil {
		t.Fatalf("Read() = %v", err)
	}
	want := config.Default()
	want.Graph.URL = "bolt:file.bolt"
	want.Loader = config.Loader{Workers: 4, MinConfidence: 1, Timeout: 45 * time.Second, MaxBytes: want.Loader.MaxBytes}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Read() (-want +got):\n%s", diff)
	}
	sources := map[string]string{}
	for _, v := range values {
		sources[v.Key] = v.Source.String()
	}
	for key, want := range map[string]string{
		"graph.url":      path + ":3",
		"loader.workers": "--workers",
		"loader.timeout": "PARLEY_LOADER_TIMEOUT",
		"log.level":      "default",
	} {
		if sources[key] != want {
			t.Errorf("source of %s\n got %s\nwant %s", key, sources[key], want)
		}
	}
}

func TestReadFindsFile(t *testing.T) {
	work, user := t.TempDir(), t.TempDir()
	t.Chdir(work)
	t.Setenv("XDG_CONFIG_HOME", user)
	put := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	workers := func() int {
		t.Helper()
		c, _, err := config.Read("", nil, nil)
		if err != nil {
			t.Fatalf("Read() = %v", err)
		}
		return c.Loader.Workers
	}
	put(filepath.Join(user, "parley", config.FileName), "loader: {workers: 5}\n")
	if got := workers(); got != 5 {
		t.Errorf("workers from the user's folder = %d, want 5", got)
	}
	put(filepath.Join(work, config.FileName), "loader: {workers: 6}\n")
	if got := workers(); got != 6 {
		t.Errorf("workers from the working directory = %d, want 6", got)
	}
}

func TestReadRefuses(t *testing.T) {
	tests := []struct {
		name  string
		file  string
		env   string
		flag  config.Flag
		wants []string // parts of the message
	}{
		{name: "unknown section", file: "laoder:\n  workers: 2\n", wants: []string{":1:", `"laoder"`, "graph, loader, server or log"}},
		{name: "unknown key", file: "loader:\n  worker: 2\n", wants: []string{":2:", `"loader.worker"`, "workers, min_confidence"}},
		{name: "wrong type", file: "loader:\n  workers: many\n", wants: []string{":2:", "loader.workers", `"many"`, "a whole number"}},
		{name: "number in quotes", file: "loader:\n  workers: \"2\"\n", wants: []string{":2:", "loader.workers", "a whole number"}},
		{name: "number too large", file: "loader:\n  workers: 99999999999999999999\n", wants: []string{":2:", "loader.workers", "a whole number"}},
		{name: "list", file: "log:\n  level: [a]\n", wants: []string{":2:", "log.level", "a list", "a text"}},
		{name: "duration without unit", file: "loader:\n  timeout: 30\n", wants: []string{":2:", "loader.timeout", "30s"}},
		{name: "out of range", file: "\nloader:\n  min_confidence: 1.5\n", wants: []string{":3:", "loader.min_confidence", "1.5", "[0, 1]"}},
		{name: "not a number", file: "loader:\n  min_confidence: .nan\n", wants: []string{":2:", "loader.min_confidence", "a number"}},
		{name: "key twice", file: "log:\n  level: info\n  level: warn\n", wants: []string{"level", "3"}},
		{name: "section is a value", file: "log: debug\n", wants: []string{":1:", "log", "level"}},
		{name: "no mapping", file: "- a\n", wants: []string{":1:", "mapping"}},
		{name: "no YAML", file: "log: {\n", wants: []string{"parley.yaml"}},
		{name: "two documents", file: "log: {}\n---\nlog: {}\n", wants: []string{"parley.yaml", "one"}},
		{name: "unknown variable", env: "PARLEY_LOADER_WORKER=2", wants: []string{"PARLEY_LOADER_WORKER"}},
		{name: "wrong variable", env: "PARLEY_LOADER_WORKERS=two", wants: []string{"PARLEY_LOADER_WORKERS", "loader.workers", `"two"`, "a whole number"}},
		{name: "variable out of range", env: "PARLEY_GRAPH_URL=mysql://", wants: []string{"PARLEY_GRAPH_URL", "graph.url", "mysql://", "bolt:PATH"}},
		{name: "flag out of range", flag: config.Flag{Name: "addr", Key: "server.addr", Value: "8080"}, wants: []string{"--addr", "server.addr", `"8080"`, "HOST:PORT"}},
		{name: "wrong flag", flag: config.Flag{Name: "timeout", Key: "loader.timeout", Value: "soon"}, wants: []string{"--timeout", `"soon"`, "30s"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := write(t, tt.file)
			var flags []config.Flag
			if tt.flag.Key != "" {
				flags = append(flags, tt.flag)
			}
			_, _, err := config.Read(path, []string{tt.env}, flags)
			if err == nil {
				t.Fatalf("Read(%q) took it, want an error", tt.file)
			}
			for _, want := range tt.wants {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("Read(%q)\n got %v\nwant %q in it", tt.file, err, want)
				}
			}
		})
	}
}

func TestReadNoSuchFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "absent.yaml")
	if _, _, err := config.Read(path, nil, nil); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("Read(absent) = %v, want an error naming %s", err, path)
	}
}

// A settings file of any bytes is read or refused, never a panic.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "loader:\n  workers: 2\n", "a: &a [*a]", "? {}\n: x", "loader: *x", "\xff\xfe", "loader: {<<: {workers: 1}}"} {
		f.Add([]byte(s))
	}
	path := filepath.Join(f.TempDir(), config.FileName)
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c, _, err := config.Read(path, nil, nil)
		if err == nil && c.Valid() != nil {
			t.Errorf("Read(%q) gave settings that are not valid: %v", data, c.Valid())
		}
	})
}
