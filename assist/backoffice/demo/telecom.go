package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"deskhand/assist/backoffice"
	"deskhand/assist/backoffice/devices"
)

// carrier is the demo company of the industry telecom.
type carrier struct {
	Company   about        `yaml:"company" json:"company"`
	Plans     []tariff     `yaml:"plans" json:"plans"`
	Addons    []addon      `yaml:"addons" json:"addons"`
	Outages   []outage     `yaml:"outages" json:"outages"`
	Customers []subscriber `yaml:"customers" json:"customers"`
	Papers    int          `yaml:"-" json:"papers"` // references given out since the start

	rules devices.Rules // for what devices report
}

type tariff struct {
	ID        string `yaml:"id" json:"id"`
	Name      string `yaml:"name" json:"name"`
	NameZH    string `yaml:"name_zh" json:"name_zh"`
	Price     string `yaml:"price" json:"price"` // a month
	DataGB    int    `yaml:"data_gb" json:"data_gb"`
	Minutes   int    `yaml:"minutes" json:"minutes"`
	Broadband int    `yaml:"broadband_mbps" json:"broadband_mbps"` // 0: none
}

type addon struct {
	ID     string `yaml:"id" json:"id"`
	Name   string `yaml:"name" json:"name"`
	NameZH string `yaml:"name_zh" json:"name_zh"`
	Price  string `yaml:"price" json:"price"`
}

type outage struct {
	Area   string    `yaml:"area" json:"area"`
	AreaZH string    `yaml:"area_zh" json:"area_zh"`
	Since  time.Time `yaml:"since" json:"since"`
	ETA    time.Time `yaml:"eta" json:"eta"`
	Kind   string    `yaml:"kind" json:"kind"`
}

type subscriber struct {
	ID       string   `yaml:"id" json:"id"`
	Name     string   `yaml:"name" json:"name"`
	Phone    string   `yaml:"phone" json:"phone"`
	Email    string   `yaml:"email" json:"email"`
	Language string   `yaml:"language" json:"language"`
	Address  string   `yaml:"address" json:"address"`
	Line     line     `yaml:"line" json:"line"`
	Bills    []bill   `yaml:"bills" json:"bills"`
	Device   *device  `yaml:"device" json:"device"`
	Tickets  []ticket `yaml:"tickets" json:"tickets"`
}

type line struct {
	ID            string    `yaml:"id" json:"id"`
	Plan          string    `yaml:"plan" json:"plan"`
	ContractUntil time.Time `yaml:"contract_until" json:"contract_until"`
	Usage         usage     `yaml:"usage" json:"usage"`
	Months        []month   `yaml:"months" json:"months"`   // oldest first
	Next          string    `yaml:"-" json:"next"`          // plan from NextFrom on
	NextFrom      time.Time `yaml:"-" json:"next_from"`     //
	Status        string    `yaml:"status" json:"status"`   // suspended, or empty
	Roaming       bool      `yaml:"roaming" json:"roaming"` // switched on
	Credit        string    `yaml:"credit" json:"credit"`   // topped up
	Bought        []string  `yaml:"-" json:"bought"`        // add-ons, by id
}

type usage struct {
	DataGB  string `yaml:"data_gb" json:"data_gb"`
	Minutes int    `yaml:"minutes" json:"minutes"`
}

type month struct {
	DataGB string `yaml:"data_gb" json:"data_gb"`
}

func (s *carrier) profile() backoffice.Profile {
	p := s.Company.profile()
	p.Country = map[string]string{"USD": "US", "CNY": "CN", "GBP": "GB"}[s.Company.Currency]
	var tickets []string
	for _, c := range s.Customers {
		for _, t := range c.Tickets {
			tickets = append(tickets, t.ID)
		}
	}
	if shape := shapeOf(tickets); shape != "" {
		p.Shapes = map[string]string{"ticket": shape}
	}
	return p
}

func (s *carrier) person(id string) (backoffice.Person, bool) {
	c := s.subscriber(id)
	if c == nil {
		return backoffice.Person{}, false
	}
	p := backoffice.Person{ID: c.ID, Name: c.Name, Phone: c.Phone, Email: c.Email, Language: c.Language, Address: c.Address}
	for i := range c.Tickets {
		if t := &c.Tickets[i]; t.open() {
			p.Notes = append(p.Notes, t.note(c.Language))
		}
	}
	return p, true
}

