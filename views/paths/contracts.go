package paths

// ContractIdentity is where a brand or a creator says who they are in contracts.
func ContractIdentity() string { return "/settings/contract-identity" }

// AboutLaw is the page of the laws that the site knows.
func AboutLaw() string { return "/about/law" }

// Contract is the page of a contract.
func Contract(id string) string { return "/contracts/" + esc(id) }

// ContractAction is where an action is done to a contract.
func ContractAction(id, action string) string { return Contract(id) + "/" + action }

// ContractPDF is the document of a contract.
func ContractPDF(id string) string { return Contract(id) + "/contract.pdf" }

// CertificatePDF is the certificate of a signed contract.
func CertificatePDF(id string) string { return Contract(id) + "/certificate.pdf" }

// DealContract is where a side asks for a contract of a deal.
func DealContract(deal string) string { return Deal(deal) + "/contract" }

// CheckDocument is where anybody checks whether a document is one of this site's.
func CheckDocument() string { return "/check" }

// NewAmendment is the form of an amendment of a contract.
func NewAmendment(contract string) string { return Amendments(contract) + "/new" }

// Amendments is where an amendment of a contract is proposed.
func Amendments(contract string) string { return Contract(contract) + "/amendments" }
