package loader

import (
	"context"
	"strings"
	"testing"

	"parley/config"
)

// A stage that panics fails its article, and says where.
func TestGuard(t *testing.T) {
	x, err := New(config.Loader{})
	if err != nil {
		t.Fatal(err)
	}
	err = x.guard(t.Context(), func(context.Context) error {
		var none []int
		_ = none[len(none)]
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "index out of range") || !strings.Contains(err.Error(), "loader.TestGuard") {
		t.Errorf("guard(panic) = %v, want an error with cause and place", err)
	}
}
