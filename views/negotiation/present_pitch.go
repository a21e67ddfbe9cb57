package negotiation

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/files"
	"tribemarket/models/negotiation"
	"tribemarket/models/platform"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
)

// exampleSize is the width of an example's picture on a page.
const exampleSize = "6rem"

// presentPitch presents what the creator said who began a negotiation; nil without a pitch.
func presentPitch(ctx context.Context, a models.Actor, n negotiation.Negotiation) *PitchProps {
	if n.Pitch == nil {
		return nil
	}
	p := presentPitchWords(ctx, *n.Pitch, n.Offers[0].Message)
	p.Note, p.Door = i18n.T(ctx, "negotiation.pitch.sent", "creator", n.Creator.Name, "sent", i18n.Date(ctx, n.BegunAt)), accounts.CanEditBrand(a, n.Brand.ID)
	return p
}

// presentPitchWords presents what a creator says of themselves, and what they propose.
func presentPitchWords(ctx context.Context, said negotiation.Pitch, idea string) *PitchProps {
	p := &PitchProps{Title: i18n.T(ctx, "negotiation.pitch.one"), About: said.About, Audience: said.Audience, Idea: idea, Figures: PresentFrozenFigures(ctx, said.Figures)}
	for _, x := range said.Examples {
		switch {
		case !x.Shown:
		case x.Work != nil:
			picture := pictureOf(*x.Work, "square", exampleSize)
			p.Works = append(p.Works, PitchWork{picture, picture.Largest()})
		case x.URL != "":
			p.Posts = append(p.Posts, components.Fact{Label: postName(ctx, x), Href: x.URL})
		}
	}
	return p
}

func pictureOf(w negotiation.Work, class, sizes string) components.Picture {
	return filesview.Picture(files.Picture{PublicID: w.ID, Alt: w.Alt, Colour: w.Colour, Width: w.Width, Height: w.Height}, class, sizes)
}

// postName is what the link to a post is called.
func postName(ctx context.Context, x negotiation.Example) string {
	return i18n.T(ctx, "negotiation.pitch.post", "platform", i18n.T(ctx, "deals.platform."+x.Platform), "url", shortURL(x.URL))
}

// PresentFrozenFigures presents the figures of accounts, each with where it comes from.
func PresentFrozenFigures(ctx context.Context, all []creators.FrozenFigures) []PitchFigures {
	rows := make([]PitchFigures, len(all))
	for i, f := range all {
		name := i18n.T(ctx, "deals.platform."+f.Platform)
		rows[i] = PitchFigures{
			Account: name + " @" + f.Handle, Followers: i18n.Number(ctx, f.Followers), Engagement: "–", Views: "–",
			Source: i18n.T(ctx, "negotiation.pitch.source.verified", "platform", name, "day", f.FollowersOn, "version", f.Definition),
		}
		if f.EngagementPPM != nil {
			rows[i].Engagement = i18n.Percent(ctx, *f.EngagementPPM)
		}
		if f.MedianViews != nil {
			rows[i].Views = i18n.Number(ctx, *f.MedianViews)
		}
		if f.Sample != nil && !f.FiguresOn.IsZero() {
			rows[i].Source = i18n.T(ctx, "negotiation.pitch.source.sample", "platform", name, "day", f.FiguresOn, "version", f.Definition, "posts", *f.Sample)
		}
	}
	return rows
}

// presentPitchMark presents a pitch in a list: its word, what it says in figures, and works.
func presentPitchMark(ctx context.Context, n negotiation.Negotiation) *PitchMark {
	if n.Began != models.SideCreator {
		return nil
	}
	m := &PitchMark{Word: i18n.T(ctx, "negotiation.pitch.one")}
	if n.Pitch == nil {
		return m
	}
	if len(n.Pitch.Figures) > 0 {
		f := n.Pitch.Figures[0]
		m.Line = i18n.T(ctx, "negotiation.pitch.line", "followers", i18n.CompactNumber(ctx, f.Followers))
		if f.EngagementPPM != nil {
			m.Line = i18n.T(ctx, "negotiation.pitch.line.rate", "followers", i18n.CompactNumber(ctx, f.Followers), "rate", i18n.Percent(ctx, *f.EngagementPPM))
		}
	}
	for _, x := range n.Pitch.Examples {
		if x.Work != nil && x.Shown {
			picture := pictureOf(*x.Work, "portrait small", "2.25rem")
			picture.Sides = picture.Sides[len(picture.Sides)-1:]
			m.Works = append(m.Works, picture)
		}
	}
	return m
}

// shortURL is an address without what every one begins with.
func shortURL(address string) string {
	if h, ok := platform.HandleFromURL(address); ok {
		return "@" + h
	}
	return address
}
