package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

const healthHelp = `Health asks a server at server.addr whether it is alive, or with --ready whether
it has read its graph and can answer. The exit code is 0 if so and 1 if not, as
a container's health check wants it; --wait gives a server time to start.`

func (a *app) healthCommand() *cobra.Command {
	var ready bool
	var wait time.Duration
	c := &cobra.Command{
		Use:     "health",
		Short:   "Ask a server whether it is alive",
		Long:    healthHelp,
		Example: "  parley health --ready",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			path := "/healthz"
			if ready {
				path = "/readyz"
			}
			return a.health(c.Context(), path, wait)
		},
	}
	c.Flags().BoolVar(&ready, "ready", false, "ask whether it can answer questions")
	c.Flags().DurationVar(&wait, "wait", 0, "go on asking for so long, such as 10s")
	addServing(c)
	return c
}

// health asks the server for path until it answers or the time is over, and
// prints "ok".
func (a *app) health(ctx context.Context, path string, wait time.Duration) error {
	end := time.Now().Add(wait)
	for {
		err := a.askHealth(ctx, path)
		switch {
		case err == nil:
			_, err = fmt.Fprintln(a.stdout, "ok")
			return err
		case ctx.Err() != nil || time.Now().After(end):
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// askHealth asks the server for path once.
func (a *app) askHealth(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	host, port, err := net.SplitHostPort(a.config.Server.Addr)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1" // by number: a bare container need not know the name localhost
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+path, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", req.URL, resp.Status)
	}
	return nil
}
