package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"deskhand/assist/backoffice"
)

type ticket struct {
	ID      string    `yaml:"id" json:"id"`
	Kind    string    `yaml:"kind" json:"kind"`
	Status  string    `yaml:"status" json:"status"`
	Visit   time.Time `yaml:"visit" json:"visit"`
	Symptom string    `yaml:"symptom" json:"symptom"`
	Area    string    `yaml:"area" json:"area"`
}

const (
	faultSignal    = "signal"
	faultBroadband = "broadband"
	faultScheduled = "scheduled"
	faultOpen      = "open"
)

// open tells whether somebody is still to see to the fault. A status that the carrier doesn't know counts as settled.
func (t *ticket) open() bool {
	return slices.Contains([]string{faultScheduled, faultOpen, "new", "assigned", "in_progress", "waiting"}, t.Status)
}

func (t *ticket) kindText(language string) string {
	w, ok := map[string]word{
		faultSignal: {"weak mobile signal", "手机信号问题"}, faultBroadband: {"broadband fault", "宽带故障"}, "mobile": {"mobile network fault", "移动网络故障"},
		"line": {"line fault", "线路故障"}, "device": {"device fault", "设备故障"}, "tv": {"television fault", "电视故障"},
	}[t.Kind]
	if !ok {
		return strings.ReplaceAll(t.Kind, "_", " ")
	}
	return w.in(language)
}

func (t *ticket) statusText(language string) string {
	w, ok := map[string]word{
		faultScheduled: {"scheduled", "已预约上门"}, faultOpen: {"open, being looked into", "已受理，正在排查"}, "new": {"received", "已受理"},
		"assigned": {"assigned to a technician", "已派单"}, "in_progress": {"being worked on", "处理中"}, "waiting": {"waiting for parts", "等待备件"},
		"done": {"repaired", "已修复"}, "resolved": {"repaired", "已修复"}, "closed": {"closed", "已关闭"}, "cancelled": {"cancelled", "已取消"},
	}[t.Status]
	if !ok {
		return strings.ReplaceAll(t.Status, "_", " ")
	}
	return w.in(language)
}

// note says in a line where a fault stands that isn't settled yet.
func (t *ticket) note(language string) string {
	text := word{t.ID + ": " + t.kindText("en") + ", " + t.statusText("en"), t.ID + "：" + t.kindText("zh") + "，" + t.statusText("zh")}.in(language)
	if t.Visit.IsZero() {
		return text
	}
	return text + " " + t.Visit.Format("2006-01-02 15:04")
}

func (t *ticket) record(who *subscriber, c backoffice.Call) backoffice.Record {
	r := backoffice.Record{
		"ticket_id": t.ID, "kind": t.Kind, "kind_text": t.kindText(c.Language), "status": t.Status, "status_text": t.statusText(c.Language),
		"missed": !t.Visit.IsZero() && t.Visit.Before(c.Now), "symptom": t.Symptom, "area": t.Area, "address": who.Address, "open": t.open(),
	}
	if !t.Visit.IsZero() {
		r["visit"] = t.Visit
	}
	return r
}

// ticketOf is the customer's fault that the call is about: the one that is named, else the newest open one, else the
// newest. One that isn't the customer's own is refused like one that there is not.
func (s *carrier) ticketOf(c backoffice.Call) (*subscriber, *ticket, error) {
	who := s.subscriber(c.Customer)
	if who == nil {
		return nil, nil, unknownCustomer()
	}
	id := c.Args["ticket_id"]
	var found *ticket
	for i := range who.Tickets {
		t := &who.Tickets[i]
		if id != "" && sameID(t.ID, id) || id == "" && (found == nil || t.open() || !found.open()) {
			found = t
		}
	}
	switch {
	case found != nil:
		return who, found, nil
	case id != "":
		return nil, nil, &backoffice.Refusal{Code: "unknown_ticket", Slot: "ticket_id", Facts: backoffice.Record{"ticket_id": id}}
	}
	return nil, nil, &backoffice.Refusal{Code: "no_ticket"}
}

func (s *carrier) faultsGet(c backoffice.Call) (backoffice.Record, error) {
	who, t, err := s.ticketOf(c)
	if err != nil {
		return nil, err
	}
	return t.record(who, c), nil
}

// faultsOpen is the fault if its visit can still be moved.
func (s *carrier) faultsOpen(c backoffice.Call) (backoffice.Record, error) {
	who, t, err := s.openTicket(c)
	if err != nil {
		return nil, err
	}
	return t.record(who, c), nil
}

