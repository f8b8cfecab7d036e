# parley as one static binary on an empty image. The graph is on the volume /data:
#
#   docker build -t parley .
#   docker run --rm -v news:/data -v "$PWD/articles:/articles:ro" parley load /articles
#   docker run -v news:/data -p 127.0.0.1:8080:8080 parley
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags='-s -w' -o /out/parley ./cmd/parley \
    && mkdir /out/data

FROM scratch
COPY --from=build /out/parley /parley
# A fresh volume takes over owner and mode of the folder it is mounted on.
COPY --from=build --chown=65532:65532 /out/data /data
COPY LICENSE /LICENSE
USER 65532:65532
WORKDIR /data
ENV PARLEY_GRAPH_URL=bolt:/data/parley.bolt \
    PARLEY_SERVER_ADDR=0.0.0.0:8080 \
    PARLEY_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["/parley", "health"]
ENTRYPOINT ["/parley"]
CMD ["serve"]
