package frames

import "testing"

func TestLexiconReads(t *testing.T) {
	l, err := lexiconOf()
	if err != nil {
		t.Fatalf("lexiconOf() error: %v", err)
	}
	for _, key := range []string{"sign.verb", "brokered.suffix", "talks.event", "mediator.noun", "inconclusive.adj"} {
		if len(l.entries[key]) == 0 {
			t.Errorf("no block for %s", key)
		}
	}
}
