package main

import (
	"bytes"
	"os"
	"strconv"
	"time"
)

// clockTicks is how many ticks of /proc are in a second (USER_HZ, fixed at 100 on Linux; see proc(5)).
const clockTicks = 100

// processStarted is when the system started this process; where that can't be told, other.
func processStarted(other time.Time) time.Time {
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return other
	}
	uptime, err := os.ReadFile("/proc/uptime")
	if err != nil {
		return other
	}
	rest := stat[bytes.LastIndexByte(stat, ')')+1:] // the name may hold spaces
	fields := bytes.Fields(rest)
	up := bytes.Fields(uptime)
	if len(fields) < 20 || len(up) < 1 {
		return other
	}
	ticks, err1 := strconv.ParseFloat(string(fields[19]), 64) // starttime, field 22 of proc(5)
	seconds, err2 := strconv.ParseFloat(string(up[0]), 64)
	if err1 != nil || err2 != nil {
		return other
	}
	return time.Now().Add(-time.Duration((seconds - ticks/clockTicks) * float64(time.Second)))
}
