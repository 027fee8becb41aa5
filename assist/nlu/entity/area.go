package entity

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Areas finds the parts of a town or country that a text names, as the customer wrote them: "no signal around Mill Lane",
// 东环七路那边没网. Words for where somebody happens to be (home, here, 家里) name none. language is that of the conversation.
// The list is in the order of the text.
func Areas(text, language string) []Span {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		if found := hanAreas(text); len(found) > 0 {
			return found
		}
	}
	if found := Addresses(text, language); len(found) > 0 {
		return found
	}
	return westernAreas(text)
}

// WithoutPlaceWord is a named area without what stands before a place: "in the Old Town" → "Old Town".
func WithoutPlaceWord(text string) string {
	text = strings.TrimSpace(text)
	if at := placeWord.FindStringIndex(text); at != nil && at[1] < len(text) {
		text = text[at[1]:]
	}
	if article := leadingArticle.FindString(text); len(article) < len(text) {
		text = text[len(article):]
	}
	return strings.TrimSpace(text)
}

// Everywhere tells whether a text says where somebody is without naming a place: "around here", 我家这边.
func Everywhere(text string) bool {
	plain := strings.Trim(strings.ToLower(strings.TrimSpace(text)), " .,!?。，！？")
	if hanNowhere.MatchString(plain) {
		return true
	}
	words := strings.Fields(strings.NewReplacer(",", " ", "'", " ").Replace(plain))
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(nowhere, w) })
}

var (
	placeWord      = regexp.MustCompile(`(?i)^(it'?s |it is |that'?s |mostly |mainly |only |just |all )*(somewhere )?(in|at|around|near|on|along|across|by|over|for|from|close to|next to|inside|within)\s+`)
	leadingArticle = regexp.MustCompile(`(?i)^(the|a|an)\s+`)
	areaBegins     = regexp.MustCompile(`(?i)\b(in and around|all over|close to|next to|in|at|around|near|on|along|across|by|over|for|from|towards)\s+`)
	areaWord       = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}'’.\-]*`)
	hanNowhere     = regexp.MustCompile(`^(在|就在|就是)?(我|我们|咱|咱们|俺)?(家|家里|家里面|屋里|屋内|房间|公司|单位|办公室|宿舍|学校|小区|村里|村子|楼里|楼下|地下室|地库|车库|电梯|电梯里|卧室|客厅|厨房|阳台|老家|店里|厂里|这|那|哪|这里|那里|这儿|那儿|附近|周围|周边|到处|哪里|哪儿|哪都|各地|全国|市区|地区|区域|城里|镇上)?(里|里面|这|那)?(边|里|儿|块|片|一片|一块|一带|附近|周围|周边)?(都|也)?$`)
)

// nowhere are words that say where somebody is without naming a place, or that aren't places at all.
var nowhere = strings.Fields(`the a an my our your his her this that these those all whole here there home house houses flat apartment place area areas
	neighbourhood neighborhood street road block building office work workplace school college campus room bedroom kitchen bathroom basement cellar garage garden
	lift elevator car train bus metro subway town city village country countryside district region everywhere anywhere somewhere nearby around in at on
	inside outside outdoors indoors upstairs downstairs corner end side part parts part-time moment time times night day days week weekend month morning
	evening afternoon noon minute hour hours now today yesterday tonight ages while sudden phone mobile cell line number internet wifi network wi-fi router modem laptop tv
	computer signal reception coverage service outage fault broadband connection it me us you them him mine what which where sure one two calls call 4g 5g lte 3g some any
	general case fact particular order once least all most both ground floor top stairs stairwell way shop store desk us`)

// endsArea are words that no name of an area goes on with.
var endsArea = strings.Fields(`is are was were be been has have had do does did can could will would should since because and but or if when while with without for from to
	i we you they he she it please pls thanks again now today yesterday tonight right currently still just at since about after before until lately recently keep keeps
	drop drops dropping lose loses losing go goes gone down out off not no never nothing nobody who what which where how why so that this than then there here anymore also too
	either only even already working work works broken dead bad weak poor slow all my your our his her their as of by on in around near ok okay any`)

// westernAreas reads what follows a word of place: names, up to where the sentence goes on.
func westernAreas(text string) []Span {
	var found []Span
	for _, m := range areaBegins.FindAllStringIndex(text, -1) {
		start, end, words := m[1], m[1], 0
		for words < mostAreaWords {
			w := areaWord.FindString(text[end:])
			low := strings.ToLower(w)
			if w == "" || words > 0 && slices.Contains(endsArea, low) && !numbersArea(text[start:end], low) {
				break
			}
			end += len(w)
			words++
			next := strings.TrimLeft(text[end:], " ")
			if len(next) == len(text[end:]) {
				break // a mark: the name is over
			}
			end = len(text) - len(next)
		}
		span := Span{Start: start, End: start + len(strings.TrimRight(text[start:end], " .'’-"))}
		if article := leadingArticle.FindString(text[start:span.End]); len(article) < span.End-start {
			span.Start += len(article)
		}
		span.Text = Clean(text[span.Start:span.End])
		if first := strings.ToLower(areaWord.FindString(span.Text)); slices.Contains(endsArea, first) || span.Text == "" || Everywhere(span.Text) || isTime(span.Text) {
			continue
		}
		found = append(found, span)
	}
	return found
}

