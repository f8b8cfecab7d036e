package pages

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/url"
	"sync"

	"parley/queries"
)

// FileBudget is how much of quotes a file to be kept has room for, in bytes.
const FileBudget = 4_000_000

// style is the style sheet and the hash by which a policy allows it.
var style = sync.OnceValues(func() (template.CSS, string) {
	css, err := staticFiles.ReadFile("static/parley.css")
	if err != nil {
		panic(err) // the file is embedded
	}
	hash := sha256.Sum256(css)
	return template.CSS(css), "sha256-" + base64.StdEncoding.EncodeToString(hash[:])
})

// fileView is what the frame "file" shows.
type fileView struct {
	Base  string
	Style template.CSS // our own style sheet
	Hash  string
	*QuestionView
}

// File returns the answer that v shows as one HTML file, which loads nothing: its
// links lead to the server at base.
func (s *Site) File(base string, v *QuestionView) ([]byte, error) {
	css, hash := style()
	var b bytes.Buffer
	if err := s.templates["file"].ExecuteTemplate(&b, "file", fileView{base, css, hash, v}); err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return b.Bytes(), nil
}

// Kept returns values with the bounds of a file that is kept, which are wider than
// those of a page.
func Kept(q *queries.Question, values url.Values) url.Values {
	out := without(values)
	for name, usual := range map[string]string{"limit": "200", "values": "100", "evidence": "20"} {
		if p, ok := q.Parameter(name); ok && !out.Has(name) && p.Most >= 200 {
			out.Set(name, usual)
		}
	}
	return out
}
