"""The server: ASGI entry, launch, headers, compression, data routes."""
