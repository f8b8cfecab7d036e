package dates_test

import (
	"context"
	"testing"

	"parley/loader/dates"
	"parley/loader/sentence"
	"parley/loader/syntax"
	"parley/loader/token"
)

// parse returns the sentences of text with their trees.
func parse(t testing.TB, text string) []sentence.Sentence {
	t.Helper()
	p, err := syntax.New()
	if err != nil {
		t.Fatal(err)
	}
	ss := token.Split(text, token.Paragraphs(text))
	if err := p.Parse(context.Background(), ss); err != nil {
		t.Fatal(err)
	}
	return ss
}

func TestFind(t *testing.T) {
	const monday = "2019-09-16"
	tests := []struct {
		text, published string
		want            string // start[/end] precision "words"; several parted by "; "
	}{
		{"The envoys met on Thursday.", monday, "2019-09-12 day Thursday"},
		{"The envoys met on Monday.", monday, "2019-09-16 day Monday"},
		{"The envoys will meet on Thursday.", monday, "2019-09-19 day Thursday"},
		{"The two sides are expected to meet on Friday.", monday, "2019-09-20 day Friday"},
		{"They met last Friday.", monday, "2019-09-13 day last Friday"},
		{"They met last Monday.", monday, "2019-09-09 day last Monday"},
		{"The court will rule next Monday.", monday, "2019-09-23 day next Monday"},
		{"They signed late on Sunday.", monday, "2019-09-15 day late on Sunday"},
		{"Talks broke down earlier this month.", monday, "2019-09 month earlier this month"},
		{"The truce took effect on 14 April.", monday, "2019-04-14 day 14 April"},
		{"The truce took effect on April 14.", monday, "2019-04-14 day April 14"},
		{"The truce took effect on April 14.", "", " day April 14"},
		{"The truce took effect on 14 April 2003.", "", "2003-04-14 day 14 April 2003"},
		{"The truce took effect on April 14, 2003.", "", "2003-04-14 day April 14, 2003"},
		{"It was agreed in late August.", monday, "2019-08 month late August"},
		{"It was agreed on December 17.", monday, "2018-12-17 day December 17"},
		{"The vote will be held on December 17.", monday, "2019-12-17 day December 17"},
		{"The pact puts the vote off until November.", monday, "2019-11 month November"},
		{"The conference sat until the 13th inst. at Ghent.", monday, "2019-09-13 day the 13th inst"},
		{"The envoys met on the 29th ult. in Ghent.", monday, "2019-08-29 day the 29th ult"},
		{"The envoys met on the 31st ultimo.", monday, "2019-08-31 day the 31st ultimo"},
		{"The envoys will meet on the 5th prox. in Ghent.", monday, "2019-10-05 day the 5th prox"},
		{"The envoy spent his last weekend in office there.", monday, ""},
		{"They met from 14 to 19 May 2019 in Ghent. They signed on the Saturday.", monday, "2019-05-14/2019-05-19 day 14 to 19 May 2019; 2019-05-18 day Saturday"},
		{"It began on Tuesday, 4 June 2019. On the Friday they broke off.", monday, "2019-06-04 day Tuesday, 4 June 2019; 2019-06-07 day Friday"},
		{"They broke off on the Friday.", monday, "2019-09-13 day Friday"},
		{"The Friday meeting was short.", monday, "2019-09-13 day Friday"},
		{"They have negotiated since 2015.", "", "2015 year 2015"},
		{"The war of the 1990s left scars.", "", "1990/1999 year the 1990s"},
		{"They broke off two weeks ago.", monday, "2019-09 month two weeks ago"},
		{"They broke off ten days ago.", monday, "2019-09-06 day ten days ago"},
		{"They broke off six years ago.", monday, "2013 year six years ago"},
		{"The ministers conferred from 3 to 5 March.", monday, "2019-03-03/2019-03-05 day 3 to 5 March"},
		{"The ministers conferred on March 3-5, 2017.", "", "2017-03-03/2017-03-05 day March 3-5, 2017"},
		{"Five rounds were held between January and July.", monday, "2019-01/2019-07 month January and July"},
		{"He resigned last March.", monday, "2019-03 month last March"},
		{"He resigned last November.", monday, "2018-11 month last November"},
		{"He resigned last year.", monday, "2018 year last year"},
		{"He will resign next month.", monday, "2019-10 month next month"},
		{"They signed yesterday.", monday, "2019-09-15 day yesterday"},
		{"They signed yesterday.", "2019-09", " day yesterday"},
		{"The strike lasted 13 days.", monday, " day 13 days"},
		{"On Monday, Sept. 9, they returned.", monday, "2019-09-09 day Monday, Sept. 9"},
		{"Talks opened on Nov. 4, 1979, in the capital.", monday, "1979-11-04 day Nov. 4, 1979"},
		{"They may march in the capital.", monday, ""},
		{"Some 2000 soldiers left.", monday, ""},
		{"They will march in May.", "2020-02-01", "2020-05 month May"},
		{"The pact was struck minutes before midnight on New Year's Eve.", "1992-01-16", "1991-12-31 day New Year's Eve"},
		{"They met at the weekend.", monday, "2019-09-14/2019-09-15 day the weekend"},
		{"The treaty of 1960 binds them.", "", "1960 year 1960"},
		{"It was signed on 30 February.", monday, ""},
		{"The ceasefire of 2014-15 failed.", "", "2014/2015 year 2014-15"},
		{"They signed on 14 April 2003. The text had been initialled two days earlier.", "", "2003-04-14 day 14 April 2003; 2003-04-12 day two days earlier"},
		{"They met on 31 March 2003. The day after, they signed.", "", "2003-03-31 day 31 March 2003; 2003-04-01 day The day after"},
		{"They met on 31 March 2003 and signed a week later.", "", "2003-03-31 day 31 March 2003; 2003-04-07 day a week later"},
		{"They met on 31 March 2003 and signed three weeks later.", "", "2003-03-31 day 31 March 2003; 2003-04 month three weeks later"},
		{"They met on 31 March 2003. The following month they signed.", "", "2003-03-31 day 31 March 2003; 2003-04 month The following month"},
		{"They met in April 2003. The following month they signed.", "", "2003-04 month April 2003; 2003-05 month The following month"},
		{"They met on Thursday. That evening they signed.", monday, "2019-09-12 day Thursday; 2019-09-12 day That evening"},
		{"Rounds were held in Sangli on 9 November 2015 and in Kolhapur on the 18th.", "", "2015-11-09 day 9 November 2015; 2015-11-18 day the 18th"},
		{"They signed on 14 April 2003. He had resigned two days before the vote.", "", "2003-04-14 day 14 April 2003;  day two days"},
		{"They signed two days earlier.", monday, " day two days earlier"},
		{"They signed on the 18th floor.", monday, ""},
		{"It ran from July 2014 to March 2015.", "", "2014-07/2015-03 month July 2014 to March 2015"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got := ""
			for i, e := range dates.Find(parse(t, tt.text), tt.text, tt.published) {
				if i > 0 {
					got += "; "
				}
				w := e.When
				got += w.Start
				if w.End != "" {
					got += "/" + w.End
				}
				got += " " + w.Precision + " " + w.Text
			}
			if got != tt.want {
				t.Errorf("Find(%q, %q)\n got %q\nwant %q", tt.text, tt.published, got, tt.want)
			}
		})
	}
}

