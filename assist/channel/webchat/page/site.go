package page

import (
	"errors"
	"net/http"

	"deskhand/assist"
)

// Site is the demo companies, as /demo/site.json gives them to the page.
type Site struct {
	Companies []Company `json:"companies"` // the first is shown at /
}

// Company is one demo company's site.
type Company struct {
	Inbox     assist.InboxID `json:"inbox"`
	Name      string         `json:"name"`
	NameZH    string         `json:"name_zh"`
	Industry  string         `json:"industry"` // ecommerce, banking, telecom or education: chooses the site's looks
	Currency  string         `json:"currency"` // ISO 4217
	Offers    []Offer        `json:"offers"`
	Customers []Person       `json:"customers"` // who one may sign in as
}

// Offer is something the company sells.
type Offer struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	NameZH  string `json:"name_zh"`
	Price   string `json:"price,omitzero"`   // decimal, in the company's currency; empty: Note says it
	Note    string `json:"note,omitzero"`    // a short line, e.g. "40 GB, 300 minutes"
	NoteZH  string `json:"note_zh,omitzero"` // the same for Chinese readers
	Picture string `json:"picture"`          // a symbol of site/art.svg; for others one of the industry's is drawn
}

// Person is a demo customer.
type Person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Language string `json:"language"` // en or zh
}

func (s *server) demo(mux *http.ServeMux) {
	mux.HandleFunc("GET /shop/{inbox}", func(w http.ResponseWriter, r *http.Request) {
		id := assist.InboxID(r.PathValue("inbox"))
		for _, c := range s.o.Demo.Site.Companies {
			if c.Inbox == id {
				s.shop(w, r, id)
				return
			}
		}
		s.missing(w, r)
	})
	mux.HandleFunc("GET /demo/phone", s.phone)
	mux.HandleFunc("GET /demo/site.json", func(w http.ResponseWriter, r *http.Request) {
		writeJSON(w, http.StatusOK, s.o.Demo.Site)
	})
	mux.HandleFunc("GET /demo/identity", func(w http.ResponseWriter, r *http.Request) {
		id, err := s.o.Demo.Identity(r.Context(), assist.InboxID(r.FormValue("inbox")), r.FormValue("customer"))
		switch {
		case errors.Is(err, assist.ErrNotFound):
			writeJSON(w, http.StatusNotFound, map[string]any{"code": assist.CodeNotFound, "name": assist.CodeNotFound.String()})
		case err != nil:
			writeJSON(w, http.StatusInternalServerError, map[string]any{"code": assist.CodeInternal, "name": assist.CodeInternal.String()})
		default:
			writeJSON(w, http.StatusOK, id)
		}
	})
}
