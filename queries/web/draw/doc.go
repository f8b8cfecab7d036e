// Package draw places small graphs in the plane: boxes with names in them, and
// lines between them with words on them, so that no two boxes and no words cover
// each other.
//
// [Layout] takes a [Graph] and returns a [Drawing], whose outlines, lines and
// text positions are what an SVG template needs; colours, links and words for
// screen readers are the template's. Equal graphs give equal drawings. All
// lengths are in user units of the drawing, which are CSS pixels at a scale of 1.
//
// The package knows nothing of claims or of HTTP.
package draw
