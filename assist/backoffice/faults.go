package backoffice

// Faults are what customers report as broken, with the visits of technicians.
func Faults() Domain {
	which := []Field{{Name: "ticket_id", Type: ID, Optional: true}} // without: the customer's only open one
	return Domain{Name: "faults", Actions: []Action{
		{Name: "faults.get", Args: which, Result: ticket()},
		// Tells early, before a time is asked for, whether the visit can still be moved.
		{Name: "faults.open", Args: which, Result: ticket()},
		{
			Name: "faults.create", Change: true,
			Args: []Field{ // a symptom with a time for the visit, or the area of a bad signal
				{Name: "symptom", Type: Text, Optional: true}, {Name: "visit_time", Type: DateTime, Optional: true}, {Name: "area", Type: Text, Optional: true},
			},
			Terms:  []Field{{Name: "address", Type: Text, Optional: true}, {Name: "known", Type: ID, Optional: true}}, // an open ticket of the same kind
			Result: []Field{{Name: "ticket_id", Type: ID}, {Name: "visit", Type: DateTime, Optional: true}, {Name: "address", Type: Text, Optional: true}, {Name: "area", Type: Text, Optional: true}},
		},
		{
			Name: "faults.reschedule", Change: true,
			Args:   []Field{{Name: "ticket_id", Type: ID, Optional: true}, {Name: "visit_time", Type: DateTime}},
			Terms:  ticket(),
			Result: ticket(),
		},
	}}
}

// ticket are the fields of one fault.
func ticket() []Field {
	return []Field{
		{Name: "ticket_id", Type: ID}, {Name: "kind", Type: Text}, {Name: "kind_text", Type: Text},
		{Name: "status", Type: Text}, {Name: "status_text", Type: Text},
		{Name: "visit", Type: DateTime, Optional: true}, {Name: "missed", Type: Bool}, // the time of the visit is over
		{Name: "symptom", Type: Text, Optional: true}, {Name: "area", Type: Text, Optional: true}, {Name: "address", Type: Text, Optional: true},
		{Name: "open", Type: Bool},
	}
}

// Outages are faults of the network itself, by area.
func Outages() Domain {
	return Domain{Name: "outages", Actions: []Action{{
		Name: "outages.find", Args: []Field{{Name: "area", Type: Text}},
		Result: []Field{
			{Name: "found", Type: Bool}, {Name: "area", Type: Text}, {Name: "kind", Type: Text, Optional: true}, {Name: "kind_text", Type: Text, Optional: true},
			{Name: "since", Type: DateTime, Optional: true}, {Name: "eta", Type: DateTime, Optional: true},
		},
	}}}
}

// Devices are a customer's routers and terminals, which tell how they are.
func Devices() Domain {
	return Domain{Name: "devices", Actions: []Action{
		{
			Name: "devices.diagnose", Args: []Field{{Name: "device", Type: ID, Optional: true}}, // without: the customer's own
			Result: []Field{
				{Name: "none", Type: Bool},                                                             // there is no device that could tell anything
				{Name: "device", Type: ID, Optional: true}, {Name: "name", Type: Text, Optional: true}, // what it is, for the reader
				{Name: "diagnosis", Type: Text, Optional: true}, {Name: "finding", Type: Text, Optional: true}, // what was found, in a sentence
				{Name: "readings", Type: Text, Optional: true},                                            // what it says that on
				{Name: "advice", Type: Text, Optional: true},                                              // what the customer can do
				{Name: "remote_fix", Type: ID, Optional: true}, {Name: "fix", Type: Text, Optional: true}, // the fix in words: "restart …"
				{Name: "healthy", Type: Bool},
			},
		},
		{
			Name: "devices.remote_fix", Change: true,
			Args:   []Field{{Name: "device", Type: ID}, {Name: "fix", Type: ID}},
			Terms:  []Field{{Name: "device", Type: ID}, {Name: "name", Type: Text}, {Name: "fix", Type: Text}, {Name: "minutes", Type: Number}},
			Result: []Field{{Name: "device", Type: ID}, {Name: "name", Type: Text}, {Name: "fix", Type: Text}, {Name: "minutes", Type: Number}},
		},
	}}
}
