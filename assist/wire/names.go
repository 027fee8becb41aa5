package wire

// Types of the frames that clients send.
const (
	TypeHello        = "hello"
	TypeSend         = "send"
	TypeTyping       = "typing"
	TypeMark         = "mark"
	TypeHistory      = "history"
	TypeHuman        = "human"
	TypeRate         = "rate"
	TypeLanguage     = "language"
	TypePing         = "ping"
	TypePong         = "pong"
	TypeOpen         = "open"
	TypeClose        = "close"
	TypeDo           = "do"
	TypeState        = "state"
	TypeList         = "list"
	TypeSearch       = "search"
	TypeCustomer     = "customer"
	TypeCustomerSave = "customer_save"
	TypeMacroSave    = "macro_save"
	TypeTagSave      = "tag_save"
	TypeCommands     = "commands"
	TypeApprovals    = "approvals"
	TypeApprove      = "approve"
	TypeDecline      = "decline"
)
