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
