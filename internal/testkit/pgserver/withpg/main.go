// Command withpg runs a command with TEST_DATABASE_URL naming one PostgreSQL
// server, started for it where none is named, so that all test binaries of
// `go test ./...` share it:
//
//	go run ./internal/testkit/pgserver/withpg go test ./...
//
// With -check it only says whether this machine has a server, with -check-pooler whether
// it has a pgbouncer.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"

	"tribemarket/internal/testkit/pgserver"
)

func main() {
	check := flag.Bool("check", false, "only say whether there is a server to use")
	checkPooler := flag.Bool("check-pooler", false, "only say whether there is a pgbouncer to use")
	flag.Parse()
	if *checkPooler {
		os.Exit(exitCodeOf(pgserver.FindPooler()))
	}
	if *check {
		os.Exit(exitCodeOf(findServer()))
	}
	if flag.NArg() == 0 {
		os.Exit(exitCodeOf(errors.New("which command shall run?")))
	}
	os.Exit(exitCodeOf(runWithServer(flag.Args())))
}

func findServer() error {
	if os.Getenv(pgserver.AddressVariable) != "" {
		return nil
	}
	_, err := pgserver.FindBinaries()
	return err
}

func runWithServer(command []string) error {
	server, err := pgserver.Open()
	if errors.Is(err, pgserver.ErrNone) && !pgserver.IsRequired() {
		fmt.Fprintln(os.Stderr, "withpg: tests on PostgreSQL are skipped:", err)
		return execute(command, os.Environ())
	}
	if err != nil {
		return err
	}
	// An interrupt from the keyboard reaches the command too, and ends that
	// first. Ignoring it would make the command inherit that.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	err = execute(command, append(os.Environ(), pgserver.AddressVariable+"="+server.URL))
	return errors.Join(err, server.Close())
}

func execute(command, env []string) error {
	c := exec.Command(command[0], command[1:]...)
	c.Env, c.Stdin, c.Stdout, c.Stderr = env, os.Stdin, os.Stdout, os.Stderr
	return c.Run()
}

// exitCodeOf prints an error that the command has not printed itself, and gives its exit code.
func exitCodeOf(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode()
	}
	fmt.Fprintln(os.Stderr, "withpg:", err)
	return 1
}
