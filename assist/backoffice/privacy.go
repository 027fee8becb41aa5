package backoffice

// Privacy is what every company owes its customers: a copy of what it holds about them.
func Privacy() Domain {
	return Domain{Name: "privacy", Actions: []Action{{
		Name: "privacy.export", Change: true,
		Terms:  []Field{{Name: "email", Type: Text, Optional: true}, {Name: "phone", Type: Text, Optional: true}},
		Result: []Field{{Name: "reference", Type: ID, Optional: true}, {Name: "ready", Type: Date, Optional: true}},
	}}}
}
