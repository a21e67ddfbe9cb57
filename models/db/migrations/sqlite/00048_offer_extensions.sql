-- +goose Up
-- A side may ask for a later last day of the latest offer: which side does, until when, and how
-- often somebody has asked for this offer.
ALTER TABLE negotiations ADD COLUMN extension_side TEXT NOT NULL DEFAULT '';
ALTER TABLE negotiations ADD COLUMN extension_on TEXT NOT NULL DEFAULT '';
ALTER TABLE negotiations ADD COLUMN extensions INTEGER NOT NULL DEFAULT 0 CHECK (extensions >= 0);

-- +goose Down
ALTER TABLE negotiations DROP COLUMN extensions;
ALTER TABLE negotiations DROP COLUMN extension_on;
ALTER TABLE negotiations DROP COLUMN extension_side;
