package pages

import (
	"strconv"
	"strings"

	"parley/graph/export"
)

// FormatsOf returns the forms in which the resource at path, which may have a
// query, can be had as data.
func FormatsOf(path string) []Alternate {
	path, query, _ := strings.Cut(path, "?")
	if query != "" {
		query = "?" + query
	}
	list := []Alternate{{"JSON", "application/json", path + ".json" + query}}
	for _, info := range export.Formats() {
		list = append(list, Alternate{info.Name, info.MediaType, path + "." + string(info.Format) + query})
	}
	return list
}

// CiteView is how a page is cited.
type CiteView struct {
	What     string
	Path     string // address, which shows the graph as it is now
	Revision uint64
	Counts   string
}

// Permanent returns the address that will always show what the page shows.
func (c CiteView) Permanent() string { return c.Path + "?as_of=" + strconv.FormatUint(c.Revision, 10) }
