package backoffice

// Plans are what a carrier sells by the month.
func Plans() Domain {
	return Domain{Name: "plans", Actions: []Action{
		{
			Name: "plans.get", Args: []Field{{Name: "plan", Type: ID, Optional: true}}, // without a plan: all of them
			Result: []Field{{Name: "plans", Type: List, Fields: plan()}, {Name: "single", Type: Bool}},
		},
		{
			Name: "plans.recommend", // from the customer's own usage
			Result: []Field{
				{Name: "plan", Type: Object, Fields: plan()}, {Name: "current", Type: Object, Fields: plan()},
				{Name: "stay", Type: Bool},                   // the current plan is the best one
				{Name: "months", Type: Text, Optional: true}, // GB used in the last months, in words, oldest first
				{Name: "peak_gb", Type: Text}, {Name: "minutes", Type: Number, Optional: true},
				{Name: "short", Type: Bool},                                    // no plan has enough data
				{Name: "addon", Type: Object, Optional: true, Fields: addon()}, // that would make up for what the current plan lacks
				{Name: "addon_total", Type: Money, Optional: true},             // the current plan with it, a month
				{Name: "difference", Type: Money, Optional: true},              // between the two plans, a month
				{Name: "dearer", Type: Bool},
			},
		},
	}}
}

// plan are the fields of one plan.
func plan() []Field {
	return []Field{
		{Name: "plan", Type: ID}, {Name: "name", Type: Text}, {Name: "price", Type: Money}, // a month
		{Name: "data_gb", Type: Number}, {Name: "minutes", Type: Number},
		{Name: "broadband_mbps", Type: Number, Optional: true},
		{Name: "current", Type: Bool, Optional: true}, // the customer's own
	}
}

func addon() []Field {
	return []Field{{Name: "addon", Type: ID}, {Name: "name", Type: Text}, {Name: "price", Type: Money}}
}

// Lines are a customer's numbers: what they are on, use and may do. Without a line it is the customer's only one.
func Lines() Domain {
	line := Field{Name: "line", Type: ID, Optional: true}
	which := []Field{{Name: "line", Type: ID}, {Name: "phone", Type: Text}} // the number's last four digits
	with := func(more ...Field) []Field { return append(append([]Field{}, which...), more...) }
	changed := with(Field{Name: "plan", Type: Object, Fields: plan()}, Field{Name: "before", Type: Object, Fields: plan()},
		Field{Name: "from", Type: Date}, Field{Name: "no_broadband", Type: Bool}) // the new plan is without, the old one had it
	bought := with(append(addon(), Field{Name: "until", Type: Date})...)
	roaming := with(Field{Name: "country", Type: Text, Optional: true})
	return Domain{Name: "lines", Actions: []Action{
		{
			Name: "lines.usage", Args: []Field{{Name: "usage_kind", Type: Text, Optional: true}, line},
			Result: with(
				Field{Name: "plan", Type: Text}, Field{Name: "data_used", Type: Text}, Field{Name: "data_gb", Type: Text}, Field{Name: "data_left", Type: Text},
				Field{Name: "data_over", Type: Text, Optional: true}, Field{Name: "data_percent", Type: Number},
				Field{Name: "minutes_used", Type: Number}, Field{Name: "minutes", Type: Number}, Field{Name: "minutes_left", Type: Number},
				Field{Name: "nearly", Type: Bool}, // 80 % of the data or more is gone
				Field{Name: "resets", Type: Date},
				Field{Name: "data_only", Type: Bool}, Field{Name: "minutes_only", Type: Bool}, Field{Name: "sms_only", Type: Bool}, // what was asked about
			),
		},
		{
			Name: "lines.contract", Args: []Field{line},
			Result: with(
				Field{Name: "plan", Type: Text}, Field{Name: "price", Type: Money}, Field{Name: "until", Type: Date, Optional: true},
				Field{Name: "over", Type: Bool}, Field{Name: "days", Type: Number, Optional: true}, // left, or since it ended
			),
		},
		{Name: "lines.change_plan", Change: true, Args: []Field{{Name: "plan", Type: ID}, line}, Terms: changed, Result: changed},
		{
			Name: "lines.top_up", Change: true, Args: []Field{{Name: "amount", Type: Money}, line},
			Terms: with(Field{Name: "amount", Type: Money}), Result: with(Field{Name: "amount", Type: Money}, Field{Name: "reference", Type: ID}),
		},
		{Name: "lines.buy_addon", Change: true, Args: []Field{{Name: "addon", Type: ID}, line}, Terms: bought, Result: bought},
		{Name: "lines.enable_roaming", Change: true, Args: []Field{{Name: "country", Type: Text, Optional: true}, line}, Terms: roaming, Result: roaming},
		{Name: "lines.suspend", Change: true, Args: []Field{line}, Terms: which, Result: with(Field{Name: "reference", Type: ID})},
	}}
}

// Sims are the cards in customers' phones.
func Sims() Domain {
	return Domain{Name: "sims", Actions: []Action{{
		Name: "sims.replace", Change: true,
		Args:   []Field{{Name: "address", Type: Text}, {Name: "line", Type: ID, Optional: true}},
		Terms:  []Field{{Name: "line", Type: ID}, {Name: "phone", Type: Text}},
		Result: []Field{{Name: "line", Type: ID}, {Name: "phone", Type: Text}, {Name: "reference", Type: ID}, {Name: "address", Type: Text}, {Name: "eta", Type: Date}},
	}}}
}

// Bills are what a carrier charges by the month.
func Bills() Domain {
	return Domain{Name: "bills", Actions: []Action{{
		Name: "bills.get", Args: []Field{{Name: "period", Type: Text, Optional: true}}, // 2006-01-02/2006-01-02; without: the newest
		Result: []Field{
			{Name: "found", Type: Bool},
			{Name: "bills", Type: List, Optional: true, Fields: []Field{ // newest first
				{Name: "month", Type: Text}, {Name: "amount", Type: Money}, {Name: "items", Type: List, Fields: billed()},
			}},
			{Name: "extras", Type: List, Optional: true, Fields: billed()}, // of the first bill: what is beyond the plan
			{Name: "before", Type: Object, Optional: true, Fields: []Field{ // the bill of the month before the first
				{Name: "month", Type: Text}, {Name: "amount", Type: Money}, {Name: "difference", Type: Money}, {Name: "higher", Type: Bool}, {Name: "lower", Type: Bool},
			}},
			{Name: "asked", Type: Text, Optional: true},   // the month that there is no bill for
			{Name: "running", Type: Bool, Optional: true}, // it is the present one, billed when it is over
			{Name: "known", Type: Text, Optional: true},   // months that there are bills for
		},
	}}}
}

func billed() []Field { return []Field{{Name: "name", Type: Text}, {Name: "amount", Type: Money}} }
