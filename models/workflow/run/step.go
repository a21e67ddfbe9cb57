package run

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

// Act is an action that somebody wants to do to a subject.
type Act struct {
	Action  workflow.Action
	Version int // of the subject as a page showed it; 0 skips the check
	Note    string
	URL     string
	Input   any                  // for Kind.Columns
	Holds   []workflow.Condition // besides workflow.Late
}

// Do first applies an overdue default outcome and then does the action; done says whether
// the action was done now. Repeating the same action by the same side leads to the same
// single result; any other action on a changed state is a conflict.
func (k *Kind[S]) Do(w *Work, s *Subject[S], a Act) (done bool, err error) {
	if err := k.ApplyOverdueDefault(w, s); err != nil {
		return false, err
	}
	holds, err := k.conditionsOf(w, s, a.Holds)
	if err != nil {
		return false, err
	}
	t, ok := k.Table.Next(s.State, a.Action, w.Side, holds...)
	if !ok || a.Version > 0 && a.Version != s.Version {
		return false, k.repeatOrConflict(w, s, a)
	}
	return true, k.applyTransition(w, s, t, a)
}

// Allows says whether the side may do the action now, where more conditions may hold.
func (k *Kind[S]) Allows(w *Work, s *Subject[S], a workflow.Action, more ...workflow.Condition) (bool, error) {
	holds, err := k.conditionsOf(w, s, more)
	_, ok := k.Table.Next(s.State, a, w.Side, holds...)
	return ok, err
}

func (k *Kind[S]) conditionsOf(w *Work, s *Subject[S], more []workflow.Condition) ([]workflow.Condition, error) {
	overdue, err := k.isOverdue(w, s)
	if overdue {
		return append(slices.Clone(more), workflow.Late), err
	}
	return more, err
}

// isOverdue says whether the deadline has passed and the clock is not on hold.
func (k *Kind[S]) isOverdue(w *Work, s *Subject[S]) (bool, error) {
	if !s.IsLate(w.Now) {
		return false, nil
	}
	_, held, err := openHold(w, k.ref(s))
	return !held, err
}

// ApplyOverdueDefault applies the default outcome of an overdue state, whether or not the
// sweep has already reached it.
func (k *Kind[S]) ApplyOverdueDefault(w *Work, s *Subject[S]) error {
	t, ok := k.Table.Default(s.State)
	if !ok {
		return nil
	}
	if overdue, err := k.isOverdue(w, s); err != nil || !overdue {
		return err
	}
	return w.AsSystem(func() error { return k.applyTransition(w, s, t, Act{Action: t.Action}) })
}

// applyTransition moves the subject to the next state, whose deadline counts from now.
func (k *Kind[S]) applyTransition(w *Work, s *Subject[S], t workflow.Transition[S], a Act) error {
	for _, g := range t.Gates {
		if open, err := w.engine.gates[g](w, k.ref(s)); err != nil || !open {
			if err == nil {
				err = models.Conflict(k.Table.GateKey(g))
			}
			return err
		}
	}
	step := Step[S]{Transition: t, At: w.Now, Note: a.Note, URL: a.URL, Input: a.Input}
	before := *s
	s.State, s.Version = t.To, s.Version+1
	if !t.KeepsClock {
		k.startClock(w, s)
	}
	step.Deadline = s.Deadline
	set := k.Columns(step)
	set["state"], set["version"], set["remind_at"] = s.State, s.Version, s.RemindAt
	err := w.QueueWrite(func(q *gorm.DB) *gorm.DB {
		return q.Table(k.Rows).Where("id = ? AND state = ? AND version = ?", before.ID, before.State, before.Version).Updates(set)
	}, k.oneRowRequired(s.State))
	if err != nil {
		return err
	}
	line := Event{
		SubjectKind: k.Table.Subject, SubjectID: s.ID, RootKind: s.Root.Kind, RootID: s.Root.ID, Version: s.Version,
		Action: t.Action, FromState: string(before.State), ToState: string(t.To), Note: a.Note, URL: a.URL, About: s.About,
	}
	effects := append(slices.Clone(k.Table.Effects), t.Effects...)
	if k.Unrecorded {
		w.causeEffects(line, effects)
		return nil
	}
	return w.Record(line, effects...)
}

