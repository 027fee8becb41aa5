package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"deskhand/assist/access"
)

func isAddress(s string) string {
	const advice = `write host:port, such as "127.0.0.1:7420" or ":8443"`
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return advice
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return advice
	}
	return ""
}

// isNetwork takes an IP address or a CIDR block.
func isNetwork(s string) string {
	if _, err := netip.ParseAddr(s); err == nil {
		return ""
	}
	if _, err := netip.ParsePrefix(s); err == nil {
		return ""
	}
	return `write an address or a block, such as "10.0.0.7" or "10.0.0.0/8"`
}

// isOrigin takes a web origin as browsers send it (RFC 6454 section 6.2): scheme://host[:port], no path.
func isOrigin(s string) string {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || s != u.Scheme+"://"+u.Host ||
		s != strings.ToLower(s) {
		return `write an origin in lower case without a path, such as "https://shop.example.com"`
	}
	return ""
}

func isURL(s string) string {
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return `write an address such as "https://desk.example.com", or "" for none`
	}
	return ""
}

// isShortName takes the ids of inboxes, teams and queues: they stand in addresses and environment names.
func isShortName(s string) string {
	ok := len(s) >= 1 && len(s) <= 40 && s[0] != '-' && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
	})
	if ok {
		return ""
	}
	return "write 1 to 40 small letters, digits and hyphens, not beginning with a hyphen"
}

func shortNameOrNone(s string) string {
	if s == "" {
		return ""
	}
	return isShortName(s)
}

func isLine(most int) check {
	return func(s string) string {
		if utf8.RuneCountInString(s) > most || strings.ContainsFunc(s, unicode.IsControl) {
			return fmt.Sprintf("write at most %d characters on one line", most)
		}
		return ""
	}
}

func isFolder(s string) string {
	if s == "" || strings.ContainsRune(s, 0) {
		return `write the name of a folder, such as "/var/lib/deskhand"`
	}
	return ""
}

func isKey(s string) string {
	if s != "" && len(s) < access.MinSecret {
		return fmt.Sprintf("write at least %d random characters, such as what `openssl rand -hex 32` prints", access.MinSecret)
	}
	return ""
}
