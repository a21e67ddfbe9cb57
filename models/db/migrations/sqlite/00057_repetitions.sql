-- +goose Up
-- A negotiation can lead to several deals, one a month. SQLite drops a UNIQUE only with its
-- table, so the table is made anew under its name: rows that refer to it are checked when the
-- transaction ends.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE deals_before AS SELECT * FROM deals;
DROP TABLE deals;
CREATE TABLE deals (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	negotiation_id INTEGER NOT NULL REFERENCES negotiations(id),
	cycle INTEGER NOT NULL DEFAULT 1 CHECK (cycle > 0), -- of a repetition, from 1
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	product TEXT NOT NULL,
	fee_minor BIGINT NOT NULL CHECK (fee_minor >= 0),
	currency TEXT NOT NULL CHECK (length(currency) = 3),
	in_kind_minor BIGINT NOT NULL DEFAULT 0 CHECK (in_kind_minor >= 0),
	zone TEXT NOT NULL,
	agreed_at TIMESTAMP NOT NULL, -- of a later cycle: when it began
	ended_at TIMESTAMP,
	ended_by TEXT,
	end_kind TEXT NOT NULL DEFAULT '',
	end_reason TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1,
	brand_zone TEXT NOT NULL DEFAULT 'UTC',
	terms TEXT NOT NULL DEFAULT '',
	category TEXT NOT NULL DEFAULT 'other' CHECK (category <> ''),
	negotiation TEXT NOT NULL DEFAULT '', -- its public id
	objective TEXT NOT NULL DEFAULT '',
	open_commission BOOLEAN NOT NULL DEFAULT FALSE,
	UNIQUE (negotiation_id, cycle),
	CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
	CHECK ((ended_at IS NULL) = (end_kind = ''))
);
INSERT INTO deals (id, public_id, negotiation_id, brand_id, creator_id, product, fee_minor, currency, in_kind_minor, zone, agreed_at, ended_at, ended_by, end_kind, end_reason, version, brand_zone, terms, category, negotiation, objective, open_commission)
SELECT id, public_id, negotiation_id, brand_id, creator_id, product, fee_minor, currency, in_kind_minor, zone, agreed_at, ended_at, ended_by, end_kind, end_reason, version, brand_zone, terms, category, negotiation, objective, open_commission FROM deals_before;
DROP TABLE deals_before;
CREATE INDEX deals_brand ON deals(brand_id, agreed_at);
CREATE INDEX deals_creator ON deals(creator_id, agreed_at);
CREATE INDEX deals_agreed ON deals(agreed_at, id);
CREATE INDEX deals_parties ON deals(brand_id, creator_id, agreed_at);
-- +goose StatementBegin
CREATE TRIGGER deals_ended BEFORE UPDATE OF ended_at ON deals
WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an ended deal stays ended'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deals_parties BEFORE UPDATE OF category, currency, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, objective, open_commission, fee_minor, in_kind_minor ON deals
WHEN NOT EXISTS (SELECT 1 FROM contracts c WHERE c.negotiation_id = OLD.negotiation_id AND c.amends_id IS NOT NULL AND c.state = 'signed' AND c.terms = NEW.terms)
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deals_cycle BEFORE UPDATE OF cycle ON deals
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd

-- When the next deal of a negotiation begins, and who has given notice.
CREATE TABLE repetitions (
	id INTEGER PRIMARY KEY,
	negotiation_id INTEGER NOT NULL UNIQUE REFERENCES negotiations(id),
	begun INTEGER NOT NULL DEFAULT 1 CHECK (begun > 0), -- cycles
	state TEXT NOT NULL CHECK (state <> ''),
	version INTEGER NOT NULL DEFAULT 1,
	begins_at TIMESTAMP, -- the next cycle
	remind_at TIMESTAMP,
	notice_by TEXT, -- the side that gave notice
	notice_at TIMESTAMP,
	notice_until TEXT NOT NULL DEFAULT '', -- its last day
	last_cycle INTEGER NOT NULL DEFAULT 0, -- that begins in spite of the notice
	CHECK ((notice_at IS NULL) = (notice_by IS NULL)),
	CHECK (remind_at IS NULL)
);
CREATE INDEX repetitions_begins ON repetitions(begins_at) WHERE begins_at IS NOT NULL;

