// Command parley reads news about negotiations into a knowledge graph and
// answers questions about it. `parley help` lists what it does.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"parley/config"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // the work failed
	exitUsage  = 2 // the command line is wrong
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs the command line args and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr}
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if !errors.Is(err, errReported) {
		fmt.Fprintf(stderr, "parley: %v\n", err)
	}
	if a.isUsage(err) {
		return exitUsage
	}
	return exitFailed
}

// errReported is the error of work whose failures have been printed already.
var errReported = errors.New("reported")

// isUsage reports whether err is a fault of the command line: one found before
// the work began, or a value that a flag gave.
func (a *app) isUsage(err error) bool {
	if ce := (*config.Error)(nil); errors.As(err, &ce) {
		return ce.From.Layer == "flag"
	}
	ue := (*usageError)(nil)
	return !a.started || errors.As(err, &ue)
}

// usageError is a wrong command line that is found when the work has begun.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }
