package demo

import "deskhand/assist/backoffice"

// bank is the demo company of the industry banking.
type bank struct {
	Company about `yaml:"company" json:"company"`
}

func (s *bank) profile() backoffice.Profile { return s.Company.profile() }

func (s *bank) person(string) (backoffice.Person, bool) { return backoffice.Person{}, false }

func (s *bank) find(backoffice.Details) (string, bool) { return "", false }

func (s *bank) items(string, backoffice.Call) ([]backoffice.Item, error) { return nil, nil }

func (s *bank) actions() map[string]rule { return nil }
