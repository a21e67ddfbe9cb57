// Package jobs lists every background job and every schedule, each with its timeout and
// number of attempts. A job loads what it needs and calls one verb.
package jobs
