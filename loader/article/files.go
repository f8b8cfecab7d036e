package article

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// format is a way in which articles are written.
type format uint8

const (
	unknown format = iota
	plain
	markdown
	hypertext
	jsonLines
)

// formatOf returns the format of files with the ending of path.
func formatOf(path string) format {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".txt", ".text", "":
		return plain
	case ".md", ".markdown":
		return markdown
	case ".html", ".htm", ".xhtml":
		return hypertext
	case ".jsonl", ".ndjson":
		return jsonLines
	}
	return unknown
}

// IsSingle reports whether the file at path has one article and no more.
func IsSingle(path string) bool { return path != Stdin && formatOf(path) != jsonLines }

// endings is what a message says of the files that are read.
const endings = ".txt, .md, .html or .jsonl"

// Files returns the files that paths name, each once, in the order of paths: a
// file stands for itself, a folder for every file of a known ending in it and
// below it in the order of names, a pattern such as "2005/*.txt" for what it
// matches. Hidden files and folders are passed over. A path that names nothing
// is an error; the others are still returned.
func Files(paths []string) (files []string, errs []*Error) {
	seen := map[string]bool{}
	add := func(file string) {
		if clean := filepath.Clean(file); !seen[clean] {
			seen[clean] = true
			files = append(files, file)
		}
	}
	for _, path := range paths {
		found, err := expand(path)
		if err != nil {
			errs = append(errs, &Error{File: path, Err: err})
			continue
		}
		for _, f := range found {
			add(f)
		}
	}
	return files, errs
}

func expand(path string) ([]string, error) {
	if path == Stdin {
		return []string{Stdin}, nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return walk(path)
	case err == nil:
		return []string{path}, known(path)
	case !errors.Is(err, fs.ErrNotExist) || !strings.ContainsAny(path, "*?["):
		return nil, err
	}
	matches, err := filepath.Glob(path)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, m := range matches { // in the order of names, as Glob promises
		found, err := expand(m)
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		return nil, errors.New("no file matches")
	}
	return files, nil
}

// known reports an ending that is not read.
func known(path string) error {
	if formatOf(path) == unknown {
		return fmt.Errorf("ending is %q, want %s", filepath.Ext(path), endings)
	}
	return nil
}

func walk(root string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		hidden := path != root && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil:
			return err
		case d.IsDir() && hidden:
			return filepath.SkipDir
		case d.IsDir() || hidden || filepath.Ext(path) == "" || known(path) != nil:
			return nil
		}
		files = append(files, path)
		return nil
	})
	if err == nil && len(files) == 0 {
		err = errors.New("no article in the folder, want files ending in " + endings)
	}
	return files, err
}

// sniff tells the format of what r reads by how it begins.
func sniff(r io.Reader) (format, io.ReadCloser) {
	b := bufio.NewReaderSize(r, 4096)
	head, _ := b.Peek(512) // an error comes back from the next read
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	f := plain
	switch lower := bytes.ToLower(head); {
	case bytes.HasPrefix(head, []byte("{")):
		f = jsonLines
	case bytes.HasPrefix(head, []byte("---\n")), bytes.HasPrefix(head, []byte("---\r\n")):
		f = markdown
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")),
		bytes.HasPrefix(lower, []byte("<?xml")):
		f = hypertext
	}
	return f, io.NopCloser(b)
}
