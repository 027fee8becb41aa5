package backoffice

// FieldType says what a field holds.
type FieldType string

// The types of field.
const (
	Text     FieldType = "text"
	ID       FieldType = "id"
	Money    FieldType = "money" // decimal string of two places
	Number   FieldType = "number"
	Bool     FieldType = "bool"
	Date     FieldType = "date"     // time.Time at midnight; in Args 2006-01-02
	DateTime FieldType = "datetime" // time.Time; in Args 2006-01-02T15:04
	List     FieldType = "list"     // of records with Fields
	Object   FieldType = "object"   // a record with Fields
)

// Field is an argument or a part of a result.
type Field struct {
	Name     string
	Type     FieldType
	Optional bool
	Fields   []Field // of List and Object
}

// Action is one thing that a back office can be asked.
type Action struct {
	Name   string // domain.verb
	Change bool   // changes something: Check and Execute; else Read
	Args   []Field
	Result []Field // of Read or Execute; an adapter drops what is not named here
	Terms  []Field // of Check
}

// Domain is a small contract: actions that belong together, e.g. orders. Companies have those that they need.
type Domain struct {
	Name    string
	Actions []Action
}
