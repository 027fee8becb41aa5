package main

// evalCmd measures how well the desk does what it does. The last line of each is one JSON object.
type evalCmd struct {
	Intents   evalIntentsCmd   `cmd:"" help:"How well the intents of texts are read."`
	Scenarios evalScenariosCmd `cmd:"" help:"Play customers' errands against a desk of its own and judge what came of them."`
	Hostile   evalHostileCmd   `cmd:"" help:"Attack a desk of its own with words hidden in chats and data, and count what they achieve."`
}
