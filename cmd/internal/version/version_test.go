package version_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"deskhand/cmd/internal/version"
)

func TestNumber_IsThatOfFyneApp(t *testing.T) {
	var app struct{ Details struct{ Version string } }
	if _, err := toml.DecodeFile("../../../FyneApp.toml", &app); err != nil {
		t.Fatal(err)
	}
	if app.Details.Version != version.Number {
		t.Errorf("FyneApp.toml has %s, the program %s", app.Details.Version, version.Number)
	}
	if !regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(version.Number) {
		t.Errorf("%s is no release number", version.Number)
	}
	if s := version.Current().String(); !strings.HasPrefix(s, "Deskhand "+version.Number+" (go") {
		t.Errorf("got %s", s)
	}
}
