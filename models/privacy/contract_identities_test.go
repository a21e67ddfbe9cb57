package privacy_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/contracts"
)

// A contract identity is sealed, and its owner's export says it in plain words.
func TestContractIdentitiesAreExportedOpenAndErased(t *testing.T) {
	t.Parallel()
	ctx, a := context.Background(), apptest.New(t)
	creator, _ := a.JoinCreator(t, "penne.sandbox")
	other, _ := a.JoinCreator(t, "solder.sandbox")
	brand := a.SignUpBrand(t, "fonte")
	for who, name := range map[models.Actor]string{creator: "canary one", other: "canary two", brand: "canary three"} {
		apptest.Must(t, a.Contracts.SaveIdentity(ctx, who, contracts.Identity{LegalName: name, PostalAddress: "1 Street", Email: "a@mail.example", TaxCountry: "BE", VAT: "BE0403019261"}))
	}
	for who, name := range map[models.Actor]string{creator: "canary one", brand: "canary three"} {
		x, err := a.Privacy.ExportPersonalData(ctx, who)
		apptest.Must(t, err)
		text := fmt.Sprint(x)
		if !strings.Contains(text, name) || !strings.Contains(text, "BE0403019261") || strings.Count(text, "canary") != strings.Count(text, name) {
			t.Errorf("%s is not exported, or somebody else's is", name)
		}
		if strings.Contains(text, "sealed:") {
			t.Error("the sealed text is exported")
		}
		for _, table := range x.Tables {
			if table.Name != "contract_identities" {
				continue
			}
			for _, c := range []string{"legal_name", "postal_address", "email", "tax_country", "registration", "vat"} {
				if !slices.Contains(table.Columns, c) {
					t.Errorf("%s is no column of the tables", c)
				}
			}
		}
	}
	apptest.Must(t, a.Privacy.EraseActor(ctx, creator, ""))
	apptest.Must(t, a.Privacy.EraseActor(ctx, brand, ""))
	if n := apptest.Count(t, a, "SELECT count(*) FROM contract_identities WHERE creator_id = ?", other.CreatorID); n != 1 {
		t.Error("another's is gone")
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM contract_identities"); n != 1 {
		t.Errorf("%d are left", n)
	}
}
