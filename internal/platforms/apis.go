package platforms

import "tribemarket/models/creators"

// APIs are what reads statistics and keeps tokens alive, by platform.
func (ps Providers) APIs() creators.APIs {
	all := creators.APIs{}
	for _, p := range ps {
		all[p.Platform] = p.API
	}
	return all
}
