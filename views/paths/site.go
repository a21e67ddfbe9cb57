package paths

// Home is the first page.
func Home() string { return "/" }

// Dashboard says what waits for whom.
func Dashboard() string { return "/dashboard" }

// Language sets the language (POST).
func Language() string { return "/language" }

// Appearance sets light or dark (POST).
func Appearance() string { return "/appearance" }

// AboutFigures explains how figures are made.
func AboutFigures() string { return "/about/figures" }

// AboutRules are the rules for both sides.
func AboutRules() string { return "/about/rules" }

// AboutAccessibility says what was tested and whom to tell about a barrier.
func AboutAccessibility() string { return "/about/accessibility" }

// DemoMails shows the mails of a demo.
func DemoMails() string { return "/demo/mails" }

// Components shows every component in every state, in development.
func Components() string { return "/dev/components" }

// Healthz says that the process runs.
func Healthz() string { return "/healthz" }

// Readyz says that requests can be served.
func Readyz() string { return "/readyz" }

// Robots tells search engines what they may read.
func Robots() string { return "/robots.txt" }

// Sitemap names the files of the sitemap.
func Sitemap() string { return "/sitemap.xml" }

// SitemapFile is one file of the sitemap.
func SitemapFile(name string) string { return "/sitemaps/" + esc(name) + ".xml" }

// SecurityTxt says to whom to report a weakness (RFC 9116).
func SecurityTxt() string { return "/.well-known/security.txt" }

// ChangePassword leads password managers to the page where a password is changed.
func ChangePassword() string { return "/.well-known/change-password" }

// ExampleCreator is the media kit of a creator who does not exist.
func ExampleCreator() string { return "/example/creator" }

// ExampleDeal is a deal that does not exist.
func ExampleDeal() string { return "/example/deal" }
