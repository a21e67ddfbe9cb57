package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// showReport is the Analytics API: who watched, by age and gender or by country.
func (s *Sandbox) showReport(w http.ResponseWriter, r *http.Request) {
	e, _, ok := s.admitGoogle(w, r, OnYouTubeReports, scopeAnalytics)
	if !ok {
		return
	}
	q := r.URL.Query()
	since, err1 := time.Parse(time.DateOnly, q.Get("startDate"))
	until, err2 := time.Parse(time.DateOnly, q.Get("endDate"))
	dimensions := strings.Split(q.Get("dimensions"), ",")
	byCountry := slices.Equal(dimensions, []string{"country"}) && q.Get("metrics") == "views"
	byPeople := slices.Equal(dimensions, []string{"ageGroup", "gender"}) && q.Get("metrics") == "viewerPercentage"
	if err1 != nil || err2 != nil || until.Before(since) || q.Get("ids") != "channel==MINE" || !byCountry && !byPeople {
		googleError(http.StatusBadRequest, "global", "badRequest", "The query is not supported.").write(w)
		return
	}
	headers := []any{}
	for _, name := range dimensions {
		headers = append(headers, jsonObject{"name": name, "columnType": "DIMENSION", "dataType": "STRING"})
	}
	rows := e.byAgeAndGender()
	if byCountry {
		headers, rows = append(headers, jsonObject{"name": "views", "columnType": "METRIC", "dataType": "INTEGER"}), e.byCountry()
	} else {
		headers = append(headers, jsonObject{"name": "viewerPercentage", "columnType": "METRIC", "dataType": "FLOAT"})
	}
	writeJSON(w, http.StatusOK, jsonObject{"kind": "youtubeAnalytics#resultTable", "columnHeaders": headers, "rows": rows})
}

func (a Account) byCountry() [][]any {
	rows := [][]any{}
	for _, c := range a.audienceBy("country") {
		rows = append(rows, []any{c.Key, a.Followers * c.PPM / 1_000_000})
	}
	return rows
}

func (a Account) byAgeAndGender() [][]any {
	words := map[string]string{"65+": "65-", "other": "user_specified"}
	rows := [][]any{}
	for _, age := range a.audienceBy("age") {
		for _, gender := range a.audienceBy("gender") {
			group, word := age.Key, gender.Key
			if w, ok := words[group]; ok {
				group = w
			}
			if w, ok := words[word]; ok {
				word = w
			}
			percent := float64(age.PPM*gender.PPM/1_000_000/1000) / 10 // one decimal, as YouTube has it
			rows = append(rows, []any{"age" + group, word, percent})
		}
	}
	return rows
}
