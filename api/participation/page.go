package participation

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey/fault"
)

// showSurvey gives the page, also without a link. It has no side effect: a mail
// scanner may load it as often as it likes. The page of an unknown round says so
// itself, in the reader's language.
func (h *handler) showSurvey(c *gin.Context) error {
	status := http.StatusOK
	if _, err := h.service.Round(c.Request.Context(), round(c)); err != nil {
		if fault.Of(err).Kind != fault.NotFound {
			return err
		}
		status = http.StatusNotFound
	}
	page, err := view.Survey(c.Param("round"), status == http.StatusOK)
	if err != nil {
		return err
	}
	if _, kiosk := c.GetQuery("kiosk"); kiosk { // a shared device starts blank
		c.Header("Clear-Site-Data", `"storage"`)
	}
	give(c, status, page)
	return nil
}

// showStatic gives styles and scripts; browsers ask again, and hear 304 while the
// bytes are the same.
func showStatic(c *gin.Context) error {
	f, err := view.Static(c.Param("file"))
	if err != nil {
		return err
	}
	c.Header("ETag", f.Tag)
	c.Header("Cache-Control", "no-cache")
	if c.GetHeader("If-None-Match") == f.Tag {
		c.Status(http.StatusNotModified)
		return nil
	}
	give(c, http.StatusOK, f)
	return nil
}

// give writes a file, compressed for whoever takes that. Nothing in these files is
// secret, so their length tells nothing.
func give(c *gin.Context, status int, f view.File) {
	c.Header("Vary", "Accept-Encoding")
	body := f.Body
	if f.Gzip != nil && strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		c.Header("Content-Encoding", "gzip")
		body = f.Gzip
	}
	c.Data(status, f.Type, body)
}
