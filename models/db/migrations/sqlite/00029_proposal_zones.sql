-- +goose Up
-- Where the days of both sides end, as the offer showed it: a creator or a sender who moves
-- before the answer changes nothing.
ALTER TABLE proposals ADD COLUMN zone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE proposals ADD COLUMN brand_zone TEXT NOT NULL DEFAULT 'UTC';
UPDATE proposals SET zone = (SELECT creators.zone FROM creators WHERE creators.id = proposals.creator_id),
	brand_zone = (SELECT people.zone FROM people WHERE people.id = proposals.sent_by);
DROP TRIGGER proposals_terms;
-- +goose StatementBegin
CREATE TRIGGER proposals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, brand_id, creator_id, sent_by, sent_at, expires_at, zone, brand_zone ON proposals
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER proposals_terms;
ALTER TABLE proposals DROP COLUMN brand_zone;
ALTER TABLE proposals DROP COLUMN zone;
-- +goose StatementBegin
CREATE TRIGGER proposals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, brand_id, creator_id, sent_by, sent_at, expires_at ON proposals
BEGIN SELECT RAISE(ABORT, 'the terms of a proposal are fixed'); END;
-- +goose StatementEnd