// A full date in the dateline stands in for an unknown date of publication.
func TestFindDateline(t *testing.T) {
	for _, line := range []string{"QUITO, March 12, 1984 - ", "QUITO, March 12, 1984 (Andean News Wire) -- ", "QUITO, 12 March 1984 (PUC) - "} {
		text := line + "The two delegations met on Saturday."
		es := dates.Find(parse(t, text), text, "")
		if len(es) != 2 || es[1].When.Start != "1984-03-10" {
			t.Errorf("Find(%q) = %+v, want the Saturday 1984-03-10", text, es)
		}
	}
}

// FuzzFind holds that no text makes Find panic, and that expressions lie in
// their sentences, in order.
func FuzzFind(f *testing.F) {
	f.Add("They met on Thursday, 3 to 5 March 2005, and between May and the 1990s.", "2005-08-15")
	f.Add("2005-01-27 - - 31 February last last the the end of", "2005")
	f.Fuzz(func(t *testing.T, text, published string) {
		ss := token.Split(text, token.Paragraphs(text))
		last, end := -1, 0
		for _, e := range dates.Find(ss, text, published) {
			if e.Sentence != last {
				last, end = e.Sentence, 0
			}
			if e.From < end || e.To <= e.From || e.To > len(ss[e.Sentence].Tokens) {
				t.Fatalf("Find(%q, %q): expression %+v is out of place", text, published, e)
			}
			end = e.To
		}
	})
}

func BenchmarkFind(b *testing.B) {
	const text = "They met on Thursday in Oslo, two weeks after talks of 3 to 5 March 2005 had failed. The next round is expected in late May. It was last Friday, he said, that the draft of 1998 was taken up again."
	ss := parse(b, text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		dates.Find(ss, text, "2005-04-01")
	}
}
