package db_test

import (
	"context"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/db"
)

func TestTheAuditLogKeepsWhoWhatAndFromWhere(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx := models.WithOrigin(context.Background(), models.Origin{Address: "192.0.2.7", RequestID: "r1"})
		err := d.Tx(ctx, func(tx *db.Tx) error {
			return tx.WriteAudit(ctx, db.AuditEntry{At: testkit.ClockStart, Action: "test.done", Subject: db.AuditSubject("person", 7), Detail: map[string]string{"k": "v"}})
		})
		if err != nil {
			t.Fatal(err)
		}
		var row struct{ Action, Subject, Detail, Address, RequestID string }
		if err := d.Read(ctx).Raw("SELECT action, subject, detail, address, request_id FROM audit_events").Scan(&row).Error; err != nil {
			t.Fatal(err)
		}
		if row.Action != "test.done" || row.Subject != "person:7" || row.Detail != `{"k":"v"}` || row.Address != "192.0.2.7" || row.RequestID != "r1" {
			t.Errorf("%+v", row)
		}
		for _, change := range []string{"UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events"} {
			if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Exec(change).Error }); err == nil {
				t.Errorf("%s was let through", change)
			}
		}
	})
}