// startClock sets the deadline of the state that the subject enters now.
func (k *Kind[S]) startClock(w *Work, s *Subject[S]) {
	s.Entered, s.Deadline, s.RemindAt = w.Now, nil, nil
	if rule := k.Table.Rule(s.State); rule.Deadline.From != "" {
		zone := k.zone(s, s.State)
		deadline := rule.Deadline.At(workflow.Moments{Entered: w.Now, Agreed: s.Agreed, Zone: zone})
		s.Deadline, s.RemindAt = &deadline, k.Table.NextNotice(s.State, deadline, zone, w.Now)
	}
}

// CountAnew sets the deadline of the state that a subject is in by another agreed day: it counts
// from when the state was entered, as before. The next step writes it.
func (k *Kind[S]) CountAnew(w *Work, s *Subject[S]) {
	if rule := k.Table.Rule(s.State); rule.Deadline.From != "" {
		zone := k.zone(s, s.State)
		deadline := rule.Deadline.At(workflow.Moments{Entered: s.Entered, Agreed: s.Agreed, Zone: zone})
		s.Deadline, s.RemindAt = &deadline, k.Table.NextNotice(s.State, deadline, zone, w.Now)
	}
}

// requireOneRow returns a conflict unless the statement changed exactly one row.
func (k *Kind[S]) requireOneRow(state S, res *gorm.DB) error {
	return k.oneRowRequired(state)(res.RowsAffected, res.Error)
}

// oneRowRequired is requireOneRow for a statement that is queued.
func (k *Kind[S]) oneRowRequired(state S) func(changed int64, err error) error {
	return func(changed int64, err error) error {
		if err == nil && changed != 1 {
			return k.Conflict(state)
		}
		return err
	}
}

// repeatOrConflict distinguishes a repeated click from a click on something that has
// changed in the meantime. Neither undoes what an overdue default did.
func (k *Kind[S]) repeatOrConflict(w *Work, s *Subject[S], a Act) error {
	q := w.Where("subject_kind = ? AND subject_id = ?", k.Table.Subject, s.ID)
	if a.Version > 0 {
		q = q.Where("version = ?", a.Version+1)
	}
	var last Event
	if err := q.Order("version DESC").Limit(1).Find(&last).Error; err != nil {
		return err
	}
	same := last.Action == a.Action && last.Side == w.Side && last.Note == a.Note && last.URL == a.URL
	if !same || a.Version == 0 && last.ToState != string(s.State) {
		w.Refuse(k.Conflict(s.State))
	}
	return nil
}

// Begin records how a newly created row entered its first state, by the side that acts.
func (k *Kind[S]) Begin(w *Work, id int64, root Ref) error {
	i := slices.IndexFunc(k.Table.Begin, func(t workflow.Transition[S]) bool { return slices.Contains(t.By, w.Side) })
	if i < 0 {
		return models.Internal("begin", fmt.Errorf("no %s begins by the side %q", k.Table.Subject, w.Side))
	}
	return k.BeginBy(w, id, root, Act{Action: k.Table.Begin[i].Action})
}

// BeginBy is Begin by one of several actions that create rows, with what was written with it.
func (k *Kind[S]) BeginBy(w *Work, id int64, root Ref, a Act) error {
	i := slices.IndexFunc(k.Table.Begin, func(t workflow.Transition[S]) bool { return t.Action == a.Action && slices.Contains(t.By, w.Side) })
	if i < 0 {
		return models.Internal("begin", fmt.Errorf("no %s begins with %q by the side %q", k.Table.Subject, a.Action, w.Side))
	}
	t := k.Table.Begin[i]
	return w.Record(Event{
		SubjectKind: k.Table.Subject, SubjectID: id, RootKind: root.Kind, RootID: root.ID, Version: 1, Action: t.Action, ToState: string(t.To), Note: a.Note,
	}, append(slices.Clone(k.Table.Effects), t.Effects...)...)
}
