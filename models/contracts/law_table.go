package contracts

import (
	"time"

	"tribemarket/models"
)

// What contracts say because of laws.
const (
	ClauseParties   = "parties"  // who both are, and where they pay tax
	ClauseMissions  = "missions" // what is to be done
	ClauseReward    = "reward"   // the money, or how it is determined, and what is given in kind
	ClauseRights    = "rights"   // rights and duties, also of intellectual property
	ClauseFrenchLaw = "french_law"
	ClauseLiability = "liability" // of both towards others
	ClauseEvidence  = "evidence"
	ClauseCode      = "code"     // the advertising code that the brand makes known
	ClauseLabel     = "label"    // the words that mark advertising
	ClauseEndorser  = "endorser" // disclosure and honesty, as the FTC asks for them
)

// laws are the dated data. A law that changes is another line with its own date, taken from
// the published text or an official announcement. The addresses of law 2023-451 and decree
// 2025-1137 follow the form of Légifrance's aliases.
var laws = []Law{
	{
		ID: "fr_contract", Country: "FR", From: models.Date{Year: 2026, Month: time.January, Day: 1}, Reaches: EstablishedOutside,
		Sources: []Source{
			{"Loi n° 2023-451 du 9 juin 2023, art. 8", "https://www.legifrance.gouv.fr/eli/loi/2023/6/9/2023-451/jo/texte"},
			{"Décret n° 2025-1137 du 28 novembre 2025, art. 1", "https://www.legifrance.gouv.fr/eli/decret/2025/11/28/2025-1137/jo/texte"},
		},
		Contract: &ContractRule{From: models.Money{Minor: 1000_00, Currency: "EUR"}, WarnPercent: 80},
		Clauses:  []string{ClauseParties, ClauseMissions, ClauseReward, ClauseRights, ClauseFrenchLaw, ClauseLiability},
	},
	{
		ID: "fr_evidence", Country: "FR", From: models.Date{Year: 2016, Month: time.October, Day: 1}, Reaches: Established,
		Sources: []Source{
			{"Code civil, art. 1356", "https://www.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006070721/LEGISCTA000006118074/"},
			{"Ordonnance n° 2016-131 du 10 février 2016, art. 9", "https://www.legifrance.gouv.fr/eli/ordonnance/2016/2/10/2016-131/jo/texte"},
		},
		Clauses: []string{ClauseEvidence},
	},
	{
		ID: "fr_disclosure", Country: "FR", From: models.Date{Year: 2024, Month: time.November, Day: 8}, Reaches: EstablishedOutside,
		Sources: []Source{
			{"Loi n° 2023-451 du 9 juin 2023, art. 5 et 5-2", "https://www.legifrance.gouv.fr/eli/loi/2023/6/9/2023-451/jo/texte"},
			{"Ordonnance n° 2024-978 du 6 novembre 2024", "https://www.legifrance.gouv.fr/eli/ordonnance/2024/11/6/2024-978/jo/texte"},
		},
		Clauses: []string{ClauseLabel},
	},
	{
		ID: "fr_child", Country: "FR", From: models.Date{Year: 2021, Month: time.April, Day: 20}, Reaches: Established,
		Sources: []Source{{"Loi n° 2020-1266 du 19 octobre 2020, art. 3", "https://www.legifrance.gouv.fr/loda/article_lc/LEGIARTI000047666656"}},
		Child:   true,
	},
	{
		ID: "nl_code", Country: "NL", From: models.Date{Year: 2022, Month: time.July, Day: 1}, Reaches: Addressed,
		Sources: []Source{{"Reclamecode Social Media & Influencer Marketing", "https://www.reclamecode.nl/social"}},
		Clauses: []string{ClauseCode, ClauseLabel},
	},
	{
		ID: "be_label", Country: "BE", From: models.Date{Year: 2022, Month: time.April, Day: 25}, Reaches: Addressed,
		Sources: []Source{{"Communicatie Centrum, Aanbevelingen inzake influencers, 25 april 2022", "https://www.jep.be/persbericht-25-04-2022-het-communicatie-centrum-publiceert-nieuwe-aanbevelingen-inzake-influencer-marketing/"}},
		Clauses: []string{ClauseLabel},
	},
	{
		ID: "eu_hidden", Country: EuropeanUnion, From: models.Date{Year: 2007, Month: time.December, Day: 12}, Reaches: Addressed,
		Sources: []Source{{"Directive 2005/29/EC, art. 7(2)", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=celex%3A32005L0029"}},
		Clauses: []string{ClauseLabel},
	},
	{
		ID: "us_endorsement", Country: "US", From: models.Date{Year: 2023, Month: time.July, Day: 26}, Reaches: Addressed,
		Sources: []Source{{"16 CFR Part 255, 88 FR 48092", "https://www.federalregister.gov/documents/2023/07/26/2023-14795/guides-concerning-the-use-of-endorsements-and-testimonials-in-advertising"}},
		Clauses: []string{ClauseEndorser},
	},
}

// economicArea are the members of the European Economic Area.
var economicArea = []string{
	"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
}
