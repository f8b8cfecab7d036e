package article

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// readAll reads r to its end, or reports that it is over limit bytes.
func readAll(r io.Reader, limit int) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > limit {
		return nil, fmt.Errorf("article is over %d bytes, want fewer (loader.max_bytes)", limit)
	}
	return raw, nil
}

// errNUL is what a text with a NUL byte gives, which no text has.
var errNUL = errors.New("NUL byte, want text")

// decode returns raw as UTF-8 without its byte order mark. Text without a mark
// that is not UTF-8 is read as Windows-1252, of which ISO 8859-1 text is a case.
// A NUL byte is errNUL with its line.
func decode(raw []byte) (text string, line int, err error) {
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		raw = raw[3:]
		if !utf8.Valid(raw) {
			e = unicode.UTF8 // replaces what is broken
		}
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case !utf8.Valid(raw):
		e = charmap.Windows1252
	}
	if e != nil {
		if raw, err = e.NewDecoder().Bytes(raw); err != nil {
			return "", 0, err
		}
	}
	if i := bytes.IndexByte(raw, 0); i >= 0 {
		return "", 1 + bytes.Count(raw[:i], []byte("\n")), errNUL
	}
	return string(raw), 0, nil
}
