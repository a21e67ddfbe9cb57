package app_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
)

func withMetrics(c *config.Config) { c.MetricsAddr = "127.0.0.1:0" }

func scrape(t *testing.T, a *apptest.App) string {
	t.Helper()
	res, err := http.Get("http://" + a.MetricsAddr().String() + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%d %v", res.StatusCode, err)
	}
	return string(body)
}

func TestMetricsStandAtAnAddressOfTheirOwn(t *testing.T) {
	t.Parallel()
	if a := apptest.New(t); a.MetricsAddr() != nil {
		t.Error("there are metrics without an address for them")
	}
	testkit.OnBothDatabaseURLs(t, func(t *testing.T, address string) {
		a := apptest.New(t, withMetrics, func(c *config.Config) { c.DatabaseURL = address })
		startJobs(t, a)
		a.SignUpBrand(t, "measured")
		_, creator := a.JoinCreator(t, "penne.sandbox")
		b := a.NewBrowser(t)
		for _, path := range []string{"/c/" + creator, "/c/nobody", "/nowhere/at/all", "/creators?q=ann@mail.example", "/metrics"} {
			b.Get(path)
		}
		if p := b.Get("/metrics"); p.Status != http.StatusNotFound {
			t.Errorf("the site answers %d at /metrics", p.Status)
		}
		text := scrape(t, a)
		for _, line := range []string{
			`tribemarket_http_request_duration_seconds_count{route="GET /c/:id",status="2xx"} 1`,
			`tribemarket_http_request_duration_seconds_count{route="GET /c/:id",status="4xx"} 1`,
			`tribemarket_jobs_due{kind="accounts.confirm"} `,
			`tribemarket_jobs_oldest_due_seconds{kind="workflow.sweep"} `,
			`tribemarket_work_running `, `tribemarket_database_connections{state="idle"} `, "go_goroutines ", "process_start_time_seconds ",
		} {
			if !strings.Contains(text, "\n"+line) {
				t.Errorf("there is no %s in\n%s", line, text)
			}
		}
		for _, personal := range []string{creator, "mail.example", "penne", "nowhere"} {
			if strings.Contains(text, personal) {
				t.Errorf("%q is among the metrics", personal)
			}
		}
	})
}

func TestMetricsThatCannotBeReachedStopTheStart(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	a := apptest.New(t)
	a.App.Config.Addr, a.App.Config.MetricsAddr = "127.0.0.1:0", taken.Addr().String()
	if ln, err := a.Listen(); err == nil || !strings.Contains(err.Error(), "METRICS_ADDR") {
		t.Errorf("it starts: %v", err)
		if err == nil {
			_ = ln.Close()
		}
	}
}
