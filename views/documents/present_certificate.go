package documents

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
)

// PresentCertificate presents the signatures of a contract, in the language of the context.
func PresentCertificate(ctx context.Context, c contracts.Contract, text contracts.Text) Certificate {
	p := Certificate{
		Title: i18n.T(ctx, "contracts.certificate.title"), Language: text.Language, Hash: c.SHA256,
		Lead:  []string{i18n.T(ctx, "contracts.certificate.lead", "title", text.Title), i18n.T(ctx, "contracts.certificate.signed", "at", instant(*c.SignedAt))},
		Notes: []string{i18n.T(ctx, "contracts.simple"), i18n.T(ctx, "contracts.no_advice")},
	}
	for i, side := range []models.Side{models.SideBrand, models.SideCreator} {
		s := c.SignatureOf(side)
		if s == nil || i >= len(text.Parties) {
			continue
		}
		p.Signers = append(p.Signers, Signer{
			Title: i18n.T(ctx, "contracts.certificate.for", "party", text.Parties[i].Name), Name: s.Name, Facts: presentFacts(ctx, *s, text.Parties[i].Name),
		})
	}
	return p
}

// presentFacts are what is known of a signature for a party.
func presentFacts(ctx context.Context, s contracts.Signature, party string) []contracts.Row {
	all := []contracts.Row{
		{Name: i18n.T(ctx, "contracts.certificate.role"), Text: s.Role},
		{Name: i18n.T(ctx, "contracts.certificate.at"), Text: instant(s.SignedAt)},
		{Name: i18n.T(ctx, "contracts.certificate.proof"), Text: i18n.T(ctx, "contracts.certificate.proof.text", "way", ProofName(ctx, accounts.SignInMethod(s.Proof)), "at", instant(s.ProvedAt))},
		{Name: i18n.T(ctx, "contracts.certificate.email"), Text: s.Email},
		{Name: i18n.T(ctx, "contracts.certificate.opened"), Text: moment(s.OpenedAt)},
		{Name: i18n.T(ctx, "contracts.certificate.downloaded"), Text: moment(s.DownloadedAt)},
		{Name: i18n.T(ctx, "contracts.certificate.address"), Text: s.Address},
		{Name: i18n.T(ctx, "contracts.certificate.agent"), Text: s.Agent},
		{Name: i18n.T(ctx, "contracts.certificate.audit"), Text: strconv.FormatInt(s.AuditNumber, 10)},
		// Nobody signs without these two.
		{Name: i18n.T(ctx, "contracts.certificate.confirmed"), Text: i18n.T(ctx, "contracts.sign.adult") + " " + i18n.T(ctx, "contracts.sign.authority", "party", party)},
		{Name: i18n.T(ctx, "contracts.certificate.consent", "version", s.ConsentVersion), Text: s.Consent},
	}
	return slices.DeleteFunc(all, func(r contracts.Row) bool { return cmp.Or(r.Text, "") == "" })
}

// ProofName names the way in which a person proved who they are.
func ProofName(ctx context.Context, way accounts.SignInMethod) string {
	switch way {
	case accounts.MethodPassword, accounts.WayPasskey, accounts.WayOIDC, accounts.WayCode:
		return i18n.T(ctx, "contracts.proof."+string(way))
	}
	return i18n.T(ctx, "contracts.proof.platform", "platform", i18n.T(ctx, "deals.platform."+string(way)))
}

// instant is a moment in a form that needs no time zone of a reader.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

func moment(t *time.Time) string {
	if t == nil {
		return ""
	}
	return instant(*t)
}
