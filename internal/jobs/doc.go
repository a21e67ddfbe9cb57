// Package jobs lists every background job and every schedule, each with its
// timeout and its number of tries. A job loads, and calls one verb.
package jobs
