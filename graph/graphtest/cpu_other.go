//go:build !unix

package graphtest

import "time"

// CPUTime is not known here.
func CPUTime() time.Duration { return 0 }
