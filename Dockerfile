# The platform as an image: docker build -t syndata-platform .
# What is installed is pinned by .ci/locks/tests.txt; image/install.sh does it, and the tests run the same script without Docker.
ARG PYTHON=3.11
FROM python:${PYTHON}-slim AS build
WORKDIR /source
COPY . .
RUN sh image/install.sh /opt/syndata

FROM python:${PYTHON}-slim
LABEL org.opencontainers.image.title="syndata-platform" \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --gid 10001 syndata \
    && useradd --uid 10001 --gid syndata --no-create-home --home-dir /var/lib/syndata --shell /usr/sbin/nologin syndata \
    && install -d -o syndata -g syndata /var/lib/syndata /var/log/syndata
COPY --from=build /opt/syndata /opt/syndata
ENV PATH=/opt/syndata/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp \
    SYNDATA_HOST=0.0.0.0 \
    SYNDATA_HOME=/var/lib/syndata \
    SYNDATA_LOGS=/var/log/syndata
WORKDIR /var/lib/syndata
USER 10001:10001
VOLUME ["/var/lib/syndata"]
EXPOSE 8000 8001
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["syndata", "up"]
