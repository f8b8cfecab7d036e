package main

import (
	"bytes"
	"flag"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the scripts compare output with")

// asParley makes the test binary run as the program.
const asParley = "PARLEY_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asParley) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){
		"parley": func() { main() },
	})
}

// TestScript runs the scripts that are read like a manual page, one for each
// subcommand.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_CONFIG_HOME", e.WorkDir)
			ln, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				return err
			}
			e.Setenv("ADDR", ln.Addr().String()) // a free address for a server
			return ln.Close()
		},
		ContinueOnError: true,
		UpdateScripts:   *update,
	})
}

// Every subcommand shows an example and says what it does.
func TestHelp(t *testing.T) {
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
	root := a.root()
	for _, c := range root.Commands() {
		if c.Short == "" || c.Long == "" || c.Example == "" {
			t.Errorf("parley %s: has help %q, %q and example %q, want all three", c.Name(), c.Short, c.Long, c.Example)
		}
	}
}

func TestExitCodes(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("minutes.txt", []byte("The minutes have forty pages."), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("bad.yaml", []byte("log: {level: loud}"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		args string
		want int
	}{
		{"version", exitDone},
		{"help load", exitDone},
		{"load --help", exitDone},
		{"", exitDone},
		{"extract minutes.txt", exitDone},
		{"extract absent.txt", exitFailed},
		{"stats", exitFailed},
		{"config --config absent.yaml", exitFailed},
		{"config --config bad.yaml", exitFailed},
		{"lode", exitUsage},
		{"load", exitUsage},
		{"load --lode x", exitUsage},
		{"extract --date soon minutes.txt", exitUsage},
		{"extract --workers many minutes.txt", exitUsage},
		{"query gossip", exitUsage},
		{"version now", exitUsage},
	}
	for _, tt := range tests {
		var stdout, stderr bytes.Buffer
		got := run(t.Context(), strings.Fields(tt.args), strings.NewReader(""), &stdout, &stderr)
		if got != tt.want {
			t.Errorf("parley %s: exit code\n got %d (%s)\nwant %d", tt.args, got, &stderr, tt.want)
		}
		if said := stderr.Len() > 0; said != (tt.want != exitDone) {
			t.Errorf("parley %s: exit code %d and on standard error %q", tt.args, got, &stderr)
		}
	}
}

// The whole way from article to answer, in this process.
func TestLoadAndAsk(t *testing.T) {
	t.Chdir(t.TempDir())
	text := "Foes sign pact\nSource: Example Wire | Date: 2005-01-27\n\nThe minutes have forty pages."
	if err := os.WriteFile("a.txt", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"load", "--graph", "bolt:" + "news.bolt", "a.txt"},
		{"query", "about", "--graph", "bolt:news.bolt", "--thing", "Example Wire"},
	} {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), args, nil, &stdout, &stderr); code != exitDone {
			t.Fatalf("parley %q: exit code %d: %s", args, code, &stderr)
		}
		if args[0] == "query" && !strings.Contains(stdout.String(), "Foes sign pact was published by Example Wire") {
			t.Errorf("parley %q\n got %s", args, &stdout)
		}
	}
}
