package paths

// ContractIdentity is where a brand or a creator says who they are in contracts.
func ContractIdentity() string { return "/settings/contract-identity" }

// AboutLaw is the page of the laws that the site knows.
func AboutLaw() string { return "/about/law" }
