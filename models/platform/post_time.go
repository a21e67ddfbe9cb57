package platform

import (
	"strconv"
	"strings"
	"time"
)

// instagramEpoch is the moment from which the IDs of Instagram count their milliseconds.
const instagramEpoch = 1_314_220_021_721

const shortcodeDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// PostTime reads from a post's key when it was made, to the second, where the platform
// writes it into its IDs. TikTok's have the Unix time in their upper 32 bits. Instagram's
// have milliseconds above 23 bits, and a shortcode is the ID in base 64, as Instagram
// described in "Sharding & IDs at Instagram" (2012). Other platforms' don't tell.
func PostTime(platform, key string) (time.Time, bool) {
	var at time.Time
	switch platform {
	case TikTok:
		id, err := strconv.ParseUint(key, 10, 63)
		if err != nil || len(key) < 18 { // older ones were counted
			return at, false
		}
		at = time.Unix(int64(id>>32), 0)
	case Instagram:
		if len(key) != 11 { // longer ones hide a private post
			return at, false
		}
		var id uint64
		for _, r := range key {
			digit := strings.IndexRune(shortcodeDigits, r)
			if digit < 0 {
				return at, false
			}
			id = id<<6 | uint64(digit)
		}
		at = time.UnixMilli(int64(id>>23) + instagramEpoch)
	default:
		return at, false
	}
	at = at.UTC().Truncate(time.Second)
	return at, at.Year() >= 2010 && at.Year() < 2100
}

// PostKeyAt is a key that a post made at a time could have, for invented posts; "" on a
// platform whose keys don't tell the time.
func PostKeyAt(platform string, at time.Time, number uint16) string {
	switch platform {
	case TikTok:
		return strconv.FormatInt(at.Unix()<<32|int64(number), 10)
	case Instagram:
		id := uint64(at.UnixMilli()-instagramEpoch)<<23 | uint64(number)
		var key [11]byte
		for i := len(key) - 1; i >= 0; i-- {
			key[i], id = shortcodeDigits[id&63], id>>6
		}
		return string(key[:])
	}
	return ""
}
