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

// AboutRules are those both sides play by.
func AboutRules() string { return "/about/rules" }

// AboutAccessibility says what was tested and whom to tell of a barrier.
func AboutAccessibility() string { return "/about/accessibility" }

// DemoMails shows the mails of a demo.
func DemoMails() string { return "/demo/mails" }

// Components shows every part in every state, in development.
func Components() string { return "/dev/components" }

// Healthz says that the process runs.
func Healthz() string { return "/healthz" }

// Readyz says that requests can be served.
func Readyz() string { return "/readyz" }

// Robots says to search engines what they may read.
func Robots() string { return "/robots.txt" }

// Sitemap names the files of the sitemap.
func Sitemap() string { return "/sitemap.xml" }

// SitemapFile is one of them.
func SitemapFile(name string) string { return "/sitemaps/" + esc(name) + ".xml" }
