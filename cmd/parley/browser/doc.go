// Package browser holds the tests that look at the pages as a reader does: in a
// real browser, Debian's Chromium, which is driven over its own protocol while the
// server runs in the test's process. There is nothing to import.
//
// A test fails if a page writes to the console, breaks its own security policy,
// asks another host for anything or moves after it was shown, whatever else the
// test looks at. doc/pages.md says what the environment can tell the tests, and
// how to read the screenshots that they make.
package browser
