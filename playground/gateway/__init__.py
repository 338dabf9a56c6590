"""The gateway: what a bot hears over its WebSocket."""
