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
	leave, err := q.Enter(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	next := make(chan error, 1)
	go func() {
		leave, err := q.Enter(context.Background())
		if err == nil {
			leave()
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
	leave()
	if err := <-next; err != nil {
		t.Errorf("who waited was given %v", err)
	}
	leave, err = q.Enter(context.Background())
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
	leave()
	if running, waiting := q.Length(); running+waiting != 0 {
		t.Error("the queue is not empty")
	}
}
