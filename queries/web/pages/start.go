package pages

import "parley/queries"

// StartView is what the template "start" shows.
type StartView struct {
	Stats queries.Stats
}
