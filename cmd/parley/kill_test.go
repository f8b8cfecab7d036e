package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// parleyCommand returns a command that runs the program in a process of its own.
func parleyCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append(os.Environ(), asParley+"=1")
	return cmd
}

// output runs the program and returns what it prints.
func output(t *testing.T, args ...string) string {
	t.Helper()
	cmd := parleyCommand(t, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("parley %q: %v: %s", args, err, &stderr)
	}
	return string(out)
}

// A load that is killed at any moment leaves whole articles, and is finished by
// running it again: the graph is then that of a load that ran through.
func TestLoadKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills a load twenty times")
	}
	t.Chdir(t.TempDir())
	const articles, kills = 500, 20
	var lines strings.Builder
	for i := range articles {
		fmt.Fprintf(&lines, `{"title":"Norway mediates talks, day %d","outlet":"Example Wire","published":"2005-01-27","text":"Norway mediated the talks between Chile and Peru in Oslo.\n\nSource: Example Wire %d"}`+"\n", i, i%7)
	}
	if err := os.WriteFile("news.jsonl", []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	output(t, "load", "--graph", "bolt:whole.bolt", "news.jsonl")
	whole := time.Since(start)
	want := output(t, "export", "--graph", "bolt:whole.bolt")

	r := rand.New(rand.NewPCG(1, 2))
	for i := range kills {
		cmd := parleyCommand(t, "load", "--graph", "bolt:killed.bolt", "news.jsonl")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(r.Float64() * float64(whole) / 4)) // a quarter, so that later kills find work left
		if err := cmd.Process.Kill(); err != nil {
			t.Logf("load %d was through before it was killed", i)
		}
		_ = cmd.Wait() // it was killed
		if _, err := os.Stat("killed.bolt"); err != nil {
			continue // killed before it made the file
		}
		if got := output(t, "verify", "--graph", "bolt:killed.bolt"); !strings.Contains(got, "problems 0\n") {
			t.Fatalf("after kill %d verify says %s", i, got)
		}
	}
	output(t, "load", "--graph", "bolt:killed.bolt", "news.jsonl")
	if got := output(t, "export", "--graph", "bolt:killed.bolt"); got != want {
		t.Errorf("a load killed %d times and finished gives %d bytes of N-Quads, one that ran through %d", kills, len(got), len(want))
	}
}
