package jobs

import (
	"context"
	"errors"

	"tribemarket/internal/domains"
	"tribemarket/models/accounts"
)

// checkDomain looks for a brand's code, outside of any transaction.
func (j *Jobs) checkDomain(ctx context.Context, args accounts.CheckDomainArgs) error {
	d, err := j.Accounts.DomainOfBrand(ctx, args.BrandID)
	if err != nil || d == nil || d.Code != args.Code {
		return err
	}
	method, err := j.Domains.Prove(ctx, d.Domain, d.ProofText())
	if err != nil && !errors.Is(err, domains.ErrProofNotFound) {
		return err
	}
	return j.Accounts.RecordDomainCheck(ctx, d.BrandID, d.Code, method)
}

func (j *Jobs) sweepDomains(ctx context.Context, _ accounts.SweepDomainsArgs) error {
	return j.Accounts.EnqueueDueDomainChecks(ctx)
}
