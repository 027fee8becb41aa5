package demo

import "deskhand/assist/backoffice"

// about is what every company of demo.yaml says of itself.
type about struct {
	Name     string `yaml:"name" json:"name"`
	NameZH   string `yaml:"name_zh" json:"name_zh"`
	Currency string `yaml:"currency" json:"currency"`
}

func (a about) profile() backoffice.Profile {
	return backoffice.Profile{Name: a.Name, NameZH: a.NameZH, Currency: a.Currency}
}

// named is the name of something in the reader's language, or the one that it has.
func named(en, zh, language string) string {
	if language == "zh" && zh != "" || en == "" {
		return zh
	}
	return en
}
