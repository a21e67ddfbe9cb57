package moderation_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/moderation"
	moderationview "tribemarket/views/moderation"
)

var now = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// english fails the test where a text is missing.
func english(t *testing.T) context.Context {
	return i18n.WithMissingText(i18n.WithLocale(t.Context(), i18n.EN, time.UTC), func(_ i18n.Locale, key string) { t.Errorf("%s has no text", key) })
}

func TestAListKeepsItsWordsWhenItGoesOn(t *testing.T) {
	t.Parallel()
	email := "ada@example.com"
	rows := []accounts.PersonLine{{Person: accounts.Person{ID: 3, Name: "Ada", Email: &email, Admin: true, CreatedAt: now, SuspendedAt: &now}, Brands: 2}}
	p := moderationview.PresentPeople(english(t), accounts.AdminFilter{Words: "ada", Suspended: true, After: "x"}, rows, "y")
	for href, want := range map[string]url.Values{
		p.Pager.Next:      {"q": {"ada"}, "state": {"suspended"}, "after": {"y"}},
		p.Pager.First:     {"q": {"ada"}, "state": {"suspended"}},
		p.Choices[0].Href: {"q": {"ada"}},
	} {
		if u, err := url.Parse(href); err != nil || u.Query().Encode() != want.Encode() {
			t.Errorf("%s, want %s", href, want.Encode())
		}
	}
	if row := p.Table.Rows[0]; len(row) != len(p.Table.Columns) || row[2].Text != "administrator, member of 2 brands" || !row[4].Sign {
		t.Errorf("%+v", row)
	}
}

func TestARefusedSuspensionKeepsWhatWasEntered(t *testing.T) {
	t.Parallel()
	ctx := english(t)
	d := accounts.BrandDetail{}
	d.Name, d.PublicID = "Pans", "b1"
	p := moderationview.PresentBrand(ctx, d, moderationview.SuspensionAnswer{Reason: "x", Error: "Longer."}, moderationview.PoliticalAnswer{})
	if p.Suspension.Reason != "x" || p.Suspension.Since != "" || len(p.Problems) != 1 || p.Problems[0].Field != "reason" {
		t.Errorf("%+v, %+v", p.Suspension, p.Problems)
	}
	d.SuspendedAt, d.SuspendedReason = &now, "They sell nothing."
	if s := moderationview.PresentBrand(ctx, d, moderationview.SuspensionAnswer{}, moderationview.PoliticalAnswer{}).Suspension; s.Reason != "They sell nothing." || s.Since == "" {
		t.Errorf("%+v", s)
	}
}

func TestBlocksLeadToTheOtherSide(t *testing.T) {
	t.Parallel()
	blocks := []moderation.BlockedParty{{Name: "Other", PublicID: "o1", CreatedAt: now}}
	third := moderation.ReportNotice{Name: "Third"}
	third.CreatedAt, third.Reason = now, moderation.ReportReasons()[0]
	said := []moderation.ReportNotice{third}
	for _, r := range []struct {
		actor      models.Actor
		href, undo string
	}{
		{models.Actor{PersonID: 1, BrandID: 7, Role: models.RoleManager}, "/c/o1", "/c/o1/block/removal"},
		{models.Actor{PersonID: 1, BrandID: 7, Role: models.RoleViewer}, "/c/o1", ""},
		{models.Actor{PersonID: 2, CreatorID: 8}, "/b/o1", "/b/o1/block/removal"},
	} {
		p := moderationview.PresentBlocks(english(t), r.actor, blocks, said, nil)
		if b := p.Blocks[0]; b.Href != r.href || b.Undo != r.undo {
			t.Errorf("%+v, want %s, %q", b, r.href, r.undo)
		}
		if p.Reported[0].Text == "" || len(p.Warnings) != 0 {
			t.Errorf("%+v", p)
		}
	}
}

func TestColumnsOfNumbersEndAtOneEdge(t *testing.T) {
	t.Parallel()
	table := moderationview.AdminTable{Columns: []string{"Name", "Members"}, Rows: [][]moderationview.AdminCell{{{Text: "Fonte"}, {Text: "3", Number: true}}}}
	var page strings.Builder
	if err := table.Show().Render(english(t), &page); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(page.String(), `class="num"`); got != 2 {
		t.Errorf("%d of the heading and the cell are numbers: %s", got, page.String())
	}
}
