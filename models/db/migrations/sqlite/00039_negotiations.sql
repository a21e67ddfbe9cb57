-- +goose Up
-- Proposals become negotiations: offers go back and forth until one is agreed. Each proposal
-- is a negotiation with one offer, whose terms are those of the proposal. A negotiation
-- keeps of its latest offer what lists and sums need.
DROP TRIGGER proposals_closed;
DROP TRIGGER proposals_terms;
DROP TRIGGER proposals_category;
DROP TRIGGER proposals_message;
DROP TRIGGER deals_terms;
DROP TRIGGER workflow_events_fixed;
DROP INDEX proposals_deadline;
DROP INDEX proposals_remind;
DROP INDEX proposals_brand;
DROP INDEX proposals_creator;

-- An offer is never changed; what somebody erased had written may be emptied.
CREATE TABLE offers (
	id INTEGER PRIMARY KEY,
	negotiation_id INTEGER NOT NULL REFERENCES proposals(id),
	number INTEGER NOT NULL CHECK (number > 0),
	side TEXT NOT NULL CHECK (side <> ''),
	sent_by INTEGER NOT NULL REFERENCES people(id),
	terms TEXT NOT NULL CHECK (terms <> ''), -- JSON, see models/terms
	message TEXT NOT NULL DEFAULT '',
	notes TEXT NOT NULL DEFAULT '{}', -- JSON: why, by clause
	form_key TEXT NOT NULL,
	sent_at TIMESTAMP NOT NULL,
	expires_at TIMESTAMP NOT NULL,
	UNIQUE (negotiation_id, number),
	UNIQUE (negotiation_id, form_key)
);
CREATE INDEX offers_sender ON offers(sent_by);
INSERT INTO offers (negotiation_id, number, side, sent_by, terms, message, form_key, sent_at, expires_at)
SELECT p.id, 1, 'brand', p.sent_by, json_object('version', 1, 'currency', p.currency, 'product', p.product, 'category', p.category,
	'deliverables', json((SELECT json_group_array(json_object('number', x.number, 'content_type', x.content_type, 'format', x.format, 'platform', x.platform, 'due_on', x.due_on))
		FROM (SELECT * FROM proposal_deliverables WHERE proposal_id = p.id ORDER BY number) x)),
	'fee', json_object('content', p.fee_minor), 'in_kind', json_object('what', p.in_kind, 'value', p.in_kind_minor),
	'rights', json(CASE WHEN p.usage_days > 0 THEN json_array(json_object('channel', 'any', 'days', p.usage_days)) ELSE '[]' END),
	'disclosure', p.disclosure), p.message, p.form_key, p.sent_at, p.expires_at
