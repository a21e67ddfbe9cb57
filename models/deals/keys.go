package deals

// These are the message keys of states, proofs and items; internal/i18n has the texts.

// Key is the text that names the state.
func (s State) Key() string { return "deals.state." + string(s) }

// Key is the text that names the state.
func (s DealState) Key() string { return "deals.deal_state." + string(s) }

// TodoKey is the text that says what the side that has to act should do; ""
// when nothing is to be done.
func (s State) TodoKey() string { return DeliverableTable.TodoKey(s) }

// OtherwiseKey is the text that says what happens if nobody acts, with the
// placeholder deadline; "" in a final state.
func (s State) OtherwiseKey() string { return DeliverableTable.OtherwiseKey(s) }

// Key is the text that says how a publication is known to be real; "" if it is not known
// yet.
func (p Proof) Key() string {
	if p == NoProof {
		return ""
	}
	return "deals.proof." + string(p)
}

// TitleKey is the text that names an item, with the placeholders type, format
// and platform; TypeKey, FormatKey and PlatformKey name those.
func (i Item) TitleKey() string { return "deals.item" }

// TypeKey is the text that names the content type.
func (i Item) TypeKey() string { return "deals.content_type." + i.ContentType }

// FormatKey is the text that names the format.
func (i Item) FormatKey() string { return "deals.format." + i.Format }

// PlatformKey is the text that names the platform.
func (i Item) PlatformKey() string { return "deals.platform." + i.Platform }
