// Package graphtest helps to test and measure a graph: [TestStore] is the suite
// that every store passes, and [Synthetic] makes articles of any number for it.
//
// What Synthetic makes depends on its arguments only.
package graphtest
