// Package pagetest drives the customer's page in a real Chromium, for tests of the page itself and for end-to-end tests
// against a running hub. It is for tests only and imports testing.
package pagetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Within bounds every wait for the browser. It is generous: a busy machine is slow, a broken page never gets there.
const Within = 30 * time.Second

// Browser is a running Chromium.
type Browser struct {
	ctx   context.Context
	stops []func()
}

// Start runs Chromium without a window. The error names the programs looked for if there is none.
func Start(ctx context.Context) (*Browser, error) {
	path, err := find()
	if err != nil {
		return nil, err
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "en-US"),
		chromedp.WindowSize(1280, 800))
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox) // the sandbox refuses to run as root, e.g. in CI's containers
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(ctx, opts...)
	tab, stopTab := chromedp.NewContext(alloc)
	b := &Browser{ctx: tab, stops: []func(){stopTab, stopAlloc}}
	if err := chromedp.Do(tab); err != nil {
		b.Close()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return b, nil
}

func find() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no chromium, chromium-browser or google-chrome in PATH; on Debian: apt-get install chromium")
}

// Close ends the browser and waits for it.
func (b *Browser) Close() {
	for _, stop := range b.stops {
		stop()
	}
}

// Visitor opens a first tab with storage of its own, as a customer who was never here.
func (b *Browser) Visitor(t testing.TB) *Tab {
	t.Helper()
	return newTab(b.ctx, t, chromedp.WithNewBrowserContext())
}

func newTab(parent context.Context, t testing.TB, opts ...chromedp.ContextOption) *Tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(parent, opts...)
	tab := &Tab{t: t, ctx: ctx}
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	// Tabs of a headless browser are none of them in front; a page that asks must hear that somebody is there.
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatalf("give the tab the focus: %v", err)
	}
	return tab
}
