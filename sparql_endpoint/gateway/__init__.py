"""The application behind granian: an RSGI server in front of a WSGI application.

Granian's own WSGI ends a chunked answer as if it were whole when the application fails in the middle of it, and does
not tell that a client has gone. Its RSGI interface tells who the client is, so that a connection can be broken off and
a query ended (https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md).
"""
