package run

import (
	"time"

	"tribemarket/models"
	"tribemarket/models/workflow"
)

// Ref names a subject by its kind and id.
type Ref struct {
	Kind string
	ID   int64
}

// Event is one line of the history; lines are added and never changed. Version is the
// version that the subject got through it, which is how an action that arrives twice is
// recognised. The root is the subject in whose history the line appears: a deal and its
// deliverables have their proposal as root, so that one query reads everything.
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
	Names       `gorm:"embedded"`

	About any `gorm:"-"` // see Subject; nil where it is not known
}

// Names are those of the sides, and of who acted, when the event happened; "" if unknown,
// or erased since.
type Names struct {
	BrandName   string
	CreatorName string
	PersonName  string
}

// TableName is the table's name, for GORM.
func (Event) TableName() string { return "workflow_events" }

// IsAbout says whether the event's subject is of the kind.
func (e Event) IsAbout(kind string) bool { return e.SubjectKind == kind }

// NoticeArgs is the job that announced an event in earlier versions of the program.
// Events are now published in their own transaction.
type NoticeArgs struct {
	EventID int64 `json:"event_id"`
}

// Kind is the job's name, for River.
func (NoticeArgs) Kind() string { return "workflow.notify" }

// KindAliases are the names under which earlier versions of the program enqueued the job,
// for River.
func (NoticeArgs) KindAliases() []string { return []string{"deals.announce"} }
