package instance

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
	"syscall"
	"time"

	"tribemarket/internal/testkit/pgserver"
)

// Build builds the program into a folder.
func Build(ctx context.Context, folder string) (string, error) {
	root, ok := pgserver.ModuleRoot()
	if !ok {
		return "", errors.New("the soak runs inside the repository")
	}
	program := filepath.Join(folder, "tribemarket")
	c := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/tribemarket")
	c.Dir = root
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return program, nil
}

// Node is a process of `tribemarket serve`, which can be started again on the same port.
type Node struct {
	Site
	URL string

	// Wrap stands before the program's command, as a shell that limits it does.
	Wrap []string

	address string
	process *exec.Cmd
	exited  chan error
	log     *os.File
}

// NewNode gives a node of a site a port of its own.
func (s Site) NewNode() (*Node, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer ln.Close()
	log, err := os.CreateTemp(s.Dir, "serve-*.log")
	if err != nil {
		return nil, err
	}
	return &Node{Site: s, address: ln.Addr().String(), URL: "http://" + ln.Addr().String(), log: log}, nil
}

// Start starts the process.
func (n *Node) Start() error {
	n.Box.AllowRedirect(n.URL + "/auth/tiktok/callback")
	command := append(append([]string(nil), n.Wrap...), n.Program, "serve", "--addr", n.address)
	n.process = exec.Command(command[0], command[1:]...)
	n.process.Env = append(n.Environment(), "BASE_URL="+n.BaseURL(n.URL))
	n.process.Stdout, n.process.Stderr = n.log, n.log
	if err := n.process.Start(); err != nil {
		return err
	}
	n.exited = make(chan error, 1)
	go func() { n.exited <- n.process.Wait() }()
	return nil
}

// StartReady starts the process and waits until it is ready.
func (n *Node) StartReady() (took time.Duration, err error) {
	began := time.Now()
	if err := n.Start(); err != nil {
		return 0, err
	}
	return n.WaitReady(began, time.Minute)
}

// WaitReady waits until the node is ready.
func (n *Node) WaitReady(began time.Time, most time.Duration) (took time.Duration, err error) {
	for time.Since(began) < most {
		if n.Probe() == http.StatusOK {
			return time.Since(began), nil
		}
		select {
		case err := <-n.exited:
			n.exited <- err
			return 0, fmt.Errorf("the program ended: %w: %s", err, n.Log())
		case <-time.After(20 * time.Millisecond):
		}
	}
	return 0, fmt.Errorf("not ready within %v: %s", most, n.Log())
}

// Probe asks whether the node is ready; 0 means that it does not answer.
func (n *Node) Probe() int {
	a, err := NewClient(n.URL).Get("/readyz")
	if err != nil {
		return 0
	}
	return a.Status
}

// Kill ends the process as kill -9 does. It may have ended.
func (n *Node) Kill() error {
	if n.process == nil {
		return nil
	}
	if err := n.process.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-n.exited //nolint:errcheck // that it was killed
	n.process = nil
	return nil
}

// Stop ends the process as an operator does, and gives how it ended.
func (n *Node) Stop() error {
	if err := n.process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case err := <-n.exited:
		n.process = nil
		return err
	case <-time.After(30 * time.Second):
		return errors.Join(errors.New("it did not stop within 30 s"), n.Kill())
	}
}

// ForgetPeak begins the peak of memory anew.
func (n *Node) ForgetPeak() error {
	return os.WriteFile("/proc/"+strconv.Itoa(n.process.Process.Pid)+"/clear_refs", []byte("5"), 0o600)
}

// Memory is what the process has resident, and the most that it had.
func (n *Node) Memory() (resident, peak int64, err error) {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(n.process.Process.Pid) + "/status")
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(status)) {
		name, value, _ := strings.Cut(line, ":")
		kb, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
		switch name {
		case "VmRSS":
			resident = kb << 10
		case "VmHWM":
			peak = kb << 10
		}
	}
	return resident, peak, nil
}

// Log is the end of what the node has logged.
func (n *Node) Log() string {
	b, _ := os.ReadFile(n.log.Name())
	return string(b[max(0, len(b)-2_000):])
}
