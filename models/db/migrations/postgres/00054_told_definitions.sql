-- +goose Up
-- The version of the definition of figures of which both sides of a negotiation have been told
-- that it holds, while what they offer or agreed on names an earlier one.
ALTER TABLE negotiations ADD COLUMN told_definition INTEGER NOT NULL DEFAULT 0 CHECK (told_definition >= 0);

-- +goose Down
ALTER TABLE negotiations DROP COLUMN told_definition;
