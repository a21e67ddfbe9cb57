package db

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"tribemarket/models"
)

// AuditEvent is a line of the audit log as stored.
type AuditEvent struct {
	ID        int64
	At        time.Time
	PersonID  *int64
	Action    string
	Subject   string
	Detail    string // a JSON object
	Address   string // "" for jobs and commands, and once it has been erased
	RequestID string
}

// TableName is the table's name, for GORM.
func (AuditEvent) TableName() string { return "audit_events" }

// AuditSeal is a link of the chain over the audit log.
type AuditSeal struct {
	Seq           int64 `gorm:"primaryKey;autoIncrement:false"` // from 1, without gaps
	EventID       int64
	Salt          string // random; emptied by a trigger when the address is
	AddressDigest string // SHA-256 of salt and address, in hex
	Hash          string // SHA-256 in hex, see sealHash
	SealedAt      time.Time
}

// TableName is the table's name, for GORM.
func (AuditSeal) TableName() string { return "audit_seals" }

// AuditHead is the newest link of the chain. Stored elsewhere, it shows later whether the
// end of the chain was cut off. The zero AuditHead is that of an empty chain.
type AuditHead struct {
	Seq  int64
	Hash string // in hex
}

// String formats the head as `audit verify` prints and reads it.
func (h AuditHead) String() string { return strconv.FormatInt(h.Seq, 10) + ":" + h.Hash }

// sealFormat comes first in what is hashed, so that a later format can never be mistaken
// for this one.
const sealFormat = "tribemarket audit 1"

// sealHash is the hash of a link over a sequence of fields, each as its length in bytes
// (8 bytes, big endian) followed by its bytes:
//
//	1  "tribemarket audit 1"
//	2  the hash of the link before, 64 hex digits; empty for the first
//	3  the link's seq, decimal
//	4  the seal's time, as 6
//	5  the event's id, decimal
//	6  its time, RFC 3339 in UTC with as many decimals as are not zero
//	7  its person's id, decimal; empty without one
//	8  its action
//	9  its subject
//	10 its detail, as stored
//	11 the address's digest, 64 hex digits: SHA-256 of salt, a zero byte and the address
//	12 its request id
func sealHash(before string, s AuditSeal, e AuditEvent) string {
	person := ""
	if e.PersonID != nil {
		person = strconv.FormatInt(*e.PersonID, 10)
	}
	h := sha256.New()
	for _, field := range []string{
		sealFormat, before, strconv.FormatInt(s.Seq, 10), s.SealedAt.UTC().Format(time.RFC3339Nano),
		strconv.FormatInt(e.ID, 10), e.At.UTC().Format(time.RFC3339Nano), person,
		e.Action, e.Subject, e.Detail, s.AddressDigest, e.RequestID,
	} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(field)))
		h.Write(n[:])
		h.Write([]byte(field))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// addressDigest is the form in which the chain holds a client's address.
func addressDigest(salt, address string) string { return models.HashSecret(salt + "\x00" + address) }

const (
	sealBatch = 500
	// sealLookBack is how far before the newest sealed event unsealed ones are still
	// looked for: on PostgreSQL, ids can become visible in a different order from that in
	// which they are assigned.
	sealLookBack = 100_000
	sealLock     = 7_203_461 // held by one sealer at a time
)

// SealAuditEvents appends every event that is not in the chain yet, by id, and returns
// the head afterwards. Only one node seals at a time.
func (d *DB) SealAuditEvents(ctx context.Context, now time.Time) (head AuditHead, sealed int, err error) {
	for {
		var n int
		err := d.Tx(ctx, func(tx *Tx) (err error) {
			head, n, err = tx.sealAuditEvents(now.UTC().Truncate(time.Microsecond))
			return err
		})
		sealed += n
		if err != nil || n < sealBatch {
			return head, sealed, err
		}
	}
}

func (t *Tx) sealAuditEvents(now time.Time) (AuditHead, int, error) {
	var last AuditSeal
	if t.Name() == string(Postgres) {
		if err := t.Exec("SELECT pg_advisory_xact_lock(?)", sealLock).Error; err != nil {
			return AuditHead{}, 0, fmt.Errorf("wait for the other sealer: %w", err)
		}
	}
	if err := t.Order("seq DESC").Limit(1).Find(&last).Error; err != nil {
		return AuditHead{}, 0, err
	}
	var events []AuditEvent
	err := t.Raw(`SELECT e.* FROM audit_events e
		WHERE e.id > (SELECT coalesce(max(event_id), 0) FROM audit_seals) - ?
			AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.event_id = e.id)
		ORDER BY e.id LIMIT ?`, sealLookBack, sealBatch).Scan(&events).Error
	if err != nil || len(events) == 0 {
		return AuditHead{last.Seq, last.Hash}, 0, err
	}
	seals := make([]AuditSeal, len(events))
	for i, e := range events {
		s := AuditSeal{Seq: last.Seq + 1, EventID: e.ID, Salt: models.NewSecret()[:32], SealedAt: now}
		s.AddressDigest = addressDigest(s.Salt, e.Address)
		s.Hash = sealHash(last.Hash, s, e)
		seals[i], last = s, s
	}
	return AuditHead{last.Seq, last.Hash}, len(seals), t.Create(&seals).Error
}
