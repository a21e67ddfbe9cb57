package accounts

import (
	"net/netip"
	"strings"
)

// agentToken is what a user agent's text shows when it holds sign.
type agentToken struct{ sign, name string }

// The first sign that is found counts: most browsers also name those that they
// are like.
var (
	browsers = []agentToken{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Vivaldi/", "Vivaldi"},
		{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"},
		{"Safari/", "Safari"}, {"curl/", "curl"},
	}
	systems = []agentToken{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"},
		{"Mac OS X", "macOS"}, {"Macintosh", "macOS"}, {"Linux", "Linux"},
	}
)

// DescribeUserAgent is the browser and the system of a User-Agent header in words that are
// the same in every language, such as "Firefox, Linux"; "" when it names none
// that is known. It is a help to recognise a device, and no more.
func DescribeUserAgent(header string) string {
	var known []string
	for _, list := range [][]agentToken{browsers, systems} {
		for _, w := range list {
			if strings.Contains(header, w.sign) {
				known = append(known, w.name)
				break
			}
		}
	}
	return strings.Join(known, ", ")
}

// NetworkOfAddress is the network of a client's address: the first 24 bits of an
// IPv4 address, the first 48 of an IPv6 address. It says from where somebody
// came without saying who it was.
func NetworkOfAddress(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	bits := 48
	if a = a.Unmap().WithZone(""); a.Is4() {
		bits = 24
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}
