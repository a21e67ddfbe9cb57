-- +goose Up
ALTER TABLE people ADD COLUMN erased_at TIMESTAMP;
ALTER TABLE brands ADD COLUMN erased_at TIMESTAMP;

-- Of somebody who was erased, a keyed hash of each handle stays, so that no
-- import brings the profile back.
CREATE TABLE erased_handles (
	platform TEXT NOT NULL,
	digest TEXT NOT NULL,
	erased_at TIMESTAMP NOT NULL,
	PRIMARY KEY (platform, digest)
);

-- What somebody erased had written may be emptied; everything else in the
-- history and in the terms stays fixed.
DROP TRIGGER deal_events_fixed;
-- +goose StatementBegin
CREATE TRIGGER deal_events_fixed BEFORE UPDATE ON deal_events
WHEN NOT (NEW.note IN ('', OLD.note) AND NEW.url IN ('', OLD.url) AND NEW.id IS OLD.id AND NEW.proposal_id IS OLD.proposal_id AND NEW.deal_id IS OLD.deal_id AND NEW.deliverable_id IS OLD.deliverable_id AND NEW.at IS OLD.at AND NEW.version IS OLD.version AND NEW.side IS OLD.side AND NEW.person_id IS OLD.person_id AND NEW.action IS OLD.action AND NEW.from_state IS OLD.from_state AND NEW.to_state IS OLD.to_state)
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
-- +goose StatementEnd
DROP TRIGGER proposals_terms;
-- +goose StatementBegin
CREATE TRIGGER proposals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, brand_id, creator_id, sent_by, sent_at, expires_at ON proposals
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER proposals_message BEFORE UPDATE OF message ON proposals
WHEN NEW.message NOT IN ('', OLD.message)
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER proposals_message;
DROP TRIGGER proposals_terms;
-- +goose StatementBegin
CREATE TRIGGER proposals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, message, brand_id, creator_id, sent_by, sent_at, expires_at ON proposals
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
DROP TRIGGER deal_events_fixed;
-- +goose StatementBegin
CREATE TRIGGER deal_events_fixed BEFORE UPDATE ON deal_events
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
-- +goose StatementEnd
DROP TABLE erased_handles;
ALTER TABLE brands DROP COLUMN erased_at;
ALTER TABLE people DROP COLUMN erased_at;
