-- +goose Up
-- Whether an administrator allows a brand political objectives, and why.
ALTER TABLE brands ADD COLUMN political_allowed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE brands ADD COLUMN political_reason TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE brands DROP COLUMN political_reason;
ALTER TABLE brands DROP COLUMN political_allowed;
