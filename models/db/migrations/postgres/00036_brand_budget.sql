-- +goose Up
-- What a brand plans to spend; only its members see it.
ALTER TABLE brands ADD COLUMN budget_minor BIGINT CHECK (budget_minor > 0);
ALTER TABLE brands ADD COLUMN budget_currency TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE brands DROP COLUMN budget_currency;
ALTER TABLE brands DROP COLUMN budget_minor;
