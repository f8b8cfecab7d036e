package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/config"
	"parley/loader"
	"parley/loader/quality"
)

func TestUntag(t *testing.T) {
	text, spans, err := untag("[med,host Egypt's [par president]] met [ven at sea].")
	if err != nil {
		t.Fatal(err)
	}
	if want := "Egypt's president met at sea."; text != want {
		t.Errorf("text = %q, want %q", text, want)
	}
	got := map[string][]string{}
	for _, s := range spans {
		got[text[s.from:s.to]] = s.roles
	}
	want := map[string][]string{"Egypt's president": {"med", "host"}, "president": {"par"}, "at sea": {"ven"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("tags %v, want %v", got, want)
	}
	for _, bad := range []string{"[med Egypt", "Egypt]", "[boss Egypt]", "[med]"} {
		if _, _, err := untag(bad); err == nil {
			t.Errorf("untag(%q) has no error", bad)
		}
	}
}

// A tag belongs to what its phrase names, not to the names within it.
func TestReadRolesFindsTheMention(t *testing.T) {
	x, err := loader.New(config.Loader{})
	if err != nil {
		t.Fatal(err)
	}
	e, lost, err := readRoles(t.Context(), x, "On Friday [sig the foreign minister of Chad, Ali Dago], signed the accord in [ven Bangui].", false, nil)
	if err != nil || lost != 0 {
		t.Fatalf("readRoles() error = %v, %d tags lost", err, lost)
	}
	for k, m := range e.Mentions {
		words := e.words(k)
		roles := strings.Join(m.Roles, ",")
		switch {
		case words == "Chad" && roles != "", strings.Contains(words, "minister") && roles != "sig", words == "Bangui" && roles != "ven":
			t.Errorf("%q has the roles %q", words, roles)
		}
	}
}

// words returns the words of mention k.
func (e *roleExample) words(k int) string {
	m := e.Mentions[k]
	return strings.Join(e.Sentences[m.Sentence][m.From:m.To], " ")
}

// Links are of the mentions that the tags name; what they say elsewhere is unsure.
func TestReadRolesLinksMentions(t *testing.T) {
	x, err := loader.New(config.Loader{})
	if err != nil {
		t.Fatal(err)
	}
	e, _, err := readRoles(t.Context(), x, "[par#1 Rosa Quispe], who heads [#2 the Miners' Federation], met the European Union. || 1 lead 2, 1 rep 2", false, nil)
	if err != nil || !e.Linked {
		t.Fatalf("readRoles() = linked %t, error %v", e.Linked, err)
	}
	linked := 0
	for _, p := range e.Pairs {
		a, b, links := e.words(p.A), e.words(p.B), strings.Join(p.Links, ",")
		if links != "" {
			linked++
		}
		if links != "" && (links != "lead,rep" || a != "Rosa Quispe" || !strings.Contains(b, "Federation")) {
			t.Errorf("%q and %q have the links %q", a, b, links)
		}
	}
	if linked != 1 {
		t.Errorf("%d pairs are linked, want 1", linked)
	}
	for _, bad := range []string{"[#1 Ali] spoke. || 1 lead 2", "[#1 Ali] spoke for [#2 Chad]. || 1 boss 2", "[#1 Ali] spoke for [#2 Chad]. || 1 rep"} {
		if _, _, err := readRoles(t.Context(), x, bad, false, nil); err == nil {
			t.Errorf("readRoles(%q) has no error", bad)
		}
	}
}

// What a gold file says of two names is a link of those who bear them, in each sentence
// that names both.
func TestPairsOfFacts(t *testing.T) {
	x, err := loader.New(config.Loader{})
	if err != nil {
		t.Fatal(err)
	}
	gold := &quality.Gold{Facts: []quality.Fact{{Role: "leads", Name: "Rosa Quispe|Quispe", Extra: "World Trade Organization"}}}
	e, _, err := readRoles(t.Context(), x, "Rosa Quispe heads the World Trade Organization. Rosa Quispe met the European Union in Lima.", false, gold)
	if err != nil || !e.Linked {
		t.Fatalf("readRoles() = linked %t, error %v", e.Linked, err)
	}
	for _, p := range e.Pairs {
		a, b := e.words(p.A), e.words(p.B)
		if got := strings.Join(p.Links, ","); (got == "lead") != (a == "Rosa Quispe" && b == "World Trade Organization") {
			t.Errorf("%q and %q have the links %q", a, b, got)
		}
	}
}

func TestTaggedTextsAreWellFormed(t *testing.T) {
	files, err := filepath.Glob("roles/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tagged texts: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			text, links, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "||")
			_, spans, err := untag(text)
			if err == nil {
				_, err = readLinks(links, spans)
			}
			if err != nil {
				t.Errorf("%s: %v in %q", file, err, line)
			}
		}
	}
}

func TestReadTensors(t *testing.T) {
	write := func(header string, body []byte) string {
		file := filepath.Join(t.TempDir(), "x.safetensors")
		data := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
		if err := os.WriteFile(file, append(append(data, header...), body...), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	body := []byte{0, 0, 128, 63, 0, 0, 0, 64} // 1, 2
	got, err := readTensors(write(`{"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}`, body))
	if err != nil {
		t.Fatal(err)
	}
	if m, err := got.take("a", true); err != nil || m.Rows != 1 || m.Row(0)[1] != 2 {
		t.Errorf("a turned is %v, error %v", m, err)
	}
	for _, header := range []string{
		`{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}`,
		`{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}`,
		`{"a":`,
	} {
		if _, err := readTensors(write(header, body)); err == nil {
			t.Errorf("readTensors(%s) has no error", header)
		}
	}
}

// Tags of times and outcomes are at time expressions and at the verb that says so; where
// they are tagged, other times and verbs have no role.
func TestReadRolesFindsTimesAndOutcomes(t *testing.T) {
	x, err := loader.New(config.Loader{})
	if err != nil {
		t.Fatal(err)
	}
	const line = "The two sides met [whn in March 1998], three years after the war of 1995, and [ono parted without a word on paper]."
	e, lost, err := readRoles(t.Context(), x, line, true, nil)
	if err != nil || lost != 0 {
		t.Fatalf("readRoles() error = %v, %d tags lost", err, lost)
	}
	got := map[string]string{}
	for k, m := range e.Mentions {
		if m.Kind != "" {
			got[m.Kind+" "+e.words(k)] = strings.Join(m.Roles, ",")
		}
	}
	for what, want := range map[string]string{"time March 1998": "whn", "time 1995": "", "verb parted": "ono", "verb met": ""} {
		if roles, ok := got[what]; !ok || roles != want {
			t.Errorf("%s has the roles %q, want %q (all: %v)", what, roles, want, got)
		}
	}
	if e, _, err = readRoles(t.Context(), x, line, false, nil); err != nil || slices.ContainsFunc(e.Mentions, func(m roleMention) bool { return m.Kind != "" }) {
		t.Errorf("untimed: times or verbs among %v, error %v", e.Mentions, err)
	}
}