func (s *carrier) openTicket(c backoffice.Call) (*subscriber, *ticket, error) {
	who, t, err := s.ticketOf(c)
	if err != nil {
		return nil, nil, err
	}
	if !t.open() {
		return nil, nil, &backoffice.Refusal{Code: "settled", Facts: t.record(who, c)}
	}
	return who, t, nil
}

// visitAt reads the time of a visit; it must lie in the future.
func visitAt(c backoffice.Call) (time.Time, error) {
	at, err := time.ParseInLocation("2006-01-02T15:04", c.Args["visit_time"], c.Now.Location())
	switch {
	case err != nil:
		return at, &backoffice.Refusal{Code: "no_time", Slot: "visit_time"}
	case !at.After(c.Now):
		return at, &backoffice.Refusal{Code: "past_time", Slot: "visit_time", Facts: backoffice.Record{"visit": at}}
	}
	return at, nil
}

func (s *carrier) faultsReschedule(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who, t, err := s.openTicket(c)
	if err != nil {
		return nil, nil, err
	}
	at, err := visitAt(c)
	if err != nil {
		return nil, nil, err
	}
	if at.Equal(t.Visit) {
		return nil, nil, &backoffice.Refusal{Code: "same_time", Slot: "visit_time", Facts: t.record(who, c)}
	}
	return t.record(who, c), func() backoffice.Record {
		t.Visit, t.Status = at, faultScheduled
		return t.record(who, c)
	}, nil
}

// faultsCreate takes a fault at the customer's with a time for the visit, or an area where the signal is bad.
func (s *carrier) faultsCreate(c backoffice.Call) (backoffice.Record, func() backoffice.Record, error) {
	who := s.subscriber(c.Customer)
	if who == nil {
		return nil, nil, unknownCustomer()
	}
	next := ticket{Kind: faultSignal, Status: faultOpen, Area: strings.TrimSpace(c.Args["area"])}
	if next.Area == "" {
		at, err := visitAt(c)
		if err != nil {
			return nil, nil, err
		}
		next = ticket{Kind: faultBroadband, Status: faultScheduled, Visit: at, Symptom: strings.TrimSpace(c.Args["symptom"])}
		if next.Symptom == "" {
			return nil, nil, &backoffice.Refusal{Code: "no_symptom", Slot: "symptom"}
		}
	}
	terms := backoffice.Record{"address": who.Address}
	for i := range who.Tickets {
		if t := &who.Tickets[i]; t.open() && t.Kind == next.Kind {
			terms["known"] = t.ID
		}
	}
	return terms, func() backoffice.Record {
		next.ID = s.nextTicket()
		who.Tickets = append(who.Tickets, next)
		r := backoffice.Record{"ticket_id": next.ID, "address": who.Address, "area": next.Area}
		if !next.Visit.IsZero() {
			r["visit"] = next.Visit
		}
		return r
	}, nil
}

// nextTicket is the number after the highest that was given out.
func (s *carrier) nextTicket() string {
	prefix, highest := "F-", 0
	for _, c := range s.Customers {
		for _, t := range c.Tickets {
			at := strings.IndexAny(t.ID, "0123456789")
			if at < 0 {
				continue
			}
			if n, err := strconv.Atoi(t.ID[at:]); err == nil && n >= highest {
				prefix, highest = t.ID[:at], n
			}
		}
	}
	return fmt.Sprintf("%s%d", prefix, highest+1)
}

// outagesFind looks for a fault of the network by the name of the area, as far as the customer gives it.
func (s *carrier) outagesFind(c backoffice.Call) (backoffice.Record, error) {
	area := strings.TrimSpace(c.Args["area"])
	asked := plainly(area)
	for _, o := range s.Outages {
		if !sameArea(asked, plainly(o.Area)) && !sameArea(asked, plainly(o.AreaZH)) {
			continue
		}
		kind := ticket{Kind: o.Kind}
		r := backoffice.Record{"found": true, "area": named(o.Area, o.AreaZH, c.Language), "kind": o.Kind, "kind_text": kind.kindText(c.Language), "since": o.Since}
		if o.ETA.After(c.Now) {
			r["eta"] = o.ETA
		}
		return r, nil
	}
	return backoffice.Record{"found": false, "area": area}, nil
}

// sameArea compares names of areas: all of the known one is said, or most of it.
func sameArea(asked, known string) bool {
	if asked == "" || known == "" {
		return false
	}
	return strings.Contains(asked, known) || strings.Contains(known, asked) && 3*len(asked) >= 2*len(known)
}
