package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// AuditVerdict is the result of verifying the chain over the audit log.
type AuditVerdict struct {
	Head     AuditHead
	Unsealed int64 // events that are not in the chain yet
	Broken   int64 // seq of the first broken link; 0 when none is
	Why      string
}

// Holds says whether the chain is intact.
func (v AuditVerdict) Holds() bool { return v.Why == "" }

// ParseAuditHead reads what AuditHead.String wrote.
func ParseAuditHead(s string) (AuditHead, error) {
	seq, hash, _ := strings.Cut(s, ":")
	n, err := strconv.ParseInt(seq, 10, 64)
	if err != nil || n < 1 || len(hash) != 64 {
		return AuditHead{}, fmt.Errorf("%q is not SEQ:HASH", s)
	}
	return AuditHead{n, strings.ToLower(hash)}, nil
}

// verifyBatch is the number of links read at once.
const verifyBatch = 1000

// VerifyAuditChain follows the chain from its first link and stops at the first broken
// one. earlier is a head that was noted before; the zero AuditHead for none.
func (d *DB) VerifyAuditChain(ctx context.Context, earlier AuditHead) (AuditVerdict, error) {
	return (&Tx{DB: d.Read(ctx)}).VerifyAuditChain(earlier)
}

// VerifyAuditChain is DB.VerifyAuditChain within a transaction.
func (t *Tx) VerifyAuditChain(earlier AuditHead) (AuditVerdict, error) {
	var v AuditVerdict
	for {
		links, err := t.readAuditLinks(v.Head.Seq)
		if err != nil {
			return v, err
		}
		for _, l := range links {
			if why := l.whyBroken(v.Head); why != "" {
				v.Broken, v.Why = v.Head.Seq+1, why
				return v, t.countUnsealed(&v)
			}
			v.Head = AuditHead{l.Seal.Seq, l.Seal.Hash}
			if v.Head.Seq == earlier.Seq && v.Head.Hash != earlier.Hash {
				v.Broken, v.Why = v.Head.Seq, "its hash is another than the head noted earlier"
				return v, t.countUnsealed(&v)
			}
		}
		if len(links) < verifyBatch {
			break
		}
	}
	if v.Head.Seq < earlier.Seq {
		v.Broken, v.Why = v.Head.Seq+1, fmt.Sprintf("the chain ends at %d, and reached %d when the head was noted", v.Head.Seq, earlier.Seq)
	}
	return v, t.countUnsealed(&v)
}

// auditLink is a seal with its event, whose id is 0 if the event has been deleted.
type auditLink struct {
	Seal  AuditSeal  `gorm:"embedded;embeddedPrefix:s_"`
	Event AuditEvent `gorm:"embedded;embeddedPrefix:e_"`
}

func (t *Tx) readAuditLinks(after int64) ([]auditLink, error) {
	var all []auditLink
	err := t.Raw(`SELECT s.seq AS s_seq, s.event_id AS s_event_id, s.salt AS s_salt, s.address_digest AS s_address_digest,
			s.hash AS s_hash, s.sealed_at AS s_sealed_at,
			e.id AS e_id, e.at AS e_at, e.person_id AS e_person_id, e.action AS e_action, e.subject AS e_subject,
			e.detail AS e_detail, e.address AS e_address, e.request_id AS e_request_id
		FROM audit_seals s LEFT JOIN audit_events e ON e.id = s.event_id
		WHERE s.seq > ? ORDER BY s.seq LIMIT ?`, after, verifyBatch).Scan(&all).Error
	return all, err
}

// whyBroken says why a link does not follow from the previous one; "" when it does.
func (l auditLink) whyBroken(before AuditHead) string {
	switch {
	case l.Seal.Seq != before.Seq+1:
		return fmt.Sprintf("the link is missing; the next is %d", l.Seal.Seq)
	case l.Event.ID == 0:
		return fmt.Sprintf("event %d is gone", l.Seal.EventID)
	case (l.Seal.Salt != "" || l.Event.Address != "") && addressDigest(l.Seal.Salt, l.Event.Address) != l.Seal.AddressDigest:
		return fmt.Sprintf("the address of event %d was changed", l.Event.ID)
	case sealHash(before.Hash, l.Seal, l.Event) != l.Seal.Hash:
		return fmt.Sprintf("event %d, or its link, was changed", l.Event.ID)
	}
	return ""
}

func (t *Tx) countUnsealed(v *AuditVerdict) error {
	return t.Raw("SELECT count(*) FROM audit_events e WHERE NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.event_id = e.id)").
		Scan(&v.Unsealed).Error
}
