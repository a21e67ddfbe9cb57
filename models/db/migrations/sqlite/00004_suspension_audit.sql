-- +goose Up
-- A suspended person, brand or creator profile stays readable to its owner and
-- does nothing; the reason is shown.
ALTER TABLE people ADD COLUMN suspended_at TIMESTAMP;
ALTER TABLE people ADD COLUMN suspended_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN admin BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE brands ADD COLUMN suspended_at TIMESTAMP;
ALTER TABLE brands ADD COLUMN suspended_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE creators ADD COLUMN suspended_at TIMESTAMP;
ALTER TABLE creators ADD COLUMN suspended_reason TEXT NOT NULL DEFAULT '';

-- Security events and every step of an administrator. Rows are added and never
-- changed. subject is KIND:ID of what it was done to, detail a JSON object.
CREATE TABLE audit_events (
	id INTEGER PRIMARY KEY,
	at TIMESTAMP NOT NULL,
	person_id INTEGER REFERENCES people(id),
	action TEXT NOT NULL CHECK (action <> ''),
	subject TEXT NOT NULL DEFAULT '',
	detail TEXT NOT NULL DEFAULT '{}',
	address TEXT NOT NULL DEFAULT '',
	request_id TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_events_person ON audit_events(person_id, id);
CREATE INDEX audit_events_subject ON audit_events(subject, id);

-- +goose StatementBegin
CREATE TRIGGER audit_events_fixed BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_events_kept BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE audit_events;
ALTER TABLE creators DROP COLUMN suspended_reason;
ALTER TABLE creators DROP COLUMN suspended_at;
ALTER TABLE brands DROP COLUMN suspended_reason;
ALTER TABLE brands DROP COLUMN suspended_at;
ALTER TABLE people DROP COLUMN admin;
ALTER TABLE people DROP COLUMN suspended_reason;
ALTER TABLE people DROP COLUMN suspended_at;
