// Package middleware holds what every request passes before its handler: headers,
// limits, the access log. It looks at no body and knows no use case; api puts the
// chain together.
package middleware
