package graph_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/graph"
	"parley/graph/graphtest"
)

// crashURL is set for a process that loads until it is killed.
const crashURL = "PARLEY_TEST_CRASH"

// opened is what that process prints first.
const opened = "opened"

func TestMain(m *testing.M) {
	if url := os.Getenv(crashURL); url != "" {
		if err := loadAndTell(url, os.Getenv(crashURL+"_MODE")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// crashArticles is the number of articles of a crash test.
func crashArticles() int {
	if testing.Short() {
		return 60
	}
	return 500
}

// loadAndTell loads the articles of the crash test and prints the id of each when
// the store says that it is in.
func loadAndTell(url, mode string) error {
	n := 500
	if strings.HasSuffix(mode, "short") {
		n = 60
	}
	s, err := graph.Open(context.Background(), url, graph.Options{LockTimeout: 10 * time.Second})
	if err != nil {
		return err
	}
	fmt.Println(opened)
	if strings.HasPrefix(mode, "bulk") {
		if _, err := s.AddBulk(context.Background(), graphtest.Sequence(graphtest.Synthetic(n, 5))); err != nil {
			return err
		}
		return s.Close()
	}
	for x := range graphtest.Synthetic(n, 5) {
		if _, err := s.Add(context.Background(), x); err != nil {
			return err
		}
		fmt.Println(x.Article.ID)
	}
	return s.Close()
}

// A loading process is killed at random moments, the first of them while the
// graph is made. After each the graph opens, is sound and has every article that
// was reported in; loaded to the end it is the same as one never disturbed.
func TestKill(t *testing.T) {
	kinds := map[string]func(t *testing.T) string{
		"bolt": func(t *testing.T) string { return "bolt:" + filepath.Join(t.TempDir(), "graph.db") },
		"postgres": func(t *testing.T) string {
			if testing.Short() {
				t.Skip("kills few processes only")
			}
			return newDatabase(t)
		},
	}
	for kind, fresh := range kinds {
		t.Run(kind, func(t *testing.T) {
			url := fresh(t)
			killOften(t, url, kills())
			compareWithUndisturbed(t, url)
		})
	}
}

// kills is the number of processes to kill.
func kills() int {
	if testing.Short() {
		return 5
	}
	return 24
}

func killOften(t *testing.T, url string, kills int) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("moments from seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	told := make(map[graph.ID]bool)
	complete := 0
	for kill := range kills {
		// Every fourth while the graph is being made or opened, the others while
		// it is loaded.
		opening := kill%4 == 0
		mode := []string{"one by one", "bulk"}[kill/4%2]
		if testing.Short() {
			mode += " short"
		}
		after := time.Duration(r.Int64N(800)) * time.Millisecond
		if opening {
			after /= 8
		}
		if loadAndKill(t, url, mode, after, opening, told) {
			complete++
		}
		s, err := graph.Open(t.Context(), url, graph.Options{LockTimeout: 10 * time.Second})
		if err != nil {
			t.Fatalf("Open after a kill at %v: %v", after, err)
		}
		report, err := s.Verify(t.Context())
		if err != nil || len(report.Problems) > 0 {
			t.Errorf("Verify() after a kill at %v = %+v, %v", after, report, err)
		}
		for id := range told {
			if _, ok := s.Snapshot().Article(id); !ok {
				t.Errorf("%s was reported in and is gone after a kill at %v", id, after)
			}
		}
		if report.Articles != s.Snapshot().Counts().Articles {
			t.Errorf("%d articles stored, %d shown", report.Articles, s.Snapshot().Counts().Articles)
		}
		if complete > 0 && kill < kills-1 { // loaded to the end: something must be left to load
			for id := range s.Snapshot().Articles() {
				delete(told, id.ID)
				if err := s.Remove(t.Context(), id.ID); err != nil {
					t.Fatal(err)
				}
			}
			complete = 0
		}
		s.Close()
	}
}

// loadAndKill starts a loading process, kills it that long after it has begun or
// has opened the graph, and adds what it reported in to told. It reports whether
// the process had come to its end.
func loadAndKill(t *testing.T, url, mode string, after time.Duration, opening bool, told map[graph.ID]bool) (done bool) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashURL+"="+url, crashURL+"_MODE="+mode)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(time.Hour, func() { cmd.Process.Kill() }) // too late is not an error
	defer timer.Stop()
	if opening {
		timer.Reset(after)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		switch {
		case lines.Text() != opened:
			told[graph.ID(lines.Text())] = true
		case !opening:
			timer.Reset(after)
		}
	}
	err = cmd.Wait()
	if stderr.Len() > 0 {
		t.Fatalf("the loading process says: %s", stderr.String())
	}
	return err == nil
}

func compareWithUndisturbed(t *testing.T, url string) {
	s, err := graph.Open(t.Context(), url, graph.Options{LockTimeout: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	before := s.Snapshot().Counts().Articles
	a, err := s.AddBulk(t.Context(), graphtest.Sequence(graphtest.Synthetic(crashArticles(), 5)))
	if err != nil || a.Articles+a.Skipped != crashArticles() {
		t.Fatalf("AddBulk after the kills = %+v, %v", a, err)
	}
	t.Logf("%d articles were in after the last kill, %d added", before, a.Articles)
	whole, err := graph.Open(t.Context(), "memory:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Close()
	if _, err := whole.AddBulk(t.Context(), graphtest.Sequence(graphtest.Synthetic(crashArticles(), 5))); err != nil {
		t.Fatal(err)
	}
	if graphtest.Dump(t, s) != graphtest.Dump(t, whole) {
		t.Error("the graph loaded through the kills differs from one never disturbed")
	}
}
