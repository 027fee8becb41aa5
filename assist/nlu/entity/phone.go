package entity

import (
	"slices"
	"strings"
)

// Phone is a telephone number.
type Phone struct {
	Span
	Digits  string  // as typed, digits only, without + or 00
	E164    string  // +8613800138000; "" if the country is not known or has no such numbers
	Problem Problem // ProblemLength if it is a mobile number of the country with a digit too few or too many
}

// Phones finds telephone numbers in the order of the text. The rules are those of E.164 and of each country's
// length and trunk prefix; whether a number is in service nobody can tell from its digits.
func Phones(text string, c Context) []Phone {
	s := newSource(text)
	list := s.stream()
	var found []Phone
	for i := 0; i < len(list); {
		p, end := s.phone(list, i, c)
		if end == 0 {
			i++
			continue
		}
		found = append(found, p)
		i = end
	}
	return found
}

// phone reads the number that begins at glyph i.
func (s *source) phone(list []glyph, i int, c Context) (Phone, int) {
	plus := list[i].start > 0 && s.low[list[i].start-1] == '+'
	if !isDigit(list[i].c) || i > 0 && isDigit(list[i-1].c) && list[i].sep < parted && !plus || afterLetters(list, i) && !plus {
		return Phone{}, 0
	}
	ends := phoneGroups(list, i, s)
	for k := len(ends) - 1; k >= 0; k-- {
		end := ends[k]
		run := glyphDigits(list[i:end])
		if beforeLetters(list, end) || len(run) > 17 {
			continue
		}
		p, ok := dial(run, plus, c)
		if !ok || k < len(ends)-1 && p.E164 == "" || !plus && s.isAmount(list[i].start, list[end-1].end) || looksDated(list[i:end]) {
			continue
		}
		p.Span = s.glyphs(list, i, end)
		if from := list[i].start; from > 0 && (plus || s.low[from-1] == '(') {
			p.Start = int(s.at[from-1])
			p.Text = s.raw[p.Start:p.End]
		}
		return p, end
	}
	return Phone{}, 0
}

// phoneGroups is where the groups of digits from glyph i on end. Brackets may stand between groups.
func phoneGroups(list []glyph, i int, s *source) []int {
	var ends []int
	j := i + 1
	for ; j < len(list) && isDigit(list[j].c) && len(ends) < 8; j++ {
		if list[j].sep == joined {
			continue
		}
		ends = append(ends, j)
		if list[j].sep == parted {
			between := strings.ReplaceAll(s.low[list[j-1].end:list[j].start], " ", "")
			if between != "(" && between != ")" && between != ")-" && between != "-(" {
				return ends
			}
		}
	}
	if len(ends) == 0 || ends[len(ends)-1] != j {
		ends = append(ends, j)
	}
	return ends
}

func glyphDigits(list []glyph) string {
	b := make([]byte, len(list))
	for i, g := range list {
		b[i] = g.c
	}
	return string(b)
}

// looksDated reports whether the groups are those of a date: 2026-03-02, 02.03.2026.
func looksDated(list []glyph) bool {
	var groups []int
	for i, g := range list {
		if i == 0 || g.sep != joined {
			groups = append(groups, 0)
		}
		groups[len(groups)-1]++
	}
	return len(groups) == 3 && (slices.Equal(groups, []int{4, 2, 2}) || slices.Equal(groups, []int{2, 2, 4}) || slices.Equal(groups, []int{4, 1, 1}))
}

// dial reads digits as a number of the place, or an international one.
func dial(run string, plus bool, c Context) (Phone, bool) {
	if rest, ok := strings.CutPrefix(run, "00"); ok && !plus {
		run, plus = rest, true
	}
	p := Phone{Digits: run}
	if plus {
		p.E164 = international(run)
		return p, len(run) >= 7 && len(run) <= 15
	}
	if len(run) < 8 || len(run) > 15 {
		return p, false
	}
	if c.Country != "" {
		code := callingCode(c.Country)
		if n, ok := national(run, code); ok && (code != "86" || run[0] == '0' || run[0] == '1') {
			// In China only mobile numbers are dialled without the trunk prefix.
			p.E164 = "+" + code + n
			return p, true
		}
		if rest, ok := strings.CutPrefix(run, code); ok {
			if n, ok := national(rest, code); ok && len(n) == len(rest) {
				p.E164 = "+" + run
				return p, true
			}
		}
		if code == "86" && run[0] == '1' && (len(run) == 10 || len(run) == 12) {
			p.Problem = ProblemLength
		}
	}
	if len(run) > 11 {
		p.E164 = international(run)
		return p, p.E164 != ""
	}
	return p, true
}

