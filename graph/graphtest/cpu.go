//go:build unix

package graphtest

import (
	"syscall"
	"time"
)

// CPUTime returns the processor time that this process has used: a measure that
// a busy machine disturbs less than the clock.
func CPUTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
