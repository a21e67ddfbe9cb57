package imports

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/places"
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// problem is why a row has to be left out: a message key and its arguments.
type problem struct {
	key  string
	args []any
}

func problemOf(key string, args ...any) *problem { return &problem{"imports.row." + key, args} }

// problemOfValue is one problem where a cell is missing, and another where it cannot be read.
func problemOfValue(missing, unread, cell string) *problem {
	value := text.Truncate(text.SingleLine(cell), 40)
	if value == "" || text.IsMissing(strings.ToLower(value)) {
		return problemOf(missing)
	}
	return problemOf(unread, "value", value)
}

// rowParser understands the rows of one file.
type rowParser struct {
	columns
	dates  dateReader
	run    *importRun
	remark func(position int, value string) // told of a value that is not understood; may be nil
	unsure func(key string)                 // told of figures that cannot be; may be nil
}

func (p *rowParser) unread(position int, value string) {
	if p.remark != nil {
		p.remark(position, value)
	}
}

// parseAccount reads whose row it is.
func (p *rowParser) parseAccount(cells []string) (creators.ImportedRow, *problem) {
	r := creators.ImportedRow{Platform: p.platform, OwnExport: p.ownExport}
	if name := p.text(cells, FieldPlatform); name != "" {
		known, ok := platform.ParseName(name)
		if !ok {
			return r, problemOf("platform", "platform", text.Truncate(name, 40))
		}
		r.Platform = known
	}
	named, wrong := p.readHandle(&r, cells)
	if wrong != nil {
		return r, wrong
	}
	r.HandleKey = creators.HandleKeyOf(r.Handle)
	r.Name = creators.CleanName(models.UnprotectText(p.text(cells, FieldName)))
	if platform.IsChannelID(r.Name) {
		r.Name = ""
	}
	if r.Name == "" {
		r.Name = creators.CleanName(named)
	}
	if p.run.isErasedAccount(r.Platform, r.HandleKey, r.Name) {
		return r, problemOf("erased")
	}
	return r, nil
}

// readHandle reads the handle from the column of handles, else from the address of the
// profile. No address may name another account; name is what stands beside the handle in
// its cell.
func (p *rowParser) readHandle(r *creators.ImportedRow, cells []string) (name string, wrong *problem) {
	for _, i := range slices.Concat(p.positions[FieldHandle], p.positions[FieldLink]) {
		if i < len(cells) && totalsLine.MatchString(strings.TrimSpace(cells[i])) {
			return "", problemOf("totals", "value", text.Truncate(text.SingleLine(cells[i]), 40))
		}
	}
	linked, linkProblem := p.readLinks(r.Platform, cells)
	for _, i := range p.positions[FieldHandle] {
		if i >= len(cells) || isMissingHandle(cells[i]) {
			continue
		}
		handle, named, err := splitNamedHandle(r.Platform, cells[i])
		if err != nil {
			return "", handleProblem(err, r.Platform, cells[i])
		}
		if errors.Is(linkProblem, platform.ErrOtherSite) {
			return "", handleProblem(linkProblem, r.Platform, p.text(cells, FieldLink))
		}
		r.Handle = handle
		return named, p.checkLinks(r, linked, cells)
	}
	switch {
	case linked != "":
		r.Handle = linked
		return "", p.checkLinks(r, linked, cells)
	case linkProblem != nil:
		return "", handleProblem(linkProblem, r.Platform, p.text(cells, FieldLink))
	}
	return "", problemOf("no_handle")
}

// totalsLine is what stands before the totals of a list.
var totalsLine = regexp.MustCompile(`(?i)^(grand |sub-?)?(totals?|totaux|totaal|totale[ns]?|sum|summe|somme|som|suma|gesamt|insgesamt|toplam|合計)( g[eé]n[eé]ral| general)?\s*:?\s*(\([0-9]+\))?$`)

// readLinks reads the account out of the address of its profile.
func (p *rowParser) readLinks(on string, cells []string) (handle string, err error) {
	for _, i := range p.positions[FieldLink] {
		if i >= len(cells) || isMissingHandle(cells[i]) {
			continue
		}
		if handle, err = platform.ParseHandle(on, cells[i]); err == nil {
			return handle, nil
		}
	}
	return "", err
}

