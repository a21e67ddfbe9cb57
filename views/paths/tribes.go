package paths

import "net/url"

// Tribes lists every tribe.
func Tribes() string { return "/tribes" }

// Tribe is what is usual in a tribe, and who leads it.
func Tribe(slug string) string { return Tribes() + "/" + esc(slug) }

// Rankings are creators by engagement or growth, in a tribe and a country.
func Rankings(query url.Values) string { return with("/rankings", query) }

// CreatorPicture is the picture of a creator's page, in a language.
func CreatorPicture(id, locale string) string {
	return with(Creator(id)+"/picture.png", url.Values{"lang": {locale}})
}

// Robots says to search engines what they may read.
func Robots() string { return "/robots.txt" }

// Sitemap names the files of the sitemap.
func Sitemap() string { return "/sitemap.xml" }

// SitemapFile is one of them.
func SitemapFile(name string) string { return "/sitemaps/" + esc(name) + ".xml" }
