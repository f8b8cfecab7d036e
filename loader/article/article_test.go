package article_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"parley/graph"
	"parley/loader/article"
)

var update = flag.Bool("update", false, "rewrite testdata/pages/want.txt")

// show returns an article as a few lines that a test compares.
func show(a graph.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %q authors %q outlet %q published %q\n", a.Title, a.Authors, a.Outlet, a.Published)
	for _, block := range a.Blocks {
		fmt.Fprintf(&b, "%s %q\n", block.Kind, a.Text[block.Start:block.End])
	}
	return b.String()
}

func TestText(t *testing.T) {
	long := strings.Repeat("The two delegations met again in the morning. ", 8)
	long = strings.TrimSpace(long)
	tests := []struct {
		name string
		text string
		want string
	}{
		{"headline, imprint, paragraphs", "Foes sign pact\nSource: Example Wire | Date: 2005-01-27 | Author: L. Marin\n\nThey signed it.\n\nNobody left.\n",
			`title "Foes sign pact" authors ["L. Marin"] outlet "Example Wire" published "2005-01-27"
headline "Foes sign pact"
imprint "Source: Example Wire | Date: 2005-01-27 | Author: L. Marin"
paragraph "They signed it."
paragraph "Nobody left."
`},
		{"nobody's imprint", "Foes sign pact\nSource: none | Date: soon | Author: Staff correspondent\n\nThey signed it.",
			`title "Foes sign pact" authors [] outlet "" published ""
headline "Foes sign pact"
imprint "Source: none | Date: soon | Author: Staff correspondent"
paragraph "They signed it."
`},
		{"paragraphs parted by line ends, byline at the end", "Foes sign pact\n" + long + "\n" + long + "\nBy Jane Doe",
			`title "Foes sign pact" authors ["Jane Doe"] outlet "" published ""
headline "Foes sign pact"
paragraph "` + long + `"
paragraph "` + long + `"
imprint "By Jane Doe"
`},
		{"one paragraph of prose", "Qatar mediated the talks in Doha.\n",
			`title "" authors [] outlet "" published ""
paragraph "Qatar mediated the talks in Doha."
`},
		{"long first line", long + "\n\nThey signed it.",
			`title "" authors [] outlet "" published ""
paragraph "` + long + `"
paragraph "They signed it."
`},
		{"wrapped prose without headline", "The delegations of both sides met in Cairo on Monday to\ntalk about the release of prisoners, and left without a\nresult.\n\nThey will meet again.",
			`title "" authors [] outlet "" published ""
paragraph "The delegations of both sides met in Cairo on Monday to\ntalk about the release of prisoners, and left without a\nresult."
paragraph "They will meet again."
`},
		{"wrapped prose below a headline", "Foes meet\n\nThe delegations of both sides met in Cairo on Monday to\ntalk about the release of prisoners, and left without a\nresult.",
			`title "Foes meet" authors [] outlet "" published ""
headline "Foes meet"
paragraph "The delegations of both sides met in Cairo on Monday to\ntalk about the release of prisoners, and left without a\nresult."
`},
		{"headline over two lines", "Delegations of both sides meet in Cairo to\ntalk about prisoners\n\nThey met on Monday.",
			`title "Delegations of both sides meet in Cairo to talk about prisoners" authors [] outlet "" published ""
headline "Delegations of both sides meet in Cairo to\ntalk about prisoners"
paragraph "They met on Monday."
`},
		{"byline and date below the headline", "Foes meet\nBy JANE DOE in Cairo\n27 January 2005\n\nThey met.",
			`title "Foes meet" authors ["Jane Doe"] outlet "" published "2005-01-27"
headline "Foes meet"
imprint "By JANE DOE in Cairo"
imprint "27 January 2005"
paragraph "They met."
`},
		{"line ends of other systems", "Foes meet\r\n\r\nThey met.\r\rThey left.",
			`title "Foes meet" authors [] outlet "" published ""
headline "Foes meet"
paragraph "They met."
paragraph "They left."
`},
		{"headline that ends with an abbreviation", "Rebels meet envoys of the U.S.\n\nThey met.",
			`title "Rebels meet envoys of the U.S." authors [] outlet "" published ""
headline "Rebels meet envoys of the U.S."
paragraph "They met."
`},
		{"prose that begins with By", "Foes meet\n\nBy Monday the envoys had left.",
			`title "Foes meet" authors [] outlet "" published ""
headline "Foes meet"
paragraph "By Monday the envoys had left."
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := article.Text([]byte(tt.text), article.Options{})
			if err != nil {
				t.Fatalf("Text(%q) = %v", tt.text, err)
			}
			if a.Text != tt.text {
				t.Errorf("Text(%q) changed the text to %q", tt.text, a.Text)
			}
			if diff := cmp.Diff(tt.want, show(a)); diff != "" {
				t.Errorf("Text(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestTextEncodings(t *testing.T) {
	const want = "Foes meet in Bogotá – “at last”\n\nThey met.\n"
	encode := func(b []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, raw := range map[string][]byte{
		"UTF-8":             []byte(want),
		"UTF-8 with mark":   []byte("\ufeff" + want),
		"UTF-16 big end":    encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(want))),
		"UTF-16 little end": encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(want))),
		"Windows-1252":      encode(charmap.Windows1252.NewEncoder().Bytes([]byte(want))),
	} {
		a, err := article.Text(raw, article.Options{})
		if err != nil || a.Text != want {
			t.Errorf("Text(%s)\n got %q, %v\nwant %q", name, a.Text, err, want)
		}
	}
}

func TestTextSupplied(t *testing.T) {
	o := article.Options{Date: "2005-01", Source: "Example Wire", URL: "https://example.org/1", Language: "en"}
	a, err := article.Text([]byte("Foes meet\nDate: 27 January 2005\n\nThey met."), o)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{a.Published, a.Outlet, a.URL, a.Language}
	want := []string{"2005-01-27", "Example Wire", "https://example.org/1", "en"}
	if !slices.Equal(got, want) {
		t.Errorf("Text with %+v\n got %q\nwant %q", o, got, want)
	}
}

// read returns what Read yields as lines: an article's place and layout, or the
// message of an error.
func read(t *testing.T, o article.Options, paths ...string) string {
	t.Helper()
	var b strings.Builder
	for in, err := range article.Read(t.Context(), paths, o) {
		if err != nil {
			fmt.Fprintf(&b, "! %v\n", err)
			continue
		}
		fmt.Fprintf(&b, "%s %s %s\n%s", in, in.Article.URL, in.Article.Language, show(in.Article))
	}
	return b.String()
}

func TestReadFormats(t *testing.T) {
	t.Chdir("testdata/pages")
	got := read(t, article.Options{}, "front.md", "latin1.html", "short.html", "lines.jsonl")
	if *update {
		if err := os.WriteFile("want.txt", []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("want.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("Read() (-want +got):\n%s", diff)
	}
}

func TestReadPaths(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"a/2.txt", "a/1.txt", "a/b/3.txt", "a/.hidden/4.txt", "a/notes.pdf", "5.txt", "empty/x.doc"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("Foes meet in "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files, errs := article.Files([]string{"5.txt", "a", "a/1.txt", "./5.txt", "a/*.txt", "empty", "none*.txt", "gone.txt", "a/notes.pdf", "[", "-"})
	if want := []string{"5.txt", "a/1.txt", "a/2.txt", "a/b/3.txt", "-"}; !slices.Equal(files, want) {
		t.Errorf("Files()\n got %q\nwant %q", files, want)
	}
	var got []string
	for _, err := range errs {
		got = append(got, err.Error())
	}
	want := []string{
		"empty: no article in the folder, want files ending in .txt, .md, .html or .jsonl",
		"none*.txt: no file matches",
		"stat gone.txt: no such file or directory",
		`a/notes.pdf: ending is ".pdf", want .txt, .md, .html or .jsonl`,
		"[: syntax error in pattern",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Files() errors (-want +got):\n%s", diff)
	}
}

func TestReadFaults(t *testing.T) {
	t.Chdir(t.TempDir())
	files := []struct{ name, content, want string }{
		{"empty.txt", "", "empty.txt: no text in it"},
		{"blank.txt", " \n\t\n", "blank.txt: no text in it"},
		{"digits.txt", "12345\n", "digits.txt: no text in it"},
		{"nul.txt", "Foes meet\nin C\x00iro", "nul.txt:2: NUL byte, want text"},
		{"large.txt", strings.Repeat("word ", 300), "large.txt: article is over 1000 bytes, want fewer (loader.max_bytes)"},
		{"empty.html", "", "empty.html: no article in the page"},
		{"bare.html", "<html><head><title>x</title></head><body><script>a</script></body></html>", "bare.html: no article in the page"},
		{"nul.html", "<p>a\x00b</p>", "nul.html: NUL byte, want text"},
		{"bad.md", "---\ntitle: [\n---\nBody.", "bad.md:2: front matter is no YAML: did not find expected node content"},
		{"date.md", "---\ntitle: x\ndate: soon\n---\nBody.", `date.md:3: front matter: date is "soon", want a date such as 2005-01-27`},
		{"list.md", "---\n- a\n---\nBody.", `list.md:2: front matter is no mapping, want lines such as "title: …"`},
		{"deep.md", "Body.\n" + strings.Repeat("> ", 200) + "x", "deep.md:2: quotes and lists are over 100 deep"},
		{"empty.jsonl", "\n\n", "empty.jsonl: no text in it"},
		{"date.jsonl", `{"text":"They met.","published":"31.02.2005"}`, `date.jsonl:1: published is "31.02.2005", want a date such as 2005-01-27`},
		{"long.jsonl", "\n" + `{"text":"` + strings.Repeat("word ", 300) + `"}`, "long.jsonl:2: line is over 1000 bytes, want fewer (loader.max_bytes)"},
	}
	for _, f := range files {
		if err := os.WriteFile(f.name, []byte(f.content), 0o600); err != nil {
			t.Fatal(err)
		}
		got := read(t, article.Options{MaxBytes: 1000}, f.name)
		if want := "! " + f.want + "\n"; got != want {
			t.Errorf("Read(%s)\n got %swant %s", f.name, got, want)
		}
	}
}

// A line that is too long does not hide the lines behind it.
func TestReadGoesOn(t *testing.T) {
	text := strings.Repeat("word ", 40_000)
	in := strings.NewReader("{\"text\":\"" + text + "\"}\n{\"text\":\"They met.\"}\n")
	got := read(t, article.Options{MaxBytes: 1000, Stdin: in}, article.Stdin)
	want := "! standard input:1: line is over 1000 bytes, want fewer (loader.max_bytes)\n" +
		"standard input:2  \ntitle \"\" authors [] outlet \"\" published \"\"\nparagraph \"They met.\"\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Read(-) (-want +got):\n%s", diff)
	}
}

func TestReadStdin(t *testing.T) {
	for name, tt := range map[string]struct{ in, want string }{
		"text":     {"They met in Oslo.", "They met in Oslo."},
		"lines":    {`{"text":"They met in Oslo."}`, "They met in Oslo."},
		"page":     {"<!DOCTYPE html><p>They met in Oslo.", "They met in Oslo."},
		"markdown": {"---\ntitle: Foes meet\n---\nThey *met* in Oslo.", "Foes meet\n\nThey met in Oslo."},
	} {
		for in, err := range article.Read(t.Context(), []string{"-"}, article.Options{Stdin: strings.NewReader(tt.in)}) {
			if err != nil || in.Article.Text != tt.want {
				t.Errorf("Read(-) of %s\n got %q, %v\nwant %q", name, in.Article.Text, err, tt.want)
			}
		}
	}
}

func TestReadCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n := 0
	for _, err := range article.Read(ctx, []string{"testdata/pages/lines.jsonl"}, article.Options{}) {
		n++
		if err != context.Canceled {
			t.Errorf("Read(cancelled) yielded %v", err)
		}
	}
	if n != 1 {
		t.Errorf("Read(cancelled) yielded %d times, want once", n)
	}
}

func TestOptionsValid(t *testing.T) {
	for _, tt := range []struct {
		o    article.Options
		want string
	}{
		{article.Options{Date: "2005-01-27", Language: "en"}, ""},
		{article.Options{Date: "27 January 2005"}, "date is"},
		{article.Options{Date: "2005-02-30"}, "date is"},
		{article.Options{Language: "English"}, "lang is"},
	} {
		err := tt.o.Valid()
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%+v.Valid() = %v, want %q", tt.o, err, tt.want)
		}
	}
}

// Whatever the bytes, each reader gives a valid article or an error.
func FuzzRead(f *testing.F) {
	names, err := filepath.Glob("testdata/pages/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for i, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(i))
	}
	f.Add([]byte("By \nBy A B\n\r\nSource:|Date:\x85"), uint8(2))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, kind uint8) {
		path := filepath.Join(dir, "x"+[]string{".txt", ".md", ".html", ".jsonl"}[kind%4])
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		for in, err := range article.Read(t.Context(), []string{path}, article.Options{MaxBytes: 1 << 16}) {
			if err != nil {
				continue
			}
			if err := in.Article.Valid(); err != nil {
				t.Errorf("Read(%q) gave %v", data, err)
			}
			for _, b := range in.Article.Blocks {
				if !utf8.ValidString(in.Article.Text[b.Start:b.End]) || b.Start == b.End {
					t.Errorf("Read(%q) has block %+v", data, b)
				}
			}
		}
	})
}
