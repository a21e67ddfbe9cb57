-- +goose Up
ALTER TABLE people ADD COLUMN erased_at TIMESTAMPTZ;
ALTER TABLE brands ADD COLUMN erased_at TIMESTAMPTZ;

-- Of somebody who was erased, a keyed hash of each handle stays, so that no
-- import brings the profile back.
CREATE TABLE erased_handles (
	platform TEXT NOT NULL,
	digest TEXT NOT NULL,
	erased_at TIMESTAMPTZ NOT NULL,
	PRIMARY KEY (platform, digest)
);

-- What somebody erased had written may be emptied; everything else in the
-- history and in the terms stays fixed.
DROP TRIGGER deal_events_fixed ON deal_events;
CREATE TRIGGER deal_events_fixed BEFORE UPDATE ON deal_events FOR EACH ROW
WHEN (NOT (NEW.note IN ('', OLD.note) AND NEW.url IN ('', OLD.url) AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.proposal_id IS NOT DISTINCT FROM OLD.proposal_id AND NEW.deal_id IS NOT DISTINCT FROM OLD.deal_id AND NEW.deliverable_id IS NOT DISTINCT FROM OLD.deliverable_id AND NEW.at IS NOT DISTINCT FROM OLD.at AND NEW.version IS NOT DISTINCT FROM OLD.version AND NEW.side IS NOT DISTINCT FROM OLD.side AND NEW.person_id IS NOT DISTINCT FROM OLD.person_id AND NEW.action IS NOT DISTINCT FROM OLD.action AND NEW.from_state IS NOT DISTINCT FROM OLD.from_state AND NEW.to_state IS NOT DISTINCT FROM OLD.to_state))
EXECUTE FUNCTION deal_events_fixed();
DROP TRIGGER proposals_terms ON proposals;
CREATE TRIGGER proposals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, brand_id, creator_id, sent_by, sent_at, expires_at ON proposals FOR EACH ROW EXECUTE FUNCTION proposals_terms();
CREATE TRIGGER proposals_message BEFORE UPDATE OF message ON proposals FOR EACH ROW
WHEN (NEW.message NOT IN ('', OLD.message)) EXECUTE FUNCTION proposals_terms();

-- +goose Down
DROP TRIGGER proposals_message ON proposals;
DROP TRIGGER proposals_terms ON proposals;
CREATE TRIGGER proposals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, message, brand_id, creator_id, sent_by, sent_at, expires_at ON proposals FOR EACH ROW EXECUTE FUNCTION proposals_terms();
DROP TRIGGER deal_events_fixed ON deal_events;
CREATE TRIGGER deal_events_fixed BEFORE UPDATE ON deal_events FOR EACH ROW EXECUTE FUNCTION deal_events_fixed();
DROP TABLE erased_handles;
ALTER TABLE brands DROP COLUMN erased_at;
ALTER TABLE people DROP COLUMN erased_at;
