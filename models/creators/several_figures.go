package creators

// Growth is by how much the account's followers grew over 30 or 90 days, in
// millionths; nil where that was not measured.
func (b Brief) Growth(days int) *int64 { return nil }

// Quartiles are the views that a quarter and three quarters of the posts stay
// under, of the posts from which the median comes; nil where they are not known.
func (b Brief) Quartiles() (low, high *int64) { return nil, nil }

// Posts30 is how many posts there were in the 30 days before the figures' age.
func (b Brief) Posts30() *int64 { return nil }

// ResponseMinutes is the median time in which she has answered proposals.
func (b Brief) ResponseMinutes() *int64 { return nil }
