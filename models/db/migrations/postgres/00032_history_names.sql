-- +goose Up
-- A history keeps the names that its sides and people had; without them, a line that never
-- changes was read under the names of today. They may be emptied, like what was written:
-- an erased person is named as everywhere.
DROP TRIGGER workflow_events_fixed ON workflow_events;
ALTER TABLE workflow_events ADD COLUMN brand_name TEXT NOT NULL DEFAULT '';
ALTER TABLE workflow_events ADD COLUMN creator_name TEXT NOT NULL DEFAULT '';
ALTER TABLE workflow_events ADD COLUMN person_name TEXT NOT NULL DEFAULT '';
UPDATE workflow_events SET
	brand_name = coalesce((SELECT b.name FROM proposals p JOIN brands b ON b.id = p.brand_id WHERE p.id = workflow_events.root_id AND workflow_events.root_kind = 'proposal'), ''),
	creator_name = coalesce((SELECT c.name FROM proposals p JOIN creators c ON c.id = p.creator_id WHERE p.id = workflow_events.root_id AND workflow_events.root_kind = 'proposal'), ''),
	person_name = coalesce((SELECT people.name FROM people WHERE people.id = workflow_events.person_id), '');
CREATE TRIGGER workflow_events_fixed BEFORE UPDATE ON workflow_events FOR EACH ROW
WHEN (NOT (NEW.note IN ('', OLD.note) AND NEW.url IN ('', OLD.url) AND NEW.brand_name IN ('', OLD.brand_name) AND NEW.creator_name IN ('', OLD.creator_name) AND NEW.person_name IN ('', OLD.person_name) AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.subject_kind IS NOT DISTINCT FROM OLD.subject_kind AND NEW.subject_id IS NOT DISTINCT FROM OLD.subject_id AND NEW.root_kind IS NOT DISTINCT FROM OLD.root_kind AND NEW.root_id IS NOT DISTINCT FROM OLD.root_id AND NEW.at IS NOT DISTINCT FROM OLD.at AND NEW.version IS NOT DISTINCT FROM OLD.version AND NEW.side IS NOT DISTINCT FROM OLD.side AND NEW.person_id IS NOT DISTINCT FROM OLD.person_id AND NEW.action IS NOT DISTINCT FROM OLD.action AND NEW.from_state IS NOT DISTINCT FROM OLD.from_state AND NEW.to_state IS NOT DISTINCT FROM OLD.to_state))
EXECUTE FUNCTION workflow_events_fixed();

-- +goose Down
DROP TRIGGER workflow_events_fixed ON workflow_events;
ALTER TABLE workflow_events DROP COLUMN person_name;
ALTER TABLE workflow_events DROP COLUMN creator_name;
ALTER TABLE workflow_events DROP COLUMN brand_name;
CREATE TRIGGER workflow_events_fixed BEFORE UPDATE ON workflow_events FOR EACH ROW
WHEN (NOT (NEW.note IN ('', OLD.note) AND NEW.url IN ('', OLD.url) AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.subject_kind IS NOT DISTINCT FROM OLD.subject_kind AND NEW.subject_id IS NOT DISTINCT FROM OLD.subject_id AND NEW.root_kind IS NOT DISTINCT FROM OLD.root_kind AND NEW.root_id IS NOT DISTINCT FROM OLD.root_id AND NEW.at IS NOT DISTINCT FROM OLD.at AND NEW.version IS NOT DISTINCT FROM OLD.version AND NEW.side IS NOT DISTINCT FROM OLD.side AND NEW.person_id IS NOT DISTINCT FROM OLD.person_id AND NEW.action IS NOT DISTINCT FROM OLD.action AND NEW.from_state IS NOT DISTINCT FROM OLD.from_state AND NEW.to_state IS NOT DISTINCT FROM OLD.to_state))
EXECUTE FUNCTION workflow_events_fixed();
