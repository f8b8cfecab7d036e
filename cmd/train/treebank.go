package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"

	"parley/loader/syntax"
)

// readTreebank reads a CoNLL-U file, compressed by gzip if its name ends so.
func readTreebank(path string) ([]syntax.Block, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	blocks, err := syntax.ReadCoNLLU(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return blocks, nil
}

// readTreebanks reads the files of a list separated by commas.
func readTreebanks(paths string) ([]syntax.Block, error) {
	var all []syntax.Block
	for path := range strings.SplitSeq(paths, ",") {
		blocks, err := readTreebank(path)
		if err != nil {
			return nil, err
		}
		all = append(all, blocks...)
	}
	return all, nil
}
