# The app and the commands, on a bare Python image. See docker-compose.yml for how it is run.
FROM python:3.13.9-slim-bookworm

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1
WORKDIR /app

# The packages of the lock file first, so that a change of the code does not fetch them anew.
COPY pyproject.toml uv.lock ./
RUN pip install uv==0.13.9 \
    && uv export --quiet --frozen --no-emit-project --output-file /tmp/packages.txt \
    && pip install --require-hashes --requirement /tmp/packages.txt \
    && pip uninstall --yes uv

COPY README.md LICENSE app.py ./
COPY .streamlit .streamlit
COPY languages languages
COPY graph_store graph_store
COPY graph_loader graph_loader
COPY queries queries
COPY explorer explorer
COPY data/demo data/demo
COPY data/simulated data/simulated
RUN pip install --no-deps . && useradd --create-home --uid 1000 explorer

USER explorer
WORKDIR /home/explorer
ENV STREAMLIT_SERVER_ADDRESS=0.0.0.0
EXPOSE 8501
CMD ["partnership-explorer"]
