package config_test

import (
	"strings"
	"testing"

	"deskhand/cmd/internal/config"
)

func TestActions_TheRowOfTheNameBeforeThatOfTheDomain(t *testing.T) {
	c, err := config.Load(config.Source{File: write(t, `
[codes]
webhook = "https://sms.example.com/send"
secret = "0123456789abcdef0123456789abcdef"
[[action]]
name = "transfers.*"
off = true
[[action]]
name = "transfers.create"
limit = "500.00"
day = "1000.00"
approval = "over"
`)})
	if err != nil {
		t.Fatal(err)
	}
	if r, ok := c.Rule("transfers.create"); !ok || r.Off || r.Limit != "500.00" || r.Day != "1000.00" || r.Approval != "over" {
		t.Errorf("got %+v, %t", r, ok)
	}
	if r, ok := c.Rule("transfers.cancel"); !ok || !r.Off || r.Approval != "never" {
		t.Errorf("the domain's: got %+v, %t", r, ok)
	}
	if r, ok := c.Rule("orders.cancel"); ok {
		t.Errorf("nobody's: got %+v", r)
	}
}

func TestActions_WhatIsWrong(t *testing.T) {
	for content, want := range map[string]string{
		"[[action]]\nname = \"transfers\"":                                               "write domain.verb",
		"[[action]]\noff = true":                                                         "is missing",
		"[[action]]\nname = \"a.b\"\nlimit = \"500\"":                                    "two decimals",
		"[[action]]\nname = \"a.b\"\nlimit = \"-5.00\"":                                  "two decimals",
		"[[action]]\nname = \"a.b\"\nday = \"0.00\"":                                     "two decimals",
		"[[action]]\nname = \"a.b\"\napproval = \"maybe\"":                               "write one of",
		"[[action]]\nname = \"a.b\"\n[[action]]\nname = \"a.b\"":                         "stands twice",
		"[codes]\nwebhook = \"https://sms.example.com\"":                                 "give a secret too",
		"[codes]\nwebhook = \"ftp://x\"":                                                 "write an address",
		"[codes]\nsecret = \"0123456789abcdef0123456789abcdef\"\nsecret_file = \"none\"": "not both",
	} {
		if _, err := config.Load(config.Source{File: write(t, content)}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot %v, want %q", content, err, want)
		}
	}
}
