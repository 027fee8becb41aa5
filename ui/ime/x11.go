package ime

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// screen asks the X server one thing, where a window's point is on the screen, which Fyne and GLFW know but do not tell.
// It speaks the X11 protocol itself (X Window System Protocol, Version 11, appendix B): one request is not worth a
// library. The zero value knows nothing.
type screen struct {
	conn net.Conn
	root uint32
}

// patience bounds each exchange with the X server.
const xPatience = 500 * time.Millisecond

func openScreen(env func(string) string) (*screen, error) {
	network, address, display, err := xAddress(env("DISPLAY"))
	if err != nil {
		return nil, err
	}
	conn, err := net.DialTimeout(network, address, xPatience)
	if err != nil {
		return nil, fmt.Errorf("dial X server: %w", err)
	}
	s := &screen{conn: conn}
	if err := s.handshake(xCookie(env, display)); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return s, nil
}

// xAddress reads a display name, [host]:number[.screen].
func xAddress(display string) (network, address, number string, err error) {
	host, rest, ok := strings.Cut(display, ":")
	number, _, _ = strings.Cut(rest, ".")
	n, convErr := strconv.Atoi(number)
	if !ok || convErr != nil || n < 0 || n > 59535 {
		return "", "", "", fmt.Errorf("DISPLAY %q names no display", display)
	}
	if host == "" || host == "unix" {
		return "unix", filepath.Join("/tmp/.X11-unix", "X"+number), number, nil
	}
	return "tcp", net.JoinHostPort(host, strconv.Itoa(6000+n)), number, nil
}

// xCookie returns the MIT-MAGIC-COOKIE-1 of the display from the authority file, nil if there is none (Xau library,
// AuFileName and AuRead).
func xCookie(env func(string) string, display string) []byte {
	file := env("XAUTHORITY")
	if file == "" {
		file = filepath.Join(env("HOME"), ".Xauthority")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	return findCookie(data, display)
}

func findCookie(data []byte, display string) []byte {
	r := bytes.NewReader(data)
	text := func() []byte {
		var n uint16
		if binary.Read(r, binary.BigEndian, &n) != nil || int(n) > r.Len() {
			return nil
		}
		b := make([]byte, n)
		_, _ = io.ReadFull(r, b) // as long as was checked
		return b
	}
	for r.Len() > 2 {
		_, _ = r.Seek(2, io.SeekCurrent) // the family of the address
		_, number, name, cookie := text(), text(), text(), text()
		if string(name) == "MIT-MAGIC-COOKIE-1" && (len(number) == 0 || string(number) == display) {
			return cookie
		}
	}
	return nil
}

func (s *screen) handshake(cookie []byte) error {
	name := ""
	if cookie != nil {
		name = "MIT-MAGIC-COOKIE-1"
	}
	out := []byte{'l', 0, 11, 0, 0, 0, byte(len(name)), 0, byte(len(cookie)), byte(len(cookie) >> 8), 0, 0}
	out = append(out, padded([]byte(name))...)
	out = append(out, padded(cookie)...)
	_ = s.conn.SetDeadline(time.Now().Add(xPatience)) // fails only on a closed connection, as does Write
	if _, err := s.conn.Write(out); err != nil {
		return fmt.Errorf("greet X server: %w", err)
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(s.conn, head); err != nil {
		return fmt.Errorf("read X server's greeting: %w", err)
	}
	body := make([]byte, 4*int(binary.LittleEndian.Uint16(head[6:])))
	if _, err := io.ReadFull(s.conn, body); err != nil {
		return fmt.Errorf("read X server's greeting: %w", err)
	}
	if head[0] != 1 {
		return errors.New("the X server refuses the connection")
	}
	root, err := firstRoot(body)
	s.root = root
	return err
}

func padded(b []byte) []byte { return append(b, make([]byte, (4-len(b)%4)%4)...) }

// firstRoot finds the root window of the first screen behind vendor name and pixmap formats.
func firstRoot(body []byte) (uint32, error) {
	if len(body) < 32 {
		return 0, errors.New("the X server's greeting is too short")
	}
	vendor := int(binary.LittleEndian.Uint16(body[16:]))
	at := 32 + (vendor+3)/4*4 + 8*int(body[21])
	if len(body) < at+4 {
		return 0, errors.New("the X server's greeting has no screen")
	}
	return binary.LittleEndian.Uint32(body[at:]), nil
}

// translate returns where on the screen the point of the window is (request TranslateCoordinates).
func (s *screen) translate(window uint32, x, y int) (int, int, error) {
	if s.conn == nil {
		return 0, 0, errors.New("no X server")
	}
	out := make([]byte, 16)
	out[0], out[2] = 40, 4
	binary.LittleEndian.PutUint32(out[4:], window)
	binary.LittleEndian.PutUint32(out[8:], s.root)
	binary.LittleEndian.PutUint16(out[12:], uint16(int16(x)))
	binary.LittleEndian.PutUint16(out[14:], uint16(int16(y)))
	_ = s.conn.SetDeadline(time.Now().Add(xPatience)) // fails only on a closed connection, as does Write
	if _, err := s.conn.Write(out); err != nil {
		s.close()
		return 0, 0, fmt.Errorf("ask X server: %w", err)
	}
	for {
		in := make([]byte, 32)
		if _, err := io.ReadFull(s.conn, in); err != nil {
			s.close()
			return 0, 0, fmt.Errorf("read X server's answer: %w", err)
		}
		switch in[0] {
		case 0:
			return 0, 0, fmt.Errorf("error %d of the X server for window %#x", in[1], window)
		case 1:
			return int(int16(binary.LittleEndian.Uint16(in[12:]))), int(int16(binary.LittleEndian.Uint16(in[14:]))), nil
		} // else an event that nobody asked for
	}
}

func (s *screen) close() {
	if s.conn != nil {
		_ = s.conn.Close() // nothing was to be kept
		s.conn = nil
	}
}
