"""The REST API: what a newsroom's own programs ask and tell storydiff, under /v1, described in OpenAPI 3.1."""
