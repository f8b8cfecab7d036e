package names

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The clusters file, gzip compressed: the magic below, the number of words, of
// fine and of coarse groups (uint32, little endian), the coarse group of each
// fine one (one byte each), then, sorted, for each word one byte of letters
// shared with the word before, one byte of further letters, those letters; and
// at the end the fine group of each word (uint16).
const clusterMagic = "parley-clusters-1\n"

//go:embed clusters.bin
var clustersFile []byte

// clusters knows for common words the group of words that are used alike.
type clusters struct {
	slots  []uint32 // hash of a word, 0 for an empty slot
	fine   []uint16 // group + 1
	coarse []uint8  // of each fine group
}

// embeddedClusters returns the clusters of this build.
var embeddedClusters = sync.OnceValues(func() (*clusters, error) { return readClusters(clustersFile) })

// of returns the fine and coarse group of a word by the hash of its lower-case
// form, both counted from 1, or zeros.
func (c *clusters) of(hash uint32) (fine uint16, coarse uint8) {
	if hash == 0 {
		hash = 1
	}
	mask := uint32(len(c.slots) - 1)
	for i := hash & mask; c.slots[i] != 0; i = (i + 1) & mask {
		if c.slots[i] == hash {
			f := c.fine[i]
			return f, c.coarse[f-1] + 1
		}
	}
	return 0, 0
}

// readClusters reads a clusters file.
func readClusters(file []byte) (*clusters, error) {
	zr, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("names: clusters: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(zr, 1<<26))
	if err != nil {
		return nil, fmt.Errorf("names: clusters: %w", err)
	}
	head := len(clusterMagic) + 12
	if len(raw) < head || string(raw[:len(clusterMagic)]) != clusterMagic {
		return nil, fmt.Errorf("names: clusters: no %q at the start", clusterMagic)
	}
	n := int(binary.LittleEndian.Uint32(raw[len(clusterMagic):]))
	fine := int(binary.LittleEndian.Uint32(raw[len(clusterMagic)+4:]))
	if n > len(raw) || fine > len(raw)-head {
		return nil, fmt.Errorf("names: clusters: %d words in %d bytes", n, len(raw))
	}
	size := 1024
	for size < 2*n {
		size *= 2
	}
	c := &clusters{slots: make([]uint32, size), fine: make([]uint16, size), coarse: raw[head : head+fine : head+fine]}
	return c, c.fill(raw[head+fine:], n, fine)
}

// fill reads n words and their groups from body.
func (c *clusters) fill(body []byte, n, fine int) error {
	ids := len(body) - 2*n
	if ids < 0 {
		return fmt.Errorf("names: clusters: %d words in %d bytes", n, len(body))
	}
	var word []byte
	at := 0
	mask := uint32(len(c.slots) - 1)
	for i := range n {
		if at+2 > ids || int(body[at]) > len(word) || at+2+int(body[at+1]) > ids {
			return fmt.Errorf("names: clusters: word %d is cut off", i)
		}
		word = append(word[:body[at]], body[at+2:at+2+int(body[at+1])]...)
		at += 2 + int(body[at+1])
		id := binary.LittleEndian.Uint16(body[ids+2*i:])
		if int(id) >= fine {
			return fmt.Errorf("names: clusters: word %d is of group %d, want less than %d", i, id, fine)
		}
		h := hashLower(string(word))
		if h == 0 {
			h = 1
		}
		j := h & mask
		for c.slots[j] != 0 && c.slots[j] != h {
			j = (j + 1) & mask
		}
		c.slots[j], c.fine[j] = h, id+1
	}
	return nil
}

// EncodeClusters returns the clusters file for words, the fine group of each,
// and the coarse group of each fine one. At most 65,535 fine and 255 coarse
// groups fit.
func EncodeClusters(words []string, fine, coarse []int) []byte {
	order := make([]int, len(words))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return bytes.Compare([]byte(words[a]), []byte(words[b])) })
	raw := []byte(clusterMagic)
	for _, n := range []int{len(words), len(coarse), len(coarse)} {
		raw = binary.LittleEndian.AppendUint32(raw, uint32(n))
	}
	for _, c := range coarse {
		raw = append(raw, byte(c))
	}
	last := ""
	for _, i := range order {
		w := words[i]
		k := 0
		for k < len(w) && k < len(last) && w[k] == last[k] {
			k++
		}
		raw = append(raw, byte(k), byte(len(w)-k))
		raw = append(raw, w[k:]...)
		last = w
	}
	for _, i := range order {
		raw = binary.LittleEndian.AppendUint16(raw, uint16(fine[i]))
	}
	return compress(raw)
}

// compress returns raw in gzip.
func compress(raw []byte) []byte {
	var b bytes.Buffer
	zw, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = zw.Write(raw)
	}
	if err == nil {
		err = zw.Close()
	}
	if err != nil {
		panic(err) // a bytes.Buffer does not fail
	}
	return b.Bytes()
}

// hashLower returns a hash of s in lower case, digits as one.
func hashLower(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c >= 'A' && c <= 'Z':
				c |= 0x20
			case c >= '0' && c <= '9':
				c = '0'
			}
			h = (h ^ uint32(c)) * 16777619
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		h = (h ^ uint32(unicode.ToLower(r))) * 16777619
	}
	h ^= h >> 15
	return h * 0x85ebca6b
}
