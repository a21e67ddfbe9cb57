package deals

import (
	"context"

	"tribemarket/models"
)

// RepetitionNotice is what a side sends to end the repetition of a deal, with what its page
// said: the version of the repetition, and the last cycle that begins all the same.
type RepetitionNotice struct {
	Version   int
	LastCycle int
	Reason    string // may be empty
}

// GiveNotice ends the repetition of a deal for one's side, with the agreed days of notice:
// cycles that begin before its end still do. It cannot be taken back. A deal that does not
// repeat is not found.
func (s *Store) GiveNotice(ctx context.Context, a models.Actor, deal string, f RepetitionNotice) error {
	return s.do(ctx, a, func(w *work) error {
		d, err := w.lockDeal(a, deal)
		if err != nil {
			return err
		}
		all, err := lockSeries(w.Work, d.NegotiationID)
		if err != nil {
			return err
		}
		if all.ID == 0 {
			return models.NotFound()
		}
		act, wrong := ReadFields(RepetitionTable.Describe(ActionGiveNotice), Answers{"reason": f.Reason})
		if err := wrong.Err(); err != nil {
			return err
		}
		schedule, today := all.schedule(), models.DateOf(w.Now.In(all.zone()))
		last := schedule.LastCycle(today, all.Begun)
		if all.State == RepetitionRunning && f.LastCycle != last {
			return models.Conflict("deals.cycles.error.moved")
		}
		follows := all.beginOf(all.Begun+1, last)
		act.Version, act.Holds = f.Version, holdsFor(follows)
		act.Input = repetitionStep{beginsAt: follows, notice: &w.Side, until: schedule.NoticeUntil(today), last: last}
		subject := all.subject(all.zone())
		_, err = repetitions.Do(w.Work, &subject, act)
		return err
	})
}

// CanGiveNotice says whether the actor may end the repetition of a deal.
func CanGiveNotice(a models.Actor, d Deal) bool {
	return d.Cycles != nil && d.Cycles.State == RepetitionRunning && ActsAs(a, d.Brand.ID, d.Creator.ID) != ""
}
