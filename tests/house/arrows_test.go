// Package house holds tests over the repository itself: which package may import which,
// and whose tables an area's SQL may read.
package house

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrow says what the packages of a pattern may import of ours, besides what stands in
// always. A pattern is a package, or NAME/... for it and all below; the first that fits
// counts. An import named after another rule's pattern brings what that rule may import.
type arrow struct {
	packages string
	imports  string
	reason   string
}

// always may be imported by everybody but what is pure.
const always = "models"

// free are what every area may use.
const free = "models/places models/platform models/content models/text models/workflow models/workflow/run models/db"

// shown is what every folder of pages may import: the types of the areas, and what pages
// are made of. Of other areas' pages a rule names those below.
const shown = "models/... internal/i18n static views/components views/layouts views/paths views/files"

// arrows are all import arrows of the house.
var arrows = []arrow{
	{"cmd/...", "*", "the program knows what it starts"},
	{"internal/app", "*", "the assembly, the only package that knows all others"},
	{"internal/demo", "*", "the demo comes in through the front door"},
	{"internal/testkit/...", "*", "for tests only"},
	{"tests/...", "*", "they look at the whole from outside"},
	{"docs", "", "its tests read the documents"},

	{"models", "", "the words that every area shares, which knows none of them"},
	{"models/text", "", "pure: names and words"},
	{"models/places", "models/text", "pure: names of countries and languages are text"},
	{"models/platform", "models/text", "pure: what a handle may be is text"},
	{"models/content", "", "pure: what posts can be"},
	{"models/workflow", "", "pure: tables and deadlines as data"},
	{"models/db", "", "the database knows no area; queries stand in the area's store"},
	{"models/workflow/run", "models/db models/workflow", "transitions are written for any area"},
	{"models/notifications", "models/db models/workflow", "it is told what happened, and knows no area"},
	{"models/accounts", free + " models/notifications", "people and brands stand below the other areas"},
	{"models/text/words", "", "pure: how texts split into words"},
	{"models/files", free + " models/accounts", "pictures are uploaded by people and brands"},
	{"models/creators", free + " models/files models/accounts models/notifications models/text/words", "creators are people with accounts on platforms"},
	{"models/imports", free + " models/creators", "files bring creators in"},
	{"models/search/index", "models/text/words", "a data structure: it is filled, and reads nothing itself"},
	{"models/search", free + " models/creators models/search/index models/text/words", "a search finds creators"},
	{"models/search/sentence", "models/places models/platform models/text models/creators models/search", "a sentence becomes values of the search's filters"},
	{"models/rankings", free + " models/creators", "rankings order creators"},
	{"models/discovery", free + " models/search models/creators", "what a brand keeps of its searches stands beside deals"},
	{"models/terms", "models/content models/platform models/places models/text", "pure: clauses, their rules and their hash"},
	{"models/contracts", free + " models/terms models/files models/accounts", "contracts stand below the deals that they bind"},
	{"models/deals", free + " models/creators models/terms models/contracts", "deals stand below commerce"},
	{"models/negotiation", free + " models/deals models/discovery", "what is agreed becomes a deal"},
	{"models/setup", free + " models/accounts", "the first start makes an administrator"},
	{"models/moderation", "models/...", "it judges what all areas show"},
	{"models/privacy", "models/...", "one inventory of what all areas hold on people"},

	{"models/stores", "models/...", "one bundle of all areas' stores, for the assembly, the jobs and the handlers"},

	{"views/paths", "", "the name of every address"},
	{"views/components", "models/places internal/i18n static static/art views/paths", "shapes without a domain's types"},
	{"views/layouts", "internal/i18n static views/components views/paths", "the frame of every page"},
	{"views/files", "models/... internal/i18n views/components views/paths static static/art", "pictures are shown by the pages of all areas"},
	{"views/accounts", shown, "settings and sign-in stand below the pages of the areas"},
	{"views/creators", shown + " views/accounts views/moderation", "a creator's pages stand in the settings, the catalogue of tribes in the administration"},
	{"views/search", shown + " views/creators", "a hit is a creator"},
	{"views/rankings", shown + " views/creators", "a place belongs to a creator"},
	{"views/discovery", shown + " views/creators views/search", "what is kept was found"},
	{"views/terms", shown, "clauses are told in words wherever they are shown"},
	{"views/contracts", shown + " views/accounts views/deals views/terms", "a contract is a deal's, and its text is that of its document"},
	{"views/deals", shown + " views/creators views/terms", "a deal carries out terms"},
	{"views/negotiation", shown + " views/accounts views/creators views/terms views/deals", "an offer goes to a creator and becomes a deal"},
	{"views/imports", shown + " views/moderation", "its tables are those of the administration"},
	{"views/moderation", shown + " views/accounts", "blocks stand in the settings"},
	{"views/setup", shown, "the first start stands before everything else"},
	{"views/notifications", shown + " views/accounts", "how one is told stands in the settings"},
	{"views/privacy", shown + " views/accounts", "data and erasure stand in the settings"},
	{"views/site", shown + " views/creators views/deals views/negotiation static/art views/search views/files", "the dashboard shows deals, offers and accounts"},
	{"views/documents", shown + " views/creators views/contracts views/deals views/negotiation views/terms", "a document shows what pages show"},
	{"views/emails", "models/... internal/i18n views/components views/paths views/terms", "a mail is no page, and tells terms in the same words"},
	{"views/dev", "internal/i18n static views/components views/layouts views/paths", "shows the components"},

	{"handlers/web", "models/... views/... static internal/i18n internal/pdf internal/platforms internal/platforms/oidc", "what all handlers share"},
	{"handlers", "models/... views/... static internal/i18n internal/platforms internal/platforms/oidc internal/sheets internal/docx internal/pdf handlers/...", "it mounts the areas"},
	{"handlers/...", "models/... views/... static static/art internal/i18n internal/platforms internal/platforms/oidc internal/sheets internal/docx internal/pdf handlers/web", "a handler reads, asks a verb, chooses and shows, and knows no other area's handlers"},

	{"internal/jobs", "models/... views/contracts views/emails views/documents internal/i18n internal/domains internal/mail internal/pdf", "a job calls one verb of an area or one adapter"},
	{"internal/platforms/oidc", "models/creators", "a provider of identities fails as a platform does"},
	{"internal/platforms/sandbox", "models/creators models/platform internal/platforms/... static/art", "the stand-in draws its posts"},
	{"internal/platforms/...", "models/creators models/platform internal/platforms/... internal/addresses", "a platform reads statistics for the creators' area"},
	{"internal/addresses", "", "addresses of the internet, whoever is reached"},
	{"internal/artwork", "models/files static/art", "paints the demo's pictures where those of people are stored"},
	{"internal/config", "", "settings, as words that every area shares"},
	{"internal/domains", "internal/addresses", "an adapter reaches the outside and knows no area"},
	{"internal/i18n", "models/platform models/places", "texts are told of every area, by their keys"},
	{"internal/logging", "", "log lines, whoever writes them"},
	{"internal/mail", "", "an adapter reaches the outside and knows no area"},
	{"internal/imaging", "", "reads pictures, whoever shows them"},
	{"internal/storage", "", "keeps bytes, and knows nothing of what they are"},
	{"internal/picture", "", "drawn from texts and shapes that it is given"},
	{"internal/docx", "", "writes the paragraphs that it is given"},
	{"internal/pdf", "", "prints the HTML that it is given"},
	{"internal/sheets", "", "cells, and nothing of what stands in them"},
	{"static", "static/art", "files only"},
	{"static/art", "", "drawings only"},
}

