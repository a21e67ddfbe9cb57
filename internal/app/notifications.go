package app

import "tribemarket/models/notifications"

// receivers are the rules that say, by kind, who is notified of an event.
func (a *App) receivers() notifications.Rules {
	return notifications.Rules{
		notifications.DealProposal:      a.Negotiations.Receivers,
		notifications.DealPitch:         a.Negotiations.Receivers,
		notifications.DealApproval:      a.Negotiations.HeldReceivers,
		notifications.DealProgress:      a.Deals.Receivers,
		notifications.DealOutcome:       a.Deals.Receivers,
		notifications.DealReminder:      a.Negotiations.Receivers,
		notifications.ContractSigning:   a.Deals.ContractReceivers,
		notifications.SearchMatch:       a.Discovery.MatchReceivers,
		notifications.BrandMembership:   a.Accounts.NoticeReceivers,
		notifications.BrandMandate:      a.Accounts.NoticeReceivers,
		notifications.BrandDomain:       a.Accounts.NoticeReceivers,
		notifications.CreatorConnection: a.Creators.LostConnectionReceivers,
		notifications.CreatorStanding:   a.Creators.FloorNoticeReceivers,
		notifications.SignInSecurity:    a.Accounts.SecurityReceivers,
		notifications.ReportDecision:    a.Moderation.DecisionReceivers,
	}
}
