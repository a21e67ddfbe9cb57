package discovery

import (
	"context"
	"net/url"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// ShortlistsProps are the lists of a brand.
type ShortlistsProps struct {
	Lists    []discovery.ShortlistSummary
	Kept     discovery.Kept
	CanEdit  bool
	Now      time.Time
	Name     string // as typed
	Errors   map[string]string
	Problems []components.Problem
}

func (p ShortlistsProps) nameField(ctx context.Context) components.Field {
	return components.Field{Name: "name", Label: i18n.T(ctx, "discovery.shortlists.name"), Hint: i18n.T(ctx, "discovery.shortlists.name_hint"), Value: p.Name, Error: p.Errors["name"], MaxLength: discovery.MaxShortlistName, Class: "w16"}
}

// ShortlistAddingProps are the lists on which a creator can be put.
type ShortlistAddingProps struct {
	Creator  creators.CreatorReference
	Lists    []discovery.ShortlistSummary
	Next     string // the path to return to
	Chosen   []string
	New      string
	Errors   map[string]string
	Problems []components.Problem
}

func (p ShortlistAddingProps) listsField(ctx context.Context) components.Field {
	f := components.Field{Name: "list", Label: i18n.T(ctx, "discovery.shortlists.add.lists"), Values: p.Chosen, Error: p.Errors["list"]}
	for _, l := range p.Lists {
		if !l.Has {
			f.Options = append(f.Options, components.Option{Value: l.PublicID, Label: l.Name, Note: i18n.T(ctx, "discovery.shortlists.creators", "n", l.Creators)})
		}
	}
	return f
}

func (p ShortlistAddingProps) newList(ctx context.Context) components.Field {
	return components.Field{Name: "new", Label: i18n.T(ctx, "discovery.shortlists.add.new"), Value: p.New, Error: p.Errors["new"], MaxLength: discovery.MaxShortlistName}
}

// ShortlistProps is a list, of which a page of entries is shown.
type ShortlistProps struct {
	View       discovery.ShortlistView
	Shown      []discovery.ShortlistEntry
	Page       int // from 1
	Pages      int
	CanEdit    bool
	CanPropose bool
	Now        time.Time

	Name     string                      // of the list, as entered
	Editing  string                      // the creator whose note could not be saved
	Form     discovery.ShortlistItemForm // as typed
	Errors   map[string]string
	Problems []components.Problem
}

func (p ShortlistProps) listQuery(label string, sort discovery.ShortlistSort, page int) url.Values {
	q := url.Values{}
	if label != "" {
		q.Set("label", label)
	}
	if sort != discovery.SortByAdded {
		q.Set("sort", string(sort))
	}
	if page > 1 {
		q.Set("page", plainNumber(page))
	}
	return q
}

func (p ShortlistProps) labelChips(ctx context.Context) []components.Chip {
	f := p.View.Filter
	all := []components.Chip{{Href: paths.Shortlist(p.View.PublicID, p.listQuery("", f.Sort, 1)), Label: i18n.T(ctx, "discovery.shortlists.all"), Count: i18n.Number(ctx, int64(p.View.Total)), On: f.Label == ""}}
	for _, l := range p.View.Labels {
		all = append(all, components.Chip{Href: paths.Shortlist(p.View.PublicID, p.listQuery(l.Label, f.Sort, 1)), Label: l.Label, Count: i18n.Number(ctx, int64(l.Creators)), On: l.Chosen})
	}
	return all
}

func (p ShortlistProps) sortField(ctx context.Context) components.Field {
	f := components.Field{Name: "sort", ID: "sort", Label: i18n.T(ctx, "discovery.shortlists.sort"), Value: string(p.View.Filter.Sort)}
	for _, s := range discovery.ShortlistSorts() {
		f.Options = append(f.Options, components.Option{Value: string(s), Label: i18n.T(ctx, "discovery.shortlists.sort."+string(s))})
	}
	return f
}

func (p ShortlistProps) pager(ctx context.Context) components.Pager {
	f := p.View.Filter
	at := func(page int) string {
		if page < 1 || page > p.Pages {
			return ""
		}
		return paths.Shortlist(p.View.PublicID, p.listQuery(f.Label, f.Sort, page))
	}
	return components.Pager{Previous: at(p.Page - 1), Next: at(p.Page + 1), Status: i18n.T(ctx, "discovery.shortlists.page", "page", p.Page, "pages", p.Pages)}
}

// entryForm is the content of an entry's fields.
func (p ShortlistProps) entryForm(e discovery.ShortlistEntry) discovery.ShortlistItemForm {
	if p.Editing == e.PublicID {
		return p.Form
	}
	return discovery.ShortlistItemForm{Note: e.Note, Labels: joinedLabels(e.Labels)}
}

func (p ShortlistProps) noteField(ctx context.Context, e discovery.ShortlistEntry) components.Field {
	f := components.Field{Name: "note", ID: "note-" + e.PublicID, Label: i18n.T(ctx, "discovery.shortlists.note"), Value: p.entryForm(e).Note, Rows: 3, MaxLength: discovery.MaxShortlistNote}
	if p.Editing == e.PublicID {
		f.ID, f.Error = "", p.Errors["note"] // the id to which the summary links
	}
	return f
}

func (p ShortlistProps) labelsField(ctx context.Context, e discovery.ShortlistEntry) components.Field {
	f := components.Field{Name: "labels", ID: "labels-" + e.PublicID, Label: i18n.T(ctx, "discovery.shortlists.labels"), Hint: i18n.T(ctx, "discovery.shortlists.labels_hint", "most", discovery.MaxLabels), Value: p.entryForm(e).Labels}
	if p.Editing == e.PublicID {
		f.ID, f.Error = "", p.Errors["labels"]
	}
	return f
}

func (p ShortlistProps) renameField(ctx context.Context) components.Field {
	return components.Field{Name: "name", Label: i18n.T(ctx, "discovery.shortlists.name"), Value: p.Name, Error: p.Errors["name"], MaxLength: discovery.MaxShortlistName}
}

// entryName is the name of an entry.
func entryName(ctx context.Context, e discovery.ShortlistEntry) string {
	if e.Standing == discovery.StandingErased {
		return i18n.T(ctx, "discovery.shortlists.left")
	}
	return e.Name
}

func addedOn(ctx context.Context, e discovery.ShortlistEntry, now time.Time) string {
	if e.AddedBy == "" {
		return i18n.T(ctx, "discovery.shortlists.added_once", "ago", i18n.TimeAgo(ctx, e.AddedAt, now))
	}
	return i18n.T(ctx, "discovery.shortlists.added", "who", e.AddedBy, "ago", i18n.TimeAgo(ctx, e.AddedAt, now))
}

func startingPrice(ctx context.Context, b *creators.CreatorSummary, format string) string {
	m := b.PriceOf(format)
	if m == nil {
		return ""
	}
	return i18n.WholeMoney(ctx, *m)
}
