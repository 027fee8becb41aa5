package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"log/slog"
	"path"
	"strings"
	"time"

	"github.com/ebitengine/oto/v3"

	"deskhand/assets"
)

// rate is the sample rate of assets/sounds.
const rate = 22050

// noise plays the alerts. Its goroutine opens the device with the first sound, so that a silent start costs nothing,
// and ends with close. A computer without a device stays silent, which is logged once.
type noise struct {
	log   *slog.Logger
	plays chan play // full: the sound is left out, a second one at the same moment tells nothing more
	stop  chan struct{}
	done  chan struct{}
}

type play struct {
	name   string
	volume float64
}

func newNoise(log *slog.Logger) *noise {
	n := &noise{log: log.With("component", "sound"), plays: make(chan play, 2), stop: make(chan struct{}), done: make(chan struct{})}
	go n.run()
	return n
}

// Play implements shell.Sound.
func (n *noise) Play(name string, volume float64) {
	select {
	case n.plays <- play{name, volume}:
	default:
	}
}

func (n *noise) close() {
	close(n.stop)
	<-n.done
}

func (n *noise) run() {
	defer close(n.done)
	var device *oto.Context
	broken := false
	for {
		select {
		case <-n.stop:
			return
		case p := <-n.plays:
			if broken {
				continue
			}
			if device == nil {
				var err error
				if device, err = n.open(); err != nil {
					n.log.Warn("no sound", "err", err)
					broken = true
					continue
				}
			}
			if err := n.sound(device, p); err != nil {
				n.log.Warn("sound not played", "name", p.name, "err", err)
			}
		}
	}
}

// openWithin bounds how long a device may take.
const openWithin = 3 * time.Second

func (n *noise) open() (*oto.Context, error) {
	if !deviceIsThere() {
		return nil, errors.New("this computer has no device")
	}
	c, ready, err := oto.NewContext(&oto.NewContextOptions{SampleRate: rate, ChannelCount: 1, Format: oto.FormatSignedInt16LE})
	if err != nil {
		return nil, err
	}
	late := time.NewTimer(openWithin)
	defer late.Stop()
	select {
	case <-ready:
		return c, c.Err()
	case <-n.stop:
		return nil, errors.New("the program ends")
	case <-late.C:
		return nil, errors.New("the device does not answer")
	}
}

// sound plays to the end, or until close.
func (n *noise) sound(device *oto.Context, p play) error {
	samples, err := samplesOf(p.name)
	if err != nil {
		return err
	}
	player := device.NewPlayer(bytes.NewReader(samples))
	player.SetVolume(p.volume)
	player.Play()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for player.IsPlaying() {
		select {
		case <-n.stop:
			player.Pause()
			return nil
		case <-tick.C:
		}
	}
	return player.Err()
}

// samplesOf is what stands in the data chunk of a bundled WAV file (RIFF; multimedia programming interface and data
// specifications 1.0, IBM and Microsoft 1991).
func samplesOf(name string) ([]byte, error) {
	if strings.ContainsAny(name, "/\\") {
		return nil, fs.ErrInvalid
	}
	data, err := fs.ReadFile(assets.Sounds, path.Join("sounds", name+".wav"))
	if err != nil {
		return nil, err
	}
	if len(data) < 12 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WAVE" {
		return nil, errors.New(name + " is no WAV file")
	}
	for at := 12; at+8 <= len(data); {
		size := int(binary.LittleEndian.Uint32(data[at+4:]))
		if at+8+size > len(data) {
			break
		}
		if string(data[at:at+4]) == "data" {
			return data[at+8 : at+8+size], nil
		}
		at += 8 + size + size%2
	}
	return nil, errors.New(name + " holds no samples")
}
