package replay

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"deskhand/assist"
)

// Inboxes asks a hub which inboxes it has.
func Inboxes(ctx context.Context, c *http.Client, hub string) ([]assist.InboxID, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(hub, "/")+"/api/v1/inboxes", nil)
	if err != nil {
		return nil, fmt.Errorf("address of the hub: %w", err)
	}
	resp, err := c.Do(req)
	if err != nil {
		return nil, fmt.Errorf("inboxes of the hub: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("inboxes of the hub: %s answers %s", hub, resp.Status)
	}
	var list []struct {
		ID assist.InboxID `json:"id"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&list); err != nil {
		return nil, fmt.Errorf("inboxes of the hub: %w", err)
	}
	var out []assist.InboxID
	for _, i := range list {
		out = append(out, i.ID)
	}
	return out, nil
}
