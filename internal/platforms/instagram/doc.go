// Package instagram signs creators in with Instagram Login, as a goth.Provider,
// and reads their figures from the Instagram API.
package instagram
