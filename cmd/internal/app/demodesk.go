package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"deskhand/assist"
	"deskhand/assist/access"
	"deskhand/cmd/internal/config"
)

// withDemo sets up the inboxes, teams and queues of the demo companies.
func withDemo(c *config.Config) error {
	companies, err := demoCompanies()
	if err != nil {
		return err
	}
	c.Inboxes = nil
	for _, i := range demoInboxes {
		co := companies[i.industry].Company
		c.Inboxes = append(c.Inboxes, config.Inbox{Secret: config.NewSecret(rand.Text()), Inbox: assist.Inbox{
			ID: i.inbox, Name: co.Name, NameZH: co.NameZH, Industry: i.industry, Queue: "support", Packs: []string{i.industry},
			Preview: true, CSAT: true, BotFirst: true,
		}})
	}
	c.Teams = []assist.Team{{ID: "support", Name: "Support"}, {ID: "claims", Name: "Claims"}}
	c.Queues = []assist.Queue{{ID: "support", Name: "Support", Team: "support"}, {ID: "claims", Name: "Claims", Team: "claims"}}
	// The demo's customers are many and all come from this machine.
	c.Limits.ConnectionsPerAddress = c.Limits.Connections
	return nil
}

var both = []string{"en", "zh"}

// demoPeople may sign in to the demo desk; the passwords are made anew for each desk.
var demoPeople = []access.NewUser{
	{Login: "li", Name: "Li Wei", Role: assist.RoleAgent, Teams: []assist.TeamID{"support"}, Languages: both},
	{Login: "anna", Name: "Anna Schmidt", Role: assist.RoleAgent, Teams: []assist.TeamID{"support", "claims"}, Languages: []string{"en"}},
	{Login: "chen", Name: "陈晨", Role: assist.RoleAgent, Teams: []assist.TeamID{"support"}, Languages: []string{"zh"}},
	{Login: "sam", Name: "Sam Rivera", Role: assist.RoleSupervisor, Teams: []assist.TeamID{"support", "claims"}, Languages: both},
	{Login: "tina", Name: "Tina Park", Role: assist.RoleTrainer, Languages: both},
	{Login: "admin", Name: "Admin", Role: assist.RoleAdmin, Languages: both},
}

// seedDemo makes the demo's people, macros and tags. A desk that has them gets new passwords, since only
// hashes of the old ones are known.
func seedDemo(ctx context.Context, p *parts) ([]DemoAgent, error) {
	var out []DemoAgent
	for _, u := range demoPeople {
		u.Password = rand.Text()
		if err := addOrReset(ctx, p, u); err != nil {
			return nil, fmt.Errorf("demo login %s: %w", u.Login, err)
		}
		out = append(out, DemoAgent{Login: u.Login, Password: u.Password, Role: u.Role, Languages: u.Languages})
	}
	macros, err := p.store.Macros(ctx)
	if err != nil || len(macros) > 0 {
		return out, err
	}
	for _, m := range demoMacros {
		if _, err := p.store.SaveMacro(ctx, assist.BySystem(), m); err != nil {
			return nil, fmt.Errorf("demo macro %s: %w", m.Name, err)
		}
	}
	for _, t := range demoTags {
		if err := p.store.SaveTag(ctx, assist.BySystem(), t); err != nil {
			return nil, fmt.Errorf("demo tag %s: %w", t.Name, err)
		}
	}
	return out, p.floor.Refresh(ctx)
}

func addOrReset(ctx context.Context, p *parts, u access.NewUser) error {
	_, err := p.access.AddUser(ctx, assist.BySystem(), u)
	if !errors.Is(err, &assist.Error{Code: assist.CodeExists}) {
		return err
	}
	a, err := p.access.UserByLogin(ctx, u.Login)
	if err != nil {
		return err
	}
	return p.access.SetPassword(ctx, assist.BySystem(), a.ID, u.Password)
}

var demoTags = []assist.Tag{
	{Name: "refund", Color: "warn"}, {Name: "delivery", Color: "primary"}, {Name: "complaint", Color: "bad"},
	{Name: "vip", Color: "ai"}, {Name: "fault", Color: "bad"}, {Name: "billing", Color: "warn"}, {Name: "enrolment", Color: "ok"},
}

var demoMacros = []assist.Macro{
	{Name: "hello", Title: "Greeting", Language: "en", Text: "Hello {{customer.name}}, this is {{agent.name}} of {{inbox.name}}. I have read what you wrote; let me look into it."},
	{Name: "nihao", Title: "问候", Language: "zh", Text: "{{customer.name}}您好，我是{{inbox.name}}的{{agent.name}}。前面的内容我都看到了，马上为您处理。"},
	{Name: "moment", Title: "One moment", Language: "en", Text: "One moment please, I'm checking this for you."},
	{Name: "shaodeng", Title: "请稍等", Language: "zh", Text: "请您稍等，我正在为您核实。"},
	{Name: "order", Title: "Ask for the order number", Language: "en", Text: "Could you give me the order number? It begins with NW- and stands in the confirmation e-mail."},
	{Name: "dingdan", Title: "询问订单号", Language: "zh", Text: "麻烦您提供一下订单号，在确认邮件里可以找到。"},
	{Name: "refund", Title: "Refund under way", Language: "en", Text: "Your refund is under way; it reaches your card within 3 to 5 working days. Your reference is {{conversation.id}}.",
		Actions: []assist.MacroAction{{Do: "tag", Value: "refund"}}},
	{Name: "tuikuan", Title: "退款处理中", Language: "zh", Text: "退款已在处理，3 到 5 个工作日内退回原支付方式。您的受理编号是 {{conversation.id}}。",
		Actions: []assist.MacroAction{{Do: "tag", Value: "refund"}}},
	{Name: "bye", Title: "Closing", Language: "en", Text: "Thank you for writing, {{customer.name}}. If anything else comes up, just write here again."},
	{Name: "zaijian", Title: "结束语", Language: "zh", Text: "感谢您的咨询，{{customer.name}}。有其他问题随时联系我们，祝您生活愉快！"},
}
