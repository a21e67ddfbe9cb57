-- +goose Up
-- Who gets the mails of a saved search: whoever saved it or set its alert last,
-- nobody once they have stopped them. The alert itself is the brand's.
ALTER TABLE saved_searches ADD COLUMN mails_to BIGINT REFERENCES people(id);
UPDATE saved_searches SET mails_to = created_by WHERE alert <> 'off';
CREATE INDEX saved_searches_receiver ON saved_searches(mails_to) WHERE mails_to IS NOT NULL;

-- +goose Down
DROP INDEX saved_searches_receiver;
ALTER TABLE saved_searches DROP COLUMN mails_to;
