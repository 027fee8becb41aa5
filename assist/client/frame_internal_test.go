package client

import (
	"testing"

	"deskhand/assist/wire"
)

// FuzzFrames feeds both decoders with what a broken hub, or something that isn't one, might send.
func FuzzFrames(f *testing.F) {
	for _, s := range []string{
		`{"t":"welcome","v":1,"epoch":"e"}`, `{"v":1,"t":"ack","client_id":"x","seq":3}`, `{"t":"event","event":{"type":"message_appended","data":{"message":{"seq":1}}}}`,
		`[{"t":"ping"},{"t":"unknown","x":[1,2]}]`, `{"t":"opened","row":{"id":7},"messages":[null]}`, `{"t":"wel\u0063ome"}`, `[`, `{"t":5}`, "",
	} {
		f.Add([]byte(s))
	}
	agent, customer := agentFrames(), customerFrames()
	f.Fuzz(func(t *testing.T, data []byte) {
		frames, err := wire.Split(data)
		if err != nil {
			return
		}
		for _, b := range frames {
			kind := frameType(b)
			for _, d := range []decoders{agent, customer} {
				frame, err := d.decode(kind, b)
				if err == nil && frame != nil && frame.Type() != kind {
					t.Fatalf("frame %q decoded as %s", kind, frame.Type())
				}
			}
		}
	})
}

func TestFrameType(t *testing.T) {
	for data, want := range map[string]string{
		`{"t":"ack","seq":1}`: "ack", `{"seq":1,"t":"ack"}`: "ack", `{"t":"a\u0063k"}`: "ack", `{"t":""}`: "", `{"t":7}`: "", `nonsense`: "",
	} {
		if got := frameType([]byte(data)); got != want {
			t.Errorf("%s: got %q, want %q", data, got, want)
		}
	}
}
