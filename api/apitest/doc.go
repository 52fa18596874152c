// Package apitest holds tests of the whole management API on a real database: every
// route by every role with everything that can be wrong. It is for tests only; api
// holds the table of routes that they walk.
package apitest
