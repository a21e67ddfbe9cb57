package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
)

// A transaction whose caller is gone between two statements ends, and leaves its
// connection to nobody else meanwhile: the driver closes it on its own.
func TestATransactionIsGivenUpBetweenItsStatements(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				for range 30 {
					ctx, cancel := context.WithCancel(context.Background())
					err := d.Tx(ctx, func(tx *db.Tx) error {
						if err := tx.Exec("UPDATE people SET name = name").Error; err != nil {
							return err
						}
						cancel()
						return tx.Exec("UPDATE people SET name = name").Error
					})
					if err == nil {
						t.Error("it was done all the same")
					}
				}
			})
		}
		wg.Wait()
		err := d.Tx(context.Background(), func(tx *db.Tx) error { return tx.Exec("UPDATE people SET name = name").Error })
		if err != nil || errors.Is(err, context.Canceled) {
			t.Errorf("afterwards: %v", err)
		}
	})
}
