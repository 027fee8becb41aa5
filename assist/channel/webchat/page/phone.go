package page

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"time"

	"deskhand/assist"
)

// PhoneMessage is a text message on the phone of a demo customer.
type PhoneMessage struct {
	Phone string
	Text  string
	At    time.Time
}

// shownPhone is a phone with messages.
type shownPhone struct {
	Company, Name, Customer, Phone string
	Messages                       []PhoneMessage // newest first
}

// phone shows the phones of the demo's customers to whoever sits at the hub's machine: what stands there proves who one is.
func (s *server) phone(w http.ResponseWriter, r *http.Request) {
	if s.o.Demo.Phone == nil || !fromHere(r) {
		s.missing(w, r)
		return
	}
	inbox, customer := assist.InboxID(r.FormValue("inbox")), r.FormValue("customer")
	var phones []shownPhone
	for _, c := range s.o.Demo.Site.Companies {
		for _, p := range c.Customers {
			if inbox != "" && inbox != c.Inbox || customer != "" && customer != p.ID {
				continue
			}
			messages := s.o.Demo.Phone(c.Inbox, p.ID)
			if len(messages) == 0 {
				continue
			}
			slices.Reverse(messages)
			phones = append(phones, shownPhone{c.Name, p.Name, p.ID, messages[0].Phone, messages})
		}
	}
	slices.SortStableFunc(phones, func(a, b shownPhone) int { return b.Messages[0].At.Compare(a.Messages[0].At) })
	w.Header().Set("Refresh", "3")
	s.show(w, r, http.StatusOK, "'none'", "phone.html", phones)
}

// fromHere tells whether a request comes from this machine, and by its own name: another site's page that has its name
// point here is refused, and what a proxy passes on.
func fromHere(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !at.Addr().Unmap().IsLoopback() || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
		return false
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback() || host == "[::1]"
}
