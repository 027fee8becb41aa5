package entity_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"deskhand/assist/nlu/entity"
)

// hanNumeral writes a number as it is read out in Chinese.
func hanNumeral(n int) string {
	digits := []rune("零一二三四五六七八九")
	if n >= 10_000 {
		rest, zero := n%10_000, ""
		if rest == 0 {
			return hanNumeral(n/10_000) + "万"
		}
		if rest < 1000 {
			zero = "零"
		}
		return hanNumeral(n/10_000) + "万" + zero + hanNumeral(rest)
	}
	var b strings.Builder
	zero := false
	for _, u := range []struct {
		value int
		name  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / u.value % 10
		switch {
		case d == 0:
			zero = b.Len() > 0
		case zero:
			b.WriteString("零" + string(digits[d]) + u.name)
			zero = false
		default:
			b.WriteString(string(digits[d]) + u.name)
		}
	}
	return b.String()
}

var small = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")

var tens = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")

// englishNumeral writes a number as it is read out in English.
func englishNumeral(n int) string {
	switch {
	case n < 20:
		return small[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + "-" + small[n%10]
	case n < 1000 && n%100 == 0:
		return small[n/100] + " hundred"
	case n < 1000:
		return small[n/100] + " hundred and " + englishNumeral(n%100)
	case n%1000 == 0:
		return englishNumeral(n/1000) + " thousand"
	}
	and := " "
	if n%1000 < 100 {
		and = " and "
	}
	return englishNumeral(n/1000) + " thousand" + and + englishNumeral(n%1000)
}

// wide writes ASCII as full-width characters.
func wide(text string) string {
	return strings.Map(func(r rune) rune {
		if '!' <= r && r <= '~' {
			return r - '!' + '！'
		}
		return r
	}, text)
}

func TestAmounts_AnyNotationOfANumberIsTheNumber(t *testing.T) {
	c := at(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 999_999).Draw(t, "n")
		for _, text := range []string{
			fmt.Sprint(n) + " yuan", "¥" + fmt.Sprint(n), hanNumeral(n) + "元", englishNumeral(n) + " yuan", wide(fmt.Sprint(n)) + "块", fmt.Sprintf("%d.00元", n), thousands(n) + " yuan",
		} {
			got := entity.Amounts(text, c)
			if len(got) != 1 || got[0].Cents != int64(n)*100 || got[0].Currency != "CNY" || got[0].Problem != "" {
				t.Fatalf("%q: %+v, want %d yuan", text, got, n)
			}
		}
	})
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func TestAmounts_CentsAreExactAndNothingIsRounded(t *testing.T) {
	c := at(t)
	rapid.Check(t, func(t *rapid.T) {
		cents := rapid.Int64Range(1, 99_999_999).Draw(t, "cents")
		text := fmt.Sprintf("$%d.%02d", cents/100, cents%100)
		if got := entity.Amounts(text, c); len(got) != 1 || got[0].Cents != cents || got[0].String() != text[1:] {
			t.Fatalf("%q: %+v", text, got)
		}
		tooFine := text + fmt.Sprint(rapid.IntRange(1, 9).Draw(t, "thousandth"))
		if got := entity.Amounts(tooFine, c); len(got) != 1 || got[0].Problem != entity.ProblemPrecise {
			t.Fatalf("%q: %+v", tooFine, got)
		}
	})
}

func TestDates_ADayIsItselfInEveryNotation(t *testing.T) {
	c := at(t)
	rapid.Check(t, func(t *rapid.T) {
		now := c.Now.AddDate(0, 0, rapid.IntRange(0, 1500).Draw(t, "today"))
		day := now.AddDate(0, 0, rapid.IntRange(0, 200).Draw(t, "ahead"))
		hour, minute := rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute")
		here := entity.Context{Now: now, Language: "en", Currency: "USD", Country: "US"}
		clock := fmt.Sprintf(" %02d:%02d", hour, minute)
		want := fmt.Sprintf("%s%s", day.Format("2006-01-02T"), clock[1:])
		for _, text := range []string{
			day.Format("2006-01-02") + clock, day.Format("1/2/2006") + clock, day.Format("January 2, 2006") + clock, day.Format("2 Jan 2006") + clock,
			day.Format("2006年1月2日") + clock, day.Format("02.01.2006") + clock, clock[1:] + day.Format(" on 2 January 2006"),
			day.Format("2006年1月2号") + fmt.Sprintf("%d点%02d分", hour, minute),
		} {
			got := entity.Dates(text, here)
			if len(got) != 1 || hour >= 9 && got[0].Minute() != want || got[0].Day() != want[:10] {
				if hour < 9 && len(got) == 1 && got[0].Other != nil {
					continue // a dial's eight may be the evening's
				}
				t.Fatalf("%q at %s: %+v, want %s", text, now, got, want)
			}
		}
	})
}

