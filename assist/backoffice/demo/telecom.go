package demo

import "deskhand/assist/backoffice"

// carrier is the demo company of the industry telecom.
type carrier struct {
	Company about `yaml:"company" json:"company"`
}

func (s *carrier) profile() backoffice.Profile { return s.Company.profile() }

func (s *carrier) person(string) (backoffice.Person, bool) { return backoffice.Person{}, false }

func (s *carrier) find(backoffice.Details) (string, bool) { return "", false }

func (s *carrier) items(string, backoffice.Call) ([]backoffice.Item, error) { return nil, nil }

func (s *carrier) actions() map[string]rule { return nil }
