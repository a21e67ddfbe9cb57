// Joins: the index is built from all listings of creators, a million rows read in seconds.

package search

const listingBounds = "SELECT coalesce(min(creator_id), 0) AS least, coalesce(max(creator_id), 0) AS most, count(*) AS n FROM listings"

const loadFrom = "SELECT " + rowColumns + " FROM listings l JOIN creators c ON c.id = l.creator_id WHERE "
