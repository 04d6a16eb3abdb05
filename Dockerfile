# Built in one stage, run in another: the image that runs holds no compiler, no build tool and no checkout.
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN tools/install.sh /opt/mockhall

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Mockhall" \
      org.opencontainers.image.description="A self-hosted platform for mock tests" \
      org.opencontainers.image.licenses="MIT"
# A fixed number, so that a mounted folder can be given to it: chown 10001 data
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin mockhall \
 && install -d -o mockhall -g mockhall /data
COPY --from=build /opt/mockhall /opt/mockhall
ENV PATH=/opt/mockhall/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MOCKHALL_DATA_DIR=/data \
    MOCKHALL_HOST=0.0.0.0 \
    MOCKHALL_PORT=8000
USER mockhall
WORKDIR /data
VOLUME /data
EXPOSE 8000
# The standard library asks: slim images have no curl. A first start may migrate, hence the start period.
HEALTHCHECK --interval=15s --timeout=4s --start-period=60s --retries=3 CMD ["python", "-c", "\
import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"MOCKHALL_PORT\"]}/healthz', timeout=3)"]
# An exec form, so that the server itself gets the stop signal and can finish its writes.
CMD ["mockhall", "serve"]
