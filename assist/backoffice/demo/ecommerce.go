package demo

import "deskhand/assist/backoffice"

// shop is the demo company of the industry ecommerce.
type shop struct {
	Company about `yaml:"company" json:"company"`
}

func (s *shop) profile() backoffice.Profile { return s.Company.profile() }

func (s *shop) person(string) (backoffice.Person, bool) { return backoffice.Person{}, false }

func (s *shop) find(backoffice.Details) (string, bool) { return "", false }

func (s *shop) items(string, backoffice.Call) ([]backoffice.Item, error) { return nil, nil }

func (s *shop) actions() map[string]rule { return nil }
