package facts

import (
	"slices"
	"strings"
	"testing"
)

func TestTablesAgree(t *testing.T) {
	if err := Default().check(); err != nil {
		t.Error(err)
	}
}

func TestMatch(t *testing.T) {
	tests := []struct {
		text string
		n    int
		want string
	}{
		{"Sudan said", 1, "state/sudan"},
		{"South Sudan said", 2, "state/south-sudan"},
		{"Congo", 1, "state/congo"},
		{"DR Congo", 2, "state/democratic-republic-of-the-congo"},
		{"Guinea - Bissau", 3, "state/guinea-bissau"},
		{"Equatorial Guinea", 2, "state/equatorial-guinea"},
		{"Papua New Guinea", 3, "state/papua-new-guinea"},
		{"Niger", 1, "state/niger"},
		{"Nigeria", 1, "state/nigeria"},
		{"North Korea", 2, "state/north-korea"},
		{"Northern Ireland", 2, "region/northern-ireland/united-kingdom"},
		{"Dominican Republic", 2, "state/dominican-republic"},
		{"American Samoa", 2, "state/american-samoa"},
		{"Turkey", 1, "state/turkiye"},
		{"Swaziland", 1, "state/eswatini"},
		{"Cote d'Ivoire", 2, "state/cote-divoire"},
		{"U.S. envoys", 1, "state/united-states"},
		{"African Union troops", 2, "organisation/african-union"},
		{"ECOWAS", 1, "organisation/economic-community-of-west-african-states"},
		{"NAIROBI", 1, "capital/nairobi/kenya"},
		{"ADDIS ABABA", 2, "capital/addis-ababa/ethiopia"},
		{"Kremlin", 1, "seat/kremlin"},
		{"Egyptian mediators", 1, "demonym/egyptian/egypt"},
		{"Reuters", 1, "outlet/reuters"},
		{"Kurdistan Workers ' Party", 4, "group/kurdistan-workers-party"},
		{"Kurds", 1, "demonym/kurds/kurds"},
		{"turkey", 0, ""},
		{"nobody", 0, ""},
	}
	l := Default()
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			n, e := l.Match(strings.Fields(tt.text), 0)
			got := ""
			if e != nil {
				got = e.Key
			}
			if n != tt.n || got != tt.want {
				t.Errorf("Match(%q, 0) = %d, %q, want %d, %q", tt.text, n, got, tt.n, tt.want)
			}
		})
	}
}

func TestStandsFor(t *testing.T) {
	l := Default()
	tests := []struct {
		name string
		got  *Entry
		want string
	}{
		{"demonym", l.StateOf("Qatari"), "Qatar"},
		{"people", l.StateOf("Finns"), "Finland"},
		{"ambiguous demonym", l.StateOf("Congolese"), ""},
		{"people without a state", l.StateOf("Kurdish"), ""},
		{"capital", l.CapitalOf("Ankara"), "Türkiye"},
		{"not a capital", l.CapitalOf("Geneva"), ""},
		{"accents left out", l.CapitalOf("Bogota"), "Colombia"},
		{"smart apostrophe", l.CapitalOf("N’Djamena"), "Chad"},
		{"seat", l.SeatOf("the White House"), "United States"},
		{"seat of a body", l.SeatOf("Muqata"), "Palestinian Authority"},
	}
	for _, tt := range tests {
		got := ""
		if tt.got != nil {
			got = tt.got.Label
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	if !l.IsOutlet("Associated Press") || l.IsOutlet("Hamas") {
		t.Error("IsOutlet tells no outlet from a group")
	}
}

func TestTitlesAndNouns(t *testing.T) {
	l := Default()
	n, title := l.Title([]string{"Deputy", "Foreign", "Minister", "Rao"}, 0)
	if n != 3 || !title.Flags.Has(Deputy) || title.Flags.Has(Leads) {
		t.Errorf("Title(Deputy Foreign Minister Rao) = %d, %+v", n, title)
	}
	if n, title := l.Title([]string{"Lt.", "Gen.", "Okello"}, 0); n != 2 || !title.Flags.Has(Military) {
		t.Errorf("Title(Lt. Gen. Okello) = %d, %+v", n, title)
	}
	if noun := l.Noun("Mediators"); noun == nil || !noun.Plural || noun.Singular != "mediator" || !noun.Flags.Has(Mediates) {
		t.Errorf("Noun(Mediators) = %+v", noun)
	}
	if noun := l.Noun("table"); noun != nil {
		t.Errorf("Noun(table) = %+v, want nil", noun)
	}
}

func TestEntriesSorted(t *testing.T) {
	es := Default().Entries()
	if !slices.IsSortedFunc(es, func(a, b *Entry) int { return strings.Compare(a.Key, b.Key) }) {
		t.Error("Entries are not sorted by key")
	}
	if len(es) < 1500 {
		t.Errorf("Entries has %d entries, want more than 1500", len(es))
	}
}

func BenchmarkMatch(b *testing.B) {
	forms := strings.Fields("The envoy of the African Union met the South Sudanese minister in Addis Ababa on Monday for talks")
	l := Default()
	b.ReportAllocs()
	for b.Loop() {
		for i := range forms {
			l.Match(forms, i)
		}
	}
}
