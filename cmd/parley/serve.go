package main

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"parley/graph"
	"parley/queries/search"
	"parley/queries/web"
)

const serveHelp = `Serve answers questions over HTTP until it is told to stop by SIGINT or SIGTERM;
requests under way are then finished first. It listens at once: /healthz answers
as soon as it does, /readyz when the graph has been read. Searches are answered
when the index of names and sentences has been made in the background, and with
503 before.

The graph is opened for reading, so several servers may share one file. The
interface is described at /openapi.json.`

func (a *app) serveCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "serve",
		Short:   "Answer questions over HTTP",
		Long:    serveHelp,
		Example: "  parley serve --addr localhost:8080\n  curl 'localhost:8080/v1/questions/mediations?place=Helsinki'",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return a.serve(c.Context()) },
	}
	addGraph(c)
	addServing(c)
	return c
}

// addServing adds the flags of what serves.
func addServing(c *cobra.Command) {
	addSetting(c.Flags(), "addr", "server.addr", "HOST:PORT to serve on")
}

// refreshEvery is how often a server looks for what others have loaded into a
// database that it shares with them.
const refreshEvery = 2 * time.Second

func (a *app) serve(ctx context.Context) error {
	ln, err := net.Listen("tcp", a.config.Server.Addr)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var late lateGraph
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return a.serveGraph(ctx, ln, &late) })
	g.Go(func() error {
		s, err := a.openServed(ctx)
		if err != nil {
			return err
		}
		late.store.Store(s)
		a.log.Info("ready", "articles", s.Snapshot().Counts().Articles, "revision", s.Revision())
		for ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case <-time.After(refreshEvery):
				if err := s.Refresh(ctx); err != nil && ctx.Err() == nil {
					a.log.Warn("the graph could not be read again", "error", err)
				}
			}
		}
		return nil
	})
	err = g.Wait()
	if s := late.store.Load(); s != nil {
		err = errors.Join(err, s.Close())
	}
	return err
}

// openServed opens the graph for reading, or makes an empty one if there is none
// yet, as on a fresh volume.
func (a *app) openServed(ctx context.Context) (*graph.Store, error) {
	s, err := a.openGraph(ctx, true)
	if !errors.Is(err, errNoGraph) {
		return s, err
	}
	if s, err = a.openGraph(ctx, false); err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return a.openGraph(ctx, true)
}

// servedGraph is a graph with the text of its articles.
type servedGraph interface {
	web.Graph
	web.Past
	web.Texts
}

// serveGraph answers requests on ln until ctx ends.
func (a *app) serveGraph(ctx context.Context, ln net.Listener, g servedGraph) error {
	r, err := newReader()
	if err != nil {
		return err
	}
	o := web.Options{Settings: a.config.Server, Log: a.log, Reader: r, Index: search.New(), Version: version().Version}
	if a.config.Server.WholeText {
		o.Texts = g
	}
	a.log.Info("serving", "address", "http://"+ln.Addr().String())
	serving, ctx := errgroup.WithContext(ctx)
	done, cancel := context.WithCancel(ctx)
	defer cancel()
	serving.Go(func() error { return o.Index.Follow(done, g.Snapshot) })
	serving.Go(func() error {
		defer cancel()
		return web.Serve(ctx, ln, web.New(g, o), o)
	})
	return serving.Wait()
}

// lateGraph is a graph that is still being opened when requests come already.
type lateGraph struct{ store atomic.Pointer[graph.Store] }

// Snapshot returns the graph as it is now, or nil if it is not open yet.
func (l *lateGraph) Snapshot() *graph.Snapshot {
	if s := l.store.Load(); s != nil {
		return s.Snapshot()
	}
	return nil
}

// AsOf returns the graph of an earlier revision.
func (l *lateGraph) AsOf(ctx context.Context, revision uint64) (*graph.Snapshot, error) {
	s := l.store.Load()
	if s == nil {
		return nil, errNoGraph
	}
	return s.AsOf(ctx, revision)
}

// Article returns an article with its text.
func (l *lateGraph) Article(ctx context.Context, id graph.ID) (graph.Article, error) {
	s := l.store.Load()
	if s == nil {
		return graph.Article{}, errNoGraph
	}
	return s.Article(ctx, id)
}
