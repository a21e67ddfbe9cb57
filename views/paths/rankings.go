package paths

import "net/url"

// Tribes lists every tribe.
func Tribes() string { return "/tribes" }

// Tribe shows a tribe's usual figures and its leading creators.
func Tribe(slug string) string { return Tribes() + "/" + esc(slug) }

// Rankings rank creators by engagement or growth, in a tribe and a country.
func Rankings(query url.Values) string { return WithQuery("/rankings", query) }