func (s *carrier) subscriber(id string) *subscriber {
	n := slices.IndexFunc(s.Customers, func(c subscriber) bool { return c.ID == id && id != "" })
	if n < 0 {
		return nil
	}
	return &s.Customers[n]
}

func (s *carrier) find(by backoffice.Details) (string, bool) {
	for _, c := range s.Customers {
		if samePhone(c.Phone, by.Phone) {
			return c.ID, true
		}
	}
	return "", false
}

func (s *carrier) plan(id string) *tariff {
	n := slices.IndexFunc(s.Plans, func(p tariff) bool { return sameID(p.ID, id) })
	if n < 0 {
		return nil
	}
	return &s.Plans[n]
}

// planOf is what the line is on at that time: a change that was ordered counts from its day on.
func (s *carrier) planOf(l *line, now time.Time) *tariff {
	if l.Next != "" && !now.Before(l.NextFrom) {
		return s.plan(l.Next)
	}
	return s.plan(l.Plan)
}

// lineOf is the customer and the line that the call is about. One that isn't the customer's own is refused like one that
// there is not.
func (s *carrier) lineOf(c backoffice.Call) (*subscriber, *line, error) {
	who := s.subscriber(c.Customer)
	if who == nil {
		return nil, nil, unknownCustomer()
	}
	if id := c.Args["line"]; who.Line.ID == "" || id != "" && !sameID(id, who.Line.ID) {
		return nil, nil, &backoffice.Refusal{Code: "unknown_line", Facts: backoffice.Record{"line": id}}
	}
	return who, &who.Line, nil
}

// paper is a new reference.
func (s *carrier) paper(kind string) string {
	s.Papers++
	return fmt.Sprintf("%s-%06d", kind, 520000+s.Papers*41)
}

func (s *carrier) actions() map[string]rule {
	return map[string]rule{
		"plans.get":            {read: s.plansGet},
		"plans.recommend":      {read: s.plansRecommend},
		"lines.usage":          {read: s.linesUsage},
		"lines.contract":       {read: s.linesContract},
		"lines.change_plan":    {change: s.linesChangePlan},
		"lines.top_up":         {change: s.linesTopUp},
		"lines.buy_addon":      {change: s.linesBuyAddon},
		"lines.enable_roaming": {change: s.linesEnableRoaming},
		"lines.suspend":        {change: s.linesSuspend},
		"sims.replace":         {change: s.simsReplace},
		"bills.get":            {read: s.billsGet},
		"faults.get":           {read: s.faultsGet},
		"faults.open":          {read: s.faultsOpen},
		"faults.create":        {change: s.faultsCreate},
		"faults.reschedule":    {change: s.faultsReschedule},
		"outages.find":         {read: s.outagesFind},
		"devices.diagnose":     {read: s.devicesDiagnose},
		"devices.remote_fix":   {change: s.devicesRemoteFix},
		"privacy.export":       {change: s.privacyExport},
	}
}

func (s *carrier) privacyExport(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who := s.subscriber(c.Customer)
	if who == nil {
		return nil, nil, unknownCustomer()
	}
	return backoffice.Record{"email": who.Email, "phone": who.Phone}, func() backoffice.Record {
		return backoffice.Record{"reference": s.paper("PD"), "ready": c.Now.AddDate(0, 0, exportDays)}
	}, nil
}

// exportDays is how long a copy of somebody's data takes.
const exportDays = 2

// lastFour are the last digits of a phone number, which tell its owner and nobody else which one it is.
func lastFour(phone string) string {
	d := digitsOf(phone)
	return d[max(0, len(d)-4):]
}

// plainly compares texts as people type them: letter case, spaces and marks apart, Chinese digits as figures.
func plainly(text string) string {
	return strings.Map(func(r rune) rune {
		if n := strings.IndexRune("零一二三四五六七八九", r); n >= 0 {
			return '0' + rune(n/len("零"))
		}
		switch {
		case '０' <= r && r <= '９':
			return r - '０' + '0'
		case '0' <= r && r <= '9', 'a' <= r && r <= 'z', r > 127 && !strings.ContainsRune("，。、！？（）“”：；　", r):
			return r
		}
		return -1
	}, strings.ToLower(text))
}
