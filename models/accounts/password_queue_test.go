package accounts

import (
	"context"
	"errors"
	"testing"

	"tribemarket/models"
)

// Beyond its bound, the queue for hashes tells everybody at once to come again.
func TestTheQueueForHashesIsBounded(t *testing.T) {
	t.Parallel()
	q := hashQueue{running: make(chan struct{}, 1), waiting: make(chan struct{}, 1)}
	leave, err := q.enter(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	next := make(chan error, 1)
	go func() {
		leave, err := q.enter(context.Background())
		if err == nil {
			leave()
		}
		next <- err
	}()
	for len(q.waiting) == 0 { // until the second one waits
	}
	_, err = q.enter(context.Background())
	var e *models.Error
	if !errors.As(err, &e) || e.Code != models.CodeUnavailable || e.After <= 0 {
		t.Errorf("one too many gave %v", err)
	}
	leave()
	if err := <-next; err != nil {
		t.Errorf("who waited was given %v", err)
	}
	leave, err = q.enter(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := q.enter(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up was given %v", err)
	}
	leave()
	if len(q.running)+len(q.waiting) != 0 {
		t.Error("the queue is not empty")
	}
}
