package demo

import "deskhand/assist/backoffice"

// school is the demo company of the industry education.
type school struct {
	Company about `yaml:"company" json:"company"`
}

func (s *school) profile() backoffice.Profile { return s.Company.profile() }

func (s *school) person(string) (backoffice.Person, bool) { return backoffice.Person{}, false }

func (s *school) find(backoffice.Details) (string, bool) { return "", false }

func (s *school) items(string, backoffice.Call) ([]backoffice.Item, error) { return nil, nil }

func (s *school) actions() map[string]rule { return nil }
