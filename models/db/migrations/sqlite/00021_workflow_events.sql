-- +goose Up
-- The history of everything that goes through the states of a table. Rows are
-- added and never changed. version is the one that the subject got by it, so that
-- an action that arrives twice is known again, and cannot be told twice. root is in
-- whose history it stands: a deal and its deliverables belong to their proposal's.
CREATE TABLE workflow_events (
	id INTEGER PRIMARY KEY,
	subject_kind TEXT NOT NULL CHECK (subject_kind <> ''),
	subject_id INTEGER NOT NULL,
	root_kind TEXT NOT NULL CHECK (root_kind <> ''),
	root_id INTEGER NOT NULL,
	at TIMESTAMP NOT NULL,
	version INTEGER NOT NULL,
	side TEXT NOT NULL,
	person_id INTEGER REFERENCES people(id),
	action TEXT NOT NULL,
	from_state TEXT NOT NULL DEFAULT '',
	to_state TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT '',
	url TEXT NOT NULL DEFAULT '',
	UNIQUE (subject_kind, subject_id, version)
);
INSERT INTO workflow_events (id, subject_kind, subject_id, root_kind, root_id, at, version, side, person_id, action, from_state, to_state, note, url)
SELECT id, CASE WHEN deliverable_id IS NOT NULL THEN 'deliverable' WHEN deal_id IS NOT NULL THEN 'deal' ELSE 'proposal' END,
	coalesce(deliverable_id, deal_id, proposal_id), 'proposal', proposal_id, at, version, side, person_id, action, from_state, to_state, note, url
FROM deal_events ORDER BY id;
CREATE INDEX workflow_events_root ON workflow_events(root_kind, root_id, id);
CREATE INDEX workflow_events_person ON workflow_events(person_id);

-- What somebody erased had written may be emptied; everything else stays fixed.
-- +goose StatementBegin
CREATE TRIGGER workflow_events_fixed BEFORE UPDATE ON workflow_events
WHEN NOT (NEW.note IN ('', OLD.note) AND NEW.url IN ('', OLD.url) AND NEW.id IS OLD.id AND NEW.subject_kind IS OLD.subject_kind AND NEW.subject_id IS OLD.subject_id AND NEW.root_kind IS OLD.root_kind AND NEW.root_id IS OLD.root_id AND NEW.at IS OLD.at AND NEW.version IS OLD.version AND NEW.side IS OLD.side AND NEW.person_id IS OLD.person_id AND NEW.action IS OLD.action AND NEW.from_state IS OLD.from_state AND NEW.to_state IS OLD.to_state)
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER workflow_events_kept BEFORE DELETE ON workflow_events
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
-- +goose StatementEnd
DROP TABLE deal_events;

-- The times during which a subject's clock stands.
CREATE TABLE workflow_holds (
	id INTEGER PRIMARY KEY,
	subject_kind TEXT NOT NULL CHECK (subject_kind <> ''),
	subject_id INTEGER NOT NULL,
	reason TEXT NOT NULL CHECK (reason <> ''),
	began_at TIMESTAMP NOT NULL,
	ended_at TIMESTAMP,
	CHECK (ended_at >= began_at)
);
CREATE UNIQUE INDEX workflow_holds_open ON workflow_holds(subject_kind, subject_id) WHERE ended_at IS NULL;

-- The sweep asks every table alike.
DROP INDEX proposals_open;
CREATE INDEX proposals_deadline ON proposals(state, expires_at);

-- +goose Down
DROP INDEX proposals_deadline;
CREATE INDEX proposals_open ON proposals(expires_at) WHERE state = 'open';
-- The history of proposals and deals. Rows are added and never changed. version
-- is the one that the proposal, deal or deliverable got by it, so that an action
-- that arrives twice is known again, and cannot be told twice.
CREATE TABLE deal_events (
	id INTEGER PRIMARY KEY,
	proposal_id INTEGER NOT NULL REFERENCES proposals(id),
	deal_id INTEGER REFERENCES deals(id),
	deliverable_id INTEGER REFERENCES deliverables(id),
	at TIMESTAMP NOT NULL,
	version INTEGER NOT NULL,
	side TEXT NOT NULL,
	person_id INTEGER REFERENCES people(id),
	action TEXT NOT NULL,
	from_state TEXT NOT NULL DEFAULT '',
	to_state TEXT NOT NULL DEFAULT '',
	note TEXT NOT NULL DEFAULT '',
	url TEXT NOT NULL DEFAULT '',
	CHECK (deliverable_id IS NULL OR deal_id IS NOT NULL)
);
CREATE UNIQUE INDEX deal_events_once_proposal ON deal_events(proposal_id, version) WHERE deal_id IS NULL;
CREATE UNIQUE INDEX deal_events_once_deal ON deal_events(deal_id, version) WHERE deal_id IS NOT NULL AND deliverable_id IS NULL;
CREATE UNIQUE INDEX deal_events_once_deliverable ON deal_events(deliverable_id, version) WHERE deliverable_id IS NOT NULL;
CREATE INDEX deal_events_proposal ON deal_events(proposal_id, id);
INSERT INTO deal_events (id, proposal_id, deal_id, deliverable_id, at, version, side, person_id, action, from_state, to_state, note, url)
SELECT e.id, e.root_id, CASE e.subject_kind WHEN 'deal' THEN e.subject_id ELSE x.deal_id END, x.id,
	e.at, e.version, e.side, e.person_id, e.action, e.from_state, e.to_state, e.note, e.url
FROM workflow_events e LEFT JOIN deliverables x ON e.subject_kind = 'deliverable' AND x.id = e.subject_id ORDER BY e.id;
-- +goose StatementBegin
CREATE TRIGGER deal_events_fixed BEFORE UPDATE ON deal_events
WHEN NOT (NEW.note IN ('', OLD.note) AND NEW.url IN ('', OLD.url) AND NEW.id IS OLD.id AND NEW.proposal_id IS OLD.proposal_id AND NEW.deal_id IS OLD.deal_id AND NEW.deliverable_id IS OLD.deliverable_id AND NEW.at IS OLD.at AND NEW.version IS OLD.version AND NEW.side IS OLD.side AND NEW.person_id IS OLD.person_id AND NEW.action IS OLD.action AND NEW.from_state IS OLD.from_state AND NEW.to_state IS OLD.to_state)
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deal_events_kept BEFORE DELETE ON deal_events
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
-- +goose StatementEnd
DROP TABLE workflow_holds;
DROP TABLE workflow_events;
