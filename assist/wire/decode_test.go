package wire

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"deskhand/assist"
)

func codeOf(t *testing.T, frame string, into any) assist.Code {
	t.Helper()
	_, err := Peek([]byte(frame))
	if err == nil && into != nil {
		err = Decode([]byte(frame), into)
	}
	if err == nil {
		return 0
	}
	var e *assist.Error
	if !errors.As(err, &e) {
		t.Fatalf("%.80q: %v is no *assist.Error", frame, err)
	}
	return e.Code
}

func TestDecode_RefusesWithItsNumber(t *testing.T) {
	deep := `{"t":"send","text":` + strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth) + `}`
	for _, tc := range []struct {
		name, frame string
		want        assist.Code
	}{
		{"a frame as it should be", `{"t":"send","ref":"1","client_id":"018f5e6a-7b3c-7ddd-8eee-0123456789ab","text":"hi"}`, 0},
		{"a key twice", `{"t":"send","text":"a","text":"b"}`, assist.CodeDuplicateKey},
		{"a key twice, escaped", `{"t":"send","text":"a","\u0074ext":"b"}`, assist.CodeDuplicateKey},
		{"the type twice", `{"t":"send","t":"human"}`, assist.CodeDuplicateKey},
		{"a key in other letter case", `{"t":"send","text":"a","TEXT":"b"}`, assist.CodeBadField},
		{"only in other letter case", `{"t":"send","Text":"b"}`, assist.CodeBadField},
		{"the type in other letter case", `{"T":"send"}`, assist.CodeBadField},
		{"a Kelvin sign that folds to k", `{"t":"send","client_id":"x","ref":"1","to\u212Aen":1}`, assist.CodeBadField},
		{"an unknown key", `{"t":"send","amount":1}`, assist.CodeBadField},
		{"a wrong type", `{"t":"send","text":7}`, assist.CodeBadField},
		{"no type", `{"text":"a"}`, assist.CodeBadField},
		{"not UTF-8", "{\"t\":\"send\",\"text\":\"\xff\"}", assist.CodeBadUTF8},
		{"a lone surrogate", `{"t":"send","text":"\ud800"}`, assist.CodeBadJSON},
		{"too deep", deep, assist.CodeTooDeep},
		{"too large", `{"t":"send","text":"` + strings.Repeat("a", MaxFrame) + `"}`, assist.CodeFrameTooLarge},
		{"an array", `[{"t":"send"}]`, assist.CodeBadField},
		{"two values", `{"t":"send"}{"t":"send"}`, assist.CodeBadJSON},
		{"nothing", ``, assist.CodeBadJSON},
		{"half a frame", `{"t":"send"`, assist.CodeBadJSON},
		{"a long ref", `{"t":"send","ref":"` + strings.Repeat("r", MaxRef+1) + `"}`, assist.CodeBadField},
	} {
		if got := codeOf(t, tc.frame, &CustomerSend{}); got != tc.want {
			t.Errorf("%s: code %d (%s), want %d (%s)", tc.name, got, got, tc.want, tc.want)
		}
	}
}

func TestDecode_ErrorsDoNotRepeatWhatWasSent(t *testing.T) {
	secret := "4111111111111111"
	_, err := Peek([]byte(`{"t":"send","text":"` + secret + `","` + strings.Repeat("k", 500) + `":tru}`))
	if err == nil || strings.Contains(err.Error(), secret) || len(err.Error()) > 200 {
		t.Errorf("error is %q", err)
	}
}

// The suite's n_ cases are no JSON and its y_ cases are; see testdata/jsontestsuite/LICENSE.
func TestPeek_JSONTestSuite(t *testing.T) {
	names, err := filepath.Glob("testdata/jsontestsuite/*.json")
	if err != nil || len(names) < 300 {
		t.Fatalf("%d cases, err %v", len(names), err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, alone := Peek(raw)
		_, inside := Peek([]byte(`{"t":"x","v":` + string(raw) + `}`))
		base := filepath.Base(name)
		switch {
		case strings.HasPrefix(base, "n_"):
			if alone == nil || inside == nil {
				t.Errorf("%s was taken (alone: %v, inside: %v)", base, alone, inside)
			}
		case strings.HasPrefix(base, "y_") && !strings.Contains(base, "duplicated_key"):
			if inside != nil {
				t.Errorf("%s was refused: %v", base, inside)
			}
		}
		for _, err := range []error{alone, inside} {
			if c := assist.CodeOf(err); err != nil && (c < 100 || c > 199) {
				t.Errorf("%s: code %d is not of the frame", base, c)
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"t":"send","ref":"1","client_id":"018f5e6a-7b3c-7ddd-8eee-0123456789ab","text":"hi","attachments":["a"]}`))
	f.Add([]byte(`{"t":"hello","v":1,"inbox":"a","identity":{"id":"x","issued_at":1,"signature":"00"},"resume":{"conversation":1,"seq":2,"epoch":"e"}}`))
	f.Add([]byte(`{"t":"do","do":"snooze","conversation":1,"until":"2026-03-02T10:00:00Z"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, v := range []any{&CustomerHello{}, &CustomerSend{}, &AgentDo{}, &AgentCustomerSave{}, &AgentMacroSave{}} {
			_, err := Peek(data)
			if err == nil {
				err = Decode(data, v)
			}
			if c := assist.CodeOf(err); err != nil && (c < 100 || c > 199) {
				t.Fatalf("code %d: %v", c, err)
			}
			if err != nil {
				continue
			}
			again, err := EncodeCommand(v)
			if err != nil {
				t.Fatalf("decoded but not encodable: %v", err)
			}
			if _, err := Peek(again); err != nil && assist.CodeOf(err) != assist.CodeFrameTooLarge {
				t.Fatalf("own encoding refused: %v", err)
			}
		}
	})
}
