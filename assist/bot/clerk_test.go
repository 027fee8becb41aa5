package bot_test

import (
	"context"
	"os"
	"testing"

	"deskhand/assist"
	"deskhand/assist/bot"
)

var packs = []string{"ecommerce", "banking", "telecom", "education"}

func newClerk(t *testing.T) *bot.Clerk {
	t.Helper()
	c, err := bot.NewClerk(os.DirFS("../../assets/packs"), nil, packs)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func turn(pack string, texts ...string) bot.Turn {
	t := bot.Turn{Inbox: assist.Inbox{Name: "Acme", NameZH: "阿克米", Packs: []string{pack}}, First: true}
	for i, text := range texts {
		m := assist.Message{Kind: assist.KindText, Seq: assist.Seq(i + 1), From: assist.ByCustomer(1), Text: text}
		t.Transcript = append(t.Transcript, m)
	}
	return t
}

func TestClerk_UnderstandsOtherWordsThanItsExamples(t *testing.T) {
	c := newClerk(t)
	for _, tc := range []struct{ pack, text, want string }{
		{"ecommerce", "how do i send these headphones back to you", "returns"},
		{"ecommerce", "when will the refund be on my card", "refund_time"},
		{"ecommerce", "怎么申请退货啊", "returns"},
		{"ecommerce", "你们包不包邮", "shipping"},
		{"banking", "what's the daily limit for a transfer?", "transfer_limit"},
		{"banking", "我银行卡丢了怎么办", "card_lost"},
		{"telecom", "my broadband has been down since yesterday", "no_internet"},
		{"telecom", "家里宽带又断了", "no_internet"},
		{"education", "is there a free trial lesson?", "trial"},
		{"education", "雅思班学费是多少钱", "courses"},
		{"education", "hello there", "greet"},
		{"telecom", "can I talk to a real person please", "ask_human"},
		{"telecom", "我要转人工客服", "ask_human"},
	} {
		a, err := c.Respond(context.Background(), turn(tc.pack, tc.text))
		if err != nil {
			t.Fatal(err)
		}
		if a.Turn.Intent != tc.want || a.Turn.Awaiting != "" {
			t.Errorf("%s %q: got %s (%.2f) awaiting %q, want %s", tc.pack, tc.text, a.Turn.Intent, a.Turn.Confidence, a.Turn.Awaiting, tc.want)
		}
	}
}

func TestClerk_DoesNotAnswerWhatItDoesNotKnow(t *testing.T) {
	c := newClerk(t)
	for _, tc := range []struct{ pack, text string }{
		{"ecommerce", "what is the capital of Mongolia"},
		{"banking", "recommend me a restaurant for tonight"},
		{"telecom", "明天上海天气怎么样"},
		{"education", "zxcv qwer uiop"},
		{"education", "!!!"},
	} {
		a, err := c.Respond(context.Background(), turn(tc.pack, tc.text))
		if err != nil {
			t.Fatal(err)
		}
		if a.Turn.Intent != "out_of_scope" {
			t.Errorf("%s %q was taken for %s (%.2f)", tc.pack, tc.text, a.Turn.Intent, a.Turn.Confidence)
		}
	}
}

func TestClerk_SecondMissHandsOff(t *testing.T) {
	c := newClerk(t)
	tr := turn("ecommerce", "blorp fnord")
	a, err := c.Respond(context.Background(), tr)
	if err != nil || a.Handoff != nil {
		t.Fatalf("first miss: handoff %v, err %v", a.Handoff, err)
	}
	said := assist.Message{Kind: assist.KindText, Seq: 2, From: assist.ByBot(), Text: a.Text, Bot: &a.Turn}
	tr.Transcript = append(tr.Transcript, said, assist.Message{Kind: assist.KindText, Seq: 3, From: assist.ByCustomer(1), Text: "fnord blorp wibble"})
	if a, err = c.Respond(context.Background(), tr); err != nil || a.Handoff == nil || a.Handoff.Reason != "out_of_scope" {
		t.Fatalf("second miss: handoff %+v, err %v", a.Handoff, err)
	}
	if a.Handoff.Summary != "blorp fnord / fnord blorp wibble" {
		t.Errorf("summary %q", a.Handoff.Summary)
	}
}

func TestClerk_AnswersInTheCustomersLanguage(t *testing.T) {
	c := newClerk(t)
	tr := turn("telecom", "网速很慢")
	tr.Conversation.Language = "en"
	a, err := c.Respond(context.Background(), tr)
	if err != nil || a.Language != "zh" {
		t.Fatalf("language %q, err %v, want zh", a.Language, err)
	}
	tr = turn("telecom", "1234")
	tr.Conversation.Language = "zh"
	if a, _ = c.Respond(context.Background(), tr); a.Language != "zh" {
		t.Errorf("digits alone switched the language to %q", a.Language)
	}
}
