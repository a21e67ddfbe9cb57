package moderation

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
)

// WorkProps is the page about the background work.
type WorkProps struct {
	Title, Lead string
	Verdict     string // whether all of it runs
	Kind        string // of the verdict's notice
	Reasons     []string
	Table       AdminTable
}

// PresentWork presents how the background work is doing.
func PresentWork(ctx context.Context, r moderation.WorkReport) WorkProps {
	p := WorkProps{
		Title: i18n.T(ctx, "moderation.work.title"), Lead: i18n.T(ctx, "moderation.work.lead", "at", i18n.DateTime(ctx, r.At)),
		Table: AdminTable{Caption: i18n.T(ctx, "moderation.work.title"), Columns: AdminColumns(ctx, "work", "state", "due", "waiting", "running", "succeeded", "failed", "given_up")},
	}
	p.Verdict, p.Kind = presentVerdict(ctx, r)
	for _, k := range r.NotRunning() {
		p.Reasons = append(p.Reasons, i18n.T(ctx, k.WhyKey(), "work", jobKindName(ctx, k), "since", i18n.Duration(ctx, k.StoppedFor(r.At))))
	}
	for _, k := range r.Kinds {
		p.Table.Rows = append(p.Table.Rows, presentJobKind(ctx, k, r.At))
	}
	return p
}

// presentVerdict says whether all work runs, and the kind of its notice.
func presentVerdict(ctx context.Context, r moderation.WorkReport) (text, kind string) {
	if n := len(r.NotRunning()); n > 0 {
		return i18n.T(ctx, "moderation.work.stopped", "n", n), components.Bad
	}
	return i18n.T(ctx, "moderation.work.runs"), components.Good
}

func presentJobKind(ctx context.Context, k moderation.JobKindReport, now time.Time) []AdminCell {
	state := components.Good
	if !k.Runs() {
		state = components.Bad
	}
	name := AdminCell{Text: jobKindName(ctx, k), Note: i18n.T(ctx, "moderation.work.on_demand")}
	if k.Every > 0 {
		name.Note = i18n.T(ctx, "moderation.work.every", "time", i18n.Duration(ctx, k.Every))
	}
	due := AdminCell{Text: i18n.Number(ctx, k.Due), Number: true}
	if k.OldestDue != nil {
		due.Note = i18n.T(ctx, "moderation.work.oldest", "time", i18n.TimeUntil(ctx, now, *k.OldestDue))
	}
	failed := AdminCell{Text: timeOrNever(ctx, k.FailedAt)}
	if k.FailedAt != nil {
		failed.Note = k.Error
	}
	return []AdminCell{
		name, {Text: i18n.T(ctx, k.State.MessageKey()), Kind: state, Sign: true}, due, {Text: i18n.Number(ctx, k.Waiting), Number: true},
		{Text: i18n.Number(ctx, k.Running), Number: true}, {Text: timeOrNever(ctx, k.SucceededAt)}, failed, {Text: i18n.Number(ctx, k.Discarded), Number: true},
	}
}

// jobKindName is the kind's name; one of another version of the program has only its own.
func jobKindName(ctx context.Context, k moderation.JobKindReport) string {
	if key := k.NameKey(); key != "" {
		return i18n.T(ctx, key)
	}
	return k.Name()
}

func timeOrNever(ctx context.Context, at *time.Time) string {
	if at == nil {
		return i18n.T(ctx, "moderation.work.never")
	}
	return i18n.DateTime(ctx, *at)
}
