-- +goose Up
-- Who approves what a brand offers or accepts above an amount; only its owners choose. Without
-- a currency nothing has to be approved. What waits for approval is held like what waits for a
-- confirmed address.
ALTER TABLE brands ADD COLUMN approver_id INTEGER REFERENCES people(id);
ALTER TABLE brands ADD COLUMN approval_minor INTEGER NOT NULL DEFAULT 0 CHECK (approval_minor >= 0);
ALTER TABLE brands ADD COLUMN approval_currency TEXT NOT NULL DEFAULT '';
CREATE INDEX brands_approver ON brands(approver_id) WHERE approver_id IS NOT NULL;

ALTER TABLE held_proposals ADD COLUMN action TEXT NOT NULL DEFAULT 'propose' CHECK (action <> '');
ALTER TABLE held_proposals ADD COLUMN negotiation_id INTEGER REFERENCES negotiations(id) ON DELETE CASCADE; -- that it answers in
ALTER TABLE held_proposals ADD COLUMN answers_to INTEGER NOT NULL DEFAULT 0; -- the number of an offer
ALTER TABLE held_proposals ADD COLUMN notes TEXT NOT NULL DEFAULT '{}'; -- JSON: why, by clause
ALTER TABLE held_proposals ADD COLUMN state TEXT NOT NULL DEFAULT 'unconfirmed' CHECK (state <> '');
ALTER TABLE held_proposals ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0);
ALTER TABLE held_proposals ADD COLUMN zone TEXT NOT NULL DEFAULT 'UTC'; -- in which the days of who approves end
ALTER TABLE held_proposals ADD COLUMN asked_at TIMESTAMP; -- when who approves was
ALTER TABLE held_proposals ADD COLUMN deadline_at TIMESTAMP;
ALTER TABLE held_proposals ADD COLUMN remind_at TIMESTAMP;
ALTER TABLE held_proposals ADD COLUMN refusal TEXT NOT NULL DEFAULT ''; -- why who approves said no
CREATE INDEX held_proposals_negotiation ON held_proposals(negotiation_id) WHERE negotiation_id IS NOT NULL;
CREATE INDEX held_proposals_deadline ON held_proposals(deadline_at) WHERE deadline_at IS NOT NULL;
CREATE INDEX held_proposals_remind ON held_proposals(remind_at) WHERE remind_at IS NOT NULL;

-- +goose Down
DROP INDEX held_proposals_remind;
DROP INDEX held_proposals_deadline;
DROP INDEX held_proposals_negotiation;
DELETE FROM held_proposals WHERE action <> 'propose' OR state = 'sent';
ALTER TABLE held_proposals DROP COLUMN refusal;
ALTER TABLE held_proposals DROP COLUMN remind_at;
ALTER TABLE held_proposals DROP COLUMN deadline_at;
ALTER TABLE held_proposals DROP COLUMN asked_at;
ALTER TABLE held_proposals DROP COLUMN zone;
ALTER TABLE held_proposals DROP COLUMN version;
ALTER TABLE held_proposals DROP COLUMN state;
ALTER TABLE held_proposals DROP COLUMN notes;
ALTER TABLE held_proposals DROP COLUMN answers_to;
ALTER TABLE held_proposals DROP COLUMN negotiation_id;
ALTER TABLE held_proposals DROP COLUMN action;
DROP INDEX brands_approver;
ALTER TABLE brands DROP COLUMN approval_currency;
ALTER TABLE brands DROP COLUMN approval_minor;
ALTER TABLE brands DROP COLUMN approver_id;
