-- +goose Up
-- region is an ISO 3166-2 code with its country. hashtags are the most used ones
-- of the latest posts, as they are compared, between spaces.
ALTER TABLE creators ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE creators ADD COLUMN hashtags TEXT NOT NULL DEFAULT '';

-- The quartiles of the posts from which the median comes.
ALTER TABLE creator_accounts ADD COLUMN p25_views BIGINT CHECK (p25_views >= 0);
ALTER TABLE creator_accounts ADD COLUMN p75_views BIGINT CHECK (p75_views >= 0);

-- The summary of a creator's proposals and deals. busy is how many deliverables
-- are due or proposed in a month: 2026-11:3,2026-12:1. month is the one for which
-- the listings say whether the creator can take more.
CREATE TABLE creator_activity (
	creator_id INTEGER PRIMARY KEY REFERENCES creators(id),
	asked BIGINT NOT NULL CHECK (asked >= 0),
	answered BIGINT NOT NULL CHECK (answered BETWEEN 0 AND asked),
	response_minutes BIGINT CHECK (response_minutes >= 0),
	busy TEXT NOT NULL DEFAULT '',
	month TEXT NOT NULL CHECK (length(month) = 7),
	updated_at TIMESTAMP NOT NULL
);
CREATE TABLE creator_categories (
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	category TEXT NOT NULL CHECK (category <> ''),
	deals BIGINT NOT NULL CHECK (deals > 0),
	PRIMARY KEY (creator_id, category)
) WITHOUT ROWID;

-- A search reads listings from memory, so that they need no indexes for it.
DROP INDEX listings_by_followers;
DROP INDEX listings_by_engagement;
DROP INDEX listings_by_views;
DROP INDEX listings_by_tribes;
DROP INDEX listings_by_languages;
DROP INDEX listings_several;
DROP INDEX listings_counts;
ALTER TABLE listings ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE listings ADD COLUMN tribes_known TEXT NOT NULL DEFAULT '';
ALTER TABLE listings ADD COLUMN content_types TEXT NOT NULL DEFAULT '';
ALTER TABLE listings ADD COLUMN categories TEXT NOT NULL DEFAULT '';
ALTER TABLE listings ADD COLUMN source TEXT NOT NULL DEFAULT 'imported' CHECK (source IN ('imported', 'declared', 'verified'));
ALTER TABLE listings ADD COLUMN aged BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE listings ADD COLUMN mean_views BIGINT;
ALTER TABLE listings ADD COLUMN p25_views BIGINT;
ALTER TABLE listings ADD COLUMN p75_views BIGINT;
ALTER TABLE listings ADD COLUMN growth_30_ppm BIGINT;
ALTER TABLE listings ADD COLUMN growth_90_ppm BIGINT;
ALTER TABLE listings ADD COLUMN posts_30 BIGINT;
ALTER TABLE listings ADD COLUMN last_posted TEXT;
ALTER TABLE listings ADD COLUMN price_video_minor BIGINT;
ALTER TABLE listings ADD COLUMN price_video_currency TEXT;
ALTER TABLE listings ADD COLUMN price_live_minor BIGINT;
ALTER TABLE listings ADD COLUMN price_live_currency TEXT;
ALTER TABLE listings ADD COLUMN price_story_minor BIGINT;
ALTER TABLE listings ADD COLUMN price_story_currency TEXT;
ALTER TABLE listings ADD COLUMN response_minutes BIGINT;
ALTER TABLE listings ADD COLUMN response_ppm BIGINT;
ALTER TABLE listings ADD COLUMN capacity_full BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE listings ADD COLUMN absences TEXT NOT NULL DEFAULT '';
ALTER TABLE listings ADD COLUMN audience TEXT NOT NULL DEFAULT '';

-- Creators whose listings have changed, or are gone, written in the transaction
-- that changes them, and kept for an hour by the database's own clock.
CREATE TABLE listing_changes (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	creator_id INTEGER NOT NULL,
	at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
-- +goose StatementBegin
CREATE TRIGGER listings_gone AFTER DELETE ON listings
BEGIN INSERT INTO listing_changes (creator_id) VALUES (OLD.creator_id); END;
-- +goose StatementEnd

-- The version of the program that has filled what follows from other tables, and
-- the last creator that the next one has come to.
CREATE TABLE derived_versions (
	name TEXT PRIMARY KEY,
	version BIGINT NOT NULL,
	done_to BIGINT NOT NULL DEFAULT 0
);
INSERT INTO derived_versions (name, version) VALUES ('listings', 0);

-- +goose Down
DROP TABLE derived_versions;
DROP TRIGGER listings_gone;
DROP TABLE listing_changes;
ALTER TABLE listings DROP COLUMN audience;
ALTER TABLE listings DROP COLUMN absences;
ALTER TABLE listings DROP COLUMN capacity_full;
ALTER TABLE listings DROP COLUMN response_ppm;
ALTER TABLE listings DROP COLUMN response_minutes;
ALTER TABLE listings DROP COLUMN price_story_currency;
ALTER TABLE listings DROP COLUMN price_story_minor;
ALTER TABLE listings DROP COLUMN price_live_currency;
ALTER TABLE listings DROP COLUMN price_live_minor;
ALTER TABLE listings DROP COLUMN price_video_currency;
ALTER TABLE listings DROP COLUMN price_video_minor;
ALTER TABLE listings DROP COLUMN last_posted;
ALTER TABLE listings DROP COLUMN posts_30;
ALTER TABLE listings DROP COLUMN growth_90_ppm;
ALTER TABLE listings DROP COLUMN growth_30_ppm;
ALTER TABLE listings DROP COLUMN p75_views;
ALTER TABLE listings DROP COLUMN p25_views;
ALTER TABLE listings DROP COLUMN mean_views;
ALTER TABLE listings DROP COLUMN aged;
ALTER TABLE listings DROP COLUMN source;
ALTER TABLE listings DROP COLUMN categories;
ALTER TABLE listings DROP COLUMN content_types;
ALTER TABLE listings DROP COLUMN tribes_known;
ALTER TABLE listings DROP COLUMN region;
CREATE INDEX listings_by_followers ON listings(followers, creator_id);
CREATE INDEX listings_by_engagement ON listings(engagement_ppm, creator_id);
CREATE INDEX listings_by_views ON listings(median_views, creator_id);
CREATE INDEX listings_by_tribes ON listings(tribes, sole);
CREATE INDEX listings_by_languages ON listings(languages, sole);
CREATE INDEX listings_several ON listings(creator_id) WHERE NOT sole;
CREATE INDEX listings_counts ON listings(platform, country, bands, sole, followers, engagement_ppm, median_views, tribes, languages, creator_id);
DROP TABLE creator_categories;
DROP TABLE creator_activity;
ALTER TABLE creator_accounts DROP COLUMN p75_views;
ALTER TABLE creator_accounts DROP COLUMN p25_views;
ALTER TABLE creators DROP COLUMN hashtags;
ALTER TABLE creators DROP COLUMN region;
