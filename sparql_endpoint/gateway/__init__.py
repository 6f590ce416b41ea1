"""The application behind uvicorn: an ASGI server in front of a WSGI application.

It tells who the client is and that it has gone, so that a query can be ended, and a connection can be broken off in the
middle of an answer. Uvicorn reads, calls and writes in one thread: a small request is spared two changes of threads.
"""
