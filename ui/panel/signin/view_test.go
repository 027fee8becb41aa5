package signin_test

import (
	"testing"

	"deskhand/ui/panel/signin"
)

func TestAddress(t *testing.T) {
	for typed, want := range map[string]string{
		"desk.example.com": "https://desk.example.com", " https://desk.example.com/ ": "https://desk.example.com", "http://10.0.0.5:7420": "http://10.0.0.5:7420",
		"localhost:7420": "http://localhost:7420", "127.0.0.1:7420": "http://127.0.0.1:7420", "https://desk.example.com/path": "https://desk.example.com",
		"": "", "ftp://x": "", "https://": "", "https://user:pw@x": "", "http://[::1": "", "https://x?y=1": "",
	} {
		got, err := signin.Address(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", typed, got, err, want)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("desk.example.com:7420/x")
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := signin.Address(typed)
		if err != nil {
			return
		}
		if again, err := signin.Address(got); err != nil || again != got {
			t.Errorf("%q became %q, which becomes %q, %v", typed, got, again, err)
		}
	})
}
