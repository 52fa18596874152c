FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /pulscheck ./cmd/pulscheck
RUN mkdir -m 0700 /keys /data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /pulscheck /pulscheck
COPY --from=build --chown=65532:65532 /keys /keys
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV PULSCHECK_LISTEN=:8080 PULSCHECK_KEYS=/keys PULSCHECK_DATABASE=sqlite:/data/pulscheck.db
VOLUME ["/keys", "/data"]
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=4s --start-period=5s CMD ["/pulscheck", "doctor", "--health"]
ENTRYPOINT ["/pulscheck"]
CMD ["serve"]
