# Plainwhy as a server: REST and the three pages at port 8000, as a user without rights (number 1000).
FROM python:3.11-slim

RUN useradd --create-home --uid 1000 plainwhy && install -d -o plainwhy /data
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY pyproject.toml README.md LICENSE app.py ./
COPY assistant assistant
COPY explainers explainers
COPY prompts prompts
RUN pip install --no-cache-dir --no-deps .

USER 1000
# What can be made again, and the conversations: mount a volume here to keep them.
ENV PLAINWHY_CACHE=/data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["plainwhy", "serve", "--host", "0.0.0.0"]
