package text

// class is what a character is to line breaking: UAX #14 reduced to what English and Chinese need, with the
// kinsoku rules (JIS X 4051, GB/T 15834) that no closing mark begins a line and no opening one ends it.
type class uint8

const (
	word        class = iota // letters, digits, symbols: stay together
	space                    // a line may break after, never before
	han                      // a line may break on either side
	openWide                 // 「（“: no break after
	closeWide                // 。，」: no break before
	openNarrow               // ( [ {: no break after, none between it and a word before it
	closeNarrow              // ) , . !: no break before, none between it and a word after it
	hyphen                   // a line may break after, between letters
)

// breaks reports whether a line may break between two neighbours of these classes.
func breaks(prev, cur class) bool {
	switch {
	case cur == space, cur == closeWide, cur == closeNarrow, prev == openWide, prev == openNarrow:
		return false
	case prev == space:
		return true
	case prev == han, cur == han, prev == closeWide, cur == openWide:
		return true
	case prev == hyphen:
		return cur == word
	}
	return false
}

// classOf returns the class of r, given the rune before it.
func classOf(r, prev rune) class {
	if r < 0x80 {
		return asciiClass(r, prev)
	}
	switch {
	case r >= 0x4e00 && r < 0xa000, r >= 0x3400 && r < 0x4e00, r >= 0xac00 && r < 0xd7a4, r >= 0x20000 && r < 0x40000:
		return han
	case r >= 0x2e80 && r < 0x3400:
		return eastClass(r)
	case r >= 0xff01 && r < 0xffe7:
		return fullWidthClass(r)
	case r >= 0x1f000 && r < 0x20000, r >= 0x2600 && r < 0x27c0:
		return han
	}
	return generalClass(r)
}

func asciiClass(r, prev rune) class {
	switch r {
	case ' ', '\t', '\r':
		return space
	case '(', '[', '{':
		return openNarrow
	case ')', ']', '}', ',', '.', ';', ':', '!', '?', '%':
		return closeNarrow
	case '-', '/':
		if prev != 0 && (prev|0x20 >= 'a' && prev|0x20 <= 'z' || prev >= 0xc0) {
			return hyphen
		}
	}
	return word
}

func generalClass(r rune) class {
	switch r {
	case '“', '‘', '«', '‹':
		return openWide
	case '”', '’', '»', '›', '…', '‥', '·', '•', '‰', '℃':
		return closeNarrow
	case '—', '–', '‐':
		return hyphen
	case 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2008, 0x2009, 0x200a, 0x200b:
		return space
	}
	return word
}

func eastClass(r rune) class {
	switch r {
	case 0x3000:
		return space
	case '〈', '《', '「', '『', '【', '〔', '〖', '〘', '〚', '〝':
		return openWide
	case '、', '。', '〉', '》', '」', '』', '】', '〕', '〗', '〙', '〛', '〞', '〟', '々', '〻', '゛', '゜', 'ゝ', 'ゞ', '゠', '・',
		'ー', 'ヽ', 'ヾ', 'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ゎ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ', 'ョ', 'ヮ', 'ヵ', 'ヶ':
		return closeWide
	}
	return han
}

func fullWidthClass(r rune) class {
	switch r {
	case '（', '［', '｛', '｟', '｢':
		return openWide
	case '！', '％', '）', '，', '．', '：', '；', '？', '］', '｝', '｠', '｡', '｣', '､', '･', 'ｰ':
		return closeWide
	}
	return han
}
