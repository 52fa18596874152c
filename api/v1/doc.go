// Package v1 is the management API: JSON over the use cases of survey, described by
// the openapi.yaml that is written from it. types.go and its sisters hold what goes in and out, each
// resource has a file of its handlers, named as in survey. It decides nothing that a
// use case decides: who may do what and what a value may be is asked there. The chain
// of every operation (operation.go) is: token, rate, If-Match, body, Idempotency-Key,
// handler. api/routes.go holds the table of its routes; respondents have rooms of
// their own in api/participation.
package v1
