package respond

import "net/url"

// Attachment is the value of Content-Disposition for a file that is saved, never shown
// in place: its name in ASCII, and for who reads that in UTF-8 (RFC 6266, RFC 8187).
// Names are made by the house of letters, digits, "-", "_" and ".".
func Attachment(name string) string {
	return `attachment; filename="` + name + `"; filename*=UTF-8''` + url.PathEscape(name)
}