const mostAreaWords = 5

// numbersArea tells whether a word belongs to a name although it seldom does: "Isle of Dogs".
func numbersArea(name, word string) bool {
	last := strings.ToLower(strings.TrimSpace(name))
	return word == "of" && !strings.HasSuffix(last, "out") && !strings.HasSuffix(last, "outskirts")
}

func isTime(text string) bool {
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return true
	}
	_, timed := startsTime[strings.ToLower(areaWord.FindString(text))]
	return timed
}

var startsTime = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
		november december jan feb mar apr jun jul aug sep sept oct nov dec last next past few several two three four five six ten twenty thirty hours`) {
		out[w] = true
	}
	return out
}()

var (
	// What an area ends with, or what stands behind one.
	hanAreaEnds = regexp.MustCompile(`(?:号线|路口|大街|大道|广场|大厦|小区|花园|社区|街道|商场|公园|车站|地铁站|机场|大学|中学|小学|校区|医院|开发区|高新区|新区|园区|老城|工业园|科技园|[路街巷弄镇乡县区市村庄屯苑湾桥站城岛坊里园寨营])(?:[0-9０-９一二三四五六七八九十]{1,3}(?:路|街|号|弄|巷|区|期))?`)
	hanBehind   = regexp.MustCompile(`(?:附近|一带|周边|周围|那一片|这一片|那片|这片|那边|这边|那块|这块)`)
	hanLeads    = regexp.MustCompile(`(?:请问一下|请问|问一下|问下|查一下|查下|查查|查询|看一下|看下|看看|知道|告诉我|听说|我家|我们家|我们|我住|我这|咱们|咱|你们|最近|今天|昨天|昨晚|今早|早上|上午|下午|晚上|现在|刚才|刚刚|是不是|是否|是|到了|一到|到|去|住在|住|在|为什么|为啥|怎么|帮我|帮忙|麻烦|关于|每次|整个|只要|从|亲|您好|你好|在吗|哈喽|hi|手机|信号|宽带|网络|哪个|哪里|哪|这个|那个|的|了|吗|呢|啊|想|就|都|也|老是|总是|经常)`)
)

// hanAreas reads names up to what such names end with, or to 附近, 那边 and the like.
func hanAreas(text string) []Span {
	var found []Span
	from, seek := 0, 0
	for seek < len(text) {
		end := hanAreaEnd(text, seek)
		if end < 0 {
			break
		}
		start := hanAreaStart(text, from, end)
		span := Span{Start: start, End: end, Text: Clean(text[start:end])}
		n := utf8.RuneCountInString(span.Text)
		if seek = end; n == 1 {
			continue // 城西…: what ends names begins one
		}
		if from = end; n > 1 && n <= mostHanArea && !hanNowhere.MatchString(span.Text) && !hanNoArea.MatchString(span.Text) {
			found = append(found, span)
		}
	}
	return found
}

// hanAreaEnd is where the first name behind seek ends; -1 if there is none.
func hanAreaEnd(text string, seek int) int {
	end := -1
	if m := hanAreaEnds.FindStringIndex(text[seek:]); m != nil {
		end = seek + m[1]
		for { // 滨江区江南大道: the smaller place belongs to it
			next := hanAreaEnds.FindStringIndex(text[end:])
			if next == nil || utf8.RuneCountInString(text[end:end+next[0]]) > mostBetween || cuts(text[end:end+next[0]]) {
				break
			}
			end += next[1]
		}
	}
	if m := hanBehind.FindStringIndex(text[seek:]); m != nil && (end < 0 || seek+m[0] < end) && m[0] > 0 {
		end = seek + m[0]
	}
	return end
}

// hanAreaStart is where the name that ends at end begins: behind marks and what leads in to it.
func hanAreaStart(text string, from, end int) int {
	start := from
	for i, r := range text[from:end] {
		if unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsSymbol(r) {
			start = from + i + utf8.RuneLen(r)
		}
	}
	start = min(start, end)
	begin := start
	for _, lead := range hanLeads.FindAllStringIndex(text[start:end], -1) {
		if start+lead[1] < end {
			begin = start + lead[1]
		}
	}
	return begin
}

const (
	mostBetween = 6  // characters between a larger place and a smaller one in it
	mostHanArea = 20 // characters of a name
)

// hanNoArea ends like a place and is none.
var hanNoArea = regexp.MustCompile(`^(网路|线路|电路|道路|一路|半路|走路|思路|铁路|公里|手里|这里|那里|哪里|心里|家里|店里|夜里|屋里|楼里|电梯里|地区|区域|市区|小区|校园|城里|网站|车站|客服|业务区|服务区|盲区|漫游区|信号区|本市|全市|城市|农村|乡镇|社区|街道|站|本站|官网站|基站|营业厅.*)$`)

func cuts(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }) || hanLeads.MatchString(text)
}