FROM proposals p ORDER BY p.id;
-- +goose StatementBegin
CREATE TRIGGER offers_fixed BEFORE UPDATE ON offers
WHEN NOT (NEW.message IN ('', OLD.message) AND NEW.notes IN ('{}', OLD.notes) AND NEW.id IS OLD.id AND NEW.negotiation_id IS OLD.negotiation_id AND NEW.number IS OLD.number AND NEW.side IS OLD.side AND NEW.sent_by IS OLD.sent_by AND NEW.terms IS OLD.terms AND NEW.form_key IS OLD.form_key AND NEW.sent_at IS OLD.sent_at AND NEW.expires_at IS OLD.expires_at)
BEGIN SELECT RAISE(ABORT, 'an offer is fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER offers_kept BEFORE DELETE ON offers
BEGIN SELECT RAISE(ABORT, 'an offer is fixed'); END;
-- +goose StatementEnd

-- The deals, with all that was agreed.
ALTER TABLE deals ADD COLUMN terms TEXT NOT NULL DEFAULT '';
ALTER TABLE deals ADD COLUMN category TEXT NOT NULL DEFAULT 'other' CHECK (category <> '');
ALTER TABLE deals ADD COLUMN negotiation TEXT NOT NULL DEFAULT ''; -- its public id
UPDATE deals SET terms = (SELECT o.terms FROM offers o WHERE o.negotiation_id = deals.proposal_id),
	category = (SELECT p.category FROM proposals p WHERE p.id = deals.proposal_id),
	negotiation = (SELECT p.public_id FROM proposals p WHERE p.id = deals.proposal_id);
ALTER TABLE deals DROP COLUMN in_kind;
ALTER TABLE deals DROP COLUMN usage_days;
ALTER TABLE deals DROP COLUMN disclosure;
ALTER TABLE deals RENAME COLUMN proposal_id TO negotiation_id;
-- +goose StatementBegin
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, category, fee_minor, currency, in_kind_minor, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd

-- The days on which the deliverables of the latest offers are due.
CREATE TABLE offered_days (
	negotiation_id INTEGER NOT NULL REFERENCES proposals(id),
	number INTEGER NOT NULL CHECK (number > 0),
	due_on TEXT NOT NULL CHECK (length(due_on) = 10),
	PRIMARY KEY (negotiation_id, number)
);
INSERT INTO offered_days (negotiation_id, number, due_on) SELECT proposal_id, number, due_on FROM proposal_deliverables;
DROP TABLE proposal_deliverables;

-- SQLite drops a CHECK only by its name; see migration 19.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'CHECK (fee_minor > 0 OR in_kind <> ''''),', ''),
	'CHECK ((state = ''open'') = (closed_at IS NULL))', 'CHECK ((state IN (''with_creator'', ''with_brand'')) = (closed_at IS NULL))'),
	'CHECK (state = ''open'' OR remind_at IS NULL)', 'CHECK (closed_at IS NULL OR remind_at IS NULL)')
	WHERE type = 'table' AND name = 'proposals';
PRAGMA writable_schema = RESET;
CREATE TABLE schema_changed (id INTEGER);
DROP TABLE schema_changed;
UPDATE proposals SET state = CASE state WHEN 'open' THEN 'with_creator' WHEN 'accepted' THEN 'agreed' ELSE state END;
ALTER TABLE proposals RENAME TO negotiations;
ALTER TABLE negotiations DROP COLUMN message;
ALTER TABLE negotiations DROP COLUMN in_kind;
ALTER TABLE negotiations DROP COLUMN usage_days;
ALTER TABLE negotiations DROP COLUMN disclosure;
ALTER TABLE negotiations RENAME COLUMN sent_by TO begun_by;
ALTER TABLE negotiations RENAME COLUMN sent_at TO begun_at;
ALTER TABLE negotiations ADD COLUMN began TEXT NOT NULL DEFAULT 'brand' CHECK (began <> ''); -- the side that did
ALTER TABLE negotiations ADD COLUMN offer INTEGER NOT NULL DEFAULT 1 CHECK (offer > 0); -- the number of the latest
ALTER TABLE negotiations ADD COLUMN offered_at TIMESTAMP; -- when it was sent
UPDATE negotiations SET offered_at = begun_at;
CREATE INDEX negotiations_brand ON negotiations(brand_id, begun_at);
CREATE INDEX negotiations_creator ON negotiations(creator_id, begun_at);
CREATE INDEX negotiations_deadline ON negotiations(state, expires_at);
CREATE INDEX negotiations_remind ON negotiations(remind_at) WHERE remind_at IS NOT NULL;
-- +goose StatementBegin
CREATE TRIGGER negotiations_parties BEFORE UPDATE OF public_id, brand_id, creator_id, begun_by, begun_at, began, zone, brand_zone ON negotiations
BEGIN SELECT RAISE(ABORT, 'the parties of a negotiation are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER negotiations_closed BEFORE UPDATE OF state, closed_at, offer, offered_at, product, category, fee_minor, currency, in_kind_minor, expires_at ON negotiations
WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a negotiation that is over is fixed'); END;
-- +goose StatementEnd

-- What is written of a negotiation names it so.
UPDATE workflow_events SET subject_kind = CASE subject_kind WHEN 'proposal' THEN 'negotiation' ELSE subject_kind END, root_kind = 'negotiation',
	from_state = CASE WHEN subject_kind = 'proposal' AND from_state = 'open' THEN 'with_creator' ELSE from_state END,
	to_state = CASE WHEN subject_kind <> 'proposal' THEN to_state WHEN to_state = 'open' THEN 'with_creator' WHEN to_state = 'accepted' THEN 'agreed' ELSE to_state END
	WHERE root_kind = 'proposal';
-- +goose StatementBegin
CREATE TRIGGER workflow_events_fixed BEFORE UPDATE ON workflow_events
WHEN NOT (NEW.note IN ('', OLD.note) AND NEW.url IN ('', OLD.url) AND NEW.brand_name IN ('', OLD.brand_name) AND NEW.creator_name IN ('', OLD.creator_name) AND NEW.person_name IN ('', OLD.person_name) AND NEW.id IS OLD.id AND NEW.subject_kind IS OLD.subject_kind AND NEW.subject_id IS OLD.subject_id AND NEW.root_kind IS OLD.root_kind AND NEW.root_id IS OLD.root_id AND NEW.at IS OLD.at AND NEW.version IS OLD.version AND NEW.side IS OLD.side AND NEW.person_id IS OLD.person_id AND NEW.action IS OLD.action AND NEW.from_state IS OLD.from_state AND NEW.to_state IS OLD.to_state)
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
-- +goose StatementEnd
UPDATE workflow_holds SET subject_kind = 'negotiation' WHERE subject_kind = 'proposal';
UPDATE notification_events SET subject_kind = 'negotiation' WHERE subject_kind = 'proposal';
UPDATE notifications SET subject_kind = 'negotiation' WHERE subject_kind = 'proposal';
UPDATE reports SET kind = 'negotiation' WHERE kind = 'proposal';

-- +goose Down
UPDATE reports SET kind = 'proposal' WHERE kind = 'negotiation';
UPDATE notifications SET subject_kind = 'proposal' WHERE subject_kind = 'negotiation';
UPDATE notification_events SET subject_kind = 'proposal' WHERE subject_kind = 'negotiation';
UPDATE workflow_holds SET subject_kind = 'proposal' WHERE subject_kind = 'negotiation';
DROP TRIGGER workflow_events_fixed;
UPDATE workflow_events SET subject_kind = CASE subject_kind WHEN 'negotiation' THEN 'proposal' ELSE subject_kind END, root_kind = 'proposal',
	from_state = CASE WHEN subject_kind = 'negotiation' AND from_state IN ('with_creator', 'with_brand') THEN 'open' ELSE from_state END,
	to_state = CASE WHEN subject_kind <> 'negotiation' THEN to_state WHEN to_state IN ('with_creator', 'with_brand') THEN 'open' WHEN to_state = 'agreed' THEN 'accepted' ELSE to_state END
	WHERE root_kind = 'negotiation';
-- +goose StatementBegin
CREATE TRIGGER workflow_events_fixed BEFORE UPDATE ON workflow_events
WHEN NOT (NEW.note IN ('', OLD.note) AND NEW.url IN ('', OLD.url) AND NEW.brand_name IN ('', OLD.brand_name) AND NEW.creator_name IN ('', OLD.creator_name) AND NEW.person_name IN ('', OLD.person_name) AND NEW.id IS OLD.id AND NEW.subject_kind IS OLD.subject_kind AND NEW.subject_id IS OLD.subject_id AND NEW.root_kind IS OLD.root_kind AND NEW.root_id IS OLD.root_id AND NEW.at IS OLD.at AND NEW.version IS OLD.version AND NEW.side IS OLD.side AND NEW.person_id IS OLD.person_id AND NEW.action IS OLD.action AND NEW.from_state IS OLD.from_state AND NEW.to_state IS OLD.to_state)
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
-- +goose StatementEnd
DROP TRIGGER negotiations_closed;
DROP TRIGGER negotiations_parties;
DROP INDEX negotiations_remind;
DROP INDEX negotiations_deadline;
DROP INDEX negotiations_creator;
DROP INDEX negotiations_brand;
ALTER TABLE negotiations DROP COLUMN offered_at;
ALTER TABLE negotiations DROP COLUMN offer;
ALTER TABLE negotiations DROP COLUMN began;
ALTER TABLE negotiations RENAME COLUMN begun_at TO sent_at;
ALTER TABLE negotiations RENAME COLUMN begun_by TO sent_by;
ALTER TABLE negotiations ADD COLUMN disclosure TEXT NOT NULL DEFAULT '#ad' CHECK (disclosure <> '');
ALTER TABLE negotiations ADD COLUMN usage_days INTEGER NOT NULL DEFAULT 0 CHECK (usage_days >= 0);
ALTER TABLE negotiations ADD COLUMN in_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE negotiations ADD COLUMN message TEXT NOT NULL DEFAULT '';
UPDATE negotiations SET (disclosure, usage_days, in_kind, message) = (SELECT o.terms ->> '$.disclosure', coalesce(o.terms ->> '$.rights[0].days', 0), coalesce(o.terms ->> '$.in_kind.what', ''), o.message
	FROM offers o WHERE o.negotiation_id = negotiations.id ORDER BY o.number DESC LIMIT 1);
ALTER TABLE negotiations RENAME TO proposals;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(sql, 'CHECK ((state IN (''with_creator'', ''with_brand'')) = (closed_at IS NULL))', 'CHECK ((state = ''open'') = (closed_at IS NULL))'),
	'CHECK (closed_at IS NULL OR remind_at IS NULL)', 'CHECK (state = ''open'' OR remind_at IS NULL)')
	WHERE type = 'table' AND name = 'proposals';
PRAGMA writable_schema = RESET;
CREATE TABLE schema_changed (id INTEGER);
DROP TABLE schema_changed;
UPDATE proposals SET state = CASE state WHEN 'with_creator' THEN 'open' WHEN 'with_brand' THEN 'open' WHEN 'agreed' THEN 'accepted' ELSE state END;
CREATE TABLE proposal_deliverables (
	id INTEGER PRIMARY KEY,
	proposal_id INTEGER NOT NULL REFERENCES proposals(id),
	number INTEGER NOT NULL CHECK (number > 0),
	content_type TEXT NOT NULL,
	format TEXT NOT NULL,
	platform TEXT NOT NULL,
	due_on TEXT NOT NULL CHECK (length(due_on) = 10),
	UNIQUE (proposal_id, number)
);
INSERT INTO proposal_deliverables (proposal_id, number, content_type, format, platform, due_on)
SELECT d.negotiation_id, d.number, json_extract(x.value, '$.content_type'), json_extract(x.value, '$.format'), json_extract(x.value, '$.platform'), d.due_on
FROM offered_days d JOIN offers o ON o.negotiation_id = d.negotiation_id AND o.number = (SELECT max(number) FROM offers WHERE negotiation_id = d.negotiation_id), json_each(o.terms, '$.deliverables') x
WHERE json_extract(x.value, '$.number') = d.number ORDER BY d.negotiation_id, d.number;
DROP TABLE offered_days;
DROP TRIGGER deals_terms;
ALTER TABLE deals RENAME COLUMN negotiation_id TO proposal_id;
ALTER TABLE deals ADD COLUMN disclosure TEXT NOT NULL DEFAULT '';
ALTER TABLE deals ADD COLUMN usage_days INTEGER NOT NULL DEFAULT 0 CHECK (usage_days >= 0);
ALTER TABLE deals ADD COLUMN in_kind TEXT NOT NULL DEFAULT '';
UPDATE deals SET disclosure = terms ->> '$.disclosure', usage_days = coalesce(terms ->> '$.rights[0].days', 0), in_kind = coalesce(terms ->> '$.in_kind.what', '');
ALTER TABLE deals DROP COLUMN negotiation;
ALTER TABLE deals DROP COLUMN category;
ALTER TABLE deals DROP COLUMN terms;
DROP TABLE offers;
CREATE INDEX proposals_brand ON proposals(brand_id, sent_at);
CREATE INDEX proposals_creator ON proposals(creator_id, sent_at);
CREATE INDEX proposals_remind ON proposals(remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX proposals_deadline ON proposals(state, expires_at);
-- +goose StatementBegin
CREATE TRIGGER deals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, brand_id, creator_id, proposal_id, zone, brand_zone, agreed_at ON deals
BEGIN SELECT RAISE(ABORT, 'agreed terms are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, brand_id, creator_id, sent_by, sent_at, expires_at, zone, brand_zone ON proposals
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposals_message BEFORE UPDATE OF message ON proposals
WHEN NEW.message NOT IN ('', OLD.message)
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposals_category BEFORE UPDATE OF category ON proposals
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposals_closed BEFORE UPDATE OF state ON proposals
WHEN OLD.state <> 'open' AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'a closed proposal stays closed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposal_deliverables_fixed BEFORE UPDATE ON proposal_deliverables
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposal_deliverables_kept BEFORE DELETE ON proposal_deliverables
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
