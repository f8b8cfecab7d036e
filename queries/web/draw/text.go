package draw

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// The sizes of text, in pixels. What fonts a reader has is not known here: the
// widths below are those of DejaVu Sans, the widest of the usual ones, so that
// text is never wider than its box.
const (
	nodeFont   = 14
	edgeFont   = 12
	lineHeight = 17
	nameWidth  = 170 // of one line of a node's name
	nameLines  = 2
	wordsWidth = 150 // of an edge's words
)

// width returns how wide text is, at most, in a font of the given size.
func width(text string, size float64) float64 {
	sum := 0.0
	state := -1
	for text != "" {
		var cluster string
		var cells int
		cluster, text, cells, state = uniseg.FirstGraphemeClusterInString(text, state)
		sum += advance(cluster, cells)
	}
	return sum * size
}

// advance returns the width of one character as the reader sees it, in ems.
func advance(cluster string, cells int) float64 {
	r := []rune(cluster)[0]
	switch {
	case cells == 0:
		return 0
	case cells > 1:
		return 1.05
	case strings.ContainsRune("iljI.,:;|'!` ", r):
		return 0.36
	case strings.ContainsRune("ftrJ()[]/-\"", r):
		return 0.45
	case strings.ContainsRune("mwWM@%—…", r):
		return 1
	case unicode.IsUpper(r):
		return 0.76
	}
	return 0.65
}

// wrap breaks text into at most max lines that are no wider than limit, between
// words where it can; what remains is cut off, with an ellipsis. Blank text gives
// no lines.
func wrap(text string, size, limit float64, max int) []string {
	words := strings.Fields(text)
	var lines []string
	for len(words) > 0 {
		if len(lines) == max-1 {
			return append(lines, cut(strings.Join(words, " "), size, limit))
		}
		line := beginning(words[0], size, limit)
		if rest := words[0][len(line):]; rest != "" {
			words[0] = rest
		} else {
			words = words[1:]
			for len(words) > 0 && width(line+" "+words[0], size) <= limit {
				line += " " + words[0]
				words = words[1:]
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// cut returns text, or its beginning and an ellipsis, no wider than limit.
func cut(text string, size, limit float64) string {
	if beginning(text, size, limit) == text {
		return text
	}
	return strings.TrimRight(beginning(text, size, limit-width("…", size)), " ") + "…"
}

// maxBytes bounds what a character made of ever more accents can come to.
const maxBytes = 1024

// beginning returns as much of text as is no wider than limit, and at least one
// character.
func beginning(text string, size, limit float64) string {
	end, state := 0, -1
	for rest := text; rest != ""; {
		var cluster string
		var cells int
		cluster, rest, cells, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if limit -= advance(cluster, cells) * size; end > 0 && (limit < 0 || end+len(cluster) > maxBytes) {
			break
		}
		end += len(cluster)
	}
	return text[:end]
}
