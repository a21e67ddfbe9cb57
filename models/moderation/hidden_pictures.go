package moderation

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/files"
)

// hidePicture hides a picture for a reason that its owner sees; one that is hidden or gone
// is fine.
func (t *tx) hidePicture(ctx context.Context, actor models.Actor, id int64, reason string, now time.Time) error {
	hidden, err := files.HidePicture(t.DB, id, reason, now)
	if err != nil || !hidden {
		return err
	}
	return t.auditPicture(ctx, actor, "admin.picture_hidden", id, reason, now)
}

// restorePicture shows a picture again that was hidden for a reason.
func (t *tx) restorePicture(ctx context.Context, actor models.Actor, id int64, reason string, now time.Time) error {
	restored, err := files.RestorePicture(t.DB, id, reason)
	if err != nil || !restored {
		return err
	}
	return t.auditPicture(ctx, actor, "admin.picture_restored", id, "", now)
}

func (t *tx) auditPicture(ctx context.Context, actor models.Actor, action string, id int64, reason string, now time.Time) error {
	e := db.AuditEntry{At: now, PersonID: actor.PersonID, Action: action, Subject: db.AuditSubject(string(Picture), id)}
	if reason != "" {
		e.Detail = map[string]string{"reason": reason}
	}
	return t.WriteAudit(ctx, e)
}
