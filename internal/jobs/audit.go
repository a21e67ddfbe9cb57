package jobs

import (
	"context"
	"sync"
	"time"

	"tribemarket/models/db"
)

type sealAuditArgs struct{}

// Kind is River's name of the job.
func (sealAuditArgs) Kind() string { return "db.seal_audit" }

// auditSealInterval keeps every event of the audit log unsealed for less than a minute.
const auditSealInterval = 30 * time.Second

// auditSealer chains the audit log. It logs the chain's head at most hourly, so that
// a later `audit verify --head` can notice that the end was cut off.
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
		j.Log.InfoContext(ctx, "the audit log's head", "head", head.String())
	}
	return nil
}
