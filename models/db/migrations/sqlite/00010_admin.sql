-- +goose Up
-- The chain over the audit log. A job seals events in this order: hash is the
-- SHA-256 of the one before and of the event, see models/db/seal.go. The
-- client's address is in it as the salted digest alone, so that it can be
-- forgotten, with the salt, and the chain still holds.
CREATE TABLE audit_seals (
	seq INTEGER PRIMARY KEY,
	event_id INTEGER NOT NULL UNIQUE REFERENCES audit_events(id),
	salt TEXT NOT NULL,
	address_digest TEXT NOT NULL,
	hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
	sealed_at TIMESTAMP NOT NULL
);
CREATE INDEX audit_events_action ON audit_events(action, id);

-- A brand and a creator between whom no new proposals pass, and who wanted it.
CREATE TABLE blocks (
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	creator_id INTEGER NOT NULL REFERENCES creators(id) ON DELETE CASCADE,
	side TEXT NOT NULL CHECK (side IN ('brand', 'creator')),
	person_id INTEGER NOT NULL REFERENCES people(id),
	created_at TIMESTAMP NOT NULL,
	PRIMARY KEY (brand_id, creator_id, side)
);
CREATE INDEX blocks_creator ON blocks(creator_id);

-- What people say of a page, a proposal or a deal, and what was decided.
-- One person has one open report on a thing.
CREATE TABLE reports (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES people(id),
	kind TEXT NOT NULL CHECK (kind IN ('creator', 'brand', 'proposal', 'deal')),
	subject_id INTEGER NOT NULL,
	brand_id INTEGER REFERENCES brands(id),
	creator_id INTEGER REFERENCES creators(id) ON DELETE CASCADE,
	reason TEXT NOT NULL CHECK (reason <> ''),
	words TEXT NOT NULL DEFAULT '',
	created_at TIMESTAMP NOT NULL,
	decision TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', 'nothing', 'warn', 'suspend')),
	note TEXT NOT NULL DEFAULT '',
	decided_at TIMESTAMP,
	decided_by INTEGER REFERENCES people(id),
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((decision = '') = (decided_at IS NULL)),
	CHECK ((decision = '') = (decided_by IS NULL)),
	CHECK ((brand_id IS NULL) <> (creator_id IS NULL))
);
CREATE UNIQUE INDEX reports_open ON reports(person_id, kind, subject_id) WHERE decision = '';
CREATE INDEX reports_latest ON reports(decision, id);
CREATE INDEX reports_person ON reports(person_id, id);
CREATE INDEX reports_brand ON reports(brand_id);
CREATE INDEX reports_creator ON reports(creator_id);

-- Changes of administrators over the catalogue of tribes that is part of the
-- program. version grows over all rows, so that a node sees that it is behind.
CREATE TABLE tribe_edits (
	slug TEXT PRIMARY KEY CHECK (slug <> ''),
	tribe TEXT NOT NULL,
	hidden BOOLEAN NOT NULL DEFAULT FALSE,
	version INTEGER NOT NULL UNIQUE,
	updated_at TIMESTAMP NOT NULL
);

-- Of an event, its address may be forgotten, and with it the seal's salt goes; nothing else changes.
DROP TRIGGER audit_events_fixed;
-- +goose StatementBegin
CREATE TRIGGER audit_events_fixed BEFORE UPDATE ON audit_events
WHEN NOT (NEW.id IS OLD.id AND NEW.at IS OLD.at AND NEW.person_id IS OLD.person_id AND NEW.action IS OLD.action AND NEW.subject IS OLD.subject AND NEW.detail IS OLD.detail AND NEW.request_id IS OLD.request_id AND NEW.address = '')
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_seals_fixed BEFORE UPDATE ON audit_seals
WHEN NOT (NEW.seq IS OLD.seq AND NEW.event_id IS OLD.event_id AND NEW.address_digest IS OLD.address_digest AND NEW.hash IS OLD.hash AND NEW.sealed_at IS OLD.sealed_at AND NEW.salt = '')
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_seals_kept BEFORE DELETE ON audit_seals
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_events_forgotten AFTER UPDATE OF address ON audit_events
BEGIN UPDATE audit_seals SET salt = '' WHERE event_id = NEW.id; END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER audit_events_forgotten;
DROP TRIGGER audit_events_fixed;
-- +goose StatementBegin
CREATE TRIGGER audit_events_fixed BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
DROP TABLE tribe_edits;
DROP TABLE reports;
DROP TABLE blocks;
DROP INDEX audit_events_action;
DROP TABLE audit_seals;
