package app

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"deskhand/assets"
	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/assist/channel/webchat/page"
	"deskhand/assist/wire"

	"go.yaml.in/yaml/v3"
)

// demoCompany is what the desk needs to know of a company of assets/demo/demo.yaml; its back office is
// elsewhere.
type demoCompany struct {
	Company struct {
		Name     string `yaml:"name"`
		NameZH   string `yaml:"name_zh"`
		Currency string `yaml:"currency"`
	} `yaml:"company"`
	Products  []demoOffer    `yaml:"products"`
	Wealth    []demoOffer    `yaml:"wealth_products"`
	Plans     []demoOffer    `yaml:"plans"`
	Courses   []demoOffer    `yaml:"courses"`
	Customers []demoCustomer `yaml:"customers"`
}

type demoOffer struct {
	ID     string   `yaml:"id"`
	Name   string   `yaml:"name"`
	NameZH string   `yaml:"name_zh"`
	Price  string   `yaml:"price"`
	Annual string   `yaml:"annual"`
	Risk   string   `yaml:"risk"`
	DataGB int      `yaml:"data_gb"`
	Tags   []string `yaml:"tags"`
	Level  string   `yaml:"level"`
	Tutor  string   `yaml:"teacher"`
}

type demoCustomer struct {
	ID       string `yaml:"id"`
	Name     string `yaml:"name"`
	Email    string `yaml:"email"`
	Language string `yaml:"language"`
}

// demoInboxes are the inboxes of the four companies, by industry.
var demoInboxes = []struct {
	inbox    assist.InboxID
	industry string
}{{"northwind", "ecommerce"}, {"harbour", "banking"}, {"skylark", "telecom"}, {"lantern", "education"}}

func demoCompanies() (map[string]demoCompany, error) {
	text, err := fs.ReadFile(assets.Demo, "demo/demo.yaml")
	if err != nil {
		return nil, fmt.Errorf("demo companies: %w", err)
	}
	return readCompanies(text)
}

func readCompanies(text []byte) (map[string]demoCompany, error) {
	var all struct {
		Ecommerce, Banking, Telecom, Education demoCompany
	}
	if err := yaml.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("demo/demo.yaml: %w", err)
	}
	return map[string]demoCompany{"ecommerce": all.Ecommerce, "banking": all.Banking, "telecom": all.Telecom, "education": all.Education}, nil
}

// demoSite is the companies' sites around the widget. Identities are signed with the inboxes' secrets, which
// the demo makes anew at each start.
func demoSite(p *parts) *page.Demo {
	d := &page.Demo{}
	companies, err := demoCompanies()
	if err != nil { // withDemo has read the same file
		panic("app: " + err.Error())
	}
	for _, i := range demoInboxes {
		c := companies[i.industry]
		company := page.Company{Inbox: i.inbox, Name: c.Company.Name, NameZH: c.Company.NameZH, Industry: i.industry, Currency: c.Company.Currency}
		for _, o := range slices.Concat(c.Products, c.Wealth, c.Plans, c.Courses) {
			company.Offers = append(company.Offers, o.page(i.industry))
		}
		for _, v := range c.Customers {
			company.Customers = append(company.Customers, page.Person{ID: v.ID, Name: v.Name, Language: v.Language})
		}
		d.Site.Companies = append(d.Site.Companies, company)
	}
	d.Identity = func(_ context.Context, inbox assist.InboxID, customer string) (wire.SignedIdentity, error) {
		return demoIdentity(p, companies, inbox, customer)
	}
	if p.phones != nil {
		d.Phone = func(inbox assist.InboxID, customer string) (out []page.PhoneMessage) {
			for _, m := range p.phones.Phone(inbox, customer) {
				out = append(out, page.PhoneMessage{Phone: m.Phone, Text: m.Text(), At: m.At})
			}
			return out
		}
	}
	return d
}

func (o demoOffer) page(industry string) page.Offer {
	offer := page.Offer{ID: o.ID, Name: o.Name, NameZH: o.NameZH, Price: o.Price}
	switch {
	case o.Annual != "":
		offer.Note, offer.NoteZH = o.Annual+" a year · "+o.Risk, "年化 "+o.Annual+" · "+o.Risk
	case o.DataGB > 0:
		offer.Note, offer.NoteZH = fmt.Sprintf("%d GB a month", o.DataGB), fmt.Sprintf("每月 %d GB", o.DataGB)
	case o.Tutor != "":
		offer.Note, offer.NoteZH = "with "+o.Tutor, o.Tutor+" 主讲"
	}
	offer.Picture = offerPictures[industry]
	if len(o.Tags) > 0 {
		offer.Picture = o.Tags[0]
	}
	return offer
}

// offerPictures are symbols of widget/site/art.svg for offers that name none.
var offerPictures = map[string]string{"banking": "fund", "telecom": "plan", "education": "course"}

func demoIdentity(p *parts, companies map[string]demoCompany, inbox assist.InboxID, customer string) (wire.SignedIdentity, error) {
	for _, i := range demoInboxes {
		if i.inbox != inbox {
			continue
		}
		for _, v := range companies[i.industry].Customers {
			if v.ID != customer {
				continue
			}
			configured, _ := p.floor.Inbox(inbox)
			c := access.Claim{ID: v.ID, Name: v.Name, Email: v.Email, IssuedAt: time.Now().Unix()}.Sign(inbox, configured.Secret)
			return wire.SignedIdentity{ID: c.ID, Name: c.Name, Email: c.Email, IssuedAt: c.IssuedAt, Signature: c.Signature}, nil
		}
	}
	return wire.SignedIdentity{}, assist.ErrNotFound
}
