package notifications

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/notifications"
	"tribemarket/views/components"
)

// ListProps is a page of the person's notifications.
type ListProps struct {
	All    []notifications.Notification
	Unread bool // only unread ones are shown
	Next   *models.Cursor
	After  *models.Cursor
}

func (p ListProps) anyUnread() bool {
	for _, n := range p.All {
		if n.ReadAt == nil {
			return true
		}
	}
	return false
}

// latest is the notification up to which everything is marked as read.
func (p ListProps) latest() string {
	if len(p.All) == 0 {
		return ""
	}
	return p.All[0].PublicID
}

// PreferencesProps is how a person is notified, by kind.
type PreferencesProps struct {
	Kind   string // brand, creator or ""
	Email  string // "" without a confirmed address
	Chosen map[notifications.Kind]notifications.Channel
	Errors map[string]string
}

// groups are the kinds that concern the side on which the person acts, in sheets.
func (p PreferencesProps) groups() []group {
	all := []group{{id: "deals"}, {id: "brand"}, {id: "profile"}, {id: "account"}}
	for _, k := range notifications.Kinds() {
		side := k.Side()
		switch {
		case side != "" && string(side) != p.Kind:
		case k.Required():
			all[3].kinds = append(all[3].kinds, k)
		case side == models.SideBrand:
			all[1].kinds = append(all[1].kinds, k)
		case side == models.SideCreator:
			all[2].kinds = append(all[2].kinds, k)
		default:
			all[0].kinds = append(all[0].kinds, k)
		}
	}
	return all
}

type group struct {
	id    string
	kinds []notifications.Kind
}

func name(ctx context.Context, k notifications.Kind) string {
	return i18n.T(ctx, "notifications.kind."+string(k))
}

func what(ctx context.Context, k notifications.Kind) string {
	return i18n.T(ctx, "notifications.kind."+string(k)+".what")
}

func (p PreferencesProps) field(ctx context.Context, k notifications.Kind) components.Field {
	f := components.Field{
		Name: string(k), Label: name(ctx, k), Hint: what(ctx, k), Value: string(p.Chosen[k]), Error: p.Errors[string(k)], Required: true,
	}
	for _, c := range k.Channels() {
		f.Options = append(f.Options, components.Option{Value: string(c), Label: i18n.T(ctx, "notifications.channel."+string(c))})
	}
	return f
}
