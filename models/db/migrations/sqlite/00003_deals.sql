-- +goose Up
CREATE TABLE proposals (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	sent_by INTEGER NOT NULL REFERENCES people(id),
	state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn', 'expired')),
	version INTEGER NOT NULL DEFAULT 1,
	message TEXT NOT NULL,
	product TEXT NOT NULL CHECK (product <> ''),
	fee_minor BIGINT NOT NULL CHECK (fee_minor >= 0),
	currency TEXT NOT NULL CHECK (length(currency) = 3),
	in_kind TEXT NOT NULL DEFAULT '',
	in_kind_minor BIGINT NOT NULL DEFAULT 0 CHECK (in_kind_minor >= 0),
	usage_days INTEGER NOT NULL DEFAULT 0 CHECK (usage_days >= 0),
	disclosure TEXT NOT NULL CHECK (disclosure <> ''),
	join_hash TEXT UNIQUE,
	form_key TEXT NOT NULL,
	sent_at TIMESTAMP NOT NULL,
	expires_at TIMESTAMP NOT NULL,
	remind_at TIMESTAMP,
	closed_at TIMESTAMP,
	close_reason TEXT NOT NULL DEFAULT '',
	CHECK (fee_minor > 0 OR in_kind <> ''),
	CHECK ((state = 'open') = (closed_at IS NULL)),
	CHECK (state = 'open' OR remind_at IS NULL),
	UNIQUE (brand_id, form_key)
);
CREATE INDEX proposals_brand ON proposals(brand_id, sent_at);
CREATE INDEX proposals_creator ON proposals(creator_id, sent_at);
CREATE INDEX proposals_open ON proposals(expires_at) WHERE state = 'open';
CREATE INDEX proposals_remind ON proposals(remind_at) WHERE remind_at IS NOT NULL;

CREATE TABLE proposal_deliverables (
	id INTEGER PRIMARY KEY,
	proposal_id INTEGER NOT NULL REFERENCES proposals(id),
	number INTEGER NOT NULL CHECK (number > 0),
	content_type TEXT NOT NULL CHECK (content_type IN ('challenge', 'tutorial', 'unboxing', 'review')),
	format TEXT NOT NULL CHECK (format IN ('video', 'live', 'story')),
	platform TEXT NOT NULL CHECK (platform IN ('tiktok', 'youtube', 'instagram', 'twitch')),
	due_on TEXT NOT NULL CHECK (length(due_on) = 10),
	UNIQUE (proposal_id, number)
);

CREATE TABLE deals (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	proposal_id INTEGER NOT NULL UNIQUE REFERENCES proposals(id),
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	product TEXT NOT NULL,
	fee_minor BIGINT NOT NULL CHECK (fee_minor >= 0),
	currency TEXT NOT NULL CHECK (length(currency) = 3),
	in_kind TEXT NOT NULL DEFAULT '',
	in_kind_minor BIGINT NOT NULL DEFAULT 0 CHECK (in_kind_minor >= 0),
	usage_days INTEGER NOT NULL DEFAULT 0 CHECK (usage_days >= 0),
	disclosure TEXT NOT NULL,
	zone TEXT NOT NULL,
	agreed_at TIMESTAMP NOT NULL,
	ended_at TIMESTAMP,
	ended_by TEXT CHECK (ended_by IN ('brand', 'creator', 'system')),
	end_kind TEXT NOT NULL DEFAULT '' CHECK (end_kind IN ('', 'late', 'reason')),
	end_reason TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
	CHECK ((ended_at IS NULL) = (end_kind = ''))
);
CREATE INDEX deals_brand ON deals(brand_id, agreed_at);
CREATE INDEX deals_creator ON deals(creator_id, agreed_at);

