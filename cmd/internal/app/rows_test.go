package app_test

import (
	"fmt"
	"maps"
	"sync"
	"testing"

	"deskhand/assist"
	"deskhand/cmd/internal/config"
)

// A desktop that connects while conversations move is told everything, and nothing before the welcome.
func TestRows_OfADeskThatMovesMeanwhile(t *testing.T) {
	d := openDesk(t, fast, func(c *config.Config) { c.Limits.ConnectionsPerAgent, c.Limits.ConnectionsPerAddress = 100, 1000 })
	d.hire("li", assist.RoleAgent)
	var customers []*peer
	for range 150 { // enough that reading the first rows takes a while
		c := d.customer(counter)
		c.say("hello")
		customers = append(customers, c)
	}
	stop := make(chan struct{})
	var talking sync.WaitGroup
	for _, c := range customers[:20] {
		talking.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					c.say("more")
				}
			}
		})
	}
	var desktops []*peer
	for range 25 {
		desktops = append(desktops, d.agent("li"))
	}
	close(stop)
	talking.Wait()
	last := map[int]int{} // the final seq of each conversation
	for _, c := range customers {
		last[c.conv] = c.say("the end").num("seq")
	}
	for i, p := range desktops {
		p.rewind()
		if first := p.await("anything", func(frame) bool { return true }); first["t"] != "welcome" {
			t.Errorf("desktop %d: the first frame is %v", i, first)
		}
		known := map[int]int{}
		p.await(fmt.Sprintf("desktop %d knows all", i), func(f frame) bool {
			if f["t"] == "rows" && f["reset"] == true {
				clear(known)
			}
			for _, r := range list(f, "rows") {
				row := frame(r.(map[string]any))
				known[row.num("id")] = row.num("seq")
			}
			return maps.Equal(known, last)
		})
	}
}

// A customer's new name shows in all desktops' lists at once.
func TestRows_ShowACustomersNewName(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	d.hire("anna", assist.RoleAgent)
	li, anna, c := d.agent("li"), d.agent("anna"), d.customer(counter)
	c.say("hello")
	customer := li.must(frame{"t": "open", "conversation": c.conv}).num("customer", "id")
	anna.next("rows")
	li.must(frame{"t": "customer_save", "customer": frame{"id": customer, "name": "Ana Ruiz"}})
	anna.await("the row with the name", func(f frame) bool {
		for _, r := range list(f, "rows") {
			if frame(r.(map[string]any)).text("customer_name") == "Ana Ruiz" {
				return true
			}
		}
		return false
	})
}

// Whoever has the conversation open sees the customer's new profile there.
func TestOpen_ShowsACustomersNewProfile(t *testing.T) {
	d := openDesk(t, fast)
	d.hire("li", assist.RoleAgent)
	d.hire("anna", assist.RoleAgent)
	li, anna, c := d.agent("li"), d.agent("anna"), d.customer(counter)
	c.say("hello")
	customer := li.must(frame{"t": "open", "conversation": c.conv}).num("customer", "id")
	anna.must(frame{"t": "open", "conversation": c.conv})
	li.must(frame{"t": "customer_save", "customer": frame{"id": customer, "name": "Ana Ruiz"}})
	anna.await("the customer's change in the open conversation", func(f frame) bool {
		if f["t"] != "event" {
			return false
		}
		e := frame(f["event"].(map[string]any))
		return e.text("type") == "customer_updated" && e.num("conversation") == c.conv
	})
}
