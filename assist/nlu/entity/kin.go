package entity

import (
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// sounds is a Chinese name in Latin letters, as English-speaking customers and cards write it: "wang lei",
// "li zihan", "zihan".
func sounds(name string) []string {
	args := pinyin.NewArgs()
	syllables := pinyin.LazyPinyin(name, args)
	if len(syllables) < 2 {
		return nil
	}
	list := []string{strings.Join(syllables, " ")}
	if len(syllables) > 2 {
		given := strings.Join(syllables[1:], "")
		list = append(list, syllables[0]+" "+given, given)
	}
	return append(list, strings.Join(syllables, ""))
}

// kin are the ways to call the same person of the family or household: the payee 妈妈 is "mum".
var kin = []phraseSet{
	phrases("妈妈", "老妈", "我妈", "母亲", "妈咪", "娘亲", "mum", "mom", "mother", "mummy", "mommy", "mama", "ma"),
	phrases("爸爸", "老爸", "我爸", "父亲", "爹", "dad", "father", "daddy", "papa", "pa"),
	phrases("老婆", "妻子", "太太", "媳妇", "爱人", "我老婆", "wife", "missus"),
	phrases("老公", "丈夫", "先生", "我老公", "husband", "hubby"),
	phrases("儿子", "我儿子", "son", "my boy"),
	phrases("女儿", "闺女", "我女儿", "daughter", "my girl"),
	phrases("姐姐", "我姐", "姐", "older sister", "big sister"),
	phrases("妹妹", "我妹", "younger sister", "little sister"),
	phrases("哥哥", "我哥", "哥", "older brother", "big brother"),
	phrases("弟弟", "我弟", "younger brother", "little brother"),
	phrases("奶奶", "婆婆", "外婆", "姥姥", "grandma", "granny", "grandmother", "nan"),
	phrases("爷爷", "公公", "外公", "姥爷", "grandpa", "grandad", "grandfather"),
	phrases("房东", "landlord", "landlady"),
	phrases("公司", "单位", "company", "my company"),
	phrases("自己", "本人", "我自己", "我本人", "me", "myself", "self"),
}

// byKin finds items whose name is a word for a relative by its other words, and people by their surname with a
// title: 老王, 王先生, "Mr Reed" is a part of the name anyhow.
func (m *matcher) byKin() {
	for i := range m.items {
		for _, name := range m.items[i].Names {
			s := readSource(name)
			for _, k := range kin {
				if len(s.tokens) == 0 || s.longest(0, k) != len(s.tokens) {
					continue
				}
				for t := range m.s.tokens {
					if end := m.s.longest(t, k); end > 0 {
						m.add(i, evidence{score: 0.93, start: t, end: end, why: WhyName})
					}
				}
			}
			if s.isHanName() && len(s.tokens) <= 3 {
				m.bySurname(i, s.word(0))
			}
		}
		if m.items[i].Attributes["self"] == "true" {
			for t := range m.s.tokens {
				if end := m.s.longest(t, kin[len(kin)-1]); end > 0 || m.s.is(t, "我") && len(m.s.tokens) <= 2 {
					m.add(i, evidence{score: 0.9, start: t, end: max(end, t+1), why: WhyAttribute})
				}
			}
		}
	}
}

var titles = []string{"先生", "女士", "小姐", "总", "哥", "姐", "老师", "同学", "师傅", "阿姨", "叔", "医生", "经理"}

// bySurname finds 老王, 小王 and 王先生.
func (m *matcher) bySurname(i int, surname string) {
	for t := range m.s.tokens {
		if !m.s.is(t, surname) {
			continue
		}
		titled := m.s.afterAny(t+1, titles...)
		switch {
		case titled > 0:
			m.add(i, evidence{score: 0.65, start: t, end: titled, why: WhyName})
		case m.s.is(t-1, "老", "小", "阿") && !slices.Contains(hanCompound, m.s.word(t+1)):
			m.add(i, evidence{score: 0.65, start: t - 1, end: t + 1, why: WhyName})
		}
	}
}

// hanCompound are characters that make another word of a surname behind 小 or 老: 小张 is a person, 小时 is not.
var hanCompound = []string{"时", "钟", "区"}
