//go:build !amd64

package neural

func vectorWays() []bool { return []bool{false} }

func withVNNI(_ bool, f func()) { f() }
