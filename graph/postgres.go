package graph

import (
	"context"
	"errors"
)

func openPostgres(ctx context.Context, url string, opts Options) (backend, error) {
	return nil, errors.New("not yet")
}
