package config

import (
	"fmt"
	"strings"
)

// keyLines says on which line of a valid TOML text each key stands: "hub", "hub.listen", "inbox[0].name".
// The TOML library tells it for syntax errors only. What the scan does not understand (dotted keys under
// inline tables, say) has no line of its own; an error then names the line of its table.
func keyLines(s string) map[string]int {
	lines, rows := map[string]int{}, map[string]int{}
	at, until, depth, n := "", "", 0, 0
	for line := range strings.Lines(s) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case until != "": // inside a text of several lines
			if strings.Contains(line, until) {
				until = ""
			}
			continue
		case depth > 0: // inside a list of several lines
			depth += brackets(line)
			continue
		case strings.HasPrefix(line, "[["):
			name := bareKey(strings.SplitN(line[2:], "]", 2)[0])
			at = fmt.Sprintf("%s[%d]", name, rows[name])
			rows[name]++
			lines[at] = n
		case strings.HasPrefix(line, "["):
			at = bareKey(strings.SplitN(line[1:], "]", 2)[0])
			lines[at] = n
		case strings.Contains(line, "=") && !strings.HasPrefix(line, "#"):
			key, value, _ := strings.Cut(line, "=")
			full := strings.TrimPrefix(at+"."+bareKey(key), ".")
			lines[full] = n
			if head, _, dotted := strings.Cut(full, "."); dotted && lines[head] == 0 {
				lines[head] = n
			}
			until, depth = opens(value)
		}
	}
	// A table that was written with one pair of brackets too few or too many still has its line.
	for name := range rows {
		if lines[name] == 0 {
			lines[name] = lines[name+"[0]"]
		}
	}
	return lines
}

// bareKey is a key without the blanks and quotes that TOML allows around its parts.
func bareKey(s string) string {
	parts := strings.Split(s, ".")
	for i, p := range parts {
		parts[i] = strings.Trim(strings.TrimSpace(p), `"'`)
	}
	return strings.Join(parts, ".")
}

// opens tells whether a value goes on in the next line: until what, or how many brackets deep.
func opens(value string) (until string, depth int) {
	value = strings.TrimSpace(value)
	for _, q := range []string{`"""`, `'''`} {
		if strings.HasPrefix(value, q) && !strings.Contains(value[3:], q) {
			return q, 0
		}
	}
	if strings.HasPrefix(value, "[") {
		return "", brackets(value)
	}
	return "", 0
}

// brackets counts opening minus closing brackets outside quotes and comments.
func brackets(line string) int {
	n, quote := 0, rune(0)
	for _, r := range line {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '#':
			return n
		case r == '[':
			n++
		case r == ']':
			n--
		}
	}
	return n
}
