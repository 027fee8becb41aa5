package backoffice

import "slices"

// Domains are those that the product knows, one file each. A company's own actions are declared in its pack.
func Domains() []Domain {
	return []Domain{
		Privacy(),
		Catalog(), Coupons(), Orders(), Shipments(), Invoices(), Loyalty(), Returns(), Exchanges(), Refunds(),
		Accounts(), Statements(), Transfers(), Payees(), Cards(), Rates(), Wealth(), Branches(),
		Courses(), Trials(), Exams(), Enrolments(), Attendance(), Progress(), Materials(), Certificates(),
		Plans(), Lines(), Sims(), Bills(), Faults(), Outages(), Devices(),
	}
}

// Actions are those of all domains.
func Actions() []Action {
	var all []Action
	for _, d := range Domains() {
		all = slices.Concat(all, d.Actions)
	}
	return all
}
