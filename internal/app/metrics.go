package app

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what an instance tells Prometheus, at an address of its own. Their labels
// are few and known: routes, kinds of jobs, never what belongs to a person.
type metrics struct {
	listener net.Listener
	server   *http.Server
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

// unmatchedRoute is the label of requests that no route takes.
const unmatchedRoute = "none"

// newMetrics listens at METRICS_ADDR.
func (a *App) newMetrics() (*metrics, error) {
	ln, err := net.Listen("tcp", a.Config.MetricsAddr)
	if err != nil {
		return nil, fmt.Errorf("METRICS_ADDR: %w", err)
	}
	m := &metrics{listener: ln, registry: prometheus.NewRegistry(), requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "tribemarket_http_request_duration_seconds", Help: "How long requests took, by route and class of status.",
		Buckets: []float64{0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10},
	}, []string{"route", "status"})}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.requests, &workCollector{a}, &poolCollector{a.DB})
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	m.server = &http.Server{Handler: mux, ReadHeaderTimeout: HeaderTimeout, WriteTimeout: 30 * time.Second, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(a.Log.Handler(), slog.LevelWarn)}
	return m, nil
}

// MetricsAddr is the address at which Prometheus finds the metrics, nil for none.
func (a *App) MetricsAddr() net.Addr {
	if a.metrics == nil {
		return nil
	}
	return a.metrics.listener.Addr()
}

// measure records how long each request takes. Errors become responses here, so that
// their status is known.
func (m *metrics) measure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := time.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		route := unmatchedRoute
		if c.Path() != "" {
			route = c.Request().Method + " " + c.Path()
		}
		m.requests.WithLabelValues(route, statusClass(c.Response().Status)).Observe(time.Since(began).Seconds())
		return nil
	}
}

// statusClass is 2xx for 204.
func statusClass(status int) string { return strconv.Itoa(status/100) + "xx" }
