// Package paths names every address of the site: pages, forms and mails link
// through it, and handlers/<area>/routes.go serves them.
package paths

import (
	"net/url"
	"strconv"
)

// Home is the first page.
func Home() string { return "/" }

// Creators is the search with its filters; nil is all creators.
func Creators(query url.Values) string { return with("/creators", query) }

// Creator is a creator's media kit.
func Creator(id string) string { return "/c/" + esc(id) }

// Brand is what creators see of a brand.
func Brand(id string) string { return "/b/" + esc(id) }

// SignUp is where a brand makes its account.
func SignUp() string { return "/signup" }

// SignUpTo is SignUp with the path to go on to afterwards, "" for none.
func SignUpTo(next string) string { return withNext(SignUp(), next) }

// SignUpNext is SignUp, and then on to next.
func SignUpNext(next string) string { return with("/signup", url.Values{"next": {next}}) }

// SignIn is for everybody; next is the path to come back to, "" for none.
func SignIn(next string) string {
	return withNext("/signin", next)
}

// SignOut ends the session (POST).
func SignOut() string { return "/signout" }

// ProviderSignIn starts signing in with a provider (POST).
func ProviderSignIn(provider string) string { return "/auth/" + esc(provider) }

// Welcome asks a new creator for what the provider did not tell.
func Welcome() string { return "/welcome" }

// WelcomeTo is Welcome with the path to go on to afterwards, "" for none.
func WelcomeTo(next string) string { return withNext(Welcome(), next) }

// EmailConfirmation confirms an e-mail address.
func EmailConfirmation(token string) string { return "/confirm/" + esc(token) }

// Dashboard says what waits for whom.
func Dashboard() string { return "/dashboard" }

// Settings are the person's own.
func Settings() string { return "/settings" }

// ProfileSettings are what a creator says about themselves.
func ProfileSettings() string { return "/settings/profile" }

// BrandSettings are what a brand says about itself.
func BrandSettings() string { return "/settings/brand" }

// Language sets the language (POST).
func Language() string { return "/language" }

// Appearance sets light or dark (POST).
func Appearance() string { return "/appearance" }

// NewProposal is the form of a proposal to a creator.
func NewProposal(creator string) string { return Creator(creator) + "/proposals/new" }

// CreatorProposals is where that form is sent (POST).
func CreatorProposals(creator string) string { return Creator(creator) + "/proposals" }

// Proposals lists those sent or received.
func Proposals() string { return "/proposals" }

// Proposal is one of them.
func Proposal(id string) string { return "/proposals/" + esc(id) }

// ProposalAcceptance is the creator's yes (POST).
func ProposalAcceptance(id string) string { return Proposal(id) + "/acceptance" }

// ProposalRefusal is the creator's no, with a reason (POST).
func ProposalRefusal(id string) string { return Proposal(id) + "/refusal" }

// ProposalWithdrawal takes it back (POST).
func ProposalWithdrawal(id string) string { return Proposal(id) + "/withdrawal" }

// JoinLink makes a new link by which the creator joins (POST).
func JoinLink(id string) string { return Proposal(id) + "/link" }

// JoinPage is the link by which a creator who is not here yet reaches a proposal.
func JoinPage(token string) string { return "/join/" + esc(token) }

// Deals lists what was agreed.
func Deals() string { return "/deals" }

// Deal is one of them.
func Deal(id string) string { return "/deals/" + esc(id) }

// DealEnding ends a running deal, with a reason (POST).
func DealEnding(id string) string { return Deal(id) + "/ending" }

// Deliverable is one piece of a deal, counted from 1.
func Deliverable(deal string, n int) string { return Deal(deal) + "/deliverables/" + strconv.Itoa(n) }

// DeliverableAction is where the form of an action on a piece is sent (POST);
// last is what its table says that the URL ends in.
func DeliverableAction(deal string, n int, last string) string {
	return Deliverable(deal, n) + "/" + last
}

// AboutFigures explains how figures are made.
func AboutFigures() string { return "/about/figures" }

// AboutRules are those both sides play by.
func AboutRules() string { return "/about/rules" }

// AboutAccessibility says what was tested and whom to tell of a barrier.
func AboutAccessibility() string { return "/about/accessibility" }

// DemoMails shows the mails of a demo.
func DemoMails() string { return "/demo/mails" }

// Components shows every part in every state, in development.
func Components() string { return "/dev/components" }

// Healthz says that the process runs.
func Healthz() string { return "/healthz" }

// Readyz says that requests can be served.
func Readyz() string { return "/readyz" }

func withNext(path, next string) string {
	if next == "" {
		return path
	}
	return with(path, url.Values{"next": {next}})
}

func esc(segment string) string { return url.PathEscape(segment) }

func with(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
