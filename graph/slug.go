package graph

import (
	"strings"

	"github.com/mozillazg/go-unidecode"
)

// Slug returns name in lower-case ASCII letters and digits with single hyphens
// between words: "Terje Rød-Larsen" gives "terje-rod-larsen". Other scripts are
// transliterated. It is "" if name has no letter or digit.
func Slug(name string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range strings.ToLower(unidecode.Unidecode(name)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
		case r == '\'' || r == '.': // U.S. is us, O'Brien is obrien
		default:
			hyphen = true
		}
	}
	return b.String()
}

// MakeThingID returns the id of the thing of type t called name.
func MakeThingID(t Type, name string) ID { return ID(strings.ToLower(string(t)) + "/" + Slug(name)) }