// checkLinks refuses a row in which the address of a profile or of a post names somebody
// else than the handle, or belongs to another platform.
func (p *rowParser) checkLinks(r *creators.ImportedRow, linked string, cells []string) *problem {
	if linked != "" && areTwoAccounts(linked, r.Handle) {
		return problemOf("two_accounts", "handle", r.Handle, "link", linked)
	}
	for _, i := range p.addresses {
		if i >= len(cells) || !strings.Contains(cells[i], "/") {
			continue
		}
		cell := strings.TrimSpace(text.SingleLine(cells[i]))
		if on := platform.OfURL(cell); p.kind == KindVideos && on != "" && on != r.Platform {
			return handleProblem(platform.ErrOtherSite, r.Platform, cell)
		}
		if owner, err := platform.ParseHandle(r.Platform, cell); err == nil && areTwoAccounts(owner, r.Handle) {
			return problemOf("two_accounts", "handle", r.Handle, "link", owner)
		}
	}
	return nil
}

// areTwoAccounts says whether two handles differ. A channel's id says nothing about its
// handle.
func areTwoAccounts(a, b string) bool {
	if platform.IsChannelID(a) || platform.IsChannelID(b) {
		return platform.IsChannelID(a) && platform.IsChannelID(b) && a != b
	}
	return creators.HandleKeyOf(a) != creators.HandleKeyOf(b)
}

// addressHeaders are those of columns with the address of a post, or of its account.
var addressHeaders = []string{
	"url", "link", "permalink", "profile", "profile url", "profile link", "author url", "author link", "user url", "account url", "channel url", "channel link",
	"video url", "video link", "web video url", "post url", "post link", "share url", "share link", "item url", "input url", "page url", "reel url", "clip url", "media url", "vod url",
	"lien", "lien de la video", "lien de la publication", "videolink", "postlink",
}

func (h header) isAddress() bool {
	return slices.Contains(addressHeaders, h.words) || slices.Contains(addressHeaders, h.inner())
}

// addressColumns are the columns of addresses of the file's own platform.
func (c *columns) addressColumns() (all []int) {
	for i, u := range c.uses {
		if u.Other == "" && (u.Field == FieldLink || c.headers[i].isAddress()) {
			all = append(all, i)
		}
	}
	return all
}

func handleProblem(err error, on, cell string) *problem {
	key := "not_a_handle"
	switch {
	case errors.Is(err, platform.ErrShortURL):
		key = "short_link"
	case errors.Is(err, platform.ErrOtherSite):
		key = "other_site"
	case errors.Is(err, platform.ErrNamesNoOwner):
		key = "no_owner"
	}
	return problemOf(key, "value", text.Truncate(text.SingleLine(cell), 60), "platform", on)
}

// parse understands a row.
func (p *rowParser) parse(cells []string) (creators.ImportedRow, *problem) {
	r, wrong := p.parseAccount(cells)
	if wrong != nil {
		return r, wrong
	}
	followers, err := p.count(cells, FieldFollowers)
	if errors.Is(err, errTwoNumbers) {
		return r, problemOf("two_numbers")
	}
	if err != nil || followers == nil {
		return r, problemOfValue("no_followers", "unread_followers", p.text(cells, FieldFollowers))
	}
	r.Followers = *followers
	r.Following, r.TotalLikes, r.TotalPosts = p.optionalCount(cells, FieldFollowing), p.optionalCount(cells, FieldTotalLikes), p.optionalCount(cells, FieldTotalPosts)
	if p.kind == KindVideos {
		r.Post, wrong = p.parsePost(r, cells)
		return r, wrong
	}
	if wrong := p.readAsOf(&r, cells); wrong != nil {
		return r, wrong
	}
	r.Country = p.country(cells)
	r.Languages = p.words(cells, FieldLanguage, places.ParseLanguage)
	r.Tribes = p.words(cells, FieldCategory, func(w string) (string, bool) {
		t, ok := p.run.catalogue.TribeByCategory(w)
		if !ok { // as our own export has it
			t, ok = p.run.catalogue.TribeBySlug(strings.ToLower(strings.TrimSpace(w)))
		}
		return t.Slug, ok
	})
	r.Means = p.means(r.Platform, cells)
	return r, nil
}

// readAsOf reads how old the figures of a list's row are, where a column says so.
func (p *rowParser) readAsOf(r *creators.ImportedRow, cells []string) *problem {
	cell := p.text(cells, FieldAsOf)
	if cell == "" {
		if p.run.options.AsOf.IsZero() {
			return problemOf("no_date")
		}
		return nil
	}
	at, ok := p.dates.parse(cell)
	if !ok || at.After(p.run.now) {
		return problemOfValue("no_date", "unread_date", cell)
	}
	if at.Before(oldestDate) {
		return problemOf("too_old", "value", text.Truncate(text.SingleLine(cell), 40))
	}
	r.AsOf = at
	return nil
}

// country reads a country, also behind a city. What is none is reported.
func (p *rowParser) country(cells []string) string {
	for _, i := range p.positions[FieldCountry] {
		if i >= len(cells) || text.IsMissing(strings.ToLower(strings.TrimSpace(cells[i]))) {
			continue
		}
		if country, ok := places.FindCountry(cells[i]); ok {
			return country
		}
		p.unread(i, cells[i])
	}
	return ""
}

