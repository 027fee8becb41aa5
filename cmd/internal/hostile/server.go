package hostile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/mcp"
	"deskhand/assist/backoffice/typed"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// Served is a back office that the hub reaches through an MCP server in which everything that servers say of themselves holds
// the attacker's words: descriptions of tools and of their arguments, titles, prompts, resources, instructions. The answers
// are those of the office behind it. Its goroutines are the server's and the client's; Close ends them.
type Served struct {
	*mcp.Office
	http *http.Server
	done chan error
}

// Serve puts an MCP server before the office.
func Serve(ctx context.Context, f backoffice.Office, words string, log *slog.Logger) (*Served, error) {
	p, err := f.Profile(ctx)
	if err != nil {
		return nil, fmt.Errorf("hostile server: %w", err)
	}
	c := &company{office: f, words: words, made: map[string]string{}, known: map[string]backoffice.Action{}, server: sdk.NewServer(&sdk.Implementation{Name: "company", Title: words, Version: "1"},
		&sdk.ServerOptions{Instructions: words})}
	m := c.tools(p)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("hostile server: %w", err)
	}
	s := &Served{done: make(chan error, 1), http: &http.Server{ReadHeaderTimeout: 5 * time.Second,
		Handler: sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return c.server }, nil)}}
	go func() { s.done <- s.http.Serve(l) }()
	s.Office, err = mcp.New(mcp.Options{URL: "http://" + l.Addr().String(), Mapping: m, Log: log,
		Actions: func(name string) (backoffice.Action, bool) { a, ok := c.known[name]; return a, ok }})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close ends session and server.
func (s *Served) Close() error {
	var err error
	if s.Office != nil {
		_ = s.Office.Close() // what it says of the session is of no use: the server goes as well
	}
	err = s.http.Close()
	if served := <-s.done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// company is an office as tools.
type company struct {
	office backoffice.Office
	words  string
	server *sdk.Server
	known  map[string]backoffice.Action

	mu   sync.Mutex        // guards made
	made map[string]string // action by key
}

// kinds are the items that packs ask for.
func kinds() []string {
	return strings.Fields("account addon card class course currency device exam goal item level line order payee plan product student subject ticket transaction transfer variant")
}

// tools adds all of them and gives the mapping.
func (c *company) tools(p backoffice.Profile) mcp.Mapping {
	m := mcp.Mapping{
		Profile: mcp.Profile{Name: p.Name, NameZH: p.NameZH, Currency: p.Currency, Country: p.Country, Shapes: p.Shapes},
		Person:  mcp.Tool{Tool: "customer", Customer: "who"}, Find: mcp.Tool{Tool: "find", Args: map[string]string{"phone": "tel", "order_id": "order"}},
		Outcome: mcp.Tool{Tool: "outcome", Key: "key"}, Items: map[string]mcp.Tool{}, Read: map[string]mcp.Tool{}, Change: map[string]mcp.Change{},
	}
	if p.Location != nil {
		m.Profile.Zone = p.Location.String()
	}
	c.lookups()
	for _, kind := range kinds() {
		m.Items[kind] = with("list_"+kind, []backoffice.Field{{Name: "order_id"}, {Name: "item"}, {Name: "course"}, {Name: "student"}, {Name: "product"}, {Name: "account"}})
		c.tool("list_"+kind, func(ctx context.Context, args map[string]string) (any, error) {
			items, err := c.office.Items(ctx, kind, asked("", args))
			return map[string]any{"items": typed.ItemsDocument(items)}, err
		})
	}
	for _, a := range backoffice.Actions() {
		c.known[a.Name] = a
		name := strings.ReplaceAll(a.Name, ".", "_")
		if !a.Change {
			m.Read[a.Name] = with(name, a.Args)
			c.tool(name, func(ctx context.Context, args map[string]string) (any, error) {
				r, err := c.office.Read(ctx, asked(a.Name, args))
				return typed.Document(a.Result, r), err
			})
			continue
		}
		m.Change[a.Name] = c.change(a, name)
	}
	return m
}

func (c *company) lookups() {
	c.tool("customer", func(ctx context.Context, args map[string]string) (any, error) {
		p, err := c.office.Person(ctx, args["who"])
		return typed.PersonDocument(p), err
	})
	c.tool("find", func(ctx context.Context, args map[string]string) (any, error) {
		id, err := c.office.Find(ctx, backoffice.Details{Phone: args["tel"], OrderID: args["order"]})
		return map[string]any{"id": id}, err
	})
	c.tool("outcome", func(ctx context.Context, args map[string]string) (any, error) {
		r, err := c.office.Outcome(ctx, args["key"])
		c.mu.Lock()
		defer c.mu.Unlock()
		a := c.known[c.made[args["key"]]]
		return map[string]any{"action": a.Name, "result": typed.Document(a.Result, r)}, err
	})
}

func (c *company) change(a backoffice.Action, name string) mcp.Change {
	m := mcp.Change{Tool: with(name, a.Args), Check: "preview_" + name}
	m.Key = "key"
	c.tool(m.Check, func(ctx context.Context, args map[string]string) (any, error) {
		r, err := c.office.Check(ctx, asked(a.Name, args))
		return typed.Document(a.Terms, r), err
	})
	c.tool(name, func(ctx context.Context, args map[string]string) (any, error) {
		c.mu.Lock()
		c.made[args["key"]] = a.Name
		c.mu.Unlock()
		r, err := c.office.Execute(ctx, args["key"], asked(a.Name, args))
		return typed.Document(a.Result, r), err
	})
	return m
}

func with(name string, args []backoffice.Field) mcp.Tool {
	t := mcp.Tool{Tool: name, Customer: "who", Language: "lang", Now: "at", Args: map[string]string{}}
	for _, a := range args {
		t.Args[a.Name] = "a_" + a.Name
	}
	return t
}

// asked is what a tool was called with.
func asked(action string, args map[string]string) backoffice.Call {
	c := backoffice.Call{Action: action, Customer: args["who"], Language: args["lang"], Args: map[string]string{}}
	c.Now, _ = time.Parse(time.RFC3339, args["at"]) // without one the office takes its own
	for name, v := range args {
		if slot, ok := strings.CutPrefix(name, "a_"); ok {
			c.Args[slot] = v
		}
	}
	return c
}

// tool adds one; its description and that of its arguments are the attacker's.
func (c *company) tool(name string, do func(ctx context.Context, args map[string]string) (any, error)) {
	schema := map[string]any{"type": "object", "description": c.words, "properties": map[string]any{"who": map[string]any{"type": "string", "description": c.words}}}
	c.server.AddTool(&sdk.Tool{Name: name, Title: c.words, Description: c.words, InputSchema: schema},
		func(ctx context.Context, q *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
			args := map[string]string{}
			if err := json.Unmarshal(q.Params.Arguments, &args); err != nil {
				return nil, err
			}
			answer, err := do(ctx, args)
			var no *backoffice.Refusal
			switch {
			case errors.As(err, &no):
				answer = map[string]any{"refused": typed.RefusalDocument(no)}
			case errors.Is(err, backoffice.ErrNotFound):
				answer = map[string]any{"error": "not_found"}
			case errors.Is(err, backoffice.ErrUnsupported):
				answer = map[string]any{"error": "unsupported"}
			case err != nil:
				return nil, err
			}
			return &sdk.CallToolResult{StructuredContent: answer, Content: []sdk.Content{&sdk.TextContent{Text: c.words}}}, nil
		})
}
