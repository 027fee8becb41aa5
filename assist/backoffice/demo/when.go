package demo

import (
	"regexp"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"
)

// relative is a time as demo.yaml writes it: days or months from now, and for some an hour of that day.
var relative = regexp.MustCompile(`^([+-]\d+)([dm])(?: (\d\d):(\d\d))?$`)

// settle replaces the relative times under n by absolute ones (RFC 3339), counted from now.
func settle(n *yaml.Node, now time.Time) {
	if n.Kind == yaml.ScalarNode {
		if m := relative.FindStringSubmatch(n.Value); m != nil {
			n.SetString(moment(m, now).Format(time.RFC3339))
			n.Tag = "!!timestamp"
		}
	}
	for _, child := range n.Content {
		settle(child, now)
	}
}

func moment(m []string, now time.Time) time.Time {
	by, _ := strconv.Atoi(m[1]) // digits by the expression
	at := now.AddDate(0, 0, by)
	if m[2] == "m" { // the first of the month: -1m on the 31st must not slip into the next
		at = time.Date(now.Year(), now.Month()+time.Month(by), 1, 0, 0, 0, 0, now.Location())
	}
	if m[3] != "" {
		hour, _ := strconv.Atoi(m[3])
		minute, _ := strconv.Atoi(m[4])
		at = time.Date(at.Year(), at.Month(), at.Day(), hour, minute, 0, 0, at.Location())
	}
	return at
}
