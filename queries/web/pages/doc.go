// Package pages makes the HTML that people read: what the graph holds as plain
// structs, and templates that show them.
//
// A [Site] holds the parsed templates and the static files. [Site.Render] puts a
// [Page], whose Body is the struct that its template shows, into the frame that
// all pages share: header with search and navigation, main, footer. Templates
// take plain values only, so that all escaping is html/template's; nothing here
// makes a template.HTML, and everything from articles is untrusted text.
//
// The package asks no questions of its own beyond package queries and knows
// nothing of requests: package web parses, asks, renders and sends. See
// doc/pages.md.
package pages
