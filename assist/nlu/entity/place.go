package entity

// Place is a country, a region of several countries, or a city.
type Place struct {
	Span
	Code    string // ISO 3166 alpha-2 of a country; a name such as "europe" for a region; "" for a city
	Country string // alpha-2 of the country that a city is in
	English string
	Chinese string
}

// Countries finds countries and regions of the world by their names in both languages.
func Countries(text string) []Place { return nil }

// Cities finds large cities of the world by their names in both languages.
func Cities(text string) []Place { return nil }

// Languages finds languages by name, as tags: "en", "zh", "fr", …
func Languages(text string) []Span { return nil }