-- due_at is the end of the agreed day where the creator lives. deadline_at is
-- the moment at which the present state's default outcome applies, remind_at
-- the next one at which somebody is told of it; both are stored anew whenever
-- a state is entered.
CREATE TABLE deliverables (
	id INTEGER PRIMARY KEY,
	deal_id INTEGER NOT NULL REFERENCES deals(id),
	number INTEGER NOT NULL CHECK (number > 0),
	content_type TEXT NOT NULL CHECK (content_type IN ('challenge', 'tutorial', 'unboxing', 'review')),
	format TEXT NOT NULL CHECK (format IN ('video', 'live', 'story')),
	platform TEXT NOT NULL CHECK (platform IN ('tiktok', 'youtube', 'instagram', 'twitch')),
	due_on TEXT NOT NULL CHECK (length(due_on) = 10),
	due_at TIMESTAMP NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('drafting', 'review', 'changes', 'approved', 'claimed', 'published', 'objected', 'completed', 'ended')),
	version INTEGER NOT NULL DEFAULT 1,
	entered_at TIMESTAMP NOT NULL,
	deadline_at TIMESTAMP,
	remind_at TIMESTAMP,
	draft_url TEXT NOT NULL DEFAULT '',
	draft_note TEXT NOT NULL DEFAULT '',
	changes_note TEXT NOT NULL DEFAULT '',
	rounds INTEGER NOT NULL DEFAULT 0,
	published_url TEXT NOT NULL DEFAULT '',
	post_key TEXT,
	proof TEXT NOT NULL DEFAULT '' CHECK (proof IN ('', 'address', 'brand', 'silence')),
	published_at TIMESTAMP,
	objection TEXT NOT NULL DEFAULT '',
	completed_at TIMESTAMP,
	UNIQUE (deal_id, number),
	CHECK ((state IN ('completed', 'ended')) = (deadline_at IS NULL)),
	CHECK (deadline_at IS NOT NULL OR remind_at IS NULL),
	CHECK (state NOT IN ('published', 'objected', 'completed') OR (proof <> '' AND published_at IS NOT NULL)),
	CHECK (proof <> 'address' OR post_key IS NOT NULL),
	CHECK ((state = 'completed') = (completed_at IS NOT NULL))
);
CREATE UNIQUE INDEX deliverables_post ON deliverables(platform, post_key) WHERE post_key IS NOT NULL;
CREATE INDEX deliverables_deadline ON deliverables(state, deadline_at) WHERE deadline_at IS NOT NULL;
CREATE INDEX deliverables_remind ON deliverables(remind_at) WHERE remind_at IS NOT NULL;

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
	side TEXT NOT NULL CHECK (side IN ('brand', 'creator', 'system')),
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

-- +goose StatementBegin
CREATE TRIGGER deal_events_fixed BEFORE UPDATE ON deal_events
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deal_events_kept BEFORE DELETE ON deal_events
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposals_closed BEFORE UPDATE OF state ON proposals
WHEN OLD.state <> 'open' AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'a closed proposal stays closed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, message, brand_id, creator_id, sent_by, sent_at, expires_at ON proposals
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, brand_id, creator_id, proposal_id, zone, agreed_at ON deals
BEGIN SELECT RAISE(ABORT, 'agreed terms are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deals_ended BEFORE UPDATE OF ended_at ON deals
WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an ended deal stays ended'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deliverables_closed BEFORE UPDATE OF state ON deliverables
WHEN OLD.state IN ('completed', 'ended') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'a finished deliverable stays finished'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposal_deliverables_fixed BEFORE UPDATE ON proposal_deliverables
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposal_deliverables_kept BEFORE DELETE ON proposal_deliverables
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deliverables_terms BEFORE UPDATE OF deal_id, number, content_type, format, platform, due_on, due_at ON deliverables
BEGIN SELECT RAISE(ABORT, 'agreed terms are fixed'); END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE deal_events;
DROP TABLE deliverables;
DROP TABLE deals;
DROP TABLE proposal_deliverables;
DROP TABLE proposals;
