package client

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"
)

// Keeper writes small values behind the back of the goroutine that paints: what is typed must be kept, yet a key
// must not wait for a disk. Only the last value of a key is written. Reading is answered from memory.
//
// Its goroutine runs from NewKeeper to Close.
type Keeper struct {
	memory Memory
	log    *slog.Logger

	mu    sync.Mutex // guards the maps and busy
	known map[string]string
	dirty map[string]bool
	stuck map[string]bool // refused by the disk: tried again with the next change, and at the end
	busy  bool            // a value is being written
	idle  *sync.Cond
	news  chan struct{} // holds one token while something is dirty
	stop  chan struct{}
	done  chan struct{}
}

// NewKeeper returns a keeper over memory.
func NewKeeper(memory Memory, log *slog.Logger) *Keeper {
	k := &Keeper{memory: memory, log: log.With("component", "keeper"), known: map[string]string{}, dirty: map[string]bool{}, stuck: map[string]bool{},
		news: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	k.idle = sync.NewCond(&k.mu)
	go k.run()
	return k
}

// readWithin bounds how long the first reading of a key may keep the screen.
const readWithin = 2 * time.Second

// Value is what was set last under the key.
func (k *Keeper) Value(key string) string {
	k.mu.Lock()
	v, ok := k.known[key]
	k.mu.Unlock()
	if ok {
		return v
	}
	ctx, cancel := context.WithTimeout(context.Background(), readWithin)
	defer cancel()
	v, err := k.memory.Value(ctx, key)
	if err != nil {
		k.log.Error("kept value not read", "key", key, "err", err)
		return ""
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if newer, ok := k.known[key]; ok {
		return newer
	}
	k.known[key] = v
	return v
}

// Set keeps a value; "" forgets the key.
func (k *Keeper) Set(key, value string) {
	k.mu.Lock()
	old, ok := k.known[key]
	if ok && old == value {
		k.mu.Unlock()
		return
	}
	k.known[key], k.dirty[key] = value, true
	k.mu.Unlock()
	select {
	case k.news <- struct{}{}:
	default:
	}
}

// Flush waits until everything set before is durable, or was refused by the disk and logged.
func (k *Keeper) Flush() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for len(k.dirty) > 0 || k.busy {
		k.idle.Wait()
	}
}

// Close writes what is left and ends.
func (k *Keeper) Close() error {
	close(k.stop)
	<-k.done
	return nil
}

func (k *Keeper) run() {
	defer close(k.done)
	for {
		select {
		case <-k.news:
			k.write()
		case <-k.stop:
			k.write()
			return
		}
	}
}

func (k *Keeper) write() {
	k.mu.Lock()
	maps.Copy(k.dirty, k.stuck)
	clear(k.stuck)
	k.mu.Unlock()
	for {
		k.mu.Lock()
		key, value, any := "", "", false
		for key = range k.dirty {
			value, any = k.known[key], true
			break
		}
		delete(k.dirty, key)
		k.busy = any
		if !any {
			k.idle.Broadcast()
		}
		k.mu.Unlock()
		if !any {
			return
		}
		if err := k.memory.SetValue(context.Background(), key, value); err != nil {
			k.log.Error("value not kept", "key", key, "err", err)
			k.mu.Lock()
			k.stuck[key] = true
			k.mu.Unlock()
		}
	}
}
