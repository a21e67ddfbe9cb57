package deals

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/contracts"
	"tribemarket/models/notifications"
	"tribemarket/models/workflow/run"
)

// ContractAnnouncement is everything that a mail about a contract needs.
type ContractAnnouncement struct {
	Notice   Notice
	Event    Event // for Happened
	Contract contracts.Contract
	Brand    Party
	Creator  Party
	To       []accounts.Contact

	actor *int64 // who did what happened
}

// ContractReceivers finds who is notified about a contract, for package notifications: of an
// action the other side, and both when the system acted or the contract is signed by both;
// of a deadline those for whom the contract waits.
func (s *Store) ContractReceivers(ctx context.Context, e notifications.Event) (notifications.Answer, error) {
	var t NotificationData
	if err := e.Read(&t); err != nil {
		return notifications.Answer{}, err
	}
	a, brand, creator, err := s.readContractAnnouncement(ctx, t)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = models.NotFound()
	}
	if err == nil && (brand || creator) {
		a.To, err = s.contractContacts(ctx, a, brand, creator)
	}
	return notifications.AnswerWith(a.To, a, true, err)
}

// readContractAnnouncement reads what is to be announced, and to which sides.
func (s *Store) readContractAnnouncement(ctx context.Context, t NotificationData) (a ContractAnnouncement, brand, creator bool, err error) {
	var id int64
	if t.Remind != nil {
		id = t.Remind.SubjectID
	} else {
		var e run.Event
		if err := s.takeByID(ctx, &e, t.EventID); err != nil {
			return a, false, false, err
		}
		id, a.Event, a.actor = e.SubjectID, EventOf(e, "", 0), e.PersonID
		both := e.Side == models.SideSystem || e.ToState == string(contracts.Signed)
		brand, creator = both || e.Side == models.SideCreator, both || e.Side == models.SideBrand
	}
	if a.Contract, err = s.contracts.ByID(ctx, id); err != nil {
		return a, false, false, err
	}
	who, err := s.ReadParties(ctx, []int64{a.Contract.BrandID}, []int64{a.Contract.CreatorID})
	a.Notice, a.Brand, a.Creator = Happened, who.Brands[a.Contract.BrandID], who.Creators[a.Contract.CreatorID]
	switch a.Event.Action {
	case contracts.ActionAmend: // the last signature under the amendment has been told
		return a, false, false, nil
	case contracts.ActionPrepare, contracts.ActionPropose: // once both have said who they are, the document is announced
		named := len(a.Contract.Unnamed) == 0
		brand, creator = brand && !named, creator && !named
	case contracts.ActionReady: // who reads it anew has been told why
		corrected, err := s.isCorrection(ctx, id, t.EventID)
		if err != nil || corrected {
			return a, false, false, err
		}
	case contracts.ActionName:
		brand, creator = true, false
	case contracts.ActionRemind:
		brand, creator = brand && a.Contract.WaitsFor(models.SideBrand), creator && a.Contract.WaitsFor(models.SideCreator)
	}
	if t.Remind != nil {
		a.Notice = Reminder
		due := a.Contract.Version == t.Remind.Version && a.Contract.State.IsOpen()
		brand, creator = due && a.Contract.WaitsFor(models.SideBrand), due && a.Contract.WaitsFor(models.SideCreator)
	}
	return a, brand, creator, err
}

// isCorrection says whether the document that an event announces replaces one in which a side
// was named otherwise.
func (s *Store) isCorrection(ctx context.Context, contractID, eventID int64) (bool, error) {
	var before []string
	err := s.db.Read(ctx).Model(&run.Event{}).Where("subject_kind = ? AND subject_id = ? AND id < ?", contracts.Table.Subject, contractID, eventID).Order("version DESC").Limit(1).Pluck("action", &before).Error
	return len(before) == 1 && before[0] == string(contracts.ActionCorrect), err
}

// SharedLanguage is the language in which a creator reads the site, if somebody who agrees to
// deals for the brand does so too; "" otherwise.
func (s *Store) SharedLanguage(ctx context.Context, brandID, creatorID int64) (string, error) {
	all, err := s.ContactsOf(ctx, Party{ID: brandID}, Party{ID: creatorID}, true, true)
	for _, c := range all {
		for _, b := range all {
			if c.Side == models.SideCreator && b.Side == models.SideBrand && c.Locale == b.Locale {
				return c.Locale, err
			}
		}
	}
	return "", err
}

// contractContacts are the people to write to about a contract. Who is asked to sign for a
// brand is reminded alone, and told that they are asked unless they asked themselves.
func (s *Store) contractContacts(ctx context.Context, a ContractAnnouncement, brand, creator bool) ([]accounts.Contact, error) {
	to, err := s.ContactsOf(ctx, a.Brand, a.Creator, brand, false)
	if err != nil {
		return nil, err
	}
	asked, ok := a.Contract.AskedOf(to)
	switch named := a.Event.Action == contracts.ActionName; {
	case named && (!ok || a.actor != nil && *a.actor == asked.PersonID):
		return nil, nil
	case ok && (named || a.Notice == Reminder || a.Event.Action == contracts.ActionRemind):
		to = []accounts.Contact{asked}
	}
	ofCreator, err := s.ContactsOf(ctx, a.Brand, a.Creator, false, creator)
	return append(to, ofCreator...), err
}

// isAboutContract says whether a reminder is of a contract's deadline.
func isAboutContract(r run.RemindArgs) bool { return r.Subject == contracts.Table.Subject }

// contractReminderKey names one of several reminders of the same deadline, by its day.
func contractReminderKey(r run.RemindArgs, today models.Date) string {
	return fmt.Sprintf("contract-%s-c%d-v%d-%s", Reminder, r.SubjectID, r.Version, today)
}
