package storagetest

import (
	"context"
	"fmt"
	"testing"

	"deskhand/assist"
)

func searchTests() map[string]func(*testing.T, *desk) {
	return map[string]func(*testing.T, *desk){
		"words of both languages":              testWords,
		"anything typed is a question":         testSyntax,
		"newest first, in pages":               testSearchPages,
		"only what the asker may see":          testSearchVisible,
		"the index and what it lacks agree":    testTail,
		"common words, however little is seen": testSearchWays,
	}
}

func testWords(t *testing.T, d *desk) {
	c := d.started("a")
	for _, text := range []string{"我要申请退款，订单还没到", "这个款式可以退吗", "Where is my ORDER-1234?", "Café crème", "ｆｕｌｌ　ｗｉｄｔｈ", "The refunds policy"} {
		d.must(say(c, d.id(), text))
	}
	d.must(write(c.ID, "", assist.Say(assist.ByAgent(assist.Agent{ID: 7}), assist.Message{Kind: assist.KindNote, Text: "secret 备注 here"})))
	for _, indexed := range []bool{false, true} {
		if indexed {
			noError(t, d.IndexAll(context.Background()))
		}
		for question, want := range map[string]int{
			"退款": 1, "款": 2, "订单": 1, "单订": 0, "申请 订单": 1, "我要申请退款": 1, "order": 1, "Order-1234": 1, "ord": 1, "rder": 0,
			"order is": 1, "cafe": 1, "CAFÉ CRE": 1, "CAFÉ CR": 0, "full": 1, "备注": 1, "refund": 1, "refund ": 0, "refunds ": 1, "退款 order": 0, "1234": 1, "": 0, "  ,. ": 0,
		} {
			hits, err := d.Search(context.Background(), question, assist.SearchFilter{})
			noError(t, err)
			if len(hits) != want {
				t.Errorf("indexed %v: %q found %d, want %d: %+v", indexed, question, len(hits), want, hits)
			}
		}
	}
}

func testSyntax(t *testing.T, d *desk) {
	c := d.started("a")
	d.must(say(c, d.id(), `he said "stop" AND went NOT NEAR home*`))
	noError(t, d.IndexAll(context.Background()))
	for question, want := range map[string]int{
		`"stop"`: 1, `"`: 0, `stop"`: 1, `AND`: 1, `said AND went`: 1, `he NOT said`: 1, `NEAR(he said)`: 0, `words:stop`: 0, `home*`: 1, `^he`: 1,
		`(`: 0, `'`: 0, `-stop`: 1, `{a b}:c`: 0, "\x00stop": 1, `%`: 0, "he OR nothing": 0,
	} {
		hits, err := d.Search(context.Background(), question, assist.SearchFilter{})
		if err != nil || len(hits) != want {
			t.Errorf("%q found %d (%v), want %d", question, len(hits), err, want)
		}
	}
}

func testSearchPages(t *testing.T, d *desk) {
	c := d.started("a")
	for i := range 50 {
		d.must(say(c, d.id(), fmt.Sprintf("apple %d", i)))
		if i == 30 {
			noError(t, d.IndexAll(context.Background()))
		}
	}
	var seen []string
	for f := (assist.SearchFilter{Limit: 7}); ; {
		hits, err := d.Search(context.Background(), "apple", f)
		noError(t, err)
		if len(hits) == 0 {
			break
		}
		for _, h := range hits {
			seen = append(seen, h.Message.Text)
			f.Before = h.Message.Rev
		}
	}
	if len(seen) != 50 || seen[0] != "apple 49" || seen[49] != "apple 0" || seen[25] != "apple 24" {
		t.Errorf("%d hits: %v", len(seen), seen)
	}
}

func testSearchVisible(t *testing.T, d *desk) {
	all := fill(d, 24)
	for i, c := range all {
		d.must(say(c, d.id(), "banana"))
		if i == 12 {
			noError(t, d.IndexAll(context.Background()))
		}
	}
	for _, v := range []assist.Visibility{{}, {All: true}, {Agent: 1}, {Teams: []assist.TeamID{"sales"}}, {Unassigned: true}, {Teams: []assist.TeamID{"sales", "support"}, Waiting: true}} {
		want := 0
		for _, c := range all {
			if v.Sees(c) {
				want++
			}
		}
		hits, err := d.Search(context.Background(), "banana", assist.SearchFilter{Visible: &v, Limit: 200})
		if err != nil || len(hits) != want {
			t.Errorf("%+v: %d hits (%v), want %d", v, len(hits), err, want)
		}
	}
	hits, err := d.Search(context.Background(), "banana", assist.SearchFilter{Customer: all[3].Customer})
	if err != nil || len(hits) != 1 || hits[0].Customer != all[3].Customer || hits[0].Inbox != "shop" || hits[0].Status != all[3].Status {
		t.Errorf("by customer: %+v, %v", hits, err)
	}
	if hits, err = d.Search(context.Background(), "banana", assist.SearchFilter{Inbox: "bank"}); err != nil || len(hits) != 0 {
		t.Errorf("in another inbox: %+v, %v", hits, err)
	}
}

func testTail(t *testing.T, d *desk) {
	c := d.started("a")
	texts := []string{"naïve straße", "İstanbul ﬁne", "x² + ½", "日本語のテスト", "한국어 검색", "ΑΒΓ αβγ", "mañana mañana", "a_b c-d e.f", "é e\u0301"}
	for _, text := range texts {
		d.must(say(c, d.id(), text))
	}
	questions := []string{"naive", "strasse", "straße", "istanbul", "fine", "x2", "1⁄2", "テスト", "本語", "한국어", "αβγ", "ΑΒΓ", "manana", "a_b", "b c", "é", "e e", "d e"}
	before := map[string]int{}
	for _, q := range questions {
		hits, err := d.Search(context.Background(), q, assist.SearchFilter{})
		noError(t, err)
		before[q] = len(hits)
	}
	noError(t, d.IndexAll(context.Background()))
	for _, q := range questions {
		hits, err := d.Search(context.Background(), q, assist.SearchFilter{})
		noError(t, err)
		if len(hits) != before[q] {
			t.Errorf("%q: %d in the index, %d before", q, len(hits), before[q])
		}
	}
}