-- What was agreed on before and still goes on repeats too. When the next cycle begins is
-- worked out by the first run of the job, which looks at whatever is due.
INSERT INTO repetitions (negotiation_id, state, begins_at)
SELECT d.negotiation_id, 'running', d.agreed_at FROM deals d
WHERE d.ended_at IS NULL AND coalesce(d.terms ->> '$.repetition.months', 0) > 1
	AND EXISTS (SELECT 1 FROM deliverables x WHERE x.deal_id = d.id AND x.deadline_at IS NOT NULL);

-- +goose Down
-- Deals of later cycles are lost.
DROP TABLE repetitions;
DELETE FROM contracts WHERE deal_id IN (SELECT id FROM deals WHERE cycle > 1);
DELETE FROM deliverables WHERE deal_id IN (SELECT id FROM deals WHERE cycle > 1);
DELETE FROM deal_holds WHERE deal_id IN (SELECT id FROM deals WHERE cycle > 1);
DELETE FROM deals WHERE cycle > 1;
PRAGMA defer_foreign_keys = ON;
CREATE TABLE deals_before AS SELECT * FROM deals;
DROP TABLE deals;
CREATE TABLE deals (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	negotiation_id INTEGER NOT NULL UNIQUE REFERENCES negotiations(id),
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	product TEXT NOT NULL,
	fee_minor BIGINT NOT NULL CHECK (fee_minor >= 0),
	currency TEXT NOT NULL CHECK (length(currency) = 3),
	in_kind_minor BIGINT NOT NULL DEFAULT 0 CHECK (in_kind_minor >= 0),
	zone TEXT NOT NULL,
	agreed_at TIMESTAMP NOT NULL,
	ended_at TIMESTAMP,
	ended_by TEXT,
	end_kind TEXT NOT NULL DEFAULT '',
	end_reason TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1,
	brand_zone TEXT NOT NULL DEFAULT 'UTC',
	terms TEXT NOT NULL DEFAULT '',
	category TEXT NOT NULL DEFAULT 'other' CHECK (category <> ''),
	negotiation TEXT NOT NULL DEFAULT '', -- its public id
	objective TEXT NOT NULL DEFAULT '',
	open_commission BOOLEAN NOT NULL DEFAULT FALSE,
	CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
	CHECK ((ended_at IS NULL) = (end_kind = ''))
);
INSERT INTO deals (id, public_id, negotiation_id, brand_id, creator_id, product, fee_minor, currency, in_kind_minor, zone, agreed_at, ended_at, ended_by, end_kind, end_reason, version, brand_zone, terms, category, negotiation, objective, open_commission)
SELECT id, public_id, negotiation_id, brand_id, creator_id, product, fee_minor, currency, in_kind_minor, zone, agreed_at, ended_at, ended_by, end_kind, end_reason, version, brand_zone, terms, category, negotiation, objective, open_commission FROM deals_before;
DROP TABLE deals_before;
CREATE INDEX deals_brand ON deals(brand_id, agreed_at);
CREATE INDEX deals_creator ON deals(creator_id, agreed_at);
CREATE INDEX deals_agreed ON deals(agreed_at, id);
CREATE INDEX deals_parties ON deals(brand_id, creator_id, agreed_at);
-- +goose StatementBegin
CREATE TRIGGER deals_ended BEFORE UPDATE OF ended_at ON deals
WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an ended deal stays ended'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deals_parties BEFORE UPDATE OF category, currency, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, objective, open_commission, fee_minor, in_kind_minor ON deals
WHEN NOT EXISTS (SELECT 1 FROM contracts c WHERE c.negotiation_id = OLD.negotiation_id AND c.amends_id IS NOT NULL AND c.state = 'signed' AND c.terms = NEW.terms)
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd
