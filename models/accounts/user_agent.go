package accounts

import (
	"net/netip"
	"strings"
)

// agentToken maps a substring of a User-Agent header to a name.
type agentToken struct{ sign, name string }

// The first match counts: most browsers also name those they are compatible
// with.
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

// DescribeUserAgent names the browser and the system of a User-Agent header, the same in
// every language, such as "Firefox, Linux"; "" if it knows neither. It only helps to
// recognise a device.
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

// NetworkOfAddress returns the network of a client's address: the first 24 bits
// of an IPv4 address, the first 48 of an IPv6 address. It shows where somebody
// came from but not who they are.
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
