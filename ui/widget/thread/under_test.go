package thread_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"deskhand/ui/widget"
	"deskhand/ui/widget/thread"
)

func TestUnder_ALineThatOpens(t *testing.T) {
	long := widget.Span{Text: strings.Repeat("understood and more ", 20)}
	var hits []thread.Hit
	th := openWith(t, thread.Options{OnTap: func(h thread.Hit) { hits = append(hits, h) }, Items: []thread.Item{
		{ID: "a", Kind: thread.Customer, Text: "where is it", Under: []widget.Span{long}},
		{ID: "b", Kind: thread.Bot, Text: "on its way"},
	}})
	texts, at := drawn(th)
	i := slices.IndexFunc(texts, func(s string) bool { return strings.HasPrefix(s, "understood") })
	if i < 0 || !strings.HasSuffix(texts[i], "…") || slices.ContainsFunc(texts[i+1:], func(s string) bool { return strings.HasPrefix(s, "understood") }) {
		t.Fatalf("not one line that is cut: %q", texts)
	}
	line, bubble := at[texts[i]], find(t, th, "where is it")
	if line.Y <= bubble.Y || line.Y >= find(t, th, "on its way").Y {
		t.Errorf("the line is at %v, the bubble at %v", line, bubble)
	}
	th.Tapped(&fyne.PointEvent{Position: line.Add(fyne.NewPos(5, 5))})
	if len(hits) != 1 || hits[0].ID != "a" || hits[0].Part != thread.Understood {
		t.Fatalf("a click hit %+v", hits)
	}
	next := find(t, th, "on its way")
	th.Update(thread.Item{ID: "a", Kind: thread.Customer, Text: "where is it", Under: []widget.Span{long},
		Open: []widget.Span{{Text: "Intent  "}, {Text: "refund status"}, {Text: "\nConfidence  "}, {Text: "0.90"}}})
	texts, at = drawn(th)
	if !slices.Contains(texts, "refund status") || !slices.Contains(texts, "0.90") || at["0.90"].Y <= at["refund status"].Y {
		t.Errorf("opened it shows %q", texts)
	}
	if now := find(t, th, "where is it"); now.Y >= next.Y {
		t.Errorf("the bubble is at %v", now)
	}
}
