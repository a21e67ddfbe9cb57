package jobs

import (
	"context"
	"sync"
	"time"

	"tribemarket/models/db"
)

type sealAuditArgs struct{}

// Kind is the job's name, for River.
func (sealAuditArgs) Kind() string { return "db.seal_audit" }

// auditSealInterval keeps every event of the audit log unsealed for less than a minute.
const auditSealInterval = 30 * time.Second

// auditSealer remembers when the chain's head was last logged, at most hourly. With a
// logged head, a later `audit verify --head` can notice that the end of the chain was cut
// off.
type auditSealer struct {
	mu     sync.Mutex
	logged time.Time
	head   db.AuditHead
}

func (j *Jobs) sealAudit(ctx context.Context, _ sealAuditArgs) error {
	now := j.Clock()
	head, _, err := j.DB.SealAuditEvents(ctx, now)
	if err != nil {
		return err
	}
	s := &j.sealer
	s.mu.Lock()
	defer s.mu.Unlock()
	if head != s.head && now.Sub(s.logged) >= time.Hour {
		s.head, s.logged = head, now
		j.Log.InfoContext(ctx, "audit log head", "head", head.String())
	}
	return nil
}
