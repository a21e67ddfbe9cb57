package discovery

import (
	"context"
	"maps"
	"slices"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
	"tribemarket/views/components"
	"tribemarket/views/paths"
	searchview "tribemarket/views/search"
)

// SavedSearchesProps is the list of a brand's saved searches.
type SavedSearchesProps struct {
	Searches  []discovery.SavedSearchView
	Kept      discovery.Kept
	Catalogue *creators.TribeCatalogue
	Now       time.Time
	CanEdit   bool
}

// SavedSearchFormProps is the form that saves a search.
type SavedSearchFormProps struct {
	Filter    search.Filter
	Catalogue *creators.TribeCatalogue
	Fit       int64               // creators that match now
	Corrected map[string][]string // words that no creator has, with similar ones
	Query     string              // of the filter, as the form carries it
	Name      string
	Alert     string
	Email     string // where its mails go, "" if the person cannot be mailed
	Errors    map[string]string
	Problems  []components.Problem
}

// mostInstead is the maximum number of words offered in place of one.
const mostInstead = 5

// misspeltWords are the words that no creator has and for which there are similar ones,
// in order.
func (p SavedSearchFormProps) misspeltWords() []string { return slices.Sorted(maps.Keys(p.Corrected)) }

// correctionsOf returns the words that can replace a word.
func (p SavedSearchFormProps) correctionsOf(word string) []string {
	all := searchview.ShownCorrections(p.Corrected[word])
	return all[:min(len(all), mostInstead)]
}

// SavedSearchProps is one saved search with its new creators.
type SavedSearchProps struct {
	Saved     discovery.SavedSearchView
	Found     []creators.CreatorSummary
	Next      string // the next page of the list, "" at its end
	First     string // the first page, "" on it
	Catalogue *creators.TribeCatalogue
	Now       time.Time
	CanEdit   bool
	Email     string // where mails would go if the alert were set, "" if the person cannot be mailed
	Name      string // as typed
	Errors    map[string]string
	Problems  []components.Problem
}

// filterWords describes a filter in one line.
func filterWords(ctx context.Context, f search.Filter, c *creators.TribeCatalogue) string {
	all := searchview.SearchProps{Filter: f, Catalogue: c}.Words(ctx)
	if len(all) == 0 {
		return i18n.T(ctx, "discovery.searches.everybody")
	}
	line := all[0]
	for _, w := range all[1:] {
		line += " · " + w
	}
	return line
}

// ProposeSearchName suggests a name for a search: its tribes and countries, or otherwise
// its first filters.
func ProposeSearchName(ctx context.Context, f search.Filter, c *creators.TribeCatalogue) string {
	var tribes, countries []string
	for _, slug := range f.Tribes {
		if t, ok := c.TribeBySlug(slug); ok {
			tribes = append(tribes, t.Display)
		}
	}
	for _, code := range f.Countries {
		countries = append(countries, i18n.Country(ctx, code))
	}
	name := i18n.JoinList(ctx, tribes)
	if len(countries) > 0 && name != "" {
		name = i18n.T(ctx, "discovery.searches.name_in", "what", name, "where", i18n.JoinList(ctx, countries))
	}
	if all := (searchview.SearchProps{Filter: f, Catalogue: c}).Words(ctx); name == "" && len(all) > 0 {
		name = i18n.JoinList(ctx, all[:min(2, len(all))])
	}
	if name == "" {
		name = i18n.T(ctx, "discovery.searches.everybody")
	}
	if r := []rune(name); len(r) > discovery.MaxSavedSearchName {
		name = string(r[:discovery.MaxSavedSearchName-1]) + "…"
	}
	return name
}

// alertName names an alert in a word or two.
func alertName(ctx context.Context, a discovery.AlertFrequency) string {
	return i18n.T(ctx, "discovery.searches.alert."+string(a))
}

