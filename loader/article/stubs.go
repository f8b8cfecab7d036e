package article

import (
	"errors"
	"io"
	"parley/graph"
)

func parseHTML(raw []byte, url string) (a graph.Article, err error) {
	return a, errors.New("this format is not read yet")
}
func parseMarkdown(raw []byte) (a graph.Article, n int, err error) {
	return a, 0, errors.New("this format is not read yet")
}
func readLines(name string, r io.Reader, o Options, yield func(Input, error) bool) {}
