# Two stages: the first has the tools that build, the second only what runs.
FROM python:3.12-slim AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
RUN python -m venv /opt/uv && /opt/uv/bin/pip install --quiet --no-cache-dir 'uv>=0.5' && python -m venv /opt/storydiff
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY storydiff storydiff
COPY workers workers
RUN /opt/uv/bin/uv pip install --python /opt/storydiff/bin/python --constraint constraints.txt '.[postgres,s3]'

FROM python:3.12-slim
RUN groupadd --gid 10001 storydiff \
 && useradd --uid 10001 --gid storydiff --home-dir /var/lib/storydiff --create-home --shell /usr/sbin/nologin storydiff \
 && mkdir /var/lib/storydiff/archive && chown storydiff:storydiff /var/lib/storydiff/archive
COPY --from=build /opt/storydiff /opt/storydiff
ENV PATH=/opt/storydiff/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/var/lib/storydiff \
    STORYDIFF_ARCHIVE=/var/lib/storydiff/archive STORYDIFF_API_HOST=0.0.0.0
USER storydiff
WORKDIR /var/lib/storydiff
EXPOSE 8750
ENTRYPOINT ["storydiff"]
CMD ["serve"]