// nextMail says when mails are sent, to whom, and what happens otherwise.
func nextMail(ctx context.Context, s discovery.SavedSearchView, now time.Time) string {
	switch {
	case s.Broken:
		return i18n.T(ctx, "discovery.searches.next.broken")
	case s.Alert == discovery.AlertOff:
		return i18n.T(ctx, "discovery.searches.next.off")
	case s.MailsToName == "":
		return i18n.T(ctx, "discovery.searches.next.stopped")
	case !s.Reaches:
		return i18n.T(ctx, "discovery.searches.next.unreachable", "name", s.MailsToName)
	}
	who := "discovery.searches.next." + string(s.Alert)
	if s.Alert.HasFixedTime() {
		who = "discovery.searches.next.timed"
	}
	if s.Mine {
		who += ".mine"
	}
	args := []any{"name", s.MailsToName}
	if s.NextAt != nil {
		at := *s.NextAt
		if at.Before(now) { // due, and sent within a minute
			at = now
		}
		args = append(args, "at", i18n.WeekdayDateTime(ctx, at))
	}
	return i18n.T(ctx, who, args...)
}

func newMatches(ctx context.Context, n int64) string {
	return i18n.T(ctx, "discovery.searches.new", "n", n)
}

func (p SavedSearchFormProps) nameField(ctx context.Context) components.Field {
	return components.Field{Name: "name", Label: i18n.T(ctx, "discovery.searches.name"), Value: p.Name, Required: true, MaxLength: discovery.MaxSavedSearchName, Error: p.Errors["name"]}
}

func (p SavedSearchFormProps) alertField(ctx context.Context) components.Field {
	f := alertField(ctx, p.Alert)
	f.Error = p.Errors["alert"]
	return f
}

func alertField(ctx context.Context, value string) components.Field {
	f := components.Field{Name: "alert", Label: i18n.T(ctx, "discovery.searches.alert"), HideLabel: true, Value: value, Required: true}
	for _, a := range discovery.AlertFrequencies() {
		f.Options = append(f.Options, components.Option{Value: string(a), Label: alertName(ctx, a), Note: i18n.T(ctx, "discovery.searches.alert."+string(a)+".note")})
	}
	return f
}

func (p SavedSearchProps) nameField(ctx context.Context) components.Field {
	f := SavedSearchFormProps{Name: p.Name, Errors: p.Errors}.nameField(ctx)
	f.HideLabel = true
	return f
}

func (p SavedSearchProps) alertField(ctx context.Context) components.Field {
	f := alertField(ctx, string(p.Saved.Alert))
	f.Error = p.Errors["alert"]
	return f
}

func (p SavedSearchProps) pager() components.Pager {
	return components.Pager{First: p.First, Next: p.Next}
}

func savedSearchCrumbs(ctx context.Context, last string) []components.Crumb {
	return []components.Crumb{
		{Href: paths.Creators(nil), Name: i18n.T(ctx, "layouts.creators")}, {Href: paths.Searches(), Name: i18n.T(ctx, "discovery.searches.title")}, {Name: last},
	}
}

func (p SavedSearchesProps) emptyText(ctx context.Context) string {
	if !p.CanEdit {
		return i18n.T(ctx, "discovery.searches.empty.reader")
	}
	return i18n.T(ctx, "discovery.searches.empty.text")
}

// mailAddressText says to which address mails are sent.
func (p SavedSearchFormProps) mailAddressText(ctx context.Context) string {
	if p.Email == "" {
		return i18n.T(ctx, "discovery.searches.mails_nowhere")
	}
	return i18n.T(ctx, "discovery.searches.mails_to", "email", p.Email)
}

// mailAddressText says where mails will be sent once the viewer sets the alert.
func (p SavedSearchProps) mailAddressText(ctx context.Context) string {
	switch {
	case p.Saved.Mine || p.Email == "":
		return SavedSearchFormProps{Email: p.Email}.mailAddressText(ctx)
	case p.Saved.Alert == discovery.AlertOff || p.Saved.MailsToName == "":
		return i18n.T(ctx, "discovery.searches.mails_change", "email", p.Email)
	}
	return i18n.T(ctx, "discovery.searches.mails_instead", "email", p.Email, "name", p.Saved.MailsToName)
}

// newSinceText says since which day creators count as new.
func (p SavedSearchProps) newSinceText(ctx context.Context) string {
	return i18n.T(ctx, "discovery.searches.since", "on", i18n.Date(ctx, p.Saved.CreatedAt), "name", p.Saved.CreatedByName)
}

// noMatchesText says that there are no new creators, and what happens when there are.
func (p SavedSearchProps) noMatchesText(ctx context.Context) string {
	if p.Saved.Alert == discovery.AlertOff {
		return i18n.T(ctx, "discovery.searches.nobody.off")
	}
	return i18n.T(ctx, "discovery.searches.nobody")
}
