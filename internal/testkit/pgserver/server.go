package pgserver

import (
	"cmp"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"sync"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// AddressVariable is the environment variable that names a running server. Its
// user must be allowed to create databases.
const AddressVariable = "TEST_DATABASE_URL"

// ErrNone means that this machine has no PostgreSQL server to run tests on.
var ErrNone = errors.New("no PostgreSQL server: set " + AddressVariable +
	" or PGBIN, install PostgreSQL, or run `npm ci` in tests/pg")

// Server is a running PostgreSQL server on which databases may be created.
type Server struct {
	// URL is the address of its maintenance database.
	URL string

	admin      *sql.DB
	stopServer func()
	mu         sync.Mutex
	templates  map[string]bool
}

// Open is the server that TEST_DATABASE_URL names, or one started for this
// process. The error is ErrNone where there is neither.
func Open() (*Server, error) {
	if address := os.Getenv(AddressVariable); address != "" {
		return connectTo(address, func() {})
	}
	bin, err := FindBinaries()
	if err != nil {
		return nil, err
	}
	address, end, err := start(bin)
	if err != nil {
		return nil, err
	}
	return connectTo(address, end)
}

func connectTo(address string, end func()) (*Server, error) {
	u, err := url.Parse(address)
	if err != nil {
		// The error would repeat the address, which holds the password.
		return nil, errors.New(AddressVariable + " is malformed")
	}
	u.Path = cmp.Or(u.Path, "/postgres")
	admin, err := sql.Open("pgx", u.String())
	if err != nil {
		return nil, err
	}
	admin.SetMaxOpenConns(4)
	return &Server{URL: u.String(), admin: admin, stopServer: end, templates: map[string]bool{}}, nil
}

// Close ends the server if this process started it.
func (s *Server) Close() error {
	err := s.admin.Close()
	s.stopServer()
	return err
}

// databaseURL is the server's address with another database in it.
func (s *Server) databaseURL(database string) string {
	u, err := url.Parse(s.URL)
	if err != nil {
		panic(err) // connect has parsed it
	}
	u.Path = "/" + database
	return u.String()
}
