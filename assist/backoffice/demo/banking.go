package demo

import (
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

// bank is the demo company of the industry banking.
type bank struct {
	Company   bankCompany       `yaml:"company" json:"company"`
	Rates     map[string]string `yaml:"rates" json:"rates"` // ISO code in small letters → units of the bank's currency; interest in percent
	Wealth    []wealthProduct   `yaml:"wealth_products" json:"wealth_products"`
	Branches  []branch          `yaml:"branches" json:"branches"`
	Customers []bankCustomer    `yaml:"customers" json:"customers"`
	Papers    int               `yaml:"-" json:"papers"` // references given out since the start
}

type bankCompany struct {
	about              `yaml:",inline"`
	DailyTransferLimit string `yaml:"daily_transfer_limit" json:"daily_transfer_limit"`
	BotTransferLimit   string `yaml:"bot_transfer_limit" json:"bot_transfer_limit"`
}

type wealthProduct struct {
	ID            string `yaml:"id" json:"id"`
	Name          string `yaml:"name" json:"name"`
	NameZH        string `yaml:"name_zh" json:"name_zh"`
	Risk          string `yaml:"risk" json:"risk"` // R1 to R5
	HorizonMonths int    `yaml:"horizon_months" json:"horizon_months"`
	Annual        string `yaml:"annual" json:"annual"`
}

type branch struct {
	City    string `yaml:"city" json:"city"`
	CityZH  string `yaml:"city_zh" json:"city_zh"`
	Name    string `yaml:"name" json:"name"`
	Address string `yaml:"address" json:"address"`
	Hours   string `yaml:"hours" json:"hours"`
}

type bankCustomer struct {
	ID               string            `yaml:"id" json:"id"`
	Name             string            `yaml:"name" json:"name"`
	Phone            string            `yaml:"phone" json:"phone"`
	Email            string            `yaml:"email" json:"email"`
	Language         string            `yaml:"language" json:"language"`
	Since            time.Time         `yaml:"since" json:"since"`
	RiskLevel        string            `yaml:"risk_level" json:"risk_level"`
	TransferredToday string            `yaml:"transferred_today" json:"transferred_today"`
	TransferredOn    time.Time         `yaml:"-" json:"transferred_on"` // the day that TransferredToday counts; zero: the day of the data
	Accounts         []bankAccount     `yaml:"accounts" json:"accounts"`
	Cards            []bankCard        `yaml:"cards" json:"cards"`
	Payees           []bankPayee       `yaml:"payees" json:"payees"`
	Transactions     []bankTransaction `yaml:"transactions" json:"transactions"`
	Transfers        []bankTransfer    `yaml:"transfers" json:"transfers"`
}

type bankAccount struct {
	ID      string `yaml:"id" json:"id"`
	Kind    string `yaml:"kind" json:"kind"`
	Balance string `yaml:"balance" json:"balance"`
}

type bankCard struct {
	ID          string       `yaml:"id" json:"id"`
	Last4       string       `yaml:"last4" json:"last4"`
	Kind        string       `yaml:"kind" json:"kind"`
	Status      string       `yaml:"status" json:"status"`
	ETA         time.Time    `yaml:"eta" json:"eta"`
	LastDecline *cardDecline `yaml:"last_decline" json:"last_decline"`
}

type cardDecline struct {
	At       time.Time `yaml:"at" json:"at"`
	Merchant string    `yaml:"merchant" json:"merchant"`
	Reason   string    `yaml:"reason" json:"reason"`
}

type bankPayee struct {
	Name    string `yaml:"name" json:"name"`
	Account string `yaml:"account" json:"account"`
}

type bankTransaction struct {
	At       time.Time `yaml:"at" json:"at"`
	Account  string    `yaml:"account" json:"account"`
	Amount   string    `yaml:"amount" json:"amount"`
	Merchant string    `yaml:"merchant" json:"merchant"`
}

type bankTransfer struct {
	ID     string    `yaml:"id" json:"id"`
	To     string    `yaml:"to" json:"to"`
	Amount string    `yaml:"amount" json:"amount"`
	At     time.Time `yaml:"at" json:"at"`
	Status string    `yaml:"status" json:"status"`
}

// How cards and transfers stand.
const (
	cardActive         = "active"
	cardInactive       = "inactive"
	cardInPost         = "in_post"
	cardBlocked        = "blocked"
	transferProcessing = "processing"
)

func (s *bank) profile() backoffice.Profile {
	p := s.Company.profile()
	p.Country = map[string]string{"CNY": "CN", "USD": "US", "GBP": "GB"}[s.Company.Currency]
	var accounts, cards, transfers []string
	for _, c := range s.Customers {
		for _, a := range c.Accounts {
			accounts = append(accounts, a.ID)
		}
		for _, x := range c.Cards {
			cards = append(cards, x.ID)
		}
		for _, t := range c.Transfers {
			transfers = append(transfers, t.ID)
		}
	}
	p.Shapes = map[string]string{}
	for kind, ids := range map[string][]string{"account": accounts, "card": cards, "transfer": transfers} {
		if shape := partedShape(ids); shape != "" {
			p.Shapes[kind] = shape
		}
	}
	return p
}

// partedShape is the shape of ids whose first part is the same for all, as a bank's own accounts have it: that part stays
// as it is, so that an account of another bank isn't taken for one of these.
func partedShape(ids []string) string {
	shape := shapeOf(ids)
	if len(ids) == 0 {
		return shape
	}
	first, _, parted := strings.Cut(ids[0], "-")
	same := parted && strings.ContainsAny(first, "0123456789") && !slices.ContainsFunc(ids, func(id string) bool { return !strings.HasPrefix(id, first+"-") })
	if _, rest, ok := strings.Cut(shape, "-"); same && ok {
		return first + "-" + rest
	}
	return shape
}

func (s *bank) customer(id string) *bankCustomer {
	n := slices.IndexFunc(s.Customers, func(c bankCustomer) bool { return c.ID == id && id != "" })
	if n < 0 {
		return nil
	}
	return &s.Customers[n]
}

func (s *bank) person(id string) (backoffice.Person, bool) {
	c := s.customer(id)
	if c == nil {
		return backoffice.Person{}, false
	}
	p := backoffice.Person{ID: c.ID, Name: c.Name, Phone: c.Phone, Email: c.Email, Language: c.Language, Since: c.Since}
	for _, t := range c.Transfers {
		if t.Status == transferProcessing {
			p.Notes = append(p.Notes, transferName(t, c.Language)+word{", ", "，"}.in(c.Language)+transferText(t.Status, c.Language))
		}
	}
	for _, x := range c.Cards {
		if x.Status == cardInPost || x.Status == cardInactive {
			p.Notes = append(p.Notes, cardName(x, c.Language)+word{": ", "："}.in(c.Language)+cardText(x.Status, c.Language))
		}
	}
	return p, true
}

// find wants exactly one customer with the phone: where two have it, it proves nothing.
func (s *bank) find(by backoffice.Details) (string, bool) {
	var found []string
	for _, c := range s.Customers {
		if samePhone(c.Phone, by.Phone) {
			found = append(found, c.ID)
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

func (s *bank) actions() map[string]rule {
	return map[string]rule{
		"accounts.get":          {read: s.accountsGet},
		"accounts.transactions": {read: s.accountsTransactions},
		"statements.send":       {change: s.statementsSend},
		"transfers.create":      {change: s.transfersCreate},
		"transfers.get":         {read: s.transfersGet},
		"transfers.limit":       {read: s.transfersLimit},
		"payees.get":            {read: s.payeesGet},
		"payees.create":         {change: s.payeesCreate},
		"cards.block":           {change: s.cardsBlock},
		"cards.activate":        {change: s.cardsActivate},
		"cards.reset_pin":       {change: s.cardsResetPIN},
		"cards.last_decline":    {read: s.cardsLastDecline},
		"cards.delivery":        {read: s.cardsDelivery},
		"rates.get":             {read: s.ratesGet},
		"wealth.suitable":       {read: s.wealthSuitable},
		"branches.find":         {read: s.branchesFind},
		"privacy.export":        {change: s.privacyExport},
	}
}

func (s *bank) privacyExport(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who := s.customer(c.Customer)
	if who == nil {
		return nil, nil, unknownCustomer()
	}
	return backoffice.Record{"email": who.Email, "phone": who.Phone}, func() backoffice.Record {
		return backoffice.Record{"reference": s.paper("PD", c.Now), "ready": c.Now.AddDate(0, 0, 2)}
	}, nil
}
