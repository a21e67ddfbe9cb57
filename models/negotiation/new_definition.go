package negotiation

import (
	"context"
	"fmt"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/deals"
	"tribemarket/models/notifications"
	"tribemarket/models/terms"
)

// TellDefinitionsArgs is the periodic job that tells both sides that platforms count in
// another way than their terms say.
type TellDefinitionsArgs struct{}

// Kind is the job's name, for River.
func (TellDefinitionsArgs) Kind() string { return "negotiation.tell_definitions" }

// definitionBatch is how many negotiations are looked up at once.
const definitionBatch = 200

// TellDefinition tells both sides of every open offer, and of every deal that runs, whose
// terms name an earlier definition of figures than the one that holds now; each once for
// each definition. n counts them. What was agreed keeps its definition.
func (s *Store) TellDefinition(ctx context.Context, holds terms.MetricDefinition) (n int, err error) {
	for after := int64(0); ; {
		var rows []struct {
			ID    int64
			Terms string
		}
		err := s.db.Read(ctx).Raw(untoldSQL, Waiting(), s.now(), Agreed, deals.Completed, deals.Ended, holds.Version, after, definitionBatch).Scan(&rows).Error
		if err != nil || len(rows) == 0 {
			return n, err
		}
		for _, r := range rows {
			after = r.ID
			t, err := terms.Decode(r.Terms)
			if err != nil {
				return n, models.Internal("read what was offered", err)
			}
			if !holds.Supersedes(t) {
				continue
			}
			told, err := s.tellDefinition(ctx, r.ID, holds.Version)
			if err != nil {
				return n, err
			}
			n += told
		}
	}
}

// tellDefinition tells the sides of one negotiation, unless somebody has done so.
func (s *Store) tellDefinition(ctx context.Context, id int64, version int) (told int, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		res := tx.Table("negotiations").Where("id = ? AND told_definition < ?", id, version).Update("told_definition", version)
		if told = int(res.RowsAffected); res.Error != nil || told == 0 {
			return res.Error
		}
		key := fmt.Sprintf("deal-definition-%d-n%d", version, id)
		return publish(tx, id, notifications.DealProposal, key, s.now(), deals.NotificationData{Definition: &deals.NewDefinition{Negotiation: id, Version: version}})
	})
	return told, err
}

// definitionAnnouncement reads what is to be announced about a new definition, to both sides.
func (s *Store) definitionAnnouncement(ctx context.Context, d deals.NewDefinition) (Announcement, error) {
	n, err := s.readForAnnouncement(ctx, d.Negotiation)
	if err != nil {
		return Announcement{}, err
	}
	a := Announcement{Notice: deals.Redefined, Definition: d.Version, Negotiation: n, Open: n.IsAnswerable(s.now())}
	a.To, err = s.deals.ContactsOf(ctx, n.Brand, n.Creator, true, true)
	return a, err
}