// never holds whatever a rule with ... would allow.
var never = []arrow{
	{"views/...", "models/db", "nothing in a view can query"},
	{"handlers/...", "models/db", "a handler asks an area's verb, not the database"},
	{"cmd/...", "internal/testkit/...", "for tests only"},
	{"internal/app", "internal/testkit/...", "for tests only"},
	{"internal/demo", "internal/testkit/...", "for tests only"},
}

const module = "tribemarket/"

func TestImportsFollowTheArrows(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for name, imports := range packagesOfTheHouse(t) {
		rule, ok := arrowOf(name)
		if !ok {
			t.Errorf("%s stands in no rule: say in arrows what it may import, and why", name)
			continue
		}
		used[rule.packages] = true
		for _, imported := range imports {
			if !rule.allows(imported) {
				t.Errorf("%s imports %s: %s", name, imported, rule.reason)
			}
			for _, n := range never {
				if fits(n.packages, name) && fits(n.imports, imported) {
					t.Errorf("%s imports %s: %s", name, imported, n.reason)
				}
			}
		}
	}
	for _, a := range arrows {
		if !used[a.packages] {
			t.Errorf("the rule of %s is of no package", a.packages)
		}
	}
}

func TestEveryArrowHasItsReason(t *testing.T) {
	t.Parallel()
	for _, a := range slices.Concat(arrows, never) {
		if a.reason == "" {
			t.Errorf("%s: why?", a.packages)
		}
	}
}

func arrowOf(name string) (arrow, bool) {
	i := slices.IndexFunc(arrows, func(a arrow) bool { return fits(a.packages, name) })
	if i < 0 {
		return arrow{}, false
	}
	return arrows[i], true
}

// allows says whether the rule, or one that it brings, names the package.
func (a arrow) allows(imported string) bool {
	if imported == always || a.imports == "*" {
		return true
	}
	for _, pattern := range strings.Fields(a.imports) {
		if fits(pattern, imported) {
			return true
		}
		i := slices.IndexFunc(arrows, func(b arrow) bool { return b.packages == pattern })
		if i >= 0 && strings.HasPrefix(pattern, "models/") && pattern != a.packages && arrows[i].allows(imported) {
			return true
		}
	}
	return false
}

func fits(pattern, name string) bool {
	if below, ok := strings.CutSuffix(pattern, "/..."); ok {
		return name == below || strings.HasPrefix(name, below+"/")
	}
	return pattern == name
}

// packagesOfTheHouse are all packages with what they import of ours, outside of tests.
func packagesOfTheHouse(t *testing.T) map[string][]string {
	t.Helper()
	list := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Fatal(fmt.Errorf("go list: %w", err))
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		ours := slices.DeleteFunc(words[1:], func(s string) bool { return !strings.HasPrefix(s, module) && s+"/" != module })
		for i := range ours {
			ours[i] = strings.TrimPrefix(ours[i], module)
		}
		all[strings.TrimPrefix(words[0], module)] = ours
	}
	return all
}
