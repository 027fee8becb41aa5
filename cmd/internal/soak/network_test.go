//go:build unix

package soak

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
)

// network is toxiproxy between the clients and the hub.
type network struct {
	t     *testing.T
	proxy *toxiproxy.Proxy
}

func newNetwork(t *testing.T, target string) *network {
	t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	n := &network{t: t, proxy: toxiproxy.NewProxy(server, "hub", "127.0.0.1:0", target)}
	must(t, n.proxy.Start())
	return n
}

func (n *network) url() string { return "http://" + n.proxy.Listen }

// misbehave does one bad thing to the network, or none.
func (n *network) misbehave(_ context.Context, r *rand.Rand) {
	toxics := []string{
		`{"name":"a","type":"latency","stream":"downstream","attributes":{"latency":30,"jitter":25}}`,
		`{"name":"a","type":"latency","stream":"upstream","attributes":{"latency":40,"jitter":30}}`,
		`{"name":"a","type":"reset_peer","toxicity":0.3,"stream":"downstream","attributes":{"timeout":60}}`,
		`{"name":"a","type":"reset_peer","toxicity":0.3,"stream":"upstream","attributes":{"timeout":40}}`,
		`{"name":"a","type":"slicer","stream":"downstream","attributes":{"average_size":40,"size_variation":30,"delay":200}}`,
		`{"name":"a","type":"slicer","stream":"upstream","attributes":{"average_size":20,"size_variation":15,"delay":200}}`,
		`{"name":"a","type":"timeout","toxicity":0.3,"stream":"downstream","attributes":{"timeout":100}}`,
		`{"name":"a","type":"timeout","toxicity":0.3,"stream":"upstream","attributes":{"timeout":100}}`,
	}
	i := r.IntN(len(toxics) + 2)
	if i >= len(toxics) {
		return
	}
	_, err := n.proxy.Toxics.AddToxicJson(strings.NewReader(toxics[i]))
	must(n.t, err)
}

func (n *network) calm() { n.proxy.Toxics.ResetToxics(context.Background()) }

func (n *network) close() { n.proxy.Stop() }
