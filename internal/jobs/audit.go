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

// sealEvery keeps every event of the audit log unsealed for less than a minute.
const sealEvery = 30 * time.Second

// sealer chains the audit log. It logs the chain's head at most hourly, so that
// a later `audit verify --head` can notice that the end was cut off.
type sealer struct {
	mu     sync.Mutex
	logged time.Time
	head   db.Head
}

func (j *Jobs) sealAudit(ctx context.Context, _ sealAuditArgs) error {
	now := j.Clock()
	head, _, err := j.DB.Seal(ctx, now)
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
