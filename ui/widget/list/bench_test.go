package list_test

import (
	"fmt"
	"testing"

	"deskhand/ui/widget/list"
)

// BenchmarkInbox500Rows is a batch of 50 changed items among 500, ten of them visible.
func BenchmarkInbox500Rows(b *testing.B) {
	l, _ := open(b, list.Options[chat, *entry]{}, chats(500)...)
	items := chats(500)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		for k := range 50 {
			c := items[(k*10)%500]
			if k < 10 {
				c = items[k]
			}
			c.when, c.unread = fmt.Sprintf("%d:%02d", n%60, k), n%9
			c.last = fmt.Sprintf("message %d of the customer, 第 %d 条", n, k)
			l.Update(c)
		}
	}
}

// BenchmarkInbox500Reorder is a new order of all 500.
func BenchmarkInbox500Reorder(b *testing.B) {
	l, _ := open(b, list.Options[chat, *entry]{}, chats(500)...)
	items := chats(500)
	b.ReportAllocs()
	for b.Loop() {
		items = append(items[1:], items[0])
		l.Set(items)
	}
}
