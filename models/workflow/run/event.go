package run

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

// Ref names a subject: what it is, and which.
type Ref struct {
	Kind string
	ID   int64
}

// Event is one line of the history; lines are added and never changed. Version
// is the one that the subject got by it, so that an action that arrives twice
// is known again. The root is in whose history the line stands: that of a deal
// and of its deliverables is their proposal's, so that one query reads it all.
type Event struct {
	ID          int64
	SubjectKind string
	SubjectID   int64
	RootKind    string
	RootID      int64
	At          time.Time
	Version     int
	Side        models.Side
	PersonID    *int64
	Action      workflow.Action
	FromState   string
	ToState     string
	Note        string
	URL         string
}

// TableName is GORM's.
func (Event) TableName() string { return "workflow_events" }

// IsAbout says whether the event is one of a kind of subject.
func (e Event) IsAbout(kind string) bool { return e.SubjectKind == kind }

// NoticeArgs is the job that tells of an event, which an earlier version of the
// program enqueued. Events are published in their transaction now.
type NoticeArgs struct {
	EventID int64 `json:"event_id"`
}

// Kind is River's name of the job.
func (NoticeArgs) Kind() string { return "workflow.notify" }

// KindAliases is River's: jobs that an earlier version of the program enqueued.
func (NoticeArgs) KindAliases() []string { return []string{"deals.announce"} }
