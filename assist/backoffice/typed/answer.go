package typed

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"deskhand/assist/backoffice"

	"github.com/go-json-experiment/json"
)

// profile is a backoffice.Profile as JSON.
type profile struct {
	Name     string            `json:"name"`
	NameZH   string            `json:"name_zh,omitzero"`
	Currency string            `json:"currency"`
	Country  string            `json:"country,omitzero"`
	Zone     string            `json:"zone,omitzero"`
	Shapes   map[string]string `json:"shapes,omitzero"`
	Actions  []string          `json:"actions"`
}

var (
	currency = regexp.MustCompile(`^[A-Z]{3}$`)
	country  = regexp.MustCompile(`^([A-Z]{2})?$`)
	shape    = regexp.MustCompile(`^[A-Za-z0-9#. _/-]{1,40}$`)
)

// Profile reads what a company says of itself.
func Profile(raw []byte) (backoffice.Profile, error) {
	var p profile
	if err := json.Unmarshal(raw, &p); err != nil {
		return backoffice.Profile{}, fmt.Errorf("profile: %w", err)
	}
	out := backoffice.Profile{Name: p.Name, NameZH: p.NameZH, Currency: p.Currency, Country: p.Country, Shapes: p.Shapes, Actions: p.Actions}
	var err error
	switch {
	case p.Name == "" || utf8.RuneCountInString(p.Name+p.NameZH) > MaxID:
		err = fmt.Errorf("profile: a name of 1 to %d characters is expected", MaxID)
	case !currency.MatchString(p.Currency):
		err = errors.New(`profile: currency is expected as three capitals (ISO 4217), such as "EUR"`)
	case !country.MatchString(p.Country):
		err = errors.New(`profile: country is expected as two capitals (ISO 3166), such as "IE"`)
	case len(p.Actions) > MaxList || len(p.Shapes) > MaxList:
		err = fmt.Errorf("profile: more than %d actions or shapes", MaxList)
	}
	for kind, s := range p.Shapes {
		if !shape.MatchString(s) {
			err = errors.Join(err, fmt.Errorf(`profile: shape of %q is %q, must be such as "NW-9999999"`, kind, s))
		}
	}
	if err == nil && p.Zone != "" {
		if out.Location, err = time.LoadLocation(p.Zone); err != nil {
			err = fmt.Errorf("profile: zone %q is none of the IANA time zones: %w", p.Zone, err)
		}
	}
	return out, err
}

// ProfileDocument is a profile as Profile reads it. A location that has no name of its own is left out.
func ProfileDocument(p backoffice.Profile) any {
	d := profile{Name: p.Name, NameZH: p.NameZH, Currency: p.Currency, Country: p.Country, Shapes: p.Shapes, Actions: slices.Sorted(slices.Values(p.Actions))}
	if p.Location != nil && p.Location != time.Local {
		d.Zone = p.Location.String()
	}
	return d
}

// person is a backoffice.Person as JSON.
type person struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Phone    string   `json:"phone,omitzero"`
	Email    string   `json:"email,omitzero"`
	Address  string   `json:"address,omitzero"`
	Language string   `json:"language,omitzero"`
	Tier     string   `json:"tier,omitzero"`
	Since    string   `json:"since,omitzero"` // 2006-01-02
	Notes    []string `json:"notes,omitzero"`
}

