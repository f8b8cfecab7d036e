package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// pkg is a package as `go list -json` tells of it.
type pkg struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// packages returns every package of the module.
func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "parley/...")
	cmd.Stderr = t.Output()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
}

// floor returns the folder at the top of the house that a package is in, or "".
func floor(path string) string {
	rest, ok := strings.CutPrefix(path, "parley/")
	if !ok {
		return ""
	}
	top, _, _ := strings.Cut(rest, "/")
	return top
}

// mayImport says which floors each floor stands on, itself included.
func mayImport(from, to string) bool {
	switch from {
	case "config", "graph":
		return to == from
	case "loader", "queries":
		return to == from || to == "config" || to == "graph"
	case "cmd":
		return to != "cmd"
	}
	return false
}

// Dependencies run down only, and no one imports Cayley but graph.
func TestArrowsRunDown(t *testing.T) {
	all := packages(t)
	if len(all) < 5 {
		t.Fatalf("go list found %d packages, want the whole module", len(all))
	}
	for _, p := range all {
		from := floor(p.ImportPath)
		imports := append(append(p.Imports, p.TestImports...), p.XTestImports...)
		for _, i := range imports {
			if to := floor(i); to != "" && i != p.ImportPath && !mayImport(from, to) {
				t.Errorf("%s imports %s: the arrow from %s to %s does not run down", p.ImportPath, i, from, to)
			}
			if isCayley(i) && from != "graph" {
				t.Errorf("%s imports %s, which only graph may", p.ImportPath, i)
			}
		}
	}
}

// A parent in the loader or in queries imports its children and never the
// reverse.
func TestChildrenDoNotImportParents(t *testing.T) {
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			if strings.HasPrefix(p.ImportPath, i+"/") && floor(i) == "loader" {
				t.Errorf("%s imports its parent %s", p.ImportPath, i)
			}
		}
	}
}

func isCayley(path string) bool { return strings.HasPrefix(path, "github.com/cayleygraph/") }
