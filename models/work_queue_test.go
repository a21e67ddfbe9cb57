package models

import (
	"context"
	"errors"
	"testing"
	"time"
)

// Beyond its bound, a queue tells everybody at once to come again.
func TestAWorkQueueIsBounded(t *testing.T) {
	t.Parallel()
	q := NewWorkQueue(1, time.Minute, "web.error.busy", time.Second)
	q.running = make(chan struct{}, 1)
	turn, err := q.Enter(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	next := make(chan error, 1)
	go func() {
		turn, err := q.Enter(context.Background())
		if err == nil {
			turn.Leave()
		}
		next <- err
	}()
	for len(q.waiting) == 0 { // until the second one waits
	}
	_, err = q.Enter(context.Background())
	var e *Error
	if !errors.As(err, &e) || e.Code != CodeUnavailable || e.After <= 0 {
		t.Errorf("one too many gave %v", err)
	}
	turn.Leave()
	if err := <-next; err != nil {
		t.Errorf("who waited was given %v", err)
	}
	turn, err = q.Enter(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := q.Enter(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up was given %v", err)
	}
	q.patience = time.Millisecond
	if _, err := q.Enter(context.Background()); CodeOf(err) != CodeUnavailable {
		t.Errorf("who waited for too long was given %v", err)
	}
	turn.Leave()
	if running, waiting := q.Length(); running+waiting != 0 {
		t.Error("the queue is not empty")
	}
}

// Kinds of work take turns: long work lets another kind do something in between.
func TestKindsOfWorkTakeTurns(t *testing.T) {
	long, brief := NewWorkQueue(1, time.Minute, "web.error.busy", time.Second), NewWorkQueue(1, time.Minute, "web.error.busy", time.Second)
	var turns []*WorkTurn
	for range cap(costlyWork) {
		turn, err := long.Enter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		turns = append(turns, turn)
	}
	done := make(chan error)
	go func() {
		turn, err := brief.Enter(t.Context())
		if err == nil {
			turn.Leave()
		}
		done <- err
	}()
	for late := time.After(10 * time.Second); ; time.Sleep(time.Millisecond) {
		for _, turn := range turns {
			turn.Share()
		}
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
			for _, turn := range turns {
				turn.Leave()
			}
			if len(costlyWork) != 0 {
				t.Error("a processor is not given back")
			}
			return
		case <-late:
			t.Fatal("the other kind has no turn")
		default:
		}
	}
}
