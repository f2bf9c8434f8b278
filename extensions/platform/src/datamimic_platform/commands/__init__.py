"""The services as `syndata`, one command a file."""
