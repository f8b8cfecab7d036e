// Package web serves the graph over HTTP: the named questions, things, claims
// and articles, read-only.
//
// [New] returns the handler and [Serve] runs it until its context ends. Errors
// are problems as RFC 9457 has them, lists say how much there is and how to get
// the rest, and every answer has an ETag made of the graph's revision and the
// request. The interface is described in the embedded openapi.json, which is
// served as well and which a test holds to the routes. The package asks no
// questions of its own: it parses, calls package queries, and writes.
package web
