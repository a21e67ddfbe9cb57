-- +goose Up
-- Since when a creator allows thumbnails of their latest posts; NULL for not.
ALTER TABLE creators ADD COLUMN thumbnails_at TIMESTAMPTZ;

-- Where the platform has a post's thumbnail, until it is fetched; '' for nothing to fetch.
ALTER TABLE posts ADD COLUMN thumbnail_url TEXT NOT NULL DEFAULT '';
CREATE INDEX posts_with_thumbnail_to_fetch ON posts(id) WHERE thumbnail_url <> '';

-- A thumbnail is a picture of a creator that goes with its post.
ALTER TABLE pictures ADD COLUMN post_id BIGINT REFERENCES posts(id) ON DELETE SET NULL;
DROP INDEX pictures_of_creator;
CREATE UNIQUE INDEX pictures_of_creator ON pictures(creator_id, use, place) WHERE state = 'ready' AND creator_id IS NOT NULL AND use <> 'thumbnail';
CREATE UNIQUE INDEX pictures_of_post ON pictures(post_id) WHERE state = 'ready' AND post_id IS NOT NULL;
CREATE INDEX pictures_by_post ON pictures(post_id);
CREATE INDEX thumbnails ON pictures(creator_id) WHERE use = 'thumbnail';

-- +goose Down
DELETE FROM pictures WHERE use = 'thumbnail';
DROP INDEX thumbnails;
DROP INDEX pictures_by_post;
DROP INDEX pictures_of_post;
DROP INDEX pictures_of_creator;
CREATE UNIQUE INDEX pictures_of_creator ON pictures(creator_id, use, place) WHERE state = 'ready' AND creator_id IS NOT NULL;
ALTER TABLE pictures DROP COLUMN post_id;
DROP INDEX posts_with_thumbnail_to_fetch;
ALTER TABLE posts DROP COLUMN thumbnail_url;
ALTER TABLE creators DROP COLUMN thumbnails_at;
