package article_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/loader/article"
)

func TestParseImprint(t *testing.T) {
	tests := []struct {
		line string
		want string // each field as kind, value and words; "-" for no imprint
	}{
		{"Source: Meridian Wire | Date: 2005-01-27 | Author: Jane Doe", "1 Meridian Wire (Meridian Wire), 3 2005-01-27 (2005-01-27), 2 Jane Doe (Jane Doe)"},
		{"Author: none", ""},
		{"Author: Foreign desk", ""},
		{"Author: J. Wekesa and staff", "2 J. Wekesa (J. Wekesa)"},
		{"Published: Thursday, January 27, 2005 10:15 GMT", "3 2005-01-27 (Thursday, January 27, 2005 10:15 GMT)"},
		{"URL: https://example.org/a | Language: en", "4 https://example.org/a (https://example.org/a), 5 en (en)"},
		{"By Jane Doe", "2 Jane Doe (Jane Doe)"},
		{"By JANE VAN DER BERG", "2 Jane Van Der Berg (JANE VAN DER BERG)"},
		{"By Jane Doe, Ali al-Hadi and José Núñez", "2 Jane Doe (Jane Doe), 2 Ali al-Hadi (Ali al-Hadi), 2 José Núñez (José Núñez)"},
		{"By Jane Doe, Diplomatic Correspondent", "2 Jane Doe (Jane Doe)"},
		{"By Jane Doe in New York", "2 Jane Doe (Jane Doe)"},
		{"By Jane Doe, New York", "2 Jane Doe (Jane Doe)"},
		{"by Jane Doe / Example Press", "2 Jane Doe (Jane Doe)"},
		{"27 January 2005", "3 2005-01-27 (27 January 2005)"},
		{"By Our Own Correspondent", "-"},
		{"By Reuters", "-"},
		{"By Monday the talks had failed.", "-"},
		{"By Land and Sea, rebels flee", "-"},
		{"Source: the ministry said on Monday that it knew nothing.", "-"},
		{"Foes sign pact", "-"},
		{"Talks: a beginning", "-"},
		{"2005", "-"},
		{"", "-"},
	}
	for _, tt := range tests {
		fields := article.ParseImprint(tt.line)
		var words []string
		for _, f := range fields {
			words = append(words, fmt.Sprintf("%d %s (%s)", f.Kind, f.Value, tt.line[f.Start:f.End]))
		}
		got := strings.Join(words, ", ")
		if fields == nil {
			got = "-"
		}
		if got != tt.want {
			t.Errorf("ParseImprint(%q)\n got %s\nwant %s", tt.line, got, tt.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	tests := []struct{ in, want string }{
		{"2005", "2005"},
		{"2005-01", "2005-01"},
		{"2005-01-27", "2005-01-27"},
		{"2005-01-27T23:30:00+02:00", "2005-01-27"},
		{"2005-01-27 23:30", "2005-01-27"},
		{"2005/1/7", "2005-01-07"},
		{"20050127", "2005-01-27"},
		{"27 January 2005", "2005-01-27"},
		{"27th of January, 2005", "2005-01-27"},
		{"27-Jan-2005", "2005-01-27"},
		{"January 27, 2005", "2005-01-27"},
		{"Jan. 27, 2005 at 10:15 pm", "2005-01-27"},
		{"Thu, 27 Jan 2005 10:15:00 GMT", "2005-01-27"},
		{"SEPT 5 1993", "1993-09-05"},
		{"May 2005", "2005-05"},
		{"27.01.2005", "2005-01-27"},
		{"01/02/2005", ""}, // January or February
		{"31 February 2005", ""},
		{"2005-13-01", ""},
		{"yesterday", ""},
		{"", ""},
		{"0001-01-01", ""},
		{"27 January 2005 in Helsinki", ""},
		{strings.Repeat("1", 1000), ""},
	}
	for _, tt := range tests {
		if got, ok := article.ParseDate(tt.in); got != tt.want || ok != (tt.want != "") {
			t.Errorf("ParseDate(%q)\n got %q, %t\nwant %q", tt.in, got, ok, tt.want)
		}
	}
}
