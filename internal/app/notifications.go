package app

import "tribemarket/models/notifications"

// receivers says by kind who is told of an event.
func (a *App) receivers() notifications.Rules {
	return notifications.Rules{
		notifications.DealProposal:      a.Deals.Receivers,
		notifications.DealProgress:      a.Deals.Receivers,
		notifications.DealOutcome:       a.Deals.Receivers,
		notifications.DealReminder:      a.Deals.Receivers,
		notifications.SearchMatch:       a.Discovery.MatchReceivers,
		notifications.BrandMembership:   a.Accounts.NoticeReceivers,
		notifications.BrandMandate:      a.Accounts.NoticeReceivers,
		notifications.BrandDomain:       a.Accounts.NoticeReceivers,
		notifications.CreatorConnection: a.Creators.LossReceivers,
		notifications.CreatorStanding:   a.Creators.StandingReceivers,
		notifications.SignInSecurity:    a.Accounts.SecurityReceivers,
		notifications.ReportDecision:    a.Moderation.DecisionReceivers,
	}
}
