package flow

import (
	"regexp"
	"strings"

	"deskhand/assist/backoffice"
	"deskhand/assist/nlu/entity"
	"deskhand/assist/pack"
)

// surnames are the hundred most usual ones in China, by the household register, and the usual ones of two characters.
const surnames = `(?:欧阳|司马|上官|诸葛|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤])`

var (
	nameEN = regexp.MustCompile(`(?:^|[\s,;])(?i:enrol|enroll|register|book|sign up|sign|for|put|move|of|about|how is|how's|(?:my|our) (?:son|daughter|kid|child|boy|girl|nephew|niece|friend|brother|sister)(?:,| is)?)\s+(\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}[\p{Ll}'’-]+){0,2})`)
	nameZH = regexp.MustCompile(`(?:^|[\s,，。：:]|给|替|帮|为|把|查|看|叫|是|想让|要让|学员|学生)(` + surnames + `[\p{Han}]{1,2}?)(?:同学|小朋友)?(?:报|请|约|预约|查|开|选|转|换|调|取消|申请|办|补|退|上|考|学|参加|出勤|的(?:成绩|进度|出勤|课|班|学习|报名|证)|$|[\s,，。])`)
)

// stranger finds the name of a person who is none of the items, where the items are people: whoever else they may be, they
// aren't meant. A name that something else in the errand has is none of a person.
func (t *Turn) stranger(i *pack.Intent, s *pack.Slot, items []backoffice.Item, text string) (found, bool) {
	for _, r := range []*regexp.Regexp{nameEN, nameZH} {
		m := r.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		name := text[m[2]:m[3]]
		if noName.MatchString(name) || noNameZH.MatchString(name) || t.calls(items, name) || t.elsewhere(i, s, name) {
			continue
		}
		return troubled("not_yours", name), true
	}
	return found{}, false
}

// calls tells whether one of the items may be called by a name.
func (t *Turn) calls(items []backoffice.Item, name string) bool {
	return len(entity.Match(name, asEntities(items), t.Context(), nil)) > 0
}

// elsewhere tells whether a name means something for another slot of the errand: a course, a day, a place.
func (t *Turn) elsewhere(i *pack.Intent, s *pack.Slot, name string) bool {
	if len(entity.Dates(name, t.Context())) > 0 || len(entity.Cities(name)) > 0 || len(entity.Languages(name)) > 0 {
		return true
	}
	for key, items := range t.items { // all that were looked at in this turn
		if kind, _, _ := strings.Cut(key, " "); kind != s.Kind && t.calls(items, name) {
			return true
		}
	}
	return false
}
