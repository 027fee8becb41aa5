package page_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"deskhand/assist"
	"deskhand/assist/channel/webchat/page"
	"deskhand/assist/channel/webchat/page/pagetest"
	"deskhand/assist/wire"
)

// browser is shared by all tests of the package: starting one takes longer than most of them.
var browser *pagetest.Browser

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	b, err := pagetest.Start(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, "these tests need a browser:", err)
		return 1
	}
	defer b.Close()
	browser = b
	return m.Run()
}

// options are two inboxes and a demo of one company.
func options() page.Options {
	return page.Options{
		Version: "1.2.3",
		Inboxes: []assist.Inbox{
			{ID: "northwind", Name: "Northwind Audio", NameZH: "北风数码", Origins: []string{"https://shop.example"}},
			{ID: "harbour", Name: "Harbour Bank", NameZH: "海港银行"},
		},
	}
}

func demoOptions() page.Options {
	o := options()
	offers := []page.Offer{
		{ID: "P-100", Name: "Aria 3 Headphones", NameZH: "Aria 3 头戴耳机", Price: "129.00", Note: "Noise-cancelling, wireless", NoteZH: "降噪、无线", Picture: "headphones"},
		{ID: "P-102", Name: "Pebble Earbuds", NameZH: "Pebble 真无线耳机", Price: "59.00", Note: "Wireless, sport", NoteZH: "无线、运动", Picture: "earbuds"},
		{ID: "P-103", Name: "Stadium Speaker", NameZH: "Stadium 蓝牙音箱", Price: "189.00", Note: "Outdoor, waterproof", NoteZH: "户外、防水", Picture: "speaker"},
		{ID: "P-104", Name: "Desk Mic One", NameZH: "Desk Mic One 麦克风", Price: "99.00", Note: "USB, podcast", NoteZH: "USB、播客", Picture: "microphone"},
	}
	o.Demo = &page.Demo{
		Site: page.Site{Companies: []page.Company{
			{Inbox: "northwind", Name: "Northwind Audio", NameZH: "北风数码", Industry: "ecommerce", Currency: "USD", Offers: offers,
				Customers: []page.Person{{ID: "E-1001", Name: "Maria Gomez", Language: "en"}, {ID: "E-1002", Name: "赵敏", Language: "zh"}}},
			{Inbox: "harbour", Name: "Harbour Bank", NameZH: "海港银行", Industry: "banking", Currency: "CNY",
				Offers: []page.Offer{{ID: "W-1", Name: "Daily Cash Fund", NameZH: "日日盈现金管理", Note: "R1, 1.9 % a year", NoteZH: "R1，年化 1.9%", Picture: "fund"}}},
		}},
		Identity: func(_ context.Context, _ assist.InboxID, customer string) (wire.SignedIdentity, error) {
			if customer != "E-1001" && customer != "E-1002" {
				return wire.SignedIdentity{}, assist.ErrNotFound
			}
			return wire.SignedIdentity{ID: customer, Name: "Maria Gomez", IssuedAt: 1, Signature: "00"}, nil
		},
	}
	return o
}
