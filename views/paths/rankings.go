package paths

import "net/url"

// Tribes lists every tribe.
func Tribes() string { return "/tribes" }

// Tribe is what is usual in a tribe, and who leads it.
func Tribe(slug string) string { return Tribes() + "/" + esc(slug) }

// Rankings are creators by engagement or growth, in a tribe and a country.
func Rankings(query url.Values) string { return with("/rankings", query) }
