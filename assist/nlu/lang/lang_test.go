package lang

import "testing"

func TestDetect(t *testing.T) {
	for s, want := range map[string]string{
		"where is my parcel": English, "refund": English, "my name is 王小明": English, "what does 退款 mean": English,
		"我的快递到哪了": Chinese, "退款": Chinese, "我想买 aria 3 pro max": Chinese, "iPhone 的保修多久": Chinese, "把 order NW-7731377 取消": Chinese,
		"７７３１": "", "12345": "", "ok": "", "OK!": "", "": "", "anna@example.org": "", "👍": "", "NW-7731377": "", "هل": "", "yes": "",
		"i need a refund for wifi": English, "ｗｈｅｒｅ ｉｓ ｍｙ ｏｒｄｅｒ": English, "wifi 慢": Chinese,
	} {
		if got := Detect(s); got != want {
			t.Errorf("Detect(%q) = %q, want %q", s, got, want)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("我的 order")
	f.Fuzz(func(t *testing.T, s string) {
		if got := Detect(s); got != "" && got != English && got != Chinese {
			t.Fatalf("Detect(%q) = %q", s, got)
		}
	})
}
