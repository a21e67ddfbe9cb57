package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// measureStart measures how long the program needs until it is ready, its search index
// made, and compares what memory it takes with the index.
func measureStart(ctx context.Context, full, dir string, rounds int, indexBytes int64) error {
	program := filepath.Join(dir, "tribemarket")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/tribemarket").CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	var took []float64
	var resident int64
	for range rounds {
		ready, memory, err := startProgram(ctx, program, full, dir, 20*time.Second)
		if err != nil {
			return err
		}
		took, resident = append(took, ready.Seconds()), max(resident, memory)
	}
	printMeasure("start to ready, seconds", median(took), 8, true)
	printMeasure("memory / (3 × index + 100 MB)", float64(resident)/float64(3*indexBytes+100<<20), 1, true)
	return nil
}

// startProgram starts the program, and gives the time until it is ready and, after it
// has run for a while, what memory it then has resident.
func startProgram(ctx context.Context, program, file, dir string, long time.Duration) (ready time.Duration, resident int64, err error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, err
	}
	address := ln.Addr().String()
	if err := ln.Close(); err != nil {
		return 0, 0, err
	}
	c := exec.CommandContext(ctx, program, "serve", "--addr", address)
	c.Env = append(os.Environ(), "DATABASE_URL=sqlite:"+file, "MAIL_DIR="+filepath.Join(dir, "mails"), "BASE_URL=http://"+address, "DEVELOPMENT=true", "KEY_FILE="+filepath.Join(dir, "keys"))
	begin := time.Now()
	if err := c.Start(); err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, c.Process.Kill()); _ = c.Wait() }()
	for {
		if res, e := http.Get("http://" + address + "/readyz"); e == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				break
			}
		}
		if time.Since(begin) > time.Minute {
			return 0, 0, errors.New("the program is not ready after a minute")
		}
		time.Sleep(5 * time.Millisecond)
	}
	ready = time.Since(begin)
	time.Sleep(long)
	resident, err = residentMemory(c.Process.Pid)
	return ready, resident, err
}

// residentMemory is what memory a process has resident.
func residentMemory(pid int) (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if kb, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.ParseInt(strings.Fields(kb)[0], 10, 64)
			return n << 10, err
		}
	}
	return 0, errors.New("the system doesn't tell the memory")
}
