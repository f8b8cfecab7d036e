package neural

// vectorWays returns with which settings of hasVNNI this machine can run.
func vectorWays() []bool {
	if hasVNNI {
		return []bool{true, false}
	}
	return []bool{false}
}

// withVNNI runs f with hasVNNI set.
func withVNNI(on bool, f func()) {
	defer func(was bool) { hasVNNI = was }(hasVNNI)
	hasVNNI = on
	f()
}
