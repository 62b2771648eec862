# syntax=docker/dockerfile:1
# One image for a single machine and for many nodes; what it becomes is decided by the variables it is given.

ARG PYTHON=python:3.11-slim-bookworm

# Debian's SQLite has the WAL-reset bug: two connections that write at the same moment may damage the database
# (https://sqlite.org/wal.html#walresetbug, mended in 3.51.3). Web server and workers are such connections.
FROM ${PYTHON} AS sqlite
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
ADD --checksum=sha256:0e9483900e92cd5de8fd48d16bf9200145a61f7fd5be542a5ac81d8a9516eb9c \
    https://www.sqlite.org/2026/sqlite-autoconf-3530400.tar.gz /tmp/sqlite.tar.gz
# with Debian's own options, so that nothing else changes
RUN mkdir /tmp/sqlite && tar -xzf /tmp/sqlite.tar.gz -C /tmp/sqlite --strip-components=1 \
 && gcc -O2 -fPIC -shared -Wl,-soname,libsqlite3.so.0 -o /libsqlite3.so.0 \
      -DSQLITE_THREADSAFE=1 -DSQLITE_SECURE_DELETE -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_DBSTAT_VTAB \
      -DSQLITE_ENABLE_FTS3 -DSQLITE_ENABLE_FTS4 -DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_MATH_FUNCTIONS \
      -DSQLITE_ENABLE_UNLOCK_NOTIFY -DSQLITE_MAX_VARIABLE_NUMBER=250000 \
      /tmp/sqlite/sqlite3.c -lpthread -ldl -lm

FROM ${PYTHON} AS build
# copies instead of links, because the cache stays behind; compiled now, because later the files are read-only
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir --disable-pip-version-check uv==0.13.8
WORKDIR /app
# the packages alone first: they change less often than the code, and their layer is kept
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-default-groups --all-extras --no-cache
COPY manage.py LICENSE ./
COPY studio studio
COPY generations generations
COPY templates templates
COPY static static
COPY locale locale
# Collected here with keys that are thrown away with /tmp/build, and with the stamp that tells `up` there is nothing to do.
# The stamp compares times, of which a layer keeps whole seconds only.
RUN python -m compileall -q studio generations \
 && find /app -path '*/static/*' -type f -exec touch -d @1 {} + \
 && STUDIO_DATA=/tmp/build STUDIO_STATIC=/app/static_collected .venv/bin/python manage.py shell --verbosity 0 -c \
      "from django.conf import settings; from generations.supervisor import assets; assets.collect(settings.STATIC_ROOT, settings.VERSION)" \
 && rm -rf /tmp/build

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Seedbed" \
      org.opencontainers.image.description="A self-hosted image studio for design teams" \
      org.opencontainers.image.licenses="MIT"
# A folder of its own before all others: where ld.so.conf puts /usr/local differs between architectures.
COPY --from=sqlite /libsqlite3.so.0 /opt/sqlite/
ENV LD_LIBRARY_PATH=/opt/sqlite
RUN python -c "import sqlite3; assert sqlite3.sqlite_version_info >= (3, 51, 3), sqlite3.sqlite_version"
# The folders stand here so that a new volume takes over their owner; other users of a shared volume may not look in.
RUN groupadd --gid 10001 studio && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin studio \
 && install -d -o 10001 -g 10001 -m 700 /data /data/secrets /data/media /data/spool
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8000 STUDIO_DATA=/data STUDIO_STATIC=/app/static_collected
USER 10001
VOLUME /data
EXPOSE 8000
# the image has no curl; /healthz is not redirected to https
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-c", \
  "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
CMD ["python", "manage.py", "up"]
