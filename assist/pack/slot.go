package pack

// SlotType says what a slot holds and so how a text is read for it.
type SlotType string

// The types of slot.
const (
	Item     SlotType = "item"     // one of what the back office offers
	FreeText SlotType = "text"     // as the customer wrote it
	Money    SlotType = "money"    // decimal of two places
	Date     SlotType = "date"     // 2006-01-02
	DateTime SlotType = "datetime" // 2006-01-02T15:04
	Period   SlotType = "period"   // 2006-01-02/2006-01-02
	Number   SlotType = "number"
	Phone    SlotType = "phone"
	Email    SlotType = "email"
	Address  SlotType = "address"
	Choice   SlotType = "choice"   // one of Options
	Shape    SlotType = "shape"    // an id that the back office can't list
	Place    SlotType = "place"    // a city or country
	Name     SlotType = "name"     // of a person or a company, as the customer wrote it
	Duration SlotType = "duration" // as the customer wrote it: 两年, "18 months"
	Code     SlotType = "code"     // a voucher code that the back office can't list: letters with digits, as capitals
)

func slotTypes() []SlotType {
	return []SlotType{Item, FreeText, Money, Date, DateTime, Period, Number, Phone, Email, Address, Choice, Shape, Place, Name, Duration, Code}
}

// Slot is a value that errands need.
type Slot struct {
	Name      string
	Pack      string
	Type      SlotType
	Kind      string   // of an item; of a place: city or country
	Needs     []string // slots that must be filled first
	Title     Text
	People    bool // items that are people: whoever is named beside them is somebody else
	Opening   bool // the first message counts as the value if it tells enough
	Past      bool // only what is over
	Future    bool // only what is to come
	NoButtons bool
	NoRepeat  bool     // never taken over from an earlier errand
	Behind    []string // words that it stands behind and all else before: "swap the black one for blue"
	Options   []Option
	Shape     string // 9 a digit, A a letter
}

// Option is one value of a choice, with the words for it; the first of each language is shown.
type Option struct {
	ID string
	EN []string
	ZH []string
}

// Name is the option for a reader of the language.
func (o Option) Name(language string) string {
	if language == "zh" && len(o.ZH) > 0 {
		return o.ZH[0]
	}
	if len(o.EN) > 0 {
		return o.EN[0]
	}
	return o.ID
}
