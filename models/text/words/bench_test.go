package words_test

import (
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"tribemarket/models/text/words"
)

// million are texts of a million rows with about eight words each and about a
// million different words: two of the name, a handle of one's own, and words of
// a bio, few of which stand in many.
func million() []string {
	r := rand.New(rand.NewPCG(1, 2))
	made := func() string {
		var b strings.Builder
		for range 2 + r.IntN(3) {
			b.WriteByte("bcdfghjklmnprstvwz"[r.IntN(18)])
			b.WriteByte("aeiou"[r.IntN(5)])
			if r.IntN(3) == 0 {
				b.WriteByte("lmnrst"[r.IntN(6)])
			}
		}
		return b.String()
	}
	common := make([]string, 50_000)
	for i := range common {
		common[i] = made()
	}
	zipf := rand.NewZipf(r, 1.1, 10, uint64(len(common)-1))
	texts := make([]string, 1_000_000)
	for i := range texts {
		first, last := common[r.IntN(3000)], common[r.IntN(len(common))]
		handle := first + made()
		bio := make([]string, 5)
		for k := range bio {
			bio[k] = common[zipf.Uint64()]
		}
		texts[i] = words.Text([]string{first + " " + last, handle}, bio)
	}
	return texts
}

func built(texts []string) *words.Terms {
	b := words.NewBuilder()
	for row, text := range texts {
		b.Add(uint32(row), text)
	}
	return b.Build()
}

func BenchmarkBuildAMillion(b *testing.B) {
	texts := million()
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		all := built(texts)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(all.Len()), "words")
		b.ReportMetric(float64(all.Bytes())/1e6, "MB")
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "heap-MB")
		b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/1e6, "allocated-MB")
		runtime.KeepAlive(all)
	}
}

func BenchmarkAskAMillion(b *testing.B) {
	texts := million()
	all := built(texts)
	near := all.Near("tebasilor")
	b.Logf("near tebasilor: %d, near noma: %d, near zzzzzzzzzzzz: %d", len(near), len(all.Near("noma")), len(all.Near("zzzzzzzzzzzz")))
	for _, w := range []string{"noma", "nomaka", "tebasilo", "tebasilora", "photography", "zzzzzzzzzzzz"} {
		b.Run("Near/"+w, func(b *testing.B) {
			for b.Loop() {
				all.Near(w)
			}
		})
	}
	for _, w := range []string{"b", "be", "beno", "benola"} {
		n := all.Rows(w, nil).GetCardinality()
		b.Run("Rows/"+w, func(b *testing.B) {
			for b.Loop() {
				all.Rows(w, nil)
			}
			b.ReportMetric(float64(n), "rows")
		})
		b.Run("Grades/"+w, func(b *testing.B) {
			for b.Loop() {
				all.Grades(w, nil)
			}
			b.ReportMetric(float64(n), "rows")
		})
		b.Run("GradeHits/"+w, func(b *testing.B) {
			g, hits := all.Grades(w, nil), all.Rows(w, nil).ToArray()
			sum := 0
			for b.Loop() {
				for _, h := range hits {
					sum += g.Of(h)
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(time.Nanosecond)/float64(b.N)/float64(max(1, len(hits))), "ns/hit")
		})
	}
	b.Run("Has", func(b *testing.B) {
		for b.Loop() {
			all.Has("tebasilo")
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	for name, text := range map[string]string{
		"ascii": "Plant based recipes from a small kitchen in Paris, every Tuesday and Friday", "french": "Recettes végétales d'une petite cuisine à Paris, chaque mardi & vendredi été",
		"russian": "Рецепты из маленькой кухни в Париже каждый вторник и пятницу", "japanese": "パリの小さな台所から毎週火曜日と金曜日にレシピをお届けします",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				words.Split(text)
			}
		})
	}
}
