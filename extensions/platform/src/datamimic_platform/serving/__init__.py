"""The process of `syndata up`: API, pages, workers and scheduler together."""
