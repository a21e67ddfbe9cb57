package db

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tribemarket/models"
)

// AuditEntry is one line of the audit log: a security event, or an action of an
// administrator.
type AuditEntry struct {
	At       time.Time
	PersonID int64             // who acted; 0 if unknown, or a job
	Action   string            // AREA.WHAT, such as accounts.signed_in
	Subject  string            // what it was done to, see AuditSubject
	Detail   map[string]string // no secrets, and no more personal data than needed
}

// AuditSubject names the subject of an entry, such as person:7.
func AuditSubject(kind string, id int64) string { return fmt.Sprintf("%s:%d", kind, id) }

// WriteAudit adds a line to the audit log, with the client's address of the request in
// ctx. It is kept only if the transaction commits; a refusal that must be recorded all
// the same is written in a transaction of its own.
func (t *Tx) WriteAudit(ctx context.Context, e AuditEntry) error {
	_, err := t.WriteNumberedAudit(ctx, e)
	return err
}

// WriteNumberedAudit is WriteAudit for what names the line elsewhere: it returns its number.
func (t *Tx) WriteNumberedAudit(ctx context.Context, e AuditEntry) (number int64, err error) {
	if e.Detail == nil {
		e.Detail = map[string]string{}
	}
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return 0, err
	}
	var person *int64
	if e.PersonID != 0 {
		person = &e.PersonID
	}
	from := models.OriginOf(ctx)
	err = t.Raw("INSERT INTO audit_events (at, person_id, action, subject, detail, address, request_id) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
		e.At.UTC(), person, e.Action, e.Subject, string(detail), from.Address, from.RequestID).Scan(&number).Error
	return number, err
}
