package thread_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"deskhand/ui/widget/thread"
)

// many returns n messages in English and Chinese, of one to five lines.
func many(n int) []thread.Item {
	texts := []string{
		"This is the third time I explain this! Your courier lost the first label too.",
		"Thank you, got it.",
		"I have sent the label again; it reached you at 14:06. 退款今天会到账,请留意短信。如果明天中午前没有到账,请直接回复这条消息。",
		"家里宽带断了一晚上了,能不能今天下午派师傅来看一下?光猫上面的红灯一直在闪。",
		"Your return reached us on Nov 14; I've approved the $329.00 refund now and it will be on your card by Nov 27. " +
			"If your bank takes longer, tell me the last four digits of the transfer and I will trace it with the payment provider for you.",
	}
	kinds := []thread.Kind{thread.Customer, thread.Agent, thread.Bot}
	items := make([]thread.Item, n)
	for i := range items {
		items[i] = thread.Item{ID: fmt.Sprintf("m%d", i), Kind: kinds[i%len(kinds)], Text: fmt.Sprintf("%d %s", i, texts[i%len(texts)])}
		if i%4 == 0 {
			items[i].Below = "14:02 · delivered"
		}
	}
	return items
}

func BenchmarkThreadOpen10000(b *testing.B) {
	open(b, many(10)) // parses the fonts
	items := many(10_000)
	b.ReportAllocs()
	for b.Loop() {
		th := thread.New(thread.Options{Items: items})
		th.Resize(fyne.NewSize(700, 640))
	}
}

func BenchmarkThreadScroll(b *testing.B) {
	th := open(b, many(10_000))
	step := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%8000 == 7999 {
			step.Scrolled.DY = -step.Scrolled.DY
		}
		th.Scrolled(step)
	}
}

func BenchmarkThreadAppend(b *testing.B) {
	th := open(b, many(10_000))
	more := many(b.N + 20_000)[10_000:]
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		th.Append(more[i])
	}
}

func BenchmarkThreadResize10000(b *testing.B) {
	th := open(b, many(10_000))
	for i := 0; b.Loop(); i++ {
		th.Resize(fyne.NewSize(700+float32(i%2), 640))
	}
}
