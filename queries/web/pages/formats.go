package pages

import (
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
	Path     string // permanent address, which shows the graph as it is now
	Revision uint64
	Counts   string
}
