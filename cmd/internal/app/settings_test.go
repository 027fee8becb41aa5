package app_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"deskhand/cmd/internal/config"
)

// A setting that nothing reads is a promise that nobody keeps. The inboxes, teams and queues are taken whole.
func TestSettings_AreAllRead(t *testing.T) {
	var code strings.Builder
	for _, f := range allFiles(t) {
		if !f.test && strings.HasPrefix(f.name, "cmd/") && !strings.HasPrefix(f.name, "cmd/internal/config/") {
			code.Write(f.text)
		}
	}
	all := reflect.TypeFor[config.Config]()
	for i := range all.NumField() {
		table := all.Field(i)
		if table.Type.Kind() != reflect.Struct {
			continue
		}
		for j := range table.Type.NumField() {
			name := table.Type.Field(j).Name
			if name == "SecretFile" || name == "CAFile" || name == "KeyFile" { // read by the config itself, into what they hold
				continue
			}
			if !regexp.MustCompile(`\.` + name + `\b`).MatchString(code.String()) {
				t.Errorf("nothing reads the setting %s.%s", table.Name, name)
			}
		}
	}
}
