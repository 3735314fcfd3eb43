# docker build -t tconv-lab . && docker run --rm -p 8501:8501 --memory 1g tconv-lab
FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp
WORKDIR /app
COPY requirements.txt .
RUN python -m pip install --no-cache-dir -r requirements.txt \
    && useradd --system --no-create-home lab
COPY . .

USER lab
EXPOSE 8501
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 CMD \
    python -c "import urllib.request as u; u.urlopen('http://localhost:8501/_stcore/health', timeout=2)"
CMD ["python", "-m", "streamlit", "run", "serve.py", "--server.port", "8501", "--server.address", "0.0.0.0"]