// words are what the words of one or more cells mean. A cell is one word as a whole if it
// means something, since names of categories have commas.
func (p *rowParser) words(cells []string, field Field, mean func(string) (string, bool)) []string {
	var all []string
	add := func(w string) {
		if !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	for _, i := range p.positions[field] {
		if i >= len(cells) || text.IsMissing(strings.ToLower(strings.TrimSpace(cells[i]))) {
			continue
		}
		cell := models.UnprotectText(strings.TrimSpace(cells[i]))
		if w, ok := mean(cell); ok {
			add(w)
			continue
		}
		for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;|/[]\"", r) }) {
			part = strings.Trim(part, " '")
			if w, ok := mean(part); ok {
				add(w)
				continue
			}
			understood := false
			for _, one := range strings.Fields(part) {
				if w, ok := mean(one); ok {
					add(w)
					understood = true
				}
			}
			if !understood && part != "" {
				p.unread(i, part)
			}
		}
	}
	return all
}

// means are the averages of a list. They give a rate only if all of its counts are
// there and can be; how many posts they come from is not known.
func (p *rowParser) means(on string, cells []string) creators.Figures {
	f := creators.Figures{
		MeanViews: p.optionalCount(cells, FieldViews), MeanLikes: p.optionalCount(cells, FieldLikes),
		MeanComments: p.optionalCount(cells, FieldComments), MeanShares: p.optionalCount(cells, FieldShares),
	}
	if f.MeanViews == nil && f.MeanLikes == nil && f.MeanComments == nil && f.MeanShares == nil {
		return creators.Figures{}
	}
	f.Basis = creators.BasisMean
	switch {
	case p.remarkImplausible(f.MeanViews, f.MeanLikes, f.MeanComments):
	case creators.HasEngagementRate(on) && f.MeanViews != nil && f.MeanLikes != nil && f.MeanComments != nil && f.MeanShares != nil:
		f.EngagementPPM = creators.Ratio(*f.MeanLikes+*f.MeanComments+*f.MeanShares, *f.MeanViews, 1_000_000)
	}
	return f
}

// remarkImplausible tells of more likes or comments than views, which cannot be.
func (p *rowParser) remarkImplausible(views, likes, comments *int64) bool {
	var key string
	switch {
	case views == nil:
		return false
	case likes != nil && *likes > *views:
		key = "imports.remark.more_likes_than_views"
	case comments != nil && *comments > *views:
		key = "imports.remark.more_comments_than_views"
	default:
		return false
	}
	if p.unsure != nil {
		p.unsure(key)
	}
	return true
}

// parsePost reads the post that a row of a file of posts is.
func (p *rowParser) parsePost(r creators.ImportedRow, cells []string) (*creators.Post, *problem) {
	x := &creators.Post{PlatformPostID: text.Truncate(text.SingleLine(p.text(cells, FieldPostID)), 100)}
	if x.PlatformPostID == "" {
		return nil, problemOf("no_post")
	}
	if roundedID.MatchString(x.PlatformPostID) {
		return nil, problemOf("rounded_id", "value", text.Truncate(x.PlatformPostID, 40))
	}
	var ok bool
	if x.PostedAt, ok = p.dates.parse(p.text(cells, FieldPostedAt)); !ok {
		return nil, problemOfValue("no_time", "unread_time", p.text(cells, FieldPostedAt))
	}
	if x.PostedAt.After(p.run.now) {
		return nil, problemOf("future")
	}
	if x.PostedAt.Before(oldestDate) {
		return nil, problemOf("too_old", "value", text.Truncate(text.SingleLine(p.text(cells, FieldPostedAt)), 40))
	}
	x.Views, x.Likes = p.optionalCount(cells, FieldViews), p.optionalCount(cells, FieldLikes)
	x.Comments, x.Shares = p.optionalCount(cells, FieldComments), p.optionalCount(cells, FieldShares)
	x.DurationS = p.optionalCount(cells, FieldDuration)
	p.remarkImplausible(x.Views, x.Likes, x.Comments)
	x.Caption = creators.CleanCaption(p.text(cells, FieldCaption))
	x.URL = platform.PostURL(r.Platform, r.Handle, x.PlatformPostID)
	var cell strings.Builder
	for _, i := range p.positions[FieldHashtags] {
		if i < len(cells) {
			cell.WriteString(cells[i] + " ")
		}
	}
	tags := parseHashtags(cell.String())
	if len(tags) == 0 {
		tags = text.FindHashtags(x.Caption)
	}
	x.Hashtags = strings.Join(tags, " ")
	return x, nil
}
