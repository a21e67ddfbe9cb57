package words

import "unicode"

// eachRun calls found with every run of letters that are of one kind and belong to words.
func eachRun(text string, found func(run []letter, k kind)) {
	all := fold(text)
	from, is := 0, between
	for i, l := range all {
		k := kindOf(l.r)
		if k == is {
			continue
		}
		if is != between {
			found(all[from:i], is)
		}
		from, is = i, k
	}
	if is != between {
		found(all[from:], is)
	}
}

// pairs returns every two neighbouring characters of a run, and the last one alone. A
// character is a letter with its marks.
func pairs(run []letter) [][]letter {
	var starts []int
	for i, l := range run {
		if i == 0 || !unicode.Is(unicode.M, l.r) {
			starts = append(starts, i)
		}
	}
	all := make([][]letter, len(starts))
	for i, from := range starts {
		to := len(run)
		if i+2 < len(starts) {
			to = starts[i+2]
		}
		all[i] = run[from:to]
	}
	return all
}

func join(run []letter) string {
	b := make([]byte, 0, 4*len(run))
	for _, l := range run {
		b = append(b, string(l.r)...)
	}
	return string(b)
}