// international is the number in E.164's form, "" if there can't be such a one.
func international(run string) string {
	for n := 3; n >= 1; n-- {
		if len(run) <= n || !isCallingCode(run[:n]) {
			continue
		}
		if rest, ok := national(run[n:], run[:n]); ok {
			return "+" + run[:n] + rest
		}
	}
	return ""
}

// keepZero are the calling codes of countries whose numbers begin with their zero abroad, too (ITU E.164
// national numbering plans).
var keepZero = []string{"39", "378", "225", "241", "242"}

// lengths are how many digits the numbers of a calling code have behind it (ITU E.164 national numbering
// plans); the others have four to twelve.
var lengths = map[string][2]int{
	"1": {10, 10}, "7": {10, 10}, "20": {8, 10}, "27": {9, 9}, "30": {10, 10}, "31": {9, 9}, "32": {8, 9}, "33": {9, 9}, "34": {9, 9}, "36": {8, 9},
	"39": {6, 11}, "40": {9, 9}, "41": {9, 9}, "44": {9, 10}, "45": {8, 8}, "46": {7, 10}, "47": {8, 8}, "48": {9, 9}, "49": {6, 11}, "52": {10, 10}, "55": {10, 11},
	"60": {8, 10}, "61": {9, 9}, "62": {8, 12}, "63": {8, 10}, "64": {8, 10}, "65": {8, 8}, "66": {8, 9}, "81": {9, 10}, "82": {8, 10}, "84": {9, 10}, "86": {10, 11},
	"90": {10, 10}, "91": {10, 10}, "351": {9, 9}, "353": {7, 9}, "354": {7, 7}, "358": {6, 11}, "380": {9, 9}, "420": {9, 9}, "852": {8, 8}, "853": {8, 8}, "886": {8, 9},
	"966": {9, 9}, "971": {8, 9}, "972": {8, 9},
}

// national is the number behind the calling code, without the trunk prefix; whether the country has numbers
// like it.
func national(run, code string) (string, bool) {
	switch {
	case code == "":
		return "", false
	case code == "1" && len(run) == 11 && run[0] == '1', code == "7" && len(run) == 11 && run[0] == '8':
		run = run[1:]
	case code != "1" && code != "7" && run != "" && run[0] == '0' && !slices.Contains(keepZero, code):
		run = run[1:]
	}
	low, high := 4, 12
	if l, ok := lengths[code]; ok {
		low, high = l[0], l[1]
	}
	if len(run) < low || len(run) > high || code == "1" && run[0] < '2' {
		return "", false
	}
	if code == "86" && (run[0] == '1') != (len(run) == 11) && len(run) == 11 {
		return run, run[0] != '0'
	}
	if code == "86" && run[0] == '1' && len(run) == 10 && run[1] != '0' {
		return "", false // a mobile number with a digit missing
	}
	return run, true
}

// SamePhone reports whether two numbers are the same one by their digits, the country code or the trunk
// prefix missing from either. Fewer than seven digits are never the same.
func SamePhone(a, b string) bool {
	x, y := phoneDigits(a), phoneDigits(b)
	if len(x) < len(y) {
		x, y = y, x
	}
	if len(y) < 7 {
		return false
	}
	for _, short := range []string{y, strings.TrimPrefix(y, "0"), strings.TrimPrefix(y, "8")} {
		if len(short) < 7 {
			continue
		}
		if x == short {
			return true
		}
		rest, ok := strings.CutSuffix(x, short)
		if ok && (isCallingCode(rest) || rest == "0" || isCallingCode(strings.TrimSuffix(rest, "0"))) && (len(short) == len(y) || len(short) > 8) {
			return true
		}
	}
	return false
}

// phoneDigits is the digits of a number, without an international prefix.
func phoneDigits(text string) string {
	low := strings.ReplaceAll(readSource(text).low, "(0)", "") // +44 (0)7700 900123
	var b strings.Builder
	for i := range len(low) {
		if isDigit(low[i]) {
			b.WriteByte(low[i])
		}
	}
	return strings.TrimPrefix(b.String(), "00")
}
