"""The one HTTP client for all requests to other servers: deadlines, cancellation, retries and authentication.

The loader and the endpoint import it; it imports nothing but `nbkg.errors`.
"""
