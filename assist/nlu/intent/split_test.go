package intent_test

import (
	"strings"
	"testing"

	"deskhand/assist/nlu/intent"
)

func TestSplit(t *testing.T) {
	m := train(t, phrases(), intent.Options{})
	urgent := func(name string) bool { return name == "refund_request" }
	for message, want := range map[string]string{
		"please refund my order and where is my parcel":          "refund_request|track_package",
		"refund for the shoes please. are you open on sunday?":   "refund_request|opening_hours",
		"帮我查快递物流，另外周日几点开门":                                       "track_package|opening_hours",
		"我要退款，我的包裹到哪了，周一营业吗":                                     "refund_request|track_package|opening_hours",
		"please refund the shoes and the lamp":                   "refund_request",
		"where is my parcel, please, i really want my package":   "track_package",
		"where is my parcel":                                     "track_package",
		"refund order SH-7731377, and where is my parcel":        "refund_request|track_package",
		"我的包裹 SH-7740102 到哪了，另外我要退款":                             "track_package|refund_request",
		"order SH-7731377, where is my parcel":                   "track_package",
		"my number is 085 123 4567, where is my parcel":          "track_package",
		"hello, sing a lullaby, and then eat the green mountain": "",
	} {
		parts := intent.Split(message, m, urgent)
		var got []string
		for _, p := range parts {
			got = append(got, p.Reading.Best().Intent)
		}
		if want != "" && strings.Join(got, "|") != want {
			t.Errorf("Split(%q) = %v, want %s", message, got, want)
		}
		if want == "" && len(parts) != 1 {
			t.Errorf("Split(%q) = %v, want one part", message, got)
		}
	}
}

// A background of words that nobody learned neither hides what is asked nor makes it out of scope.
func TestRead_HearsWhatIsAskedBehindABackground(t *testing.T) {
	m := train(t, phrases(), intent.Options{})
	for message, want := range map[string]string{
		"my aunt came over from norway with her dog. when will my parcel arrive": "track_package",
		"it was a gift for my brother's wedding, please refund the shoes":        "refund_request",
		"上个月搬了新家，一直没空，周日几点开门":                                                    "opening_hours",
	} {
		r := m.Read(message)
		if r.Best().Intent != want || r.OutOfScope {
			t.Errorf("%q is read as %+v, want %s", message, r, want)
		}
	}
}