func TestDates_AWeekdayIsTheNextOneAndChineseNextIsOfNextWeek(t *testing.T) {
	c := at(t)
	names := []string{"日", "一", "二", "三", "四", "五", "六"}
	rapid.Check(t, func(t *rapid.T) {
		now := c.Now.AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "today"))
		wanted := time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
		here := entity.Context{Now: now, Language: "zh", Currency: "CNY", Country: "CN"}
		for _, text := range []string{wanted.String(), "this " + wanted.String(), "周" + names[wanted], "星期" + names[wanted]} {
			got := entity.Dates(text, here)
			ahead := got[0].From.Sub(now.Truncate(24*time.Hour)).Hours() / 24
			if len(got) != 1 || got[0].From.Weekday() != wanted || ahead < 0 || ahead > 8 || !got[0].From.After(now) {
				t.Fatalf("%q on %s: %s", text, now.Weekday(), got[0].Day())
			}
		}
		_, week := now.AddDate(0, 0, 7).ISOWeek()
		for _, text := range []string{"下周" + names[wanted], "next " + wanted.String()} {
			got := entity.Dates(text, here)
			if _, w := got[0].From.ISOWeek(); w != week || got[0].From.Weekday() != wanted {
				t.Fatalf("%q on %s: %s", text, now.Format(time.DateOnly), got[0].Day())
			}
		}
	})
}

func TestIdentifiers_SpacesCaseAndWidthDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9_999_999).Draw(t, "n")
		id := fmt.Sprintf("NW-%07d", n)
		typed := id
		if rapid.Bool().Draw(t, "lower") {
			typed = strings.ToLower(typed)
		}
		switch rapid.IntRange(0, 3).Draw(t, "form") {
		case 1:
			typed = typed[:2] + " " + typed[3:6] + " " + typed[6:]
		case 2:
			typed = wide(typed)
		case 3:
			typed = typed[:2] + typed[3:]
		}
		got := entity.Identifiers("订单 "+typed+" please", []entity.Pattern{{Kind: "order", Shape: "NW-9999999"}})
		if len(got) != 1 || got[0].Value != id || got[0].Partial {
			t.Fatalf("%q: %+v", typed, got)
		}
	})
}

func TestMask_NoCardNumberIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		card := rapid.StringMatching(`[3-6][0-9]{12,18}`).Draw(t, "card")
		gap := rapid.SampledFrom([]string{"", " ", "-", "\u200b", " - "}).Draw(t, "gap")
		var b strings.Builder
		for i := range len(card) {
			if i > 0 && i%4 == 0 {
				b.WriteString(gap)
			}
			b.WriteByte(card[i])
		}
		text := b.String()
		if rapid.Bool().Draw(t, "wide") {
			text = wide(text)
		}
		shown := entity.Mask("卡号 " + text + " ok")
		plain := strings.Map(func(r rune) rune {
			if '０' <= r && r <= '９' {
				r += '0' - '０'
			}
			if '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, shown)
		if len(plain) > 4 && !strings.HasPrefix(card, "00") {
			t.Fatalf("Mask(%q) = %q", text, shown)
		}
	})
}

func TestReaders_AreSafeTogether(t *testing.T) {
	c := at(t)
	items := shop(c.Now).orders
	texts := []string{"500块", "明天下午三点", "the last one", "NW-7731377", "yes please", "改成北京市朝阳区建国路88号"}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 200 {
				text := texts[(i+n)%len(texts)]
				first, again := entity.Match(text, items, c, nil), entity.Match(text, items, c, nil)
				if len(first) != len(again) {
					t.Errorf("%q: %v, then %v", text, first, again)
				}
				check(t, text, c)
			}
		})
	}
	wg.Wait()
}
