package browser_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// The environment of the tests: browserEnv set to "required" makes a missing
// browser a failure, the others are files of npm packages.
const (
	browserEnv = "PARLEY_TEST_BROWSER"
	axeEnv     = "PARLEY_TEST_AXE" // axe.min.js of axe-core
	vnuEnv     = "PARLEY_TEST_VNU" // vnu.jar of vnu-jar
)

// patience is how long a page may take to show what a test waits for. It is no
// measure of speed: the machine may be busy.
const patience = 20 * time.Second

// missing skips t, or fails it where the environment says that nothing may be
// missing.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv(browserEnv) == "required" {
		t.Fatalf("%s is missing, and %s is \"required\"", what, browserEnv)
	}
	fmt.Fprintf(os.Stderr, "\n*** %s IS NOT TESTED: %s is missing; .ci/run installs it ***\n\n", t.Name(), what)
	t.Skipf("%s is missing", what)
}

// chromium starts the browser that all tests share.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, exec.ErrNotFound
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU, chromedp.CombinedOutput(io.Discard),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	if err := chromedp.Do(ctx); err != nil { // the browser lives as long as this context
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return ctx, nil
})

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if !testing.Short() {
		if ctx, err := chromium(); err == nil {
			chromedp.Cancel(ctx)
		}
	}
	os.Exit(code)
}

// tab is a page of the browser, with cookies of its own, and what it did.
type tab struct {
	t      *testing.T
	ctx    context.Context
	base   string // of the server
	framed string // whose page it may show in a frame, or be refused; "" for none

	mu       sync.Mutex
	visiting string // the address last opened; its own status may be that of an error
	problems []string
}

// looks are how a tab shows pages.
type looks struct {
	dark, still bool // the system's appearance; reduced motion
	width       int  // in CSS pixels; 0 is 1280
	noScript    bool
}

const height = 900

// open returns a tab that shows pages of the server at base. At the end of the
// test it must have had no problem.
func open(t *testing.T, base string, l looks) *tab {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	parent, err := chromium()
	if err == exec.ErrNotFound {
		missing(t, "chromium")
	} else if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	tb := &tab{t: t, ctx: ctx, base: base}
	t.Cleanup(func() {
		cancel()
		tb.mu.Lock()
		defer tb.mu.Unlock()
		for _, p := range tb.problems {
			t.Error(p)
		}
	})
	if err := chromedp.Listen(ctx, tb.listen); err != nil {
		t.Fatal(err)
	}
	tb.do(
		call(network.Enable, network.EnableParams{}), call(cdplog.Enable, cdp.Empty{}), call(runtime.Enable, cdp.Empty{}),
		call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchShifts}),
		call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: l.noScript}),
	)
	tb.look(l)
	return tb
}

// watchShifts counts how much of what a reader sees moves without an action.
const watchShifts = `globalThis.shifted = 0; globalThis.shifts = [];
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) {
  shifted += e.value;
  for (const s of e.sources) shifts.push((s.node?.nodeName ?? "?") + "." + (s.node?.className ?? ""));
} }).observe({type: "layout-shift", buffered: true});`

func call[P, R any](c cdp.Command[P, R], p P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, c, p)
		return chromedp.Void{}, err
	}
}

// look changes how the tab shows pages; script stays as it was.
func (tb *tab) look(l looks) {
	tb.t.Helper()
	scheme, motion := "light", "no-preference"
	if l.dark {
		scheme = "dark"
	}
	if l.still {
		motion = "reduce"
	}
	width := int64(l.width)
	if width == 0 {
		width = 1280
	}
	tb.do(
		call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: motion}}}),
		chromedp.EmulateViewport(width, height),
	)
}

// listen notes what a page must not do.
func (tb *tab) listen(ev any) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(ev.Request.URL)
		own, _ := url.Parse(tb.base)
		if err != nil || u.Scheme != "data" && u.Scheme != "blob" && u.Host != own.Host && (tb.framed == "" || u.Scheme+"://"+u.Host != tb.framed) {
			tb.problem("request to another host: %s", ev.Request.URL)
		}
	case *cdplog.EventEntryAdded:
		ownStatus := ev.Entry.URL == tb.visiting && strings.HasPrefix(ev.Entry.Text, "Failed to load resource: the server responded with a status of 4")
		refused := tb.framed != "" && strings.Contains(ev.Entry.Text, "frame-ancestors")
		if !ownStatus && !refused && (ev.Entry.Level == cdplog.EntryLevelError || ev.Entry.Level == cdplog.EntryLevelWarning) {
			tb.problem("browser: %s: %s (%s)", ev.Entry.Source, ev.Entry.Text, ev.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		tb.problem("exception: %s %s", ev.ExceptionDetails.Text, description(ev.ExceptionDetails.Exception))
	case *runtime.EventConsoleAPICalled:
		var words []string
		for _, arg := range ev.Args {
			words = append(words, string(arg.Value)+description(arg))
		}
		tb.problem("console.%s: %s", ev.Type, strings.Join(words, " "))
	case *page.EventJavascriptDialogOpening:
		tb.problem("dialog: %s", ev.Message)
	}
}

func description(o *runtime.RemoteObject) string {
	if o == nil {
		return ""
	}
	return o.Description
}

func (tb *tab) problem(format string, args ...any) {
	tb.problems = append(tb.problems, fmt.Sprintf(format, args...))
}

// do runs actions one after the other; an error ends the test.
func (tb *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	tb.t.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	if tb.ctx.Err() == nil && chromedp.FromContext(tb.ctx).Target == nil {
		ctx = tb.ctx // the first run makes the tab, which must not end with a timeout
	}
	if err := chromedp.Do(ctx, actions...); err != nil {
		tb.t.Fatalf("browser: %v", err)
	}
}

// visit opens the page at path and waits until it is there.
func (tb *tab) visit(path string) {
	tb.t.Helper()
	tb.mu.Lock()
	tb.visiting = tb.base + path
	tb.mu.Unlock()
	tb.do(chromedp.Navigate(tb.base + path))
}

// get returns the value of a JavaScript expression in the tab's page.
func get[T any](tb *tab, expression string) T {
	tb.t.Helper()
	v, err := try[T](tb, expression)
	if err != nil {
		tb.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func try[T any](tb *tab, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// wait returns once a JavaScript expression is true of a page that is there in
// full, and ends the test if that takes too long. Between two pages there is no
// document to ask, so that an error only means not yet.
func (tb *tab) wait(expression string) {
	tb.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		is, err := try[bool](tb, `document.readyState === "complete" && Boolean(`+expression+`)`)
		if is {
			return
		}
		if time.Now().After(end) {
			tb.t.Fatalf("at %s: still not %s (%v)", get[string](tb, "location.href"), expression, err)
		}
	}
}

// keys presses keys one after the other, as at a keyboard.
func (tb *tab) keys(keys ...string) {
	tb.t.Helper()
	for _, k := range keys {
		tb.do(chromedp.KeyEvent(k))
	}
}

// click clicks with the mouse into the middle of the first element that the CSS
// selector finds.
func (tb *tab) click(selector string) {
	tb.t.Helper()
	tb.wait(fmt.Sprintf("document.querySelector(%q)", selector))
	at := get[[]float64](tb, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
		const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`, selector))
	tb.do(chromedp.MouseClickXY(at[0], at[1]))
}
