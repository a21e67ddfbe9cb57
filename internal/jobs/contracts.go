package jobs

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/internal/pdf"
	"tribemarket/models/contracts"
	"tribemarket/models/terms"
	contractsview "tribemarket/views/contracts"
	"tribemarket/views/documents"
	"tribemarket/views/emails"
)

// PrepareContract makes the document of a contract.
func (j *Jobs) PrepareContract(ctx context.Context, args contracts.PrepareArgs) error {
	d, due, err := j.Contracts.ReadDraft(ctx, args.ContractID)
	if err != nil || !due {
		return err
	}
	shared, err := j.Deals.SharedLanguage(ctx, d.Contract.BrandID, d.Contract.CreatorID)
	if err != nil {
		return err
	}
	ctx = i18n.WithLocale(ctx, i18n.Locale(contractsview.ContractLanguage(d, shared)), time.UTC)
	text := contractsview.PresentContractText(ctx, d)
	check, err := documents.PresentCheckMark(ctx, j.emailSite().DocumentCheck())
	if err != nil {
		return err
	}
	page, err := emails.Render(ctx, documents.ContractPaper(text, check))
	if err != nil {
		return err
	}
	printed, err := pdf.Render(ctx, pdf.Document{
		Title: text.Title, Language: text.Language, HTML: page, Created: j.Clock(),
		Attachments: []pdf.Attachment{termsAttachment(d.Contract.Terms)},
	})
	if err != nil {
		return err
	}
	return j.Contracts.StoreDocument(ctx, d, printed, text)
}

// termsAttachment holds what was agreed for machines, in the form whose hash the contract
// names.
func termsAttachment(t terms.Terms) pdf.Attachment {
	return pdf.Attachment{Name: "terms.json", MediaType: "application/json", Description: t.Hash(), Data: []byte(t.Encode())}
}

// CertifyContract makes the certificate of a signed contract.
func (j *Jobs) CertifyContract(ctx context.Context, args contracts.CertifyArgs) error {
	c, text, due, err := j.Contracts.ReadSigned(ctx, args.ContractID)
	if err != nil || !due {
		return err
	}
	ctx = i18n.WithLocale(ctx, i18n.Locale(text.Language), time.UTC)
	check, err := documents.PresentCheckMark(ctx, j.emailSite().DocumentCheck())
	if err != nil {
		return err
	}
	certificate := documents.PresentCertificate(ctx, c, text)
	page, err := emails.Render(ctx, documents.CertificatePaper(certificate, check))
	if err != nil {
		return err
	}
	printed, err := pdf.Render(ctx, pdf.Document{Title: certificate.Title, Language: text.Language, HTML: page, Created: *c.SignedAt})
	if err != nil {
		return err
	}
	return j.Contracts.StoreCertificate(ctx, args.ContractID, printed)
}
