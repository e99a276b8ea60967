# One image for every process: the web server by default, the worker and the timer by command.
# Base images are pinned: whoever changes a tag changes its digest with it.

FROM node:24-slim@sha256:a9f5f7c91a432850b2a8a7797adf5eadb6c733ceed61167806cee7ea7fbc29df AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements/base.txt /build/requirements.txt
RUN pip install --require-hashes -r /build/requirements.txt
WORKDIR /app
COPY --from=assets /build/node_modules node_modules
COPY . .
RUN python -c "import runpy; runpy.run_path('bin/_assets.py')['copy_assets']()" \
    && ENVIRONMENT="test" python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf node_modules

FROM python:3.13-slim@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b
ENV PATH="/opt/venv/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 BIND=0.0.0.0:8000
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin service
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "bin/_healthcheck.py"]
CMD ["gunicorn", "--config", "python:register_ects.gunicorn", "register_ects.wsgi"]
