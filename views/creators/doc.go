// Package creators shows a creator's media kit and the pages on which creators
// keep it: profile, accounts on platforms, limits, audience and eligibility.
package creators
