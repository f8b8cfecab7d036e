package graph_test

import (
	"path/filepath"
	"testing"

	"parley/graph/graphtest"
)

func TestMemory(t *testing.T) {
	graphtest.TestStore(t, func(*testing.T) string { return "memory:" })
}

func TestBolt(t *testing.T) {
	graphtest.TestStore(t, func(t *testing.T) string { return "bolt:" + filepath.Join(t.TempDir(), "graph.db") })
}
