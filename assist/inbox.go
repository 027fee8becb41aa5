package assist

// Inbox is one configured channel of one company, e.g. the chat widget of Northwind Audio.
type Inbox struct {
	ID        InboxID  `json:"id"`
	Name      string   `json:"name"`                // the company's name as customers read it
	NameZH    string   `json:"name_zh,omitzero"`    // the same for Chinese readers; empty: Name
	Industry  string   `json:"industry,omitzero"`   // ecommerce, banking, telecom, education, or the company's own
	Queue     QueueID  `json:"queue"`               // where handed-off conversations wait
	Packs     []string `json:"packs,omitzero"`      // what the bot knows here, besides "common"
	Origins   []string `json:"-"`                   // web origins that may embed the widget; empty: the hub's own only
	Secret    string   `json:"-"`                   // key of customers' signed identities; empty: none accepted
	Preview   bool     `json:"preview,omitzero"`    // agents see what the customer types before it is sent
	CSAT      bool     `json:"csat,omitzero"`       // ask for a rating at the end
	BotFirst  bool     `json:"bot_first,omitzero"`  // the bot answers first; else conversations go straight to the queue
	AutoReply string   `json:"auto_reply,omitzero"` // shown when nobody is on shift; empty: the built-in sentence
}

// DisplayName is the company's name for readers of the language.
func (i Inbox) DisplayName(language string) string {
	if language == "zh" && i.NameZH != "" {
		return i.NameZH
	}
	return i.Name
}

// Team is a group of agents that serves queues.
type Team struct {
	ID   TeamID `json:"id"`
	Name string `json:"name"`
}

// Queue is where conversations wait for a team.
type Queue struct {
	ID         QueueID `json:"id"`
	Name       string  `json:"name"`
	Team       TeamID  `json:"team"`
	AutoAccept bool    `json:"auto_accept,omitzero"` // routing assigns; otherwise agents accept by hand
	MaxWaiting int     `json:"max_waiting,omitzero"` // more are asked to leave a message; 0: no limit
}

// Macro is a saved reply with actions, offered by "/" in the composer.
type Macro struct {
	ID       MacroID       `json:"id"`
	Name     string        `json:"name"` // what is typed after "/", no spaces
	Title    string        `json:"title"`
	Language string        `json:"language,omitzero"` // empty: any
	Text     string        `json:"text"`              // with {{customer.name}}, {{agent.name}}, {{conversation.id}}, {{inbox.name}}
	Team     TeamID        `json:"team,omitzero"`     // empty: everybody
	Actions  []MacroAction `json:"actions,omitzero"`
	Files    []Attachment  `json:"files,omitzero"`
}

// For tells whether the agent may use the macro: it is everybody's, or that of one of the agent's teams.
func (m Macro) For(a Agent) bool { return m.Team == "" || a.InTeam(m.Team) }

// MacroAction is one thing that a macro does when its text is sent.
type MacroAction struct {
	Do    string `json:"do"` // tag, priority, snooze, resolve, note
	Value string `json:"value,omitzero"`
}

// Priority is the one that the action "priority" sets.
func (a MacroAction) Priority() Priority {
	switch a.Value {
	case "low", "-1":
		return PriorityLow
	case "high", "1":
		return PriorityHigh
	case "urgent", "2":
		return PriorityUrgent
	}
	return PriorityNormal
}

// Tag is a free label that agents put on conversations.
type Tag struct {
	Name  string `json:"name"`
	Color string `json:"color,omitzero"` // ok, warn, bad, primary, ai; empty: neutral
}