// Person reads the customer of that id; the record of somebody else is an error.
func Person(raw []byte, id string, zone *time.Location) (backoffice.Person, error) {
	var p person
	if err := json.Unmarshal(raw, &p); err != nil {
		return backoffice.Person{}, fmt.Errorf("customer: %w", err)
	}
	out := backoffice.Person{ID: p.ID, Name: p.Name, Phone: p.Phone, Email: p.Email, Address: p.Address, Language: p.Language, Tier: p.Tier, Notes: p.Notes}
	switch {
	case p.ID != id:
		return backoffice.Person{}, errors.New("customer: the answer is about another customer than was asked for")
	case tooLong(MaxID, p.ID, p.Name, p.Phone, p.Email, p.Language, p.Tier) || tooLong(MaxText, p.Address) || tooLong(MaxText, p.Notes...) || len(p.Notes) > MaxList:
		return backoffice.Person{}, errors.New("customer: a field is too long")
	}
	if p.Since != "" {
		since, err := time.ParseInLocation(time.DateOnly, p.Since, orUTC(zone))
		if err != nil {
			return backoffice.Person{}, fmt.Errorf(`customer: since is %q, a date is written "2006-01-02"`, p.Since)
		}
		out.Since = since
	}
	return out, nil
}

// PersonDocument is a customer as Person reads it.
func PersonDocument(p backoffice.Person) any {
	d := person{ID: p.ID, Name: p.Name, Phone: p.Phone, Email: p.Email, Address: p.Address, Language: p.Language, Tier: p.Tier, Notes: p.Notes}
	if !p.Since.IsZero() {
		d.Since = p.Since.Format(time.DateOnly)
	}
	return d
}

// item is a backoffice.Item as JSON.
type item struct {
	ID         string            `json:"id"`
	Names      []string          `json:"names"`
	NameZH     string            `json:"name_zh,omitzero"`
	At         string            `json:"at,omitzero"` // as datetime fields
	Attributes map[string]string `json:"attributes,omitzero"`
}

// maxNames is how many names and attributes one item may have.
const maxNames = 60

// Items reads a JSON list of what a slot may mean. Their kind is the one that was asked for.
func Items(raw []byte, kind string, zone *time.Location) ([]backoffice.Item, error) {
	var list []item
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("items %s: %w", kind, err)
	}
	if len(list) > MaxList {
		return nil, fmt.Errorf("items %s: %d entries, at most %d are taken", kind, len(list), MaxList)
	}
	out, seen := make([]backoffice.Item, 0, len(list)), map[string]bool{}
	for n, x := range list {
		at, ok := moment(x.At, orUTC(zone))
		switch {
		case x.ID == "" || seen[x.ID]:
			return nil, fmt.Errorf("items %s: entry %d has no id of its own", kind, n+1)
		case x.At != "" && !ok:
			return nil, fmt.Errorf(`items %s: entry %d: at is %q, a time is written "2006-01-02T15:04"`, kind, n+1, x.At)
		case len(x.Names) > maxNames || len(x.Attributes) > maxNames || tooLong(MaxID, x.ID) || tooLong(MaxText, x.NameZH) || tooLong(MaxText, x.Names...):
			return nil, fmt.Errorf("items %s: entry %d is too long", kind, n+1)
		}
		for key, v := range x.Attributes {
			if tooLong(MaxID, key) || tooLong(MaxText, v) {
				return nil, fmt.Errorf("items %s: entry %d has an attribute that is too long", kind, n+1)
			}
		}
		if len(x.Names) == 0 {
			x.Names = []string{x.ID}
		}
		seen[x.ID] = true
		if x.At == "" {
			at = time.Time{}
		}
		out = append(out, backoffice.Item{ID: x.ID, Kind: kind, Names: x.Names, NameZH: x.NameZH, At: at, Attributes: x.Attributes})
	}
	return out, nil
}

// ItemsDocument are items as Items reads them.
func ItemsDocument(items []backoffice.Item) any {
	out := make([]item, len(items))
	for n, x := range items {
		out[n] = item{ID: x.ID, Names: x.Names, NameZH: x.NameZH, Attributes: x.Attributes}
		if !x.At.IsZero() {
			out[n].At = x.At.Format(time.RFC3339)
		}
	}
	return out
}

func orUTC(zone *time.Location) *time.Location {
	if zone == nil {
		return time.UTC
	}
	return zone
}

func tooLong(most int, texts ...string) bool {
	return slices.ContainsFunc(texts, func(s string) bool { return utf8.RuneCountInString(s) > most })
}
