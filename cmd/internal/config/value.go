package config

import (
	"encoding"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// value is how one setting is read and shown. read takes what the TOML file held (string, int64, float64,
// bool, []any …), parse the text of a flag or the environment. Both answer what to write instead, or "".
type value struct {
	read  func(any) string
	parse func(string) string
	show  func() string // as a TOML literal
}

// check looks at a text and answers what to write instead, or "".
type check func(string) string

func text(p *string, ok check) value {
	set := func(s string) string {
		if ok != nil {
			if advice := ok(s); advice != "" {
				return advice
			}
		}
		*p = s
		return ""
	}
	return value{read: wantString(set), parse: set, show: func() string { return quote(*p) }}
}

func wantString(set func(string) string) func(any) string {
	return func(v any) string {
		s, ok := v.(string)
		if !ok {
			return "write a text in double quotes"
		}
		return set(s)
	}
}

// named is text of a type of its own.
func named[T ~string](p *T, ok check) value {
	v := text(new(string), ok)
	set := func(s string) string {
		if advice := v.parse(s); advice != "" {
			return advice
		}
		*p = T(s)
		return ""
	}
	return value{read: wantString(set), parse: set, show: func() string { return quote(string(*p)) }}
}

func choice[T ~string](p *T, options ...T) value {
	return named(p, func(s string) string {
		if slices.Contains(options, T(s)) {
			return ""
		}
		return "write one of " + quoteAll(options)
	})
}

// marshalled is a type that reads and writes its own text, such as slog.Level.
func marshalled[T any, P interface {
	*T
	encoding.TextMarshaler
	encoding.TextUnmarshaler
}](p P, options ...string) value {
	set := func(s string) string {
		if !slices.Contains(options, s) || p.UnmarshalText([]byte(s)) != nil {
			return "write one of " + quoteAll(options)
		}
		return ""
	}
	show := func() string {
		b, _ := p.MarshalText()
		return quote(strings.ToLower(string(b)))
	}
	return value{read: wantString(set), parse: set, show: show}
}

func toggle(p *bool) value {
	const advice = "write true or false"
	return value{
		read: func(v any) string {
			b, ok := v.(bool)
			if !ok {
				return advice + ", without quotes"
			}
			*p = b
			return ""
		},
		parse: func(s string) string {
			if s != "true" && s != "false" {
				return advice
			}
			*p = s == "true"
			return ""
		},
		show: func() string { return strconv.FormatBool(*p) },
	}
}

func number(p *int, low, high int) value {
	advice := fmt.Sprintf("write a whole number from %d to %d, without quotes", low, high)
	set := func(n int64) string {
		if n < int64(low) || n > int64(high) {
			return advice
		}
		*p = int(n)
		return ""
	}
	return value{
		read: func(v any) string {
			n, ok := v.(int64)
			if !ok {
				return advice
			}
			return set(n)
		},
		parse: func(s string) string {
			n, err := strconv.ParseInt(s, 10, 64)
			if err != nil {
				return advice
			}
			return set(n)
		},
		show: func() string { return strconv.Itoa(*p) },
	}
}

func span(p *time.Duration, low, high time.Duration) value {
	set := func(s string) string {
		d, ok := parseSpan(s)
		if !ok || d < low || d > high {
			return fmt.Sprintf(`write a time from %q to %q, such as "30s", "5m", "12h" or "7d"`, showSpan(low), showSpan(high))
		}
		*p = d
		return ""
	}
	return value{read: wantString(set), parse: set, show: func() string { return quote(showSpan(*p)) }}
}

func size(p *int64, low, high int64) value {
	set := func(s string) string {
		n, ok := parseSize(s)
		if !ok || n < low || n > high {
			return fmt.Sprintf(`write a size from %q to %q, such as "256 KiB" or "20 MB"`, showSize(low), showSize(high))
		}
		*p = n
		return ""
	}
	return value{read: wantString(set), parse: set, show: func() string { return quote(showSize(*p)) }}
}

// list is a list of texts; in flags and the environment they are separated by commas.
func list[T ~string](p *[]T, each check) value {
	set := func(items []string) string {
		out := make([]T, 0, len(items))
		for _, s := range items {
			if advice := each(s); advice != "" {
				return advice
			}
			out = append(out, T(s))
		}
		*p = out
		return ""
	}
	return value{
		read: func(v any) string {
			items, ok := v.([]any)
			if !ok {
				return `write a list of texts, such as ["a", "b"]`
			}
			texts := make([]string, len(items))
			for i, it := range items {
				if texts[i], ok = it.(string); !ok {
					return `write a list of texts, such as ["a", "b"]`
				}
			}
			return set(texts)
		},
		parse: func(s string) string {
			if strings.TrimSpace(s) == "" {
				return set(nil)
			}
			items := strings.Split(s, ",")
			for i := range items {
				items[i] = strings.TrimSpace(items[i])
			}
			return set(items)
		},
		show: func() string { return "[" + quoteAll(*p) + "]" },
	}
}

func hiddenText(p *Secret, ok check) value {
	v := text(new(string), ok)
	set := func(s string) string {
		if advice := v.parse(s); advice != "" {
			return advice
		}
		*p = NewSecret(s)
		return ""
	}
	return value{read: wantString(set), parse: set, show: func() string { return quote(p.String()) }}
}

func quoteAll[T ~string](items []T) string {
	var b strings.Builder
	for i, s := range items {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quote(string(s)))
	}
	return b.String()
}

// quote is a TOML basic string (TOML 1.0, "String").
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
