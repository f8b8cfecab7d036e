//go:build !linux

package graphtest

import "time"

var began = time.Now()

// ThreadTime returns the time on the clock: that of a thread is not known here.
func ThreadTime() time.Duration { return time.Since(began) }
